"""Files dropped anywhere onto the window.

A run directory is opened, a Hugging Face folder becomes a run, a text is taken to be trained on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from playground.ui.state.foreign_folder import is_model_folder
from playground.ui.theme import CARD_RADIUS, colour, interface_font
from playground.ui.translation import translate


@dataclass(frozen=True)
class Dropped:
    """What lies on the window: `path` is a run directory, a foreign model, or a text (file or folder of texts)."""

    path: Path
    is_run: bool
    is_model: bool = False


def dropped(paths: Sequence[Path]) -> Dropped | None:
    """What the dropped paths mean; None for nothing or for more than one, which has no single meaning."""
    if len(paths) != 1:
        return None
    path = paths[0]
    if path.name == "config.toml" and path.is_file():
        path = path.parent
    is_run = (path / "config.toml").is_file()
    return Dropped(path, is_run=is_run, is_model=not is_run and is_model_folder(path))


class DropTarget(QObject):
    """Watches the window, and the fields in it that would take a file's name for text."""

    run_dropped = Signal(object)  # Path
    model_dropped = Signal(object)  # Path
    text_dropped = Signal(object)  # Path
    refused = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._hint = DropHint(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def watch(self, page: QWidget) -> None:
        """Take files dropped onto a page's fields too; their own text drops stay theirs."""
        for widget in page.findChildren(QWidget):
            if widget.acceptDrops():
                widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent | QDragMoveEvent | QDropEvent) and event.mimeData().hasUrls():
            return self._take(event)
        if isinstance(event, QDragLeaveEvent):
            self._hint.hide()
        return False

    def _take(self, event: QDropEvent) -> bool:
        paths = _local_paths(event.mimeData())
        if not paths:
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        what = dropped(paths)
        if event.type() == QEvent.Type.Drop:
            self._hint.hide()
            self._announce(what)
        else:
            self._hint.show_words(_hint_words(what))
        return True

    def _announce(self, what: Dropped | None) -> None:
        if what is None:
            self.refused.emit(translate("Drop", "Drop one file or one folder at a time."))
        elif what.is_run:
            self.run_dropped.emit(what.path)
        elif what.is_model:
            self.model_dropped.emit(what.path)
        else:
            self.text_dropped.emit(what.path)


class DropHint(QWidget):
    """Lies over the window while something is dragged across it, and says what dropping will do."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._words = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_words(self, words: str) -> None:
        self._words = words
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), colour("window", 0.8))
        box = self.rect().adjusted(24, 24, -24, -24)
        painter.setPen(QPen(colour("accent"), 2, Qt.PenStyle.DashLine))
        painter.setBrush(colour("accent_soft", 0.9))
        painter.drawRoundedRect(box, CARD_RADIUS, CARD_RADIUS)
        painter.setPen(colour("accent"))
        painter.setFont(interface_font(20, bold=True))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._words)


def _local_paths(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def _hint_words(what: Dropped | None) -> str:
    if what is None:
        return translate("Drop", "Drop one file or one folder at a time.")
    if what.is_run:
        return translate("Drop", "Drop to open this run")
    if what.is_model:
        return translate("Drop", "Drop to make a run of this model")
    return translate("Drop", "Drop to train on this text")
