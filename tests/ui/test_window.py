"""The whole window, offscreen: its pages with the real worker, and the shell around them."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from made_runs import make_run
from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QUrl, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from playground.contract import run_directory
from playground.contract.errors import ConfigError, RunError
from playground.contract.messages import Answer, Failure, Request
from playground.contract.run_directory import RunDirectory
from playground.ui.appearance import Appearance
from playground.ui.pages.attention.page import AttentionPage
from playground.ui.pages.catalogue import PAGE_KEYS, PAGES
from playground.ui.pages.generate.page import GeneratePage
from playground.ui.pages.runs.page import RunsPage
from playground.ui.pages.tokenize.page import TokenizePage
from playground.ui.pages.train import controls
from playground.ui.pages.train.page import TrainPage
from playground.ui.settling import Settling
from playground.ui.shell.drop import DropHint
from playground.ui.state.app_state import AppState
from playground.ui.state.settings import Settings
from playground.ui.theme import theme
from playground.ui.window import MainWindow, remembered_page
from playground.ui.worker_client import WorkerClient

PATIENCE_MS = 90_000


class SilentWorker(QObject):
    """Takes questions and never answers; for what the window does by itself."""

    answered = Signal(int, object, bool)
    failed = Signal(int, object)
    restarted = Signal(str)
    gave_up = Signal(str)
    is_idle = True

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Request] = []
        self.is_closed = False

    def ask(
        self,
        request: Request,
        on_answer: Callable[[Answer], None] | None = None,
        on_failure: Callable[[Failure], None] | None = None,
    ) -> int:
        self.asked.append(request)
        return len(self.asked)

    def ask_latest(self, lane: str, request: Request, on_answer: Any = None, on_failure: Any = None) -> int:
        return self.ask(request)

    def cancel(self, question_id: int) -> None:
        pass

    def cancel_lane(self, lane: str) -> None:
        pass

    def close(self) -> None:
        self.is_closed = True


Open = Callable[..., MainWindow]


@pytest.fixture
def open_window(qtbot: QtBot, playground_home: Path) -> Iterator[Open]:
    """Opens windows as the program does, each with the worker that is given."""
    opened: list[MainWindow] = []

    def begin(run: Path | None = None, page: str | None = None, worker: QObject | None = None) -> MainWindow:
        settings = Settings()
        app = AppState(settings=settings)
        appearance = Appearance(settings)
        appearance.use_remembered("light", "en")
        window = MainWindow(app, cast(WorkerClient, worker or SilentWorker()), appearance)
        window.open_page(page or remembered_page(app))
        window.opening.open_first(run)
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        opened.append(window)
        return window

    yield begin
    for window in opened:
        window.appearance.use_remembered("light", "en")
        window.close()
        window.app.current.close()


@pytest.fixture
def run(playground_home: Path) -> Path:
    """A finished run with three moments."""
    made = make_run(playground_home / "runs" / "three")
    made.snapshots_path.mkdir()
    for step in (0, 100, 200):
        made.snapshot_path(step).touch()
    return made.path


@pytest.fixture
def window(open_window: Open, run: Path) -> MainWindow:
    return open_window(run, "runs")


def press(window: MainWindow, keys: str) -> None:
    """Press a shortcut, as the keyboard would."""
    QTest.keySequence(window, keys)


# Pages with the real worker.


def test_every_page_is_filled_in_both_languages_and_themes(open_window: Open, trained_run: Path, qtbot: QtBot) -> None:
    """Qt's own warnings fail it too."""
    worker = WorkerClient()
    worker.start()
    window = open_window(trained_run, "tokenize", worker)
    for key in PAGE_KEYS:
        window.open_page(key)
        _settle(window, qtbot)
        assert not window.page.notice.isVisible(), window.page.notice.text()
        if key != "pipeline":  # it has nothing to show yet, and says so
            assert window.page.empty.isHidden(), f"{key} has something to show"
    _check_filled(window)
    window.appearance.use_language("ja")
    window.appearance.use_theme("dark")
    for key in PAGE_KEYS:
        window.open_page(key)
        _settle(window, qtbot)
        assert not window.page.notice.isVisible(), window.page.notice.text()
        assert _has_a_picture(window), f"{key} is painted"
    _check_filled(window)
    window.resize(window.minimumSize())
    assert window.size() == window.minimumSize()
    window.close()
    qtbot.waitUntil(lambda: worker.pid == 0, timeout=PATIENCE_MS)


