"""From a config to token ids: nothing is lost between the text and the tensors."""

import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from small_runs import STORIES, letters, make_run

from playground.contract.errors import RunError
from playground.engine.model.batch import IGNORED
from playground.engine.text.corpus import split_corpus
from playground.engine.training import encoding
from playground.engine.training.encoding import chunks, sample_prompt, unigram_entropy
from playground.engine.training.objectives import Objective
from playground.engine.training.preparation import prepare
from playground.engine.training.showing import Prompt


def unheard(phase: str, progress: float) -> None:
    """Nobody listens."""


@given(text=st.text("ab\n\r\u2028", max_size=200), size=st.integers(1, 50))
def test_chunks_are_the_whole_text_and_end_at_line_ends(text: str, size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoding, "_CHUNK", size)
        found = chunks(text)
    assert "".join(found) == text
    assert all(chunk.endswith("\n") and len(chunk) >= size for chunk in found[:-1])
    assert "" not in found


def test_ids_are_those_of_the_two_parts_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "_CHUNK", 100)
    run = make_run(tmp_path)
    material = prepare(run, run.config(), unheard)
    train_text, validation_text = split_corpus(STORIES, 0.1)
    train_ids, validation_ids = letters().encode(train_text).tolist(), letters().encode(validation_text).tolist()
    assert len(material.train) == len(train_ids) - 16
    assert _read(material.train, np.arange(0, len(train_ids) - 16, 16))[0] == train_ids[: len(train_ids) // 16 * 16]
    read, n_bytes = _read(material.judged.objective, material.judged.indices), material.judged.bytes_per_id
    assert read == (validation_ids[:-1], validation_ids[1:])
    assert n_bytes[validation_ids].sum() == len(validation_text.encode("utf-8"))
    assert isinstance(material.shown, Prompt)
    assert letters().decode(material.shown.ids) == "the "


def _read(objective: Objective, indices: np.ndarray) -> tuple[list[int], list[int]]:
    """What the model reads and what it should say, all rows one after another."""
    batch = objective.batch(indices, np.random.default_rng(0), torch.device("cpu"))
    is_real = batch.targets != IGNORED
    return batch.ids[is_real].tolist(), batch.targets[is_real].tolist()


def test_progress_is_told_for_each_phase_from_nothing_to_the_whole(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    for path in run.tokenizer_path.iterdir():
        path.unlink()
    told: list[tuple[str, float]] = []
    prepare(run, run.config(), lambda phase, progress: told.append((phase, progress)))
    assert list(dict.fromkeys(phase for phase, _ in told)) == ["text", "tokenizer", "encoding"]
    for phase in ("text", "tokenizer", "encoding"):
        steps = [progress for each, progress in told if each == phase]
        assert steps == sorted(steps)
        assert steps[-1] == 1.0


def test_giving_up_in_the_middle_leaves_no_half_tokenizer(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    for path in run.tokenizer_path.iterdir():
        path.unlink()

    def give_up(phase: str, progress: float) -> None:
        if phase == "tokenizer" and progress > 0:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prepare(run, run.config(), give_up)
    assert list(run.tokenizer_path.iterdir()) == []
    prepare(run, run.config(), unheard)


def test_the_unigram_entropy_is_what_frequencies_alone_would_cost() -> None:
    rows = [np.array([1, 1, 2]), np.array([3])]  # half, a quarter, a quarter: 1.5 bits
    assert unigram_entropy(rows) == pytest.approx(1.5 * math.log(2))


def test_a_run_knows_the_unigram_entropy_of_its_text(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    prepare(run, run.config(), unheard)
    train_text, _ = split_corpus(STORIES, run.config().data.validation_fraction)
    counts = Counter(train_text)
    by_hand = -sum(n / len(train_text) * math.log(n / len(train_text)) for n in counts.values())
    assert run.data_facts().unigram_entropy == pytest.approx(by_hand)


def test_a_tokenizer_sees_only_the_training_part(tmp_path: Path) -> None:
    """Else the validation loss would flatter."""
    text = STORIES + "Ω" * 60 + "\n"
    run = make_run(tmp_path, text=text, data__validation_fraction=0.1)
    for path in run.tokenizer_path.iterdir():
        path.unlink()
    tokenizer = prepare(run, run.config(), unheard).tokenizer
    assert "Ω" not in tokenizer.vocabulary().pieces
    assert tokenizer.decode(tokenizer.encode("Ω").tolist()) == "Ω"


def test_another_text_than_the_run_began_with_is_refused(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    prepare(run, run.config(), unheard)
    Path(run.config().data.source).write_text(STORIES.upper(), encoding="utf-8")
    with pytest.raises(RunError, match="has changed since this run began"):
        prepare(run, run.config(), unheard)


@pytest.mark.parametrize(
    ("text", "prompt"),
    [
        ("tail of a line.\nthe fox saw the hen.\n", "the fox saw "),
        ("tail.\n\n\n  the fox saw the hen.\n", "the fox saw "),
        ("only one line", "only one lin"),
        ("x", "x"),
    ],
)
def test_a_sample_goes_on_from_the_beginning_of_a_line(text: str, prompt: str) -> None:
    assert letters().decode(sample_prompt(letters(), text, 64)) == prompt


def test_a_short_context_gets_a_short_prompt() -> None:
    assert len(sample_prompt(letters(), STORIES, 16)) == 4
    assert len(sample_prompt(letters(), STORIES, 2)) == 1
