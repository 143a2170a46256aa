"""SentencePiece's trainer in a process of its own, so that it can be stopped, and so that its log tells how far it is.

Run as `python -m playground.engine.tokenizers.sentencepiece_process`. Stdin: one JSON line of the trainer's options,
then one JSON string per piece of text. Stderr: SentencePiece's log. Stdout, at the end: the model's bytes.
"""

import io
import json
import math
import os
import queue
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any, BinaryIO

from playground.contract.child_process import child_environment, module_command
from playground.contract.errors import TokenizerError

_MODULE = "playground.engine.tokenizers.sentencepiece_process"
_COUNTED = "fed: "  # our own line on stderr: pieces of text taken so far
_COUNT_EVERY = 500
_ASK_EVERY_S = 0.1
_LOOK_FOR_PARENT_EVERY_S = 0.5

# Shares of the whole, from typical runs: reading, finding seed pieces, and the rounds of pruning or merging.
_READ_UNTIL, _SEEDS_UNTIL = 0.15, 0.3

OnProgress = Callable[[float], None]


def train_model(options: dict[str, Any], pieces: list[str], n_wanted: int, on_progress: OnProgress) -> bytes:
    """Train a SentencePiece model on pieces of text; returns the model file's bytes.

    Args:
        options: for `SentencePieceTrainer.train`.
        n_wanted: the vocabulary's size, to know how far the training is.
        on_progress: told the fraction done, 0 to 1, some ten times a second; may raise to give up, which ends the
            process.

    Raises:
        TokenizerError: SentencePiece could not do it; its own words are in the sentence.
    """
    child = subprocess.Popen(
        module_command(_MODULE),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=child_environment(),
        start_new_session=True,  # Ctrl+C is for us, who then end it: its own end would look like a fault
    )
    assert child.stdin, "a pipe was asked for"
    assert child.stdout, "a pipe was asked for"
    assert child.stderr, "a pipe was asked for"
    model = io.BytesIO()
    lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    helpers = [
        threading.Thread(target=_feed, args=(child.stdin, options, pieces), daemon=True),
        threading.Thread(target=_take, args=(child.stdout, model), daemon=True),
        threading.Thread(target=_pass_on, args=(child.stderr, lines), daemon=True),
    ]
    for helper in helpers:
        helper.start()
    try:
        last_words = _follow(lines, LogFollower(len(pieces), n_wanted), on_progress)
        exit_code = child.wait()
    finally:
        child.kill()
        child.wait()
        for helper in helpers:
            helper.join()
    if exit_code or not model.getvalue():
        raise TokenizerError(f"SentencePiece could not train the tokenizer: {_plain(last_words, exit_code)}")
    return model.getvalue()


class LogFollower:
    """How far a training is, read off the trainer's log; never goes back."""

    def __init__(self, n_pieces: int, n_wanted: int) -> None:
        self._n_pieces, self._n_wanted = max(n_pieces, 1), max(n_wanted, 2)
        self._seed_size = 0
        self._fraction = 0.0

    def fraction_after(self, line: str) -> float | None:
        """The fraction done once this line was written; None if the line says nothing new."""
        fraction = self._told_by(line)
        if fraction is None or fraction <= self._fraction:
            return None
        self._fraction = min(fraction, 1.0)
        return self._fraction

    def _told_by(self, line: str) -> float | None:
        if line.startswith(_COUNTED):
            return _READ_UNTIL * int(line.removeprefix(_COUNTED)) / self._n_pieces
        if match := re.search(r"Initialized (\d+) seed", line):
            self._seed_size = int(match[1])
            return _SEEDS_UNTIL
        if match := re.search(r"EM sub_iter=\d+ size=(\d+)", line):
            return self._after_seeds(self._pruned(int(match[1])))
        if match := re.search(r"Merged: .*merges=(\d+)", line):
            return self._after_seeds(int(match[1]) / self._n_wanted)
        return None

    def _pruned(self, size: int) -> float:
        """Each round keeps the same share of the pieces, so rounds are even in the logarithm."""
        whole = math.log(max(self._seed_size, size, self._n_wanted + 1) / self._n_wanted)
        return 1.0 - math.log(max(size / self._n_wanted, 1.0)) / whole

    @staticmethod
    def _after_seeds(fraction: float) -> float:
        return _SEEDS_UNTIL + (0.99 - _SEEDS_UNTIL) * min(fraction, 1.0)


def _follow(lines: "queue.SimpleQueue[bytes | None]", follower: LogFollower, on_progress: OnProgress) -> str:
    """Tell how far it is until the log ends, at least every so often: some phases are silent for long, and whoever
    wants to give up must be heard. Returns the last line of the log."""
    last_words = ""
    reached = 0.0
    while True:
        try:
            line = lines.get(timeout=_ASK_EVERY_S)
        except queue.Empty:
            on_progress(reached)
            continue
        if line is None:
            return last_words
        words = line.decode("utf-8", "replace").strip()
        last_words = words or last_words
        if (fraction := follower.fraction_after(words)) is not None:
            reached = fraction
            on_progress(reached)


def _take(stream: BinaryIO, into: io.BytesIO) -> None:
    with stream:
        into.write(stream.read())


def _pass_on(stream: BinaryIO, lines: "queue.SimpleQueue[bytes | None]") -> None:
    with stream:
        for line in stream:
            lines.put(line)
    lines.put(None)


def _feed(stream: BinaryIO, options: dict[str, Any], pieces: list[str]) -> None:
    try:
        with stream:
            for value in (options, *pieces):
                stream.write(json.dumps(value).encode("ascii") + b"\n")
    except OSError:
        return  # the process ended early; its last words say why


def _plain(words: str, exit_code: int) -> str:
    if exit_code < 0:
        return f"it was ended by signal {-exit_code}. Perhaps memory ran out: choose a shorter text."
    sentence = re.sub(r"^.*?\(\d+\)\s*(\[[^\]]*\]\s*)?", "", words) or f"it ended with code {exit_code}"
    return f"{sentence.rstrip('.')}. Choose another vocabulary size or a longer text."


def _counted(lines: Iterable[bytes]) -> Iterable[str]:
    for n_taken, line in enumerate(lines, 1):
        yield json.loads(line)
        if n_taken % _COUNT_EVERY == 0:
            print(f"{_COUNTED}{n_taken}", file=sys.stderr, flush=True)


def _end_with(parent: int) -> None:
    """Whoever asked may be killed; nobody would take the model then."""
    while os.getppid() == parent:
        time.sleep(_LOOK_FOR_PARENT_EVERY_S)
    os._exit(1)


def _main() -> int:
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    import sentencepiece

    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not garble the model
    options = json.loads(sys.stdin.buffer.readline())
    model = io.BytesIO()
    try:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(_counted(sys.stdin.buffer)), model_writer=model, **options
        )
    except (RuntimeError, OSError, ValueError) as error:
        print(str(error).replace("\n", " "), file=sys.stderr)
        return 1
    out.write(model.getvalue())
    out.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(_main())