def _settle(window: MainWindow, qtbot: QtBot) -> None:
    settling = Settling(window, PATIENCE_MS)
    with qtbot.waitSignal(settling.settled, timeout=PATIENCE_MS):
        settling.start()


def _check_filled(window: MainWindow) -> None:
    """What the model answered is on the pages that ask it."""
    pages = {}
    for key in ("tokenize", "generate", "attention"):
        window.open_page(key)
        pages[key] = window.page
    tokenize, generate = cast(TokenizePage, pages["tokenize"]), cast(GeneratePage, pages["generate"])
    attention = cast(AttentionPage, pages["attention"])
    assert tokenize.chips.isVisibleTo(tokenize)
    shown = generate.next.shown()
    assert shown is not None
    assert 0 < shown.before.sum() <= 1.001
    head = attention.heatmap.head()
    assert head is not None
    assert head.weights.sum(axis=1) == pytest.approx(1.0, abs=1e-4)


def _has_a_picture(window: MainWindow) -> bool:
    """More than a few colours in the middle of the page."""
    image = window.page.grab().toImage()
    middle = {image.pixel(x, y) for x in range(40, image.width(), 7) for y in range(20, image.height(), 5)}
    return len(middle) > 4


# Pages and shortcuts.


@pytest.mark.parametrize("entry", PAGES, ids=PAGE_KEYS)
def test_each_page_opens_by_its_shortcut_and_its_button(window: MainWindow, entry: Any, qtbot: QtBot) -> None:
    press(window, entry.shortcut)
    assert window.page_key == entry.key
    assert window.rail.button(entry.key).isChecked()
    assert sum(window.rail.button(key).isChecked() for key in PAGE_KEYS) == 1
    assert entry.name() in window.windowTitle()
    assert "three" in window.windowTitle()
    window.open_page("runs")
    qtbot.mouseClick(window.rail.button(entry.key), Qt.MouseButton.LeftButton)
    assert window.page_key == entry.key


def test_a_page_is_made_once(window: MainWindow) -> None:
    window.open_page("glossary")
    page = window.page
    window.open_page("runs")
    window.open_page("glossary")
    assert window.page is page


