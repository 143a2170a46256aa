"""A run's last stretch, trained again: equal bit for bit, or the first number that is not."""

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from small_runs import STORIES, make_run, read_lines, train, train_until

from playground.contract.errors import RunError
from playground.contract.run_directory import Control, RunDirectory
from playground.engine.training import learner, wishes
from playground.engine.training.trainer import train_run
from playground.engine.training.verification import Verification, verify

PAIRS = "".join(f"{line}\t{line[::-1]}\n" for line in dict.fromkeys(STORIES.split("\n")) if line)
KINDS: dict[str, dict[str, Any]] = {
    "decoder": {},
    "encoder": {"model__kind": "encoder"},
    "encoder_decoder": {"model__kind": "encoder_decoder", "model__n_ctx": 48, "text": PAIRS},
}


def verified(run: RunDirectory) -> Verification:
    return verify(run, lambda first, step, last: None)


@pytest.mark.parametrize("kind", KINDS)
def test_a_run_repeats_its_last_stretch_bit_for_bit(tmp_path: Path, kind: str) -> None:
    run = make_run(
        tmp_path, model__dropout=0.1, training__accumulation_steps=2, training__checkpoint_every=4, **KINDS[kind]
    )
    train(run)
    before = {path: path.read_bytes() for path in run.path.rglob("*") if path.is_file()}
    told: list[tuple[int, int, int]] = []
    found = verify(run, lambda *progress: told.append(progress))
    assert (found.first_step, found.last_step, found.difference) == (8, 12, "")
    assert found.n_compared > 3 * 4 + 2 * 20_000, "losses, weights and both of the optimizer's moments"
    assert told == [(8, step, 12) for step in range(8, 13)]
    assert {path: path.read_bytes() for path in run.path.rglob("*") if path.is_file()} == before


def test_changes_by_hand_are_repeated_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wishes, "_ASK_EVERY_S", 0.0)
    run = make_run(tmp_path)
    for event in train_run(run):
        if getattr(event, "step", 0) == 11:
            run.write_control(Control(learning_rate_factor=0.5, max_steps=14))
    assert verified(run).difference == ""
    assert verified(run).last_step == 14


def test_a_run_with_one_checkpoint_is_trained_again_from_the_start(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    train_until(run, 3)
    assert verified(run) == Verification(first_step=0, last_step=3, n_compared=verified(run).n_compared, difference="")


def test_a_loss_of_another_machine_is_the_first_difference(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    train(run)
    records = read_lines(run.metrics_path)
    bent = next(record for record in records if record["kind"] == "train" and record["step"] == 11)
    bent["loss"] += 1e-9
    run.metrics_path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    assert verified(run).difference.startswith("At step 11 the loss is ")
    assert verified(run).difference.endswith(f"and was {bent['loss']!r} when the run was trained.")


def test_weights_that_are_not_repeated_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run(tmp_path)
    train(run)
    learn = learner.Learner.learn

    def nudged(self: learner.Learner, step: int, rate: float) -> learner.Learned:
        learned = learn(self, step, rate)
        if step == 12:
            with torch.no_grad():
                next(self.model.parameters()).view(-1)[3] += 1e-6
        return learned

    monkeypatch.setattr(learner.Learner, "learn", nudged)
    assert "differs from the checkpoint at step 12" in verified(run).difference


def test_without_a_checkpoint_there_is_nothing_to_verify(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="has no checkpoint yet"):
        verified(make_run(tmp_path))


def test_a_damaged_checkpoint_is_named(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    train(run)
    (run.checkpoint_path(10) / "model.safetensors").write_bytes(b"")
    with pytest.raises(RunError, match=r"step 10 of .* is damaged"):
        verified(run)
