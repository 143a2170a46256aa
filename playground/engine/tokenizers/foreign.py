"""A model file that somebody else made, opened only after a process that can be spared has opened it and used it.

Rlimits hold crashes and exhaustion; they are no wall against code that takes over that process.
"""

import hashlib
import json
import subprocess

from playground.contract.child_process import child_environment, module_command
from playground.contract.errors import TokenizerError
from playground.engine.tokenizers.backend import Backend
from playground.engine.tokenizers.huggingface_backend import HuggingFaceBackend
from playground.engine.tokenizers.sentencepiece_backend import SentencePieceBackend

MODEL_FILES = (SentencePieceBackend.file_name, HuggingFaceBackend.file_name)
MODEL_LIMIT_BYTES = 1 << 26

_MODULE = "playground.engine.tokenizers.foreign_process"
_LIMIT_S, _LIMIT_S_PER_MIB = 10.0, 4.0  # large vocabularies take their time, the more so on a busy machine
_ANSWER_LIMIT_BYTES = 10_000

_passed: set[str] = set()  # digests of what was tried in this process's life


def load_foreign(name: str, data: bytes) -> Backend:
    """Open a model file of that name, after it was tried elsewhere.

    Raises:
        TokenizerError: it is refused, crashes, takes too long or too much memory.
    """
    digest = hashlib.sha256(name.encode("utf-8") + b"\0" + data).hexdigest()
    if digest not in _passed:
        try_elsewhere(name, data)
        _passed.add(digest)
    return open_here(name, data)


def open_here(name: str, data: bytes) -> Backend:
    """Open a model file in this process.

    Raises:
        TokenizerError: it is refused.
    """
    return HuggingFaceBackend(data) if name == HuggingFaceBackend.file_name else SentencePieceBackend(data)


def limit_s(size_bytes: int) -> float:
    """How many seconds a process may take to try a file of that size, by the clock and of processor time."""
    return _LIMIT_S + _LIMIT_S_PER_MIB * size_bytes / (1 << 20)


def try_elsewhere(name: str, data: bytes) -> None:
    """Have a process of its own open the file and cut texts with it.

    Raises:
        TokenizerError: that process refuses, dies, or is not done within ten seconds, and four more per megabyte.
    """
    most_s = limit_s(len(data))
    child = subprocess.Popen(
        module_command(_MODULE),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={
            **child_environment(),
            "TOKENIZERS_PARALLELISM": "false",
            "RAYON_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1",
        },
        start_new_session=True,
    )
    header = json.dumps({"name": name, "size_bytes": len(data)}).encode("ascii")
    with child:  # closes what is left of the pipes, and waits
        try:
            answer, _ = child.communicate(header + b"\n" + data, timeout=most_s)
        except subprocess.TimeoutExpired:
            raise TokenizerError(
                f"The tokenizer is not ready after {most_s:.0f} seconds, so it is not used. Choose another one."
            ) from None
        finally:
            child.kill()
    _judge(answer[:_ANSWER_LIMIT_BYTES], child.returncode)


def _judge(answer: bytes, exit_code: int) -> None:
    try:
        problem = json.loads(answer)["problem"] if answer else None
    except (ValueError, KeyError, TypeError):
        answer, problem = b"", None
    if problem:
        raise TokenizerError(str(problem))
    if exit_code or not answer:
        raise TokenizerError(
            f"The tokenizer broke the process that tried it ({_way_of_ending(exit_code)}), so it is not used. "
            "Choose another one."
        )


def _way_of_ending(exit_code: int) -> str:
    if exit_code >= 0:
        return f"it ended with code {exit_code}"
    reasons = {6: "no memory, or a fault", 9: "too long or too much memory", 11: "a fault", 24: "too long"}
    return f"signal {-exit_code}: {reasons.get(-exit_code, 'a fault')}"
