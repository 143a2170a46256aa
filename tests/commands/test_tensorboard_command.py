"""`playground tensorboard`, read back by TensorBoard itself."""

import json
import math
import sys
from pathlib import Path
from typing import Any

import pytest

from playground.cli import run as playground
from playground.contract.config import RunConfig
from playground.contract.run_directory import RunDirectory

SAMPLE = "Once there was <b>a kite</b>\nむかし"


@pytest.fixture
def kites(tmp_path: Path) -> RunDirectory:
    run = RunDirectory.create(tmp_path / "red kites", RunConfig())
    lines: list[dict[str, Any]] = [
        {"kind": "train", "segment": 0, "step": step, "loss": 7.0 - step, "learning_rate": 1e-3, "elapsed_s": step / 2}
        for step in (1, 2, 3, 4)
    ]
    lines.insert(2, {"kind": "evaluation", "segment": 0, "step": 2, "validation_loss": 5.5, "elapsed_s": 1.0})
    lines += [
        {"kind": "train", "segment": 1, "step": 3, "loss": 4.5, "learning_rate": 1e-3, "elapsed_s": 1.5},
        {"kind": "train", "segment": 1, "step": 4, "loss": "nan", "learning_rate": 1e-3, "elapsed_s": 2.0},
        {"kind": "evaluation", "segment": 1, "step": 4, "validation_loss": 3.25, "elapsed_s": 2.0},
    ]
    run.metrics_path.write_text("".join(json.dumps(line) + "\n" for line in lines) + '{"kind": "train", "st')
    events = [
        {"kind": "started", "step": 0, "at": 1_700_000_000.0},
        {"kind": "sample", "step": 2, "text": SAMPLE, "at": 1_700_000_009.0},
    ]
    run.events_path.write_text("".join(json.dumps(event) + "\n" for event in events))
    (run.path / "notes.txt").write_text("lower rate")
    return run


def read(logdir: Path) -> Any:
    pytest.importorskip("tensorboard", reason="the library tensorboard reads back what was written")
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    accumulator = EventAccumulator(str(logdir), size_guidance={"scalars": 0, "tensors": 0})
    accumulator.Reload()
    return accumulator


def test_tensorboard_reads_each_number_once(
    kites: RunDirectory, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logdir = tmp_path / "logs"
    assert playground(["tensorboard", str(kites.path), str(logdir)]) == 0
    assert f"6 lines of numbers: {logdir / 'red kites'}" in capsys.readouterr().out
    found = read(logdir / "red kites")
    assert set(found.Tags()["scalars"]) == {"train/loss", "train/learning_rate", "evaluation/validation_loss"}
    losses = found.Scalars("train/loss")
    assert [(each.step, each.value) for each in losses[:3]] == [(1, 6.0), (2, 5.0), (3, 4.5)]
    assert losses[3].step == 4
    assert math.isnan(losses[3].value)
    assert [each.wall_time - 1_700_000_000 for each in losses] == [0.5, 1.0, 1.5, 2.0]
    assert [(each.step, each.value) for each in found.Scalars("evaluation/validation_loss")] == [(2, 5.5), (4, 3.25)]


def test_texts_are_taken_along(kites: RunDirectory, tmp_path: Path) -> None:
    playground(["tensorboard", str(kites.path), str(tmp_path / "logs")])
    found = read(tmp_path / "logs" / "red kites")
    assert set(found.PluginTagToContent("text")) == {"config", "notes", "sample"}
    (sample,) = found.Tensors("sample")
    assert (sample.step, sample.tensor_proto.string_val[0].decode()) == (2, SAMPLE)
    (config,) = found.Tensors("config")
    assert "max_steps" in config.tensor_proto.string_val[0].decode()


def test_a_second_time_replaces_the_first(kites: RunDirectory, tmp_path: Path) -> None:
    for _ in range(2):
        assert playground(["tensorboard", str(kites.path), str(tmp_path / "logs")]) == 0
    assert len(list((tmp_path / "logs").iterdir())) == 1
    assert len(list((tmp_path / "logs" / "red kites").iterdir())) == 1
    assert len(read(tmp_path / "logs" / "red kites").Scalars("train/loss")) == 4


def test_what_others_wrote_stays(kites: RunDirectory, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("tensorboard", reason="without the library nothing is written at all")
    other = tmp_path / "logs" / "red kites" / "events.out.tfevents.1.other"
    other.parent.mkdir(parents=True)
    other.write_bytes(b"x")
    assert playground(["tensorboard", str(kites.path), str(tmp_path / "logs")]) == 2
    assert "not ours to replace" in capsys.readouterr().err
    assert other.read_bytes() == b"x"


def test_without_the_library_it_says_what_to_install(
    kites: RunDirectory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "tensorboard.summary.writer.event_file_writer", None)
    assert playground(["tensorboard", str(kites.path), str(tmp_path / "logs")]) == 2
    assert "pip install" in capsys.readouterr().err
    assert not (tmp_path / "logs").exists()


def test_no_run_no_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert playground(["tensorboard", str(tmp_path / "nothing"), str(tmp_path / "logs")]) == 2
    assert "There is no run" in capsys.readouterr().err
    assert not (tmp_path / "logs").exists()