def test_each_page_opens_without_a_run_too(open_window: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.ui.wiring.opening.sample_model", lambda: None)
    window = open_window(None, "tokenize")
    assert window.app.current.directory is None
    for key in PAGE_KEYS:
        window.open_page(key)
        QApplication.processEvents()
        assert not window.page.notice.isVisible(), window.page.notice.text()


def test_what_was_open_is_open_again_at_the_next_start(open_window: Open, run: Path) -> None:
    first = open_window(run, "glossary")
    first.resize(first.minimumWidth(), 640)  # the offscreen screen is small
    first.close()
    assert cast(SilentWorker, first.worker).is_closed
    again = open_window()
    assert again.page_key == "glossary"
    assert again.app.current.path == run
    assert again.size() == first.size()
    assert again.height() == 640


def test_a_remembered_page_that_is_no_more_does_not_matter(playground_home: Path) -> None:
    settings = Settings()
    settings.set_text("page", "no such page")
    assert remembered_page(AppState(settings=settings)) == PAGE_KEYS[0]


# Language and theme.


def test_the_language_changes_everywhere_at_once_and_is_remembered(window: MainWindow, qtbot: QtBot) -> None:
    window.open_page("glossary")
    window.open_page("runs")
    before = _words(window)
    press(window, "Ctrl+Shift+L")
    qtbot.waitUntil(lambda: _words(window)["rail"] != before["rail"])
    after = _words(window)
    assert window.appearance.language == "ja"
    assert Settings().text("language") == "ja"
    for name, words in before.items():
        assert after[name] != words, f"{name} still says {words}"
    press(window, "Ctrl+Shift+L")
    qtbot.waitUntil(lambda: _words(window) == before)


def _words(window: MainWindow) -> dict[str, str]:
    button = window.rail.button("runs")
    return {
        "rail": button.text(),
        "tooltip": button.toolTip(),
        "title": window.windowTitle(),
        "run": window.header.run.toolTip(),
        "play": window.timeline.play.accessibleName(),
        "timeline": window.timeline.track.accessibleName(),
    }


def test_the_theme_changes_everywhere_at_once_and_is_remembered(window: MainWindow, qtbot: QtBot) -> None:
    def brightness() -> list[int]:
        parts = (window.rail, window.header, window.timeline, window.page)
        return [part.grab().toImage().pixelColor(2, 2).lightness() for part in parts]

    assert min(brightness()) > 200
    press(window, "Ctrl+Shift+D")
    assert theme().colours.is_dark
    assert Settings().text("theme") == "dark"
    qtbot.waitUntil(lambda: max(brightness()) < 80)
    press(window, "Ctrl+Shift+D")
    qtbot.waitUntil(lambda: min(brightness()) > 200)


# The time machine.


def test_dragging_the_timeline_changes_the_moment_in_view(window: MainWindow, qtbot: QtBot) -> None:
    track, current = window.timeline.track, window.app.current
    assert (current.step, current.is_following) == (200, True)
    moments: list[int] = []
    current.snapshot_selected.connect(moments.append)

    def at(step: float) -> QPoint:
        return QPoint(round(track.x_of(int(step))), track.height() // 2)

    qtbot.mousePress(track, Qt.MouseButton.LeftButton, pos=at(200))
    for step in range(190, -1, -10):
        _move(track, at(step))
    qtbot.mouseRelease(track, Qt.MouseButton.LeftButton, pos=at(0))
    assert moments == [100, 0]
    assert not current.is_following
    qtbot.mouseClick(track, Qt.MouseButton.LeftButton, pos=at(170))
    assert (moments, current.step, current.is_following) == ([100, 0, 200], 200, True)


def _move(widget: QWidget, place: QPoint) -> None:
    """With the button held, which `QTest.mouseMove` does not say."""
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    button = Qt.MouseButton.LeftButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(place), widget.mapToGlobal(QPointF(place)), Qt.MouseButton.NoButton, button,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def test_the_timeline_is_walked_by_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    track, current = window.timeline.track, window.app.current
    for key, step in ((Qt.Key.Key_Left, 100), (Qt.Key.Key_Home, 0), (Qt.Key.Key_Right, 100), (Qt.Key.Key_End, 200)):
        qtbot.keyClick(track, key)
        assert current.step == step
    press(window, "Ctrl+Alt+Left")
    assert current.step == 100
    press(window, "Ctrl+Alt+Right")
    press(window, "Ctrl+Alt+Right")
    assert current.step == 200


def test_playing_walks_through_all_moments_and_stops_at_the_last(window: MainWindow, qtbot: QtBot) -> None:
    moments: list[int] = []
    window.app.current.snapshot_selected.connect(moments.append)
    press(window, "Ctrl+P")
    playing = window.timeline.play.accessibleName()
    qtbot.waitUntil(lambda: moments == [0, 100, 200], timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: window.timeline.play.accessibleName() != playing, timeout=PATIENCE_MS)
    qtbot.wait(600)
    assert moments == [0, 100, 200]


def test_a_moment_that_is_picked_ends_the_playing(window: MainWindow, qtbot: QtBot) -> None:
    resting = window.timeline.play.accessibleName()
    qtbot.mouseClick(window.timeline.play, Qt.MouseButton.LeftButton)
    assert window.app.current.step == 0
    assert window.timeline.play.accessibleName() != resting
    qtbot.keyClick(window.timeline.track, Qt.Key.Key_Right)
    assert window.timeline.play.accessibleName() == resting
    qtbot.wait(600)
    assert window.app.current.step == 100


# Dropping.


def _drop(target: QWidget, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place, copy = QPoint(20, 20), Qt.DropAction.CopyAction
    left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place, copy, data, left, plain)
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()
    hints = [hint for hint in target.window().findChildren(DropHint) if hint.isVisible()]
    assert len(hints) == 1
    assert hints[0].geometry() == target.window().rect()
    QApplication.sendEvent(target, QDropEvent(QPointF(place), copy, data, left, plain))
    assert not hints[0].isVisible()


def test_a_dropped_text_is_what_the_next_training_reads(window: MainWindow, small_text: Path) -> None:
    _drop(window, small_text)
    assert window.page_key == "train"
    assert window.app.draft.config.data.source == str(small_text)


@pytest.mark.parametrize("name", ["", "config.toml"])
def test_a_dropped_run_is_opened(window: MainWindow, playground_home: Path, name: str) -> None:
    other = make_run(playground_home / "elsewhere")
    _drop(window, other.path / name)
    assert window.app.current.path == other.path
    assert window.page_key == "runs"
    assert "elsewhere" in window.header.run.text()


def test_two_files_have_no_meaning_together(window: MainWindow, small_text: Path, run: Path) -> None:
    _drop(window, small_text, run)
    assert window.page_key == "runs"
    assert window.page.notice.text() == "Drop one file or one folder at a time."


def test_a_file_dropped_onto_a_field_is_not_taken_for_text(window: MainWindow, small_text: Path) -> None:
    window.open_page("generate")
    page = cast(GeneratePage, window.page)
    prompt = page.prompt()
    fields = [widget for widget in page.findChildren(QWidget) if widget.acceptDrops()]
    assert fields, "a prompt takes text"
    _drop(fields[0], small_text)
    assert page.prompt() == prompt
    assert window.app.draft.config.data.source == str(small_text)


def test_a_file_that_is_dragged_away_again_leaves_nothing(window: MainWindow, small_text: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(small_text))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(5, 5), copy, data, left, Qt.KeyboardModifier.NoModifier))
    hint = window.findChild(DropHint)
    assert hint.isVisible()
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not hint.isVisible()
    assert window.page_key == "runs"


