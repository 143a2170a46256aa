"""A step is the mean over all its tokens, however it is cut: one batch of 32 learns what four of 8 learn."""

from pathlib import Path
from typing import Any

import pytest
from small_runs import make_run, train

from playground.engine.training import events
from playground.engine.training.ranks import Ranks

WORDS = ("red", "green", "white", "old", "new", "big", "blue", "dark")
THINGS = ("hen", "boat", "house", "tree", "lamp")
LINES = [f"the {a} {thing}" if a == b else f"{a} and {b} {thing}" for a in WORDS for b in WORDS for thing in THINGS]
TEXT = "".join(f"{line}\n" for line in LINES)
PAIRS = "".join(f"{line}\t{' '.join(reversed(line.split()))}\n" for line in LINES)

KINDS: dict[str, dict[str, Any]] = {
    "decoder": {"model__kind": "decoder", "data__examples": "lines"},
    "encoder": {"model__kind": "encoder", "data__examples": "lines", "model__norm_place": "after"},
    "encoder_decoder": {
        "model__kind": "encoder_decoder",
        "model__n_encoder_layers": 2,
        "model__position": "sinusoidal",
    },
}


def losses(folder: Path, name: str, text: str, **changes: Any) -> list[float]:
    run = make_run(folder, name, text=text, model__n_ctx=32, training__label_smoothing=0.1, **changes)
    found = train(run)
    steps = [event.loss for event in found if isinstance(event, events.StepDone)]
    return steps + [event.loss for event in found if isinstance(event, events.Evaluated)]


@pytest.mark.parametrize("kind", KINDS)
def test_accumulation_leaves_the_curve_as_it_is(tmp_path: Path, kind: str) -> None:
    text = PAIRS if kind == "encoder_decoder" else TEXT
    whole = losses(tmp_path, "whole", text, training__batch_size=32, **KINDS[kind])
    parts = losses(tmp_path, "parts", text, training__batch_size=8, training__accumulation_steps=4, **KINDS[kind])
    assert len(whole) == 12 + 4
    assert whole[0] > whole[11] + 0.3  # it learns
    assert parts == pytest.approx(whole, abs=1e-5)


@pytest.mark.parametrize("kind", KINDS)
def test_rows_of_a_step_are_of_unequal_length(tmp_path: Path, kind: str) -> None:
    """Else the test above would say nothing of padding."""
    from playground.engine.training.batches import Batches
    from playground.engine.training.preparation import prepare

    run = make_run(
        tmp_path, text=PAIRS if kind == "encoder_decoder" else TEXT, model__n_ctx=32, training__batch_size=8,
        training__accumulation_steps=4, **KINDS[kind],
    )  # fmt: skip
    config = run.config()
    parts = Batches(prepare(run, config, lambda phase, progress: None).train, config, Ranks()).step(1)
    batches = [each.batch for each in parts]
    assert all(batch.padding is not None for batch in batches)
    assert len({batch.n_targets for batch in batches}) > 1
