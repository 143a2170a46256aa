"""`playground train`: a real tiny training, its stop by a signal, and its going on."""

import json
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load_file

from playground.commands import train as train_command
from playground.contract import run_directory
from playground.contract.config import DataConfig, RunConfig
from playground.contract.run_directory import RunDirectory, Status, hold_lock
from playground.engine.training.events import StepDone, TrainingEvent
from playground.engine.training.trainer import train_run

Says = Callable[..., str]


def contents(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(p): (p.stat().st_mtime_ns, p.stat().st_size) for p in folder.rglob("*")}


def test_a_run_learns_and_leaves_all_its_files(trained: RunDirectory, new_run: list[str]) -> None:
    assert trained.state() == run_directory.FINISHED
    assert trained.config().training.max_steps == 30
    lines = trained.metrics_tail().read()
    losses = {line["step"]: line["validation_loss"] for line in lines if "validation_loss" in line}
    assert list(losses) == [0, 15, 30]
    assert losses[30] < losses[0] - 0.5
    assert losses[0] == pytest.approx(np.log(trained.status().vocab_size), abs=0.3), "an untrained model knows nothing"
    assert [line["step"] for line in lines if line.get("kind") == "train"] == list(range(1, 31))
    assert trained.snapshot_steps()[0] == 0
    assert trained.snapshot_steps()[-1] == 30
    assert trained.checkpoint_steps()[-1] == 30
    assert trained.data_facts().source == new_run[1]
    assert trained.data_facts().n_train_tokens > 1000


def test_no_file_of_a_run_needs_our_code(trained: RunDirectory) -> None:
    endings = {path.suffix or path.name for path in trained.path.rglob("*") if path.is_file()}
    assert endings <= {".toml", ".json", ".jsonl", ".safetensors", ".model", ".txt", "lock"}
    weights = load_file(trained.snapshot_path(30))
    assert sum(weight.size for weight in weights.values()) == trained.status().n_parameters


def test_a_finished_run_neither_resumes_nor_starts_again(trained: RunDirectory, fails: Says) -> None:
    before = contents(trained.path)
    sentence = fails("train", trained.path, "--resume")
    assert "is finished: all 30 steps are done. Make it longer with --resume --set training.max_steps=60" in sentence
    assert "was trained before, to step 30. Resume it with --resume" in fails("train", trained.path)
    assert "was trained before, to step 30." in fails("train", trained.path, "--preset", "tiny")
    assert "keeps its settings" in fails("train", trained.path, "--resume", "--set", "training.seed=60")
    assert contents(trained.path) == before, "a refusal changed the run"


def test_a_finished_run_is_made_longer(trained: RunDirectory, tmp_path: Path, says: Says) -> None:
    longer = RunDirectory(shutil.copytree(trained.path, tmp_path / "longer"))
    words = says("train", longer.path, "--resume", "--set", "training.max_steps=40")
    assert "ends at step 40 from step 30 on" in words
    assert "step     40/40 " in words
    assert "finished: " in words
    assert longer.status().step == 40
    assert json.loads(says("runs", tmp_path, "--json"))[0]["max_steps"] == 40
    assert says("verify", longer.path).startswith("Steps 31 to 40 were trained again: all ")


def test_a_run_begins_anew(trained: RunDirectory, tmp_path: Path, says: Says) -> None:
    again = RunDirectory(shutil.copytree(trained.path, tmp_path / "again"))
    weights = again.snapshot_path(30).read_bytes()
    says("train", again.path, "--restart")
    assert again.snapshot_path(30).read_bytes() == weights
    assert (again.path / ".former" / "metrics.jsonl").exists()


