"""`python -m playground train` as a process of its own, ended from outside, then resumed."""

import contextlib
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from small_runs import are_equal, curve, make_run, metrics, read_lines, train, weights_at

from playground.contract import run_directory
from playground.contract.child_process import child_environment, module_command
from playground.contract.run_directory import RunDirectory

N_STEPS = 20_000
PATIENCE_S = 60.0
CHANGES: dict[str, Any] = {
    "model__dropout": 0.1, "training__max_steps": N_STEPS, "training__schedule": "constant",
    "training__evaluate_every": 50, "training__checkpoint_every": 20, "training__batch_size": 2,
    "training__sample_tokens": 0,
}  # fmt: skip

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@contextlib.contextmanager
def trainer_process(run: RunDirectory, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """The real trainer at work; it is ended with the block, whatever happens."""
    environment = {**child_environment(), "OMP_NUM_THREADS": "1"}
    command = [*module_command("playground", "train", str(run.path)), *arguments]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )  # fmt: skip
    with process:
        try:
            yield process
        finally:
            process.kill()


def wait_for_step(run: RunDirectory, process: subprocess.Popen[str], step: int) -> None:
    """Until the curve has a step; the process must not have ended before."""
    deadline = time.monotonic() + PATIENCE_S
    mark = f'"step":{step},'
    while not (run.metrics_path.exists() and mark in run.metrics_path.read_text(encoding="utf-8")):
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < deadline, "it takes too long"
        time.sleep(0.02)


def set_max_steps(run: RunDirectory, n_steps: int) -> None:
    """So that the rest is short."""
    text = run.config_path.read_text(encoding="utf-8")
    run.config_path.write_text(text.replace(f"max_steps = {N_STEPS}", f"max_steps = {n_steps}"), encoding="utf-8")


def assert_goes_on_as_unbroken(run: RunDirectory, tmp_path: Path) -> None:
    """Resume here for some steps more, and compare with a run that nobody ended."""
    reached = max(curve(run)) + 10
    set_max_steps(run, reached)
    train(run, resume=True)
    plain = make_run(tmp_path, "plain", **{**CHANGES, "training__max_steps": reached})
    train(plain)
    assert curve(run) == curve(plain)
    assert curve(run, "evaluation") == curve(plain, "evaluation")
    assert are_equal(weights_at(run, reached), weights_at(plain, reached))


@pytest.mark.parametrize("number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.slow)])
def test_a_polite_signal_leaves_a_checkpoint_of_the_last_step(tmp_path: Path, number: signal.Signals) -> None:
    run = make_run(tmp_path, **CHANGES)
    with trainer_process(run) as process:
        wait_for_step(run, process, 25)
        assert run.state() == run_directory.TRAINING
        process.send_signal(number)
        output, _ = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0, output
    assert run.state() == run_directory.STOPPED
    last = max(curve(run))
    assert run.checkpoint_steps()[-1] == run.snapshot_steps()[-1] == last < N_STEPS
    assert f"stopped at step {last:,}" in output
    assert read_lines(run.events_path)[-1]["kind"] == "stopped"
    assert_goes_on_as_unbroken(run, tmp_path)


def test_a_killed_trainer_is_found_out_and_goes_on_from_its_checkpoint(tmp_path: Path) -> None:
    run = make_run(tmp_path, **CHANGES)
    with trainer_process(run) as process:
        wait_for_step(run, process, 50)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=PATIENCE_S)
    assert process.returncode == -signal.SIGKILL
    assert run.state() == run_directory.INTERRUPTED
    kept = run.checkpoint_steps()[-1]
    assert kept % 20 == 0
    assert_goes_on_as_unbroken(run, tmp_path)
    assert next(record["step"] for record in metrics(run, "train") if record["segment"] == 1) == kept + 1


@pytest.mark.slow
def test_two_trainers_of_one_run_do_not_meet(tmp_path: Path) -> None:
    run = make_run(tmp_path, **CHANGES)
    with trainer_process(run) as process:
        wait_for_step(run, process, 5)
        with trainer_process(run, "--resume") as second:
            output, _ = second.communicate(timeout=PATIENCE_S)
        assert second.returncode != 0
        assert "is being trained by another process" in output
        assert "Traceback" not in output
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE_S)
    assert {record["segment"] for record in metrics(run)} == {0}
