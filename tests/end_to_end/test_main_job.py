"""The job that the program is for, with the real worker and the real trainer: a text, a training, its model at work."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playground.contract import run_directory
from playground.contract.run_directory import RunDirectory
from playground.ui.app import Assembled, assemble
from playground.ui.pages.attention.page import AttentionPage
from playground.ui.pages.generate.page import GeneratePage
from playground.ui.pages.train import controls
from playground.ui.pages.train.page import NEW_RUN, THIS_RUN, TrainPage
from playground.ui.state.settings import Settings
from playground.ui.wiring.launches import Launches

PATIENCE_MS = 60_000
ENDLESS = 1_000_000
SMALL = {
    "model.n_layers": 2, "model.n_heads": 2, "model.d_model": 32, "model.d_ff": 64, "model.n_ctx": 32,
    "tokenizer.type": "unigram", "tokenizer.vocab_size": 300,
    "training.max_steps": ENDLESS, "training.batch_size": 4, "training.warmup_steps": 5, "training.evaluate_every": 50,
}  # fmt: skip


@pytest.fixture
def built(qtbot: QtBot, playground_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Assembled]:
    """A first start: nobody has trained anything, and no sample model is there to hide that."""
    monkeypatch.setattr("playground.ui.wiring.opening.sample_model", lambda: None)
    built = assemble(Settings(), None, "tokenize", "light", "en")
    qtbot.addWidget(built.window)
    built.window.show()
    qtbot.waitExposed(built.window)
    built.window.activateWindow()
    yield built
    for run in run_directory.find_runs(playground_home / "runs"):
        _end_trainer(run)
    launches = built.window.findChildren(Launches)
    qtbot.waitUntil(lambda: not any(map(_has_child, launches)), timeout=PATIENCE_MS)
    built.window.app.current.close()
    built.window.close()
    qtbot.waitUntil(lambda: built.worker.pid == 0, timeout=PATIENCE_MS)


def _has_child(launches: Launches) -> bool:
    launches.look()
    return bool(launches._silent or launches._spoken)


def _end_trainer(run: RunDirectory) -> None:
    """If the test failed in its middle."""
    if run.state() in run_directory.ACTIVE_STATES:
        trainer = psutil.Process(run.status().pid)
        trainer.kill()
        trainer.wait(30)


def test_from_a_text_to_a_model_at_work(
    built: Assembled, small_text: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, current = built.window, built.window.app.current

    def wait(is_so: Callable[[], object]) -> None:
        qtbot.waitUntil(lambda: bool(is_so()), timeout=PATIENCE_MS)

    # A text is chosen, and described by the worker.
    _choose(built, small_text, monkeypatch)
    page = cast(TrainPage, window.page)
    assert (window.page_key, page.mode()) == ("train", NEW_RUN)
    draft = window.app.draft
    wait(lambda: draft.text is not None)
    assert draft.text
    assert draft.text.n_characters == len(small_text.read_text(encoding="utf-8"))

    # A tiny model; the training is started and goes on until somebody stops it.
    draft.replace(draft.config.with_values(SMALL))
    qtbot.keyClicks(page.new_panel.name, "My fables")
    qtbot.mouseClick(page.button(controls.START), Qt.MouseButton.LeftButton)
    assert current.directory
    assert current.directory.name == "My fables"
    assert page.mode() == THIS_RUN
    wait(lambda: current.state == run_directory.TRAINING)

    # The curve grows while one looks.
    wait(lambda: current.metrics.train.n_rows >= 3)
    n_rows = current.metrics.train.n_rows
    wait(lambda: current.metrics.train.n_rows > n_rows + 5)
    wait(lambda: len(page.run_picture.chart.table().rows) > n_rows)
    steps = current.metrics.train.column("step")
    assert steps.tolist() == list(range(1, len(steps) + 1))
    assert "Training" in window.header._training.accessibleName()

    # It writes, while it trains.
    window.open_page("generate")
    writer = cast(GeneratePage, window.page)
    wait(lambda: writer.start.isEnabled())
    writer.show_prompt("The fox")
    qtbot.mouseClick(writer.start, Qt.MouseButton.LeftButton)
    wait(lambda: len(writer.text._tokens) > 10)
    wait(lambda: built.worker.is_idle)
    assert current.is_active
    written = [token for token in writer.text._tokens if token.text]
    assert written
    assert all(0 < token.probability <= 1 for token in writer.text._tokens)

    # What its heads look at.
    window.open_page("attention")
    inside = cast(AttentionPage, window.page)
    wait(lambda: inside.heatmap.head() is not None)
    head = inside.heatmap.head()
    assert head
    assert head.weights.shape[0] == head.weights.shape[1] > 1
    assert head.weights.sum(axis=1) == pytest.approx(1.0, abs=1e-4)

    # It is stopped, and what it learned stays.
    window.open_page("train")
    wait(lambda: page.can(controls.STOP))
    pid = current.status.pid
    qtbot.mouseClick(page.button(controls.STOP), Qt.MouseButton.LeftButton)
    wait(lambda: current.state == run_directory.STOPPED)
    wait(lambda: not psutil.pid_exists(pid))  # not even a zombie is left
    run = current.directory
    assert run.checkpoint_steps()[-1] == run.status().step > 0
    wait(lambda: page.can(controls.RESUME))
    wait(lambda: current.metrics.train.n_rows == run.status().step)
    assert not page.notice.isVisible(), page.notice.text()
    assert "Traceback" not in run.log_path.read_text(encoding="utf-8")


def _choose(built: Assembled, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the keyboard, and the dialog answered."""
    monkeypatch.setattr(built.window, "ask_for_text", lambda: str(path))
    QTest.keySequence(built.window, "Ctrl+T")


def test_a_training_that_cannot_be_says_why(
    built: Assembled, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text of three letters: the trainer itself finds out, and the page shows its sentence."""
    window, current = built.window, built.window.app.current
    text = tmp_path / "short.txt"
    text.write_text("abc", encoding="utf-8")
    window.app.draft.replace(window.app.draft.config.with_values({**SMALL, "tokenizer.type": "characters"}))
    _choose(built, text, monkeypatch)
    page = cast(TrainPage, window.page)
    qtbot.waitUntil(lambda: window.app.draft.text is not None, timeout=PATIENCE_MS)
    qtbot.mouseClick(page.button(controls.START), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: current.state == run_directory.FAILED, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: page.notice.isVisible(), timeout=PATIENCE_MS)
    assert page.notice.text().startswith("The text is too short: its training part has 3 tokens")
    assert "model.n_ctx" in current.status.message
    assert "Context" in page.notice.text(), "the setting is called as its label calls it"
    assert "Traceback" not in page.notice.text()
    qtbot.waitUntil(lambda: not psutil.pid_exists(current.status.pid), timeout=PATIENCE_MS)
