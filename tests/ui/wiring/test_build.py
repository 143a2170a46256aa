"""The Build page with the draft: each change reaches it, and can be taken back."""

from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from playground.contract.messages import DescribeText, TextDescription
from playground.contract.run_directory import FINISHED, RunDirectory, Status
from playground.ui.actions import Actions
from playground.ui.pages.build.model_facts import PARAMETERS, PASSES, TIME
from playground.ui.pages.build.page import BuildPage
from playground.ui.state.app_state import AppState
from playground.ui.state.settings import Settings
from playground.ui.window_context import WindowContext
from playground.ui.wiring.build import build


class FakeWorker:
    """Keeps questions; the test answers."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Any, Any]] = []

    def ask_latest(self, lane: str, request: Any, on_answer: Any = None, on_failure: Any = None) -> int:
        self.asked.append((lane, request, on_answer))
        return len(self.asked)


class Bench:
    """A page with everything around it."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.worker = FakeWorker()
        self.app = AppState(settings=Settings(folder / "settings.ini"))
        self.went: list[str] = []
        self.terms: list[str] = []
        self.actions = Actions()
        context = WindowContext(
            app=self.app, worker=self.worker, go_to=self.went.append, show_term=self.terms.append,  # type: ignore[arg-type]
            report=self.terms.append, actions=self.actions,
        )  # fmt: skip
        self.page: BuildPage = build(context)
        qtbot.addWidget(self.page)
        self.page.show()

    @property
    def draft(self) -> Any:
        return self.app.draft


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Bench:
    return Bench(qtbot, tmp_path)


def test_the_draft_is_shown_at_once(bench: Bench) -> None:
    assert bench.page.facts.number(PARAMETERS) == "524,928"
    assert bench.page.settings.preset() == "tiny"


def test_a_change_can_be_undone_and_redone(bench: Bench) -> None:
    bench.page.value_changed.emit("model.n_layers", 7)
    bench.page.value_changed.emit("model.norm", "layer")
    assert bench.draft.config.model.n_layers == 7
    assert bench.page.settings.preset() == ""
    bench.page.undo_requested.emit()
    assert (bench.draft.config.model.norm, bench.draft.config.model.n_layers) == ("rms", 7)
    bench.page.undo_requested.emit()
    assert bench.draft.config.model.n_layers == 2
    assert bench.page.settings.preset() == "tiny"
    bench.page.redo_requested.emit()
    assert bench.draft.config.model.n_layers == 7


def test_a_gesture_is_one_change(bench: Bench) -> None:
    for n_layers in (5, 6, 7, 8):
        bench.page.value_changed.emit("model.n_layers", n_layers)
    bench.page.undo_requested.emit()
    assert bench.draft.config.model.n_layers == 2
    assert not bench.actions.get("build.undo").is_enabled()
    assert bench.actions.get("build.redo").is_enabled()


def test_undo_leaves_alone_what_was_changed_elsewhere(bench: Bench) -> None:
    bench.page.value_changed.emit("model.n_layers", 7)
    bench.draft.set_value("training.max_steps", 77)  # on the Train page
    bench.page.undo_requested.emit()
    assert bench.draft.config.model.n_layers == 2
    assert bench.draft.config.training.max_steps == 77


def test_a_preset_is_one_change_and_keeps_the_text(bench: Bench) -> None:
    bench.draft.set_source("/a/text.txt")
    bench.page.preset_chosen.emit("gpt2-small")
    assert bench.page.facts.number(PARAMETERS) == "124,439,808"
    assert bench.draft.config.data.source == "/a/text.txt"
    bench.page.undo_requested.emit()
    assert bench.draft.preset_name == "tiny"
    assert bench.draft.config.data.source == "/a/text.txt"


def test_a_possible_model_can_be_trained_an_impossible_one_not(bench: Bench) -> None:
    bench.page.training_requested.emit()
    assert bench.went == ["train"]
    assert bench.actions.get("build.train").is_enabled()
    bench.page.value_changed.emit("model.n_heads", 5)
    assert not bench.actions.get("build.train").is_enabled()
    row = bench.page.settings.row("model.n_heads")
    assert row is not None
    assert "does not divide" in row.problem()


def test_terms_go_to_the_glossary(bench: Bench) -> None:
    bench.page.term_requested.emit("d_ff")
    assert bench.terms == ["d_ff"]


def test_the_text_is_asked_about_once_and_only_if_it_is_not_known(bench: Bench) -> None:
    lane, request, on_answer = bench.worker.asked[0]
    assert lane == "build-text"
    assert request == DescribeText(source="builtin:tales-en")
    facts = TextDescription(
        source="builtin:tales-en", size_bytes=9, n_characters=100_000, n_distinct_characters=50, n_lines=1, n_files=1,
        encoding="utf-8", preview="",
    )  # fmt: skip
    on_answer(facts)
    assert bench.page.facts.number(PASSES) == "≥ 13.7"
    bench.page.hide()
    bench.page.show()
    assert len(bench.worker.asked) == 1


def test_an_answer_about_another_text_is_dropped(bench: Bench) -> None:
    _, _, on_answer = bench.worker.asked[0]
    bench.draft.set_source("/another.txt")
    on_answer(
        TextDescription(
            source="builtin:tales-en", size_bytes=9, n_characters=100_000, n_distinct_characters=50, n_lines=1,
            n_files=1, encoding="utf-8", preview="",
        )
    )  # fmt: skip
    assert bench.draft.text is None


def test_a_hidden_page_catches_up_when_it_is_shown(bench: Bench) -> None:
    bench.page.hide()
    bench.draft.set_value("model.n_layers", 8)
    assert bench.page.facts.number(PARAMETERS) == "524,928"
    bench.page.show()
    assert bench.page.facts.number(PARAMETERS) == f"{918_656 + 4 * (12 * 128**2 + 2 * 128):,}"


def test_a_preset_for_translation_brings_its_text_and_both_are_undone_together(bench: Bench) -> None:
    assert bench.draft.config.data.source == "builtin:tales-en"
    bench.page.preset_chosen.emit("transformer-tiny")
    assert bench.draft.config.data.source == "builtin:translate-en-ja"
    assert bench.draft.preset_name == "transformer-tiny"
    bench.page.undo_requested.emit()
    assert bench.draft.config.data.source == "builtin:tales-en"
    assert bench.draft.preset_name == "tiny"
    bench.page.redo_requested.emit()
    assert bench.draft.config.model.kind == "encoder_decoder"


def test_the_time_is_estimated_from_the_runs_of_this_machine(bench: Bench, runs_folder: Path, qtbot: QtBot) -> None:
    run = RunDirectory.create(runs_folder / "one", bench.draft.config)
    run.write_status(Status(state=FINISHED, tokens_per_s=10_240.0, vocab_size=1024, device="cpu"))
    bench.page.hide()
    bench.page.show()
    assert bench.page.facts.number(TIME) == "≈ 2 min"  # 1,200 steps of 1,024 tokens
