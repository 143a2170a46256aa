"""Opens somebody else's model file and cuts texts with it, in a process that may die of it.

Run as `python -m playground.engine.tokenizers.foreign_process`. Stdin: one JSON line with the file's name and size,
then its bytes. Stdout: one JSON object, its problem or null.
"""

import contextlib
import json
import math
import os
import sys
from pathlib import Path

from playground.contract.errors import PlaygroundError, TokenizerError
from playground.engine.tokenizers.backend import Backend, check_pieces
from playground.engine.tokenizers.foreign import MODEL_LIMIT_BYTES, limit_s, open_here
from playground.engine.tokenizers.huggingface_backend import HuggingFaceBackend

_MEMORY_LIMIT_BYTES = 192 << 20  # beyond what the process has before it opens the file
_MEMORY_PER_BYTE = 40  # of the file
_RUN_LENGTH = 2000
_N_PATTERN_CHARACTERS_LIMIT = 64
_TEXTS = (
    "",
    "a",
    " a",
    "The cat sat on the mat.",
    "  two  spaces\n\n\tand tabs\r\n ",
    "猫がいました。犬も森で走って、空を見ました。",
    "👩‍👩‍👧 🇯🇵 é e\u0301 \0 \u200b \ufffd \U0010ffff",
    "1234567890 3.14 don't I'LL it's",
    "<s></s><pad><unk><mask> [CLS][SEP][MASK][PAD][UNK] <|endoftext|>",
)
_RUNS = ("a", "A", "0", " ", "\n", "\t", "!", "'", "猫", "é", "🙂", "a ", "aB", "\r\n", "ab1 ")


def _main() -> int:
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not garble the answer
    header = json.loads(sys.stdin.buffer.readline())
    name, size_bytes = str(header["name"]), int(header["size_bytes"])
    _prepare(name)
    _limit(min(size_bytes, MODEL_LIMIT_BYTES))
    problem = None
    try:
        _try(name, sys.stdin.buffer.read(MODEL_LIMIT_BYTES))
    except PlaygroundError as error:
        problem = str(error)
    except MemoryError:
        problem = "The tokenizer needs more memory than any of its size, so it is not used. Choose another one."
    answer.write(json.dumps({"problem": problem}).encode("ascii"))
    answer.flush()
    os._exit(0)  # what the file made of this process is not taken apart


def _prepare(name: str) -> None:
    """Load the library before memory is limited: it is not what is on trial."""
    if name == HuggingFaceBackend.file_name:
        import tokenizers  # noqa: F401


def _limit(size_bytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: only the clock of whoever waits
        return
    limits = {resource.RLIMIT_CPU: math.ceil(limit_s(size_bytes)), resource.RLIMIT_FSIZE: 0, resource.RLIMIT_CORE: 0}
    if taken := _taken_bytes():
        limits[resource.RLIMIT_AS] = taken + _MEMORY_LIMIT_BYTES + _MEMORY_PER_BYTE * size_bytes
    for which, most in limits.items():
        with contextlib.suppress(ValueError, OSError):  # a lower one is set already
            resource.setrlimit(which, (most, most))


def _taken_bytes() -> int:
    """Address space of this process, 0 where nothing tells."""
    try:
        n_pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):
        return 0
    return n_pages * os.sysconf("SC_PAGE_SIZE")


def _try(name: str, data: bytes) -> None:
    backend = open_here(name, data)
    check_pieces(backend)
    for text in _TEXTS:
        _try_text(backend, text)
    for text in _runs(backend):
        backend.encode(text)


def _runs(backend: Backend) -> list[str]:
    """Long repetitions with something else behind: regular expressions that try all ways take for ever on these."""
    patterns = backend.patterns if isinstance(backend, HuggingFaceBackend) else ()
    literals = sorted({character for pattern in patterns for character in pattern if character not in _RUNS})
    parts = [*_RUNS, *literals[:_N_PATTERN_CHARACTERS_LIMIT], *(part[:40] for part in patterns if part)]
    ends = ("\x01", "!x\x01" + "".join(literals[:_N_PATTERN_CHARACTERS_LIMIT]))  # what a pattern ends with may be there
    return [(part * _RUN_LENGTH)[:_RUN_LENGTH] + end for part in parts for end in ends]


def _try_text(backend: Backend, text: str) -> None:
    cut = backend.cut(text)
    ids = backend.encode(text)
    if ids.tolist() != cut.ids.tolist():
        raise TokenizerError("The tokenizer cuts the same text in two ways. Choose another one.")
    if len(ids) and not 0 <= ids.min() <= ids.max() < backend.n_pieces:
        raise TokenizerError("The tokenizer gives ids that it does not have. Choose another one.")
    is_inside = (cut.starts >= 0) & (cut.starts <= cut.ends) & (cut.ends <= len(text))
    if not is_inside.all():
        raise TokenizerError("The tokenizer's spans lie outside of the text. Choose another one.")
    for id in ids.tolist():
        backend.piece(id)


if __name__ == "__main__":
    raise SystemExit(_main())
