"""Runs made of runs: merged adapters, fewer bits; whole or not there at all."""

import dataclasses
from pathlib import Path

import pytest
import torch
from small_runs import make_run, train

from playground.contract.config import RunConfig
from playground.contract.errors import RunError, StorageError
from playground.contract.fine_tuning import fine_tuned
from playground.contract.run_directory import RunDirectory
from playground.engine.exchange import finished_run
from playground.engine.exchange.derived import compared, merged_run, quantized_run
from playground.engine.model.lora import has_adapters
from playground.engine.model.weights import load_model

IDS = torch.tensor([[5, 6, 7, 8]])


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> RunDirectory:
    run = make_run(tmp_path_factory.mktemp("base"))
    train(run)
    return run


def test_a_quantized_run_is_a_run_like_any_other(base: RunDirectory, tmp_path: Path) -> None:
    small = quantized_run(base, 12, 8, tmp_path / "small")
    assert small.state() == "finished"
    assert small.config().start.run == str(base.path)
    assert small.snapshot_steps() == [12]
    assert small.snapshot_path(12).stat().st_size < 0.5 * base.snapshot_path(12).stat().st_size
    (happening, _) = small.events_tail().read()
    assert (happening["kind"], happening["from"]) == ("int8", str(base.path))
    with torch.no_grad():
        one, other = load_model(base, 12)(IDS), load_model(small, 12)(IDS)
    assert (one - other).norm() < 0.05 * one.norm()


def test_the_table_tells_size_perplexity_and_speed(base: RunDirectory, tmp_path: Path) -> None:
    small = quantized_run(base, 12, 4, tmp_path / "small")
    before, after = compared([("before", base, 12), ("int4", small, 12)], lambda phase, progress: None)
    assert before.size_bytes == base.snapshot_path(12).stat().st_size
    assert after.size_bytes < before.size_bytes
    assert after.perplexity == pytest.approx(before.perplexity, rel=0.1)
    assert before.tokens_per_s > 0
    recorded = [record for record in base.metrics_tail().read() if record["kind"] == "evaluation"][-1]
    assert before.perplexity == pytest.approx(recorded["perplexity"], rel=1e-5)


def test_twice_is_refused(base: RunDirectory, tmp_path: Path) -> None:
    small = quantized_run(base, 12, 8, tmp_path / "small")
    with pytest.raises(RunError, match="is quantized already"):
        quantized_run(small, 12, 4, tmp_path / "smaller")
    with pytest.raises(RunError, match="is there already"):
        quantized_run(base, 12, 4, tmp_path / "small")


def test_merged_adapters_are_a_plain_model(base: RunDirectory, tmp_path: Path) -> None:
    config = fine_tuned(base, 12, RunConfig())
    training = dataclasses.replace(base.config().training, learning_rate=0.01)
    config = dataclasses.replace(config, data=base.config().data, training=training)
    tuned = RunDirectory.create(tmp_path / "tuned", config.with_values({"start.method": "lora"}))
    train(tuned)
    merged = merged_run(tuned, 12, tmp_path / "merged")
    with torch.no_grad():
        one, other = load_model(tuned, 12), load_model(merged, 12)
        assert has_adapters(one)
        assert not has_adapters(other)
        assert (one(IDS) - other(IDS)).abs().max() <= 1e-5
    with pytest.raises(RunError, match="has no adapters"):
        merged_run(base, 12, tmp_path / "nothing")


def test_nothing_is_left_when_the_disk_refuses(
    base: RunDirectory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(finished_run, "_write_events", refuse)
    with pytest.raises(StorageError):
        quantized_run(base, 12, 8, tmp_path / "small")
    assert list(tmp_path.iterdir()) == []
