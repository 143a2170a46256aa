"""The process that tries a tokenizer: whatever becomes of it is told, and nothing of it stays."""

import sys
import time

import psutil
import pytest
from foreign_tokenizers import theirs

from playground.contract.errors import TokenizerError
from playground.engine.tokenizers import foreign

READ = "import sys, os, time; sys.stdin.buffer.read(); "


def stand_in(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Another program in the place of the one that tries."""
    monkeypatch.setattr(foreign, "module_command", lambda module: [sys.executable, "-c", READ + code])


def refusal() -> str:
    with pytest.raises(TokenizerError) as caught:
        foreign.try_elsewhere("tokenizer.json", b"{}")
    return str(caught.value)


def test_one_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, "time.sleep(600)")
    monkeypatch.setattr(foreign, "_LIMIT_S", 1.0)
    others = set(psutil.Process().children())  # of earlier tests, e.g. Python's own resource tracker
    started = time.monotonic()
    assert "is not ready after 1 seconds" in refusal()
    assert time.monotonic() - started < 8
    assert set(psutil.Process().children()) <= others


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("os.abort()", "signal 6"),
        ("os.kill(os.getpid(), 9)", "signal 9: too long or too much memory"),
        ("os.kill(os.getpid(), 11)", "signal 11: a fault"),
        ("os.kill(os.getpid(), 24)", "signal 24: too long"),
        ("sys.exit(3)", "it ended with code 3"),
        ("sys.exit(0)", "it ended with code 0"),
        ("print('not JSON')", "it ended with code 0"),
        ("print('[1]')", "it ended with code 0"),
        ("print('x' * 10_000_000)", "it ended with code 0"),
    ],
)
def test_how_it_ended_is_told(code: str, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, code)
    told = refusal()
    assert "broke the process that tried it" in told
    assert expected in told


def test_one_that_does_not_even_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreign, "module_command", lambda module: [sys.executable, "-c", "pass"])
    with pytest.raises(TokenizerError, match="it ended with code 0"):
        foreign.try_elsewhere("tokenizer.json", b" " * 10_000_000)


def test_what_passed_is_tried_once(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    monkeypatch.setattr(foreign, "_passed", set())
    monkeypatch.setattr(foreign, "try_elsewhere", lambda name, data: tried.append(name))
    data = theirs("gpt2").to_str().encode("utf-8")
    for each in (data, data, data + b" "):
        foreign.load_foreign("tokenizer.json", each)
    assert len(tried) == 2


def test_large_files_have_more_time() -> None:
    assert foreign.limit_s(0) == 10
    assert foreign.limit_s(20 << 20) > 20
