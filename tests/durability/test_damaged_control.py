"""control.json is not synced: where a machine that lost its power damaged it, rate and length stay as they were."""

import dataclasses
import shutil
from pathlib import Path

import pytest
import torch
from hard_runs import end_of, make_run

from playground.contract.run_directory import RunDirectory
from playground.engine.training import events, wishes
from playground.engine.training.trainer import train_run

_LENGTH = 8


@pytest.fixture(scope="module")
def steered(tmp_path_factory: pytest.TempPathFactory) -> RunDirectory:
    """A run that was told to learn at half the rate and to end earlier, and then vanished, as a killed one does."""
    torch.set_num_threads(1)
    run = make_run(tmp_path_factory.mktemp("steered"), "run", "decoder")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wishes, "_ASK_EVERY_S", 0.0)  # else a fast machine is at its end before it asks
        happening = train_run(run)
        for event in happening:
            if isinstance(event, events.StepDone) and event.step == 1:
                run.write_control(dataclasses.replace(run.control(), learning_rate_factor=0.5, max_steps=_LENGTH))
            if isinstance(event, events.LengthChanged):
                happening.close()  # type: ignore[attr-defined]
    assert run.state() == "interrupted"
    return run


@pytest.mark.parametrize("data", [b"", b"\0" * 60, b'{"wish": "train", "learn'], ids=["empty", "zeros", "half"])
def test_what_was_steered_stays(tmp_path: Path, steered: RunDirectory, data: bytes) -> None:
    whole, damaged = (RunDirectory(shutil.copytree(steered.path, tmp_path / name)) for name in ("whole", "damaged"))
    damaged.control_path.write_bytes(data)
    for run in (whole, damaged):
        for _ in train_run(run, resume=True):
            pass
    assert end_of(damaged) == end_of(whole)
    assert (damaged.status().step, damaged.status().max_steps) == (_LENGTH, _LENGTH)
    assert damaged.control() == whole.control()
    assert damaged.control().learning_rate_factor == 0.5