def test_torchrun_s_second_start_forgets_nothing(
    trained: RunDirectory, tmp_path: Path, fails: Says, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its command is the same as at the first start, with whatever was said there."""
    again = RunDirectory(shutil.copytree(trained.path, tmp_path / "again"))
    curve = again.metrics_path.read_bytes()
    monkeypatch.setenv("TORCHELASTIC_RESTART_COUNT", "1")
    assert "is finished" in fails("train", again.path, "--restart", "--preset", "tiny")
    assert again.metrics_path.read_bytes() == curve


def test_only_a_run_begins_anew(tmp_path: Path, fails: Says) -> None:
    assert "holds no run" in fails("train", tmp_path / "none", "--restart")


@pytest.fixture
def signal_after_step(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, signal.Signals], None]:
    """Somebody presses Ctrl+C, or the system asks for an end, after a certain step of the next training."""
    real = train_run

    def arrange(step: int, number: signal.Signals) -> None:
        def interrupted(*arguments: Any, **more: Any) -> Iterator[TrainingEvent]:
            for event in real(*arguments, **more):
                yield event
                if isinstance(event, StepDone) and event.step == step:
                    signal.raise_signal(number)

        monkeypatch.setattr(train_command, "train_run", interrupted)

    return arrange


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_with_a_checkpoint_and_resuming_repeats_nothing(
    tmp_path: Path,
    trained: RunDirectory,
    new_run: list[str],
    says: Says,
    signal_after_step: Callable[[int, signal.Signals], None],
    monkeypatch: pytest.MonkeyPatch,
    number: signal.Signals,
) -> None:
    """Bit for bit the weights of the run that was never stopped."""
    handler = signal.getsignal(number)
    signal_after_step(7, number)
    out = says("train", tmp_path / "r", *new_run)
    assert signal.getsignal(number) is handler
    stopped = RunDirectory(tmp_path / "r")
    assert stopped.state() == run_directory.STOPPED
    step = stopped.status().step
    assert 7 <= step <= 8
    assert stopped.checkpoint_steps()[-1] == step
    assert f"stopped at step {step}; go on with: playground train {tmp_path / 'r'} --resume" in out
    monkeypatch.undo()
    out = says("train", tmp_path / "r", "--resume")
    assert f"from step {step} to 30" in out
    assert stopped.state() == run_directory.FINISHED
    weights, wanted = load_file(stopped.snapshot_path(30)), load_file(trained.snapshot_path(30))
    assert weights.keys() == wanted.keys()
    for name in wanted:
        np.testing.assert_array_equal(weights[name], wanted[name], err_msg=name)
    steps = [line["step"] for line in stopped.metrics_tail().read() if line.get("kind") == "train"]
    assert steps == list(range(1, 31))


def test_events_for_machines(tmp_path: Path, new_run: list[str], says: Says) -> None:
    out = says("train", tmp_path / "r", *new_run, "--set", "training.max_steps=3", "--json")
    events = [json.loads(line) for line in out.splitlines()]
    names = [event["event"] for event in events]
    assert names[0] == "Preparing"
    assert names[-1] == "Finished"
    assert [event["step"] for event in events if event["event"] == "StepDone"] == [1, 2, 3]
    (started,) = (event for event in events if event["event"] == "Started")
    assert started["max_steps"] == 3


def test_a_run_whose_config_was_written_by_hand(tmp_path: Path, trained: RunDirectory, says: Says) -> None:
    (tmp_path / "r").mkdir()
    text = trained.config_path.read_text(encoding="utf-8").replace("max_steps = 30", "max_steps = 2")
    (tmp_path / "r" / "config.toml").write_text(text, encoding="utf-8")
    assert "from step 0 to 2" in says("train", tmp_path / "r")


def test_a_text_of_ones_own_by_its_absolute_name(
    tmp_path: Path, new_run: list[str], says: Says, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that the run can be resumed from anywhere."""
    (tmp_path / "本.txt").write_text("".join(f"行 {i}: それは本当です。\n" for i in range(400)), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    says("train", "r", *new_run, "--corpus", "本.txt", "--set", "training.max_steps=1")
    assert RunDirectory(tmp_path / "r").config().data.source == str(tmp_path / "本.txt")


def test_our_own_fault_is_whole_in_the_log_of_the_run(
    tmp_path: Path, new_run: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from playground.cli import run

    def broken(*arguments: Any, **more: Any) -> Iterator[TrainingEvent]:
        raise ZeroDivisionError("deep inside")
        yield

    monkeypatch.setattr(train_command, "train_run", broken)
    assert run(["train", str(tmp_path / "r"), *new_run]) == 1
    assert capsys.readouterr().err.startswith("error: Something unexpected went wrong (ZeroDivisionError).")
    assert "deep inside" in RunDirectory(tmp_path / "r").log_path.read_text(encoding="utf-8")


def test_a_run_in_training_is_not_trained_twice(tmp_path: Path, fails: Says) -> None:
    held = RunDirectory.create(tmp_path / "r", RunConfig(data=DataConfig(source="builtin:copy")))
    with hold_lock(held.lock_path):
        assert "is being trained by another process. Wait until it ends" in fails("train", held.path)
        assert "is being trained by another process. Wait until it ends" in fails("train", held.path, "--resume")
    assert held.status() == Status()


def test_a_refusal_is_no_fault_and_leaves_no_log(trained: RunDirectory, fails: Says) -> None:
    """The log was full of tracebacks of sentences that people had read already."""
    fails("train", trained.path, "--resume")
    assert not trained.log_path.exists()
