"""`playground runs`: one line a run, and damage told in its place."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from playground import places
from playground.contract.config import DataConfig, RunConfig
from playground.contract.run_directory import RunDirectory, Status

Says = Callable[..., str]
SaysJson = Callable[..., Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three runs: new, interrupted in training, and damaged."""
    folder = tmp_path / "some-runs"
    config = RunConfig(data=DataConfig(source="book.txt"))
    RunDirectory.create(folder / "a-new", config)
    interrupted = RunDirectory.create(folder / "b-interrupted", config)
    interrupted.write_status(Status(state="training", step=120, max_steps=1000))
    interrupted.metrics_path.write_text(
        '{"step":100,"validation_loss":2.5}\n{"step":110,"loss":2.3}\n{"step":120,"validation_loss":2.25}\n{"st'
    )
    RunDirectory.create(folder / "c-damaged", config).config_path.write_text("[")
    return folder


def test_runs_for_machines(folder: Path, says_json: SaysJson) -> None:
    new, interrupted, damaged = says_json("runs", folder)
    assert new == {
        "name": "a-new", "path": str(folder / "a-new"), "problem": "", "state": "new", "step": 0, "max_steps": 1000,
        "source": "book.txt", "validation_loss": None, "kind": "decoder", "best_validation_loss": None,
        "best_step": None, "note": "", "from": None,
    }  # fmt: skip
    assert (interrupted["best_validation_loss"], interrupted["best_step"]) == (2.25, 120)
    assert (interrupted["state"], interrupted["step"], interrupted["validation_loss"]) == ("interrupted", 120, 2.25)
    assert "is not a valid TOML file" in damaged["problem"]


def test_runs_for_people(folder: Path, says: Says) -> None:
    new, interrupted, damaged = says("runs", folder).splitlines()
    assert new.split() == ["a-new", "new", "0/1,000", "book.txt"]
    assert interrupted.split() == ["b-interrupted", "interrupted", "120/1,000", "2.2500", "book.txt"]
    assert damaged.startswith("c-damaged")
    assert "is not a valid TOML file" in damaged


def test_ones_own_runs(trained: RunDirectory, new_run: list[str], says: Says, says_json: SaysJson) -> None:
    assert says("runs") == (
        f"No runs in {places.runs_folder()}. "
        f"Make one: playground train {places.runs_folder() / 'my-run'} --preset tiny\n"
    )
    assert says_json("runs") == []
    places.runs_folder().mkdir(parents=True)
    shutil.copytree(trained.path, places.runs_folder() / "copier")
    (row,) = says_json("runs")
    assert (row["name"], row["state"], row["step"], row["source"]) == ("copier", "finished", 30, new_run[1])
    assert 0 < row["validation_loss"] < 10


@pytest.mark.parametrize("line", ['{"validation_loss": "inf"}', '{"validation_loss": [1]}', '{"validation_loss": "x"}'])
def test_a_strange_loss_is_no_crash(folder: Path, says: Says, says_json: SaysJson, line: str) -> None:
    """A model that diverged writes "inf", since JSON has no such number; anything else is damage."""
    (folder / "a-new" / "metrics.jsonl").write_text(line + "\n")
    assert says_json("runs", folder)[0]["name"] == "a-new"
    assert says("runs", folder).startswith("a-new")


def test_names_cannot_command_the_terminal(tmp_path: Path, says: Says) -> None:
    RunDirectory.create(tmp_path / "bad\x1b[31m", RunConfig(data=DataConfig(source="a\x1b[2Jb.txt")))
    (tmp_path / "worse\x1b[31m").mkdir()
    (tmp_path / "worse\x1b[31m" / "config.toml").write_text("[")
    assert "\x1b" not in says("runs", tmp_path)


def test_errors_cannot_command_the_terminal(tmp_path: Path, fails: Says) -> None:
    assert "\x1b" not in fails("score", "none\x1b[31m", "--file", tmp_path / "none\x1b[31m.txt")


def test_a_poor_terminal_is_no_hindrance(tmp_path: Path) -> None:
    """One that knows only ASCII, and a name of bytes that are no text."""
    RunDirectory.create(tmp_path / "本", RunConfig())
    RunDirectory.create(tmp_path / "half\udcff", RunConfig())
    command = [sys.executable, "-m", "playground", "runs", str(tmp_path), "--json"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert [row["name"] for row in json.loads(done.stdout)] == ["half\udcff", "本"]


def test_the_best_loss_the_notes_and_the_origin(tmp_path: Path, says_json: SaysJson) -> None:
    config = RunConfig().with_values({"start.run": "/runs/base", "start.step": 40})
    run = RunDirectory.create(tmp_path / "kites", config)
    run.metrics_path.write_text('{"step":100,"validation_loss":1.5}\n{"step":200,"validation_loss":1.75}\n')
    (run.path / "notes.txt").write_text("lower rate\nmore")
    (row,) = says_json("runs", tmp_path)
    assert (row["validation_loss"], row["best_validation_loss"], row["best_step"]) == (1.75, 1.5, 100)
    assert row["note"] == "lower rate"
    assert row["from"] == {"source": "/runs/base", "step": 40, "how": "full"}
