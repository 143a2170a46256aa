"""Going on from another run: its weights, its tokenizer, all of them or adapters beside them."""

import dataclasses
import shutil
from pathlib import Path

import pytest
import torch
from small_runs import STORIES, are_equal, curve, make_run, train, train_until, weights_at

from playground.contract.config import RunConfig
from playground.contract.errors import ConfigError, RunError
from playground.contract.fine_tuning import fine_tuned
from playground.contract.run_directory import RunDirectory
from playground.engine.exchange.derived import quantized_run
from playground.engine.model.lora import is_adapter, merge_adapters
from playground.engine.model.weights import load_model
from playground.engine.tokenizers.tokenizer import load_tokenizer
from playground.engine.training import events

OTHER_TEXT = STORIES.replace("saw", "met").replace("the ", "a ")
IDS = torch.tensor([[5, 6, 7, 8, 9, 10, 11]])


@pytest.fixture
def base(tmp_path: Path) -> RunDirectory:
    run = make_run(tmp_path / "base")
    train(run)
    return run


def tuned(base: RunDirectory, folder: Path, step: int = 12, **changes: object) -> RunDirectory:
    folder.mkdir(parents=True, exist_ok=True)
    text = folder / "other.txt"
    text.write_text(OTHER_TEXT, encoding="utf-8")
    config = fine_tuned(base, step, RunConfig())
    kept = {"max_steps": 12, "batch_size": 4, "evaluate_every": 4, "checkpoint_every": 5, "sample_tokens": 0}
    config = dataclasses.replace(config, training=dataclasses.replace(config.training, **kept, max_snapshots=4))
    values = {name.replace("__", "."): value for name, value in changes.items()}
    return RunDirectory.create(folder / "tuned", config.with_values({"data.source": str(text), **values}))


def test_it_begins_with_the_weights_and_the_tokenizer_of_the_other(base: RunDirectory, tmp_path: Path) -> None:
    run = tuned(base, tmp_path / "new")
    train(run)
    assert are_equal(weights_at(run, 0), weights_at(base, 12))
    assert not are_equal(weights_at(run, 12), weights_at(base, 12))
    assert load_tokenizer(run.tokenizer_path).encode("the fox").tolist() == [
        *load_tokenizer(base.tokenizer_path).encode("the fox").tolist()
    ]
    assert run.config().start.run == str(base.path)


def test_adapters_are_all_that_changes_and_all_that_is_kept(base: RunDirectory, tmp_path: Path) -> None:
    run = tuned(base, tmp_path / "new", start__method="lora", start__lora_rank=2, training__learning_rate=0.01)
    started = next(event for event in train(run) if isinstance(event, events.Started))
    assert 0 < started.n_trained < 0.2 * started.n_parameters
    assert all(is_adapter(name) for name in weights_at(run, 12))
    shutil.rmtree(base.path)  # the run is whole without it
    model, former = load_model(run, 12), load_model(run, 0)
    with torch.no_grad():
        before, after = former(IDS), model(IDS)
        merge_adapters(model)
        merged = model(IDS)
    assert (after - before).abs().max() > 1e-3
    assert (merged - after).abs().max() <= 1e-5
    losses = [record["loss"] for record in curve(run).values()]
    assert min(losses[-4:]) < losses[0]


@pytest.mark.parametrize("method", ["full", "lora"])
def test_a_stopped_one_goes_on_exactly(base: RunDirectory, tmp_path: Path, method: str) -> None:
    changes = {"start__method": method, "start__lora_dropout": 0.2, "start__frozen_layers": 0}
    whole, parts = tuned(base, tmp_path / "a", **changes), tuned(base, tmp_path / "b", **changes)
    train(whole)
    train_until(parts, 7)
    train(parts, resume=True)
    assert are_equal(weights_at(whole, 12), weights_at(parts, 12))
    assert curve(whole) == curve(parts)


def test_frozen_layers_do_not_change(base: RunDirectory, tmp_path: Path) -> None:
    run = tuned(base, tmp_path / "new", start__frozen_layers=1, start__freeze_embeddings=True)
    train(run)
    before, after = weights_at(run, 0), weights_at(run, 12)
    same = {name for name in before if torch.equal(before[name], after[name])}
    frozen = {name for name in before if name.startswith("decoder.blocks.0.") or "table" in name}
    assert same == frozen


@pytest.mark.parametrize("method", ["full", "lora"])
def test_a_quantized_run_and_one_with_adapters_can_be_gone_on_from(
    base: RunDirectory, tmp_path: Path, method: str
) -> None:
    small = quantized_run(base, 12, 8, tmp_path / "small")
    run = tuned(small, tmp_path / "new", start__method=method)
    train(run)
    again = tuned(run, tmp_path / "again", start__method=method)
    train(again)
    with torch.no_grad():
        assert torch.allclose(load_model(run, 12)(IDS), load_model(again, 0)(IDS), atol=1e-5)


def test_a_run_that_is_gone_is_named(base: RunDirectory, tmp_path: Path) -> None:
    run = tuned(base, tmp_path / "new")
    load_tokenizer(base.tokenizer_path).save(run.tokenizer_path)
    shutil.rmtree(base.path)
    with pytest.raises(RunError, match=r"holds no run, so nothing can go on from it"):
        train(run)


def test_another_shape_is_refused(base: RunDirectory, tmp_path: Path) -> None:
    run = tuned(base, tmp_path / "new", model__n_layers=3)
    with pytest.raises(ConfigError, match=r"unlike that of .*Keep all of \[model\] but the dropout"):
        train(run)


def test_adapters_of_nothing_are_refused(tmp_path: Path) -> None:
    run = make_run(tmp_path, start__method="lora")
    with pytest.raises(ConfigError, match=r"start\.run is empty"):
        train(run)
