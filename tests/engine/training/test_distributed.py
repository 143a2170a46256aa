"""Two processes under torchrun against one: the same curve; a process that dies costs nothing."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
import torch
from small_runs import STORIES, are_equal, curve, make_run, metrics, read_lines, train, weights_at

from playground.contract import run_directory
from playground.contract.run_directory import Control, RunDirectory

PAIRS = "".join(f"{line}\t{line[::-1]}\n" for line in dict.fromkeys(STORIES.split("\n")) if line)
KINDS: dict[str, dict[str, Any]] = {
    "decoder": {},
    "encoder": {"model__kind": "encoder", "data__examples": "lines", "model__n_ctx": 40},
    "encoder_decoder": {"model__kind": "encoder_decoder", "model__n_ctx": 48},
}


def torchrun(run: RunDirectory, *options: str, n: int = 2, n_restarts: int = 0) -> "subprocess.Popen[str]":
    command = [
        sys.executable, "-m", "torch.distributed.run", "--standalone", f"--nproc-per-node={n}",
        f"--max-restarts={n_restarts}", "-m", "playground", "train", str(run.path), *options,
    ]  # fmt: skip
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)


def finished(process: "subprocess.Popen[str]") -> str:
    """What it said; it must have ended well."""
    said, _ = process.communicate(timeout=300)
    assert process.returncode == 0, said
    return said


def losses(run: RunDirectory) -> list[float]:
    return [record["loss"] for _, record in sorted(curve(run).items())]


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_two_processes_draw_the_curve_of_one(tmp_path: Path, kind: str) -> None:
    changes = dict(KINDS[kind], training__batch_size=6, training__accumulation_steps=2, training__label_smoothing=0.1)
    if kind == "encoder_decoder":
        changes["text"] = PAIRS
    alone, shared = make_run(tmp_path, "alone", **changes), make_run(tmp_path, "shared", **changes)
    train(alone)
    said = finished(torchrun(shared))
    assert said.count("finished:") == 1, "only the first process speaks"
    assert losses(shared) == pytest.approx(losses(alone), abs=1e-5)
    assert len(losses(shared)) == 12
    evaluated = [[r["validation_loss"] for r in read_lines(run.metrics_path) if r["kind"] == "evaluation"]
                 for run in (alone, shared)]  # fmt: skip
    assert evaluated[1] == pytest.approx(evaluated[0], abs=1e-5)
    started = next(record for record in read_lines(shared.events_path) if record["kind"] == "started")
    assert started["n_processes"] == 2


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["decoder", "encoder_decoder"])
def test_weights_in_shares_draw_the_curve_of_whole_ones(tmp_path: Path, kind: str) -> None:
    """Begun in shares, gone on with by one process, ended in shares: checkpoints are the same for all."""
    changes = dict(
        KINDS[kind], training__batch_size=6, training__accumulation_steps=2, training__sharding="full",
        training__schedule="constant",
    )  # fmt: skip
    if kind == "encoder_decoder":
        changes["text"] = PAIRS
    alone, shared = make_run(tmp_path, "alone", **changes), make_run(tmp_path, "shared", **changes)
    train(alone)
    shared.write_control(Control(max_steps=4))
    finished(torchrun(shared))
    finished(torchrun(shared, "--resume", "--set", "training.max_steps=7", n=1))
    finished(torchrun(shared, "--resume", "--set", "training.max_steps=12"))
    assert losses(shared) == pytest.approx(losses(alone), abs=1e-5)
    assert len(losses(shared)) == 12
    found, wanted = curve(shared, "evaluation"), curve(alone, "evaluation")
    assert found[12]["validation_loss"] == pytest.approx(wanted[12]["validation_loss"], abs=1e-5)
    for name, value in weights_at(alone, 12).items():
        assert torch.allclose(weights_at(shared, 12)[name], value, atol=1e-5), name
    assert curve(shared)[12]["weight_norm"] == pytest.approx(curve(alone)[12]["weight_norm"], rel=1e-5)
    assert curve(shared)[12]["gradient_norm"] == pytest.approx(curve(alone)[12]["gradient_norm"], rel=1e-4)


@pytest.mark.slow
def test_shares_need_an_optimizer_that_can_do_with_them(tmp_path: Path) -> None:
    run = make_run(tmp_path, training__sharding="full", training__optimizer="muon")
    process = torchrun(run)
    said, _ = process.communicate(timeout=300)
    assert process.returncode != 0
    assert "training.optimizer is 'muon', which needs whole matrices" in said


@pytest.mark.slow
def test_a_run_goes_on_with_another_number_of_processes(tmp_path: Path) -> None:
    alone, changing = (make_run(tmp_path, name, training__schedule="constant") for name in ("alone", "changing"))
    train(alone)
    changing.write_control(Control(max_steps=3))
    finished(torchrun(changing, n=1))
    finished(torchrun(changing, "--resume", "--set", "training.max_steps=7", n=3))
    finished(torchrun(changing, "--resume", "--set", "training.max_steps=12", n=2))
    assert losses(changing) == pytest.approx(losses(alone), abs=1e-5)
    assert len(losses(changing)) == 12


@pytest.mark.slow
def test_a_process_that_is_killed_is_replaced_and_the_end_is_the_same(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    changes: dict[str, Any] = {"training__max_steps": 300, "training__checkpoint_every": 40, "model__dropout": 0.1}
    unbroken, broken = make_run(tmp_path, "unbroken", **changes), make_run(tmp_path, "broken", **changes)
    finished(torchrun(unbroken))
    agent = torchrun(broken, n_restarts=2)
    request.addfinalizer(agent.kill)
    for step, rank in ((60, 1), (150, 0)):
        wait_until(lambda step=step: broken.metrics_path.exists() and max(curve(broken), default=0) >= step)
        worker(agent, rank).kill()
    said = finished(agent)
    assert "Another of the 2 processes of this training ended" in said
    assert curve(broken).keys() == curve(unbroken).keys()
    assert losses(broken) == losses(unbroken), "bit for bit"
    assert are_equal(weights_at(broken, 300), weights_at(unbroken, 300))
    assert broken.state() == run_directory.FINISHED
    assert {record["segment"] for record in metrics(broken)} == {0, 1, 2}


@pytest.mark.slow
def test_a_step_must_have_a_sequence_for_each_process(tmp_path: Path) -> None:
    run = make_run(tmp_path, training__batch_size=1)
    process = torchrun(run)
    said, _ = process.communicate(timeout=300)
    assert process.returncode != 0
    assert "A step has 1 sequences, fewer than the 2 processes that should share it." in said


def wait_until(is_so: Callable[[], bool], patience_s: float = 120.0) -> None:
    deadline = time.monotonic() + patience_s
    while not is_so():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.02)


def worker(agent: "subprocess.Popen[str]", rank: int) -> psutil.Process:
    """The process of that rank; the newest, if there were others before."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for child in psutil.Process(agent.pid).children():
            with contextlib.suppress(psutil.Error):
                if child.environ().get("RANK") == str(rank):
                    return child
        time.sleep(0.02)
    raise AssertionError("there is no such process")
