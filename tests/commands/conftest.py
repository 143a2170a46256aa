"""One real run for all tests of the commands: trained once, through the command line, in a few seconds."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from playground.cli import run
from playground.contract.run_directory import RunDirectory

SETTINGS = (
    "tokenizer.type=characters", "tokenizer.vocab_size=64", "tokenizer.byte_fallback=no",
    "model.n_layers=2", "model.n_heads=2", "model.d_model=32", "model.d_ff=64", "model.n_ctx=16",
    "training.max_steps=30", "training.batch_size=4", "training.learning_rate=0.01", "training.warmup_steps=3",
    "training.evaluate_every=15", "training.evaluation_fraction=0.01", "training.checkpoint_every=15",
    "training.sample_tokens=8", "training.device=cpu", "training.max_snapshots=5",
)  # fmt: skip
TEXT = "".join(f"{word}={word}\n" for word in ("abc", "kxw", "de", "fgh") * 600)


@pytest.fixture(scope="session")
def new_run(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Arguments of a new run of 30 steps, which learns four lines that come again and again: `abc=abc` and so on."""
    text = tmp_path_factory.mktemp("text") / "lines.txt"
    text.write_text(TEXT, encoding="utf-8")
    return ["--corpus", str(text), *(part for setting in SETTINGS for part in ("--set", setting))]


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory, new_run: list[str]) -> RunDirectory:
    """A finished run; tests read it and never change it."""
    path = tmp_path_factory.mktemp("runs") / "copier"
    assert run(["train", str(path), *new_run]) == 0
    return RunDirectory(path)


@pytest.fixture
def says(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Runs a command that must succeed; gives back what it wrote on stdout."""

    def check(*arguments: str | Path) -> str:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        out, error = capsys.readouterr()
        assert code == 0, error
        return out

    return check


@pytest.fixture
def says_json(says: Callable[..., str]) -> Callable[..., Any]:
    """The same with `--json`: one JSON value on stdout and nothing else."""

    def check(*arguments: str | Path) -> Any:
        return json.loads(says(*arguments, "--json"))

    return check


@pytest.fixture
def fails(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Runs a command that must fail with exit code 2; gives back its one sentence."""

    def check(*arguments: str | Path) -> str:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        out, error = capsys.readouterr()
        assert code == 2, error
        assert error.startswith("error: ")
        assert error.count("\n") == 1
        assert "Traceback" not in out + error
        return error

    return check