# The palette.


def test_the_palette_does_what_is_typed(window: MainWindow, qtbot: QtBot) -> None:
    press(window, "Ctrl+K")
    palette = window.command_palette
    assert palette.isVisible()
    qtbot.keyClicks(palette.line, "dark th")
    assert [action.key for action in palette.shown()] == ["theme.dark"]
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert theme().colours.is_dark


def test_the_palette_closes_without_doing_anything(window: MainWindow, qtbot: QtBot) -> None:
    palette = window.command_palette
    press(window, "Ctrl+K")
    qtbot.keyClick(palette.line, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    press(window, "Ctrl+K")
    qtbot.mouseClick(palette, Qt.MouseButton.LeftButton, pos=QPoint(3, palette.height() - 3))
    assert not palette.isVisible()
    press(window, "Ctrl+K")
    qtbot.keyClicks(palette.line, "no such thing")
    assert palette.shown() == []
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert window.page_key == "runs"


@pytest.mark.parametrize("place", ["timeline", "rail"])  # the rail's first is where Qt would put it by itself
def test_the_palette_gives_the_focus_back(window: MainWindow, qtbot: QtBot, place: str) -> None:
    former = window.timeline.track if place == "timeline" else window.rail.findChildren(QAbstractButton)[0]
    former.setFocus()
    press(window, "Ctrl+K")
    assert window.command_palette.line.hasFocus()
    qtbot.keyClick(window.command_palette.line, Qt.Key.Key_Escape)
    qtbot.wait(30)
    assert former.hasFocus()


def test_a_focus_that_falls_out_of_the_page_comes_back(window: MainWindow, run: Path, qtbot: QtBot) -> None:
    window.opening.open_run(run)
    window.open_page("train")
    with qtbot.waitActive(window):
        window.activateWindow()
    new = cast(TrainPage, window.page).button(controls.NEW)
    qtbot.waitUntil(new.isVisible)
    new.setFocus()
    assert new.hasFocus()
    qtbot.mouseClick(new, Qt.MouseButton.LeftButton)
    assert not new.isVisible()
    qtbot.waitUntil(lambda: window.page.hasFocus())


def test_a_focus_that_falls_to_the_next_button_goes_to_the_page(window: MainWindow, qtbot: QtBot) -> None:
    table, notice = cast(RunsPage, window.page).table, window.page.notice
    qtbot.waitUntil(lambda: table.runs.rowCount() > 0)  # the first reading takes the focus too
    with qtbot.waitActive(window):
        window.activateWindow()
    notice.show_fact("It was deleted.", "Undo")
    notice.button.setFocus()
    notice.show_fact("It is back.")  # which leaves the button that closes it
    qtbot.waitUntil(table.hasFocus)


def test_every_shortcut_is_listed(window: MainWindow) -> None:
    press(window, "F1")
    shown = window.command_palette.shown()
    assert all(action.shortcut for action in shown)
    assert {entry.shortcut for entry in PAGES} <= {action.shortcut for action in shown}
    assert len({action.name() for action in shown}) == len(shown)


# Trouble.


def test_a_damaged_run_is_one_sentence_and_the_former_stays(window: MainWindow, run: Path, tmp_path: Path) -> None:
    damaged = Path(shutil.copytree(run, tmp_path / "damaged"))
    (damaged / "config.toml").write_bytes(b"\xff\xfe[model\n")
    assert not window.opening.open_run(damaged)
    sentence = window.page.notice.text()
    assert str(damaged / "config.toml") in sentence
    assert sentence.endswith(".")
    assert window.app.current.path == run
    assert damaged not in window.app.settings.recent_runs()
    with pytest.raises((ConfigError, RunError)):
        RunDirectory(damaged).config()


def test_damage_under_the_open_window_is_told_once(window: MainWindow, run: Path) -> None:
    told: list[str] = []
    window.app.current.trouble_found.connect(told.append)
    RunDirectory(run).events_path.unlink(missing_ok=True)
    RunDirectory(run).events_path.mkdir()
    for _ in range(3):
        window.app.current.poll()
    assert len(told) == 1
    assert window.page.notice.text() == told[0]
    assert "events.jsonl is not a plain file" in told[0]


def test_a_run_that_is_gone_is_left_out_at_the_start(open_window: Open, run: Path, playground_home: Path) -> None:
    other = make_run(playground_home / "runs" / "older")
    first = open_window(other.path, "runs")
    first.opening.open_run(run)
    first.close()
    shutil.rmtree(run)
    assert open_window().app.current.path == other.path


def test_the_worker_s_death_is_told_on_the_page_in_view(window: MainWindow) -> None:
    worker = cast(SilentWorker, window.worker)
    worker.restarted.emit("The worker stopped and was restarted; ask again.")
    assert window.page.notice.isVisible()
    assert window.page.notice.text() == "The worker stopped and was restarted; ask again."
    window.open_page("glossary")
    worker.gave_up.emit("The worker stopped several times in a row.")
    assert window.page.notice.text() == "The worker stopped several times in a row."


def test_the_header_says_what_is_in_view(window: MainWindow, playground_home: Path) -> None:
    moment = window.header._moment
    assert "three" in window.header.run.text()
    assert moment.text() == f"step 200 of {window.app.current.config.training.max_steps:,}"
    window.app.current.select_step(0)
    assert moment.text().startswith("step 0 of")
    fresh = make_run(playground_home / "runs" / "fresh", run_directory.NEW)
    window.opening.open_run(fresh.path)
    assert moment.text() == ""
    assert "fresh" in window.header.run.text()
    window.app.current.close()
    assert window.header.run.text() == "Choose a run"
