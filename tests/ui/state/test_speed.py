"""The time of a training is estimated from runs on this machine."""

import socket
from dataclasses import replace
from pathlib import Path

import pytest

from playground.contract.config import RunConfig
from playground.contract.model_size import forward_flops_per_token
from playground.contract.presets import preset
from playground.contract.run_directory import FINISHED, RunDirectory, Status
from playground.ui.state.speed import measured_speeds, time_estimate

TINY = preset("tiny").applied_to(RunConfig())


def trained(folder: Path, name: str, tokens_per_s: float, *, device: str = "cpu") -> RunDirectory:
    run = RunDirectory.create(folder / name, TINY)
    run.write_status(Status(state=FINISHED, tokens_per_s=tokens_per_s, vocab_size=1024, device=device))
    return run


def test_a_rate_is_tokens_times_arithmetic(tmp_path: Path) -> None:
    trained(tmp_path, "one", 1000.0)
    (speed,) = measured_speeds(tmp_path)
    assert speed.flops_per_s == 1000.0 * 3 * forward_flops_per_token(TINY.model, 1024)


def test_the_same_training_takes_as_long_again(tmp_path: Path) -> None:
    trained(tmp_path, "fast", 2000.0)
    trained(tmp_path, "slow", 1000.0)
    estimate = time_estimate(TINY, 1024, measured_speeds(tmp_path))
    assert estimate is not None
    n_tokens = TINY.training.max_steps * TINY.tokens_per_step
    assert estimate.low_s == pytest.approx(n_tokens / 2000)
    assert estimate.high_s == pytest.approx(n_tokens / 1000)
    assert estimate.n_runs == 2


def test_another_device_or_machine_says_nothing(tmp_path: Path) -> None:
    run = trained(tmp_path, "one", 1000.0)
    cuda = TINY.with_values({"training.device": "cuda"})
    assert time_estimate(cuda, 1024, measured_speeds(tmp_path)) is None
    foreign = run.status_path.read_text(encoding="utf-8").replace(socket.gethostname(), "elsewhere-" * 2)
    run.status_path.write_text(foreign, encoding="utf-8")
    assert measured_speeds(tmp_path) == ()


def test_without_runs_there_is_no_estimate(tmp_path: Path) -> None:
    assert measured_speeds(tmp_path / "nowhere") == ()
    assert time_estimate(TINY, 1024, ()) is None
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "config.toml").write_text("nonsense = = 1", encoding="utf-8")
    assert measured_speeds(tmp_path) == ()


def test_an_impossible_model_has_no_estimate(tmp_path: Path) -> None:
    trained(tmp_path, "one", 1000.0)
    broken = replace(TINY, model=replace(TINY.model, n_heads=5))
    assert time_estimate(broken, 1024, measured_speeds(tmp_path)) is None
