"""Tiny models learn what can be learned, and the same seed learns it the same way."""

import math
from pathlib import Path
from typing import Any

import pytest
import torch
from small_runs import STORIES, are_equal, curve, make_run, metrics, train, weights_at

from playground.contract.config import TokenizerConfig
from playground.engine.model.weights import load_model
from playground.engine.text.corpus import split_corpus
from playground.engine.tokenizers.tokenizer import load_tokenizer
from playground.engine.training import events


def test_a_tiny_model_learns_a_rule_to_the_last_bit(tmp_path: Path) -> None:
    """In this text each letter decides the next one, so that the least loss is 0."""
    run = make_run(
        tmp_path, text="abcdefgh\n" * 200, training__max_steps=120, training__learning_rate=1e-2,
        training__evaluate_every=120, training__weight_decay=0.0, training__sample_tokens=20,
    )  # fmt: skip
    samples = [event for event in train(run) if isinstance(event, events.SampleWritten)]
    losses = [record["loss"] for record in metrics(run, "train")]
    vocab_size = load_tokenizer(run.tokenizer_path).vocab_size
    assert losses[0] == pytest.approx(math.log(vocab_size), abs=0.5)  # it begins with knowing nothing
    assert losses[-1] < 0.03
    last = curve(run, "evaluation")[120]
    assert last["validation_loss"] < 0.03
    assert last["perplexity"] < 1.03
    before, after = samples
    assert after.text in "abcdefgh\n" * 20
    assert len(after.text) == after.n_prompt_characters + 20
    assert before.text[: before.n_prompt_characters] == after.text[: after.n_prompt_characters]


def test_the_same_seed_gives_the_same_curve_and_weights_bit_for_bit(tmp_path: Path) -> None:
    changes: dict[str, Any] = {"model__dropout": 0.1, "training__accumulation_steps": 2}
    one, other = make_run(tmp_path, "one", **changes), make_run(tmp_path, "other", **changes)
    train(one)
    torch.manual_seed(12345)  # somebody else's random numbers must not matter
    train(other)
    assert curve(one) == curve(other)
    assert curve(one, "evaluation") == curve(other, "evaluation")
    assert are_equal(weights_at(one, 12), weights_at(other, 12))


def test_another_seed_gives_another_curve(tmp_path: Path) -> None:
    one, other = make_run(tmp_path, "one"), make_run(tmp_path, "other", training__seed=2)
    train(one)
    train(other)
    assert curve(one)[12]["loss"] != curve(other)[12]["loss"]
    assert not are_equal(weights_at(one, 0), weights_at(other, 0))


def test_looking_more_often_does_not_change_what_is_learned(tmp_path: Path) -> None:
    changes: dict[str, Any] = {"model__dropout": 0.1}
    rarely = make_run(tmp_path, "rarely", **changes)
    often = make_run(tmp_path, "often", training__evaluate_every=1, training__max_snapshots=13, **changes)
    train(rarely)
    train(often)
    assert curve(rarely) == curve(often)
    assert are_equal(weights_at(rarely, 12), weights_at(often, 12))


def test_accumulation_gives_the_curve_of_the_whole_batch(tmp_path: Path) -> None:
    whole = make_run(tmp_path, "whole", training__batch_size=32, training__max_steps=20)
    parts = make_run(
        tmp_path, "parts", training__batch_size=8, training__accumulation_steps=4, training__max_steps=20
    )  # fmt: skip
    train(whole)
    train(parts)
    for step, record in curve(whole).items():
        assert curve(parts)[step]["loss"] == pytest.approx(record["loss"], abs=1e-5)
        assert curve(parts)[step]["gradient_norm"] == pytest.approx(record["gradient_norm"], rel=1e-3)
        assert curve(parts)[step]["tokens"] == record["tokens"] == step * 32 * 16


def test_the_validation_loss_is_that_of_a_sum_by_hand(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    train(run)
    tokenizer, model = load_tokenizer(run.tokenizer_path), load_model(run, 12)
    _, validation = split_corpus(STORIES, 0.1)
    ids = tokenizer.encode(validation).tolist()
    total = 0.0
    with torch.no_grad():
        for position in range(1, len(ids)):
            start = (position - 1) // 16 * 16
            logits = model(torch.tensor([ids[start:position]]))[0, -1].double()
            total -= float(logits.log_softmax(-1)[ids[position]])
    expected = total / (len(ids) - 1)
    recorded = curve(run, "evaluation")[12]
    assert recorded["validation_loss"] == pytest.approx(expected, abs=1e-5)
    assert recorded["perplexity"] == pytest.approx(math.exp(expected), rel=1e-4)
    n_bytes = len(validation.encode("utf-8")) - len(validation[0].encode("utf-8"))
    assert recorded["bits_per_byte"] == pytest.approx(total / math.log(2) / n_bytes, rel=1e-4)


def test_the_judged_share_is_a_part_from_the_start(tmp_path: Path) -> None:
    whole, part = make_run(tmp_path, "whole"), make_run(tmp_path, "part", training__evaluation_fraction=0.1)
    train(whole)
    train(part)
    assert curve(whole) == curve(part)
    assert curve(whole, "evaluation")[12] != curve(part, "evaluation")[12]


def test_the_learning_rate_in_the_record_is_the_schedules(tmp_path: Path) -> None:
    run = make_run(tmp_path, training__schedule="linear", training__final_learning_rate_fraction=0.0)
    train(run)
    rates = [record["learning_rate"] for record in metrics(run, "train")]
    assert rates == pytest.approx([3e-3 * share for share in (0.5, 1.0, *(1 - n / 10 for n in range(1, 11)))])


def test_a_run_trains_its_own_tokenizer(tmp_path: Path) -> None:
    run = make_run(tmp_path, tokenizer__type="bpe", tokenizer__vocab_size=320)
    for path in run.tokenizer_path.iterdir():
        path.unlink()
    happened = train(run)
    phases = [event.phase for event in happened if isinstance(event, events.Preparing)]
    assert phases == ["text"]
    tokenizer = load_tokenizer(run.tokenizer_path)
    assert tokenizer.type == TokenizerConfig(type="bpe").type
    assert run.status().vocab_size == tokenizer.vocab_size
    assert isinstance(happened[-1], events.Finished)
