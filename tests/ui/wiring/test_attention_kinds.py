"""The Attention page's wiring for all three kinds: what is asked of the worker for texts, parts, heads and masks."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from attention_desk import Desk
from pytestqt.qtbot import QtBot

from playground.contract.config import RunConfig
from playground.contract.messages import CLEAREST, CROSS, ENCODER_PART, SELF, ReadHead, Trace
from playground.contract.model_config import DECODER, ENCODER, ENCODER_DECODER
from playground.contract.run_directory import RunDirectory
from playground.ui.charts.attention_samples import sample_cross_head
from playground.ui.pages.attention.example_text import SENTENCE
from playground.ui.pages.attention.lower_card import STREAM
from playground.ui.pages.attention.samples import sample_cross_overview


def make_run(folder: Path, kind: str, **changes: Any) -> Path:
    values = {f"model.{name}": value for name, value in changes.items()}
    config = RunConfig().with_values({"model.kind": kind, "model.n_layers": 2, "model.n_heads": 4, **values})
    run = RunDirectory.create(folder, config)
    run.snapshots_path.mkdir()
    for step in (1, 10):
        run.snapshot_path(step).touch()
    return folder


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    qtbot.addWidget(made.page)
    made.page.show()
    return made


@pytest.fixture
def pair(desk: Desk, tmp_path: Path) -> Desk:
    desk.app.current.open(make_run(tmp_path / "pair", ENCODER_DECODER, n_encoder_layers=3))
    return desk


def answer(desk: Desk, kind: type, id_shift: int = 0) -> None:
    """With cross-attention, whatever part was asked for; ids that are shifted are another translation's."""
    lane = next(lane for lane, (request, _, _) in desk.worker.questions.items() if isinstance(request, kind))
    request, on_answer, _ = desk.worker.questions.pop(lane)
    overview = sample_cross_overview()
    tokens = dataclasses.replace(overview.tokens, ids=overview.tokens.ids + id_shift)
    if isinstance(request, Trace):
        on_answer(dataclasses.replace(overview, part=request.part, tokens=tokens))
        return
    assert isinstance(request, ReadHead)
    layer, head = (1, 3) if request.layer == CLEAREST else (request.layer, request.head)
    made = sample_cross_head(len(tokens.ids), len(overview.columns.ids))
    on_answer(dataclasses.replace(made, layer=layer, head=head, row_ids=tokens.ids))


def test_a_translating_run_is_first_looked_at_where_its_halves_meet(pair: Desk) -> None:
    asked = pair.worker.pending(ReadHead)
    assert (asked.part, asked.layer, asked.head) == (CROSS, CLEAREST, CLEAREST)
    assert (asked.source, asked.text) == (SENTENCE, "")
    answer(pair, ReadHead)
    assert pair.worker.pending(ReadHead) is None, "the head is there; it is not asked for again"
    answer(pair, Trace)
    assert pair.page.settings.head.words() == "4 of 4"
    head = pair.page.heatmap.head()
    assert head is not None
    assert (head.layer, head.head) == (1, 3)


def test_the_worker_s_choice_stays_while_the_timeline_is_dragged(pair: Desk) -> None:
    answer(pair, ReadHead)
    answer(pair, Trace)
    pair.app.current.select_step(1)
    asked = pair.worker.pending(ReadHead)
    assert (asked.step, asked.layer, asked.head) == (1, 1, 3)


def test_a_translation_that_became_another_waits_for_its_head(pair: Desk) -> None:
    answer(pair, ReadHead)
    answer(pair, Trace)
    before = pair.page.heatmap.head()
    pair.app.current.select_step(1)
    answer(pair, ReadHead, id_shift=1)
    assert pair.page.heatmap.head() is before, "its tokens are not those shown"
    answer(pair, Trace, id_shift=1)
    assert pair.page.heatmap.head() is not before


def test_another_part_is_asked_for_with_its_own_head(pair: Desk) -> None:
    answer(pair, ReadHead)
    answer(pair, Trace)
    pair.page.part_requested.emit(ENCODER_PART)
    assert pair.worker.pending(Trace).part == ENCODER_PART
    asked = pair.worker.pending(ReadHead)
    assert (asked.part, asked.layer, asked.head) == (ENCODER_PART, 0, 0)
    answer(pair, ReadHead)
    pair.page.head_requested.emit(9, 1)
    assert pair.worker.pending(ReadHead).layer == 2, "the encoder has three layers"
    answer(pair, ReadHead)
    pair.page.part_requested.emit(CROSS)
    assert pair.worker.pending(ReadHead).layer == 1, "each part keeps its head"


def test_a_typed_translation_goes_to_the_worker_and_is_not_kept(pair: Desk, tmp_path: Path) -> None:
    answer(pair, ReadHead)
    answer(pair, Trace)
    pair.page.show_texts("Tom ran.", "トムは走った。")
    pair.page.text_changed.emit()
    asked = pair.worker.pending(Trace)
    assert (asked.source, asked.text) == ("Tom ran.", "トムは走った。")
    pair.app.current.open(make_run(tmp_path / "other", ENCODER_DECODER))
    assert (pair.page.text(), pair.page.target()) == ("Tom ran.", "")


def test_texts_of_each_kind_are_remembered_apart(pair: Desk, tmp_path: Path) -> None:
    pair.page.show_texts("Tom ran.", "")
    pair.page.text_changed.emit()
    pair.app.current.open(make_run(tmp_path / "decoder", DECODER))
    pair.worker.answer_all()
    assert pair.page.text() == ""
    pair.page.show_texts("A story", "")
    pair.page.text_changed.emit()
    asked = pair.worker.pending(Trace)
    assert (asked.part, asked.source, asked.text) == (SELF, "", "A story")
    pair.app.current.open(make_run(tmp_path / "encoder", ENCODER))
    assert pair.page.text() == ""
    pair.app.current.open(tmp_path / "pair")
    assert pair.page.text() == "Tom ran."


def test_the_mask_is_lifted_for_the_run_in_view_only(desk: Desk, tmp_path: Path) -> None:
    desk.app.current.open(make_run(tmp_path / "a", DECODER))
    assert desk.worker.pending(Trace).causal_mask
    desk.worker.answer_all()
    desk.page.causal_mask_requested.emit(False)
    assert not desk.worker.pending(Trace).causal_mask
    assert not desk.worker.pending(ReadHead).causal_mask
    desk.worker.answer_all()
    desk.app.current.open(make_run(tmp_path / "b", DECODER))
    assert desk.worker.pending(Trace).causal_mask
    assert desk.page.settings.reading.causal_mask.isChecked()


def test_a_run_without_a_mask_is_shown_without(desk: Desk, tmp_path: Path) -> None:
    desk.app.current.open(make_run(tmp_path / "a", DECODER, causal_mask=False))
    assert not desk.worker.pending(Trace).causal_mask
    assert not desk.page.settings.reading.causal_mask.isChecked()


def test_actions_follow_the_kind(pair: Desk, tmp_path: Path) -> None:
    actions = pair.context.actions
    assert actions.get("attention.next_part").is_enabled()
    assert not actions.get("attention.causal_mask").is_enabled()
    actions.get("attention.next_part").run()
    actions.get("attention.causal_mask").run()
    assert pair.page.settings.reading.part.value() == SELF
    assert not pair.page.settings.reading.causal_mask.isChecked()
    actions.get("attention.residual_stream").run()
    assert pair.page.lower_card.choice.value() == STREAM
    pair.app.current.open(make_run(tmp_path / "encoder", ENCODER))
    assert not actions.get("attention.next_part").is_enabled()
    assert not actions.get("attention.causal_mask").is_enabled()
