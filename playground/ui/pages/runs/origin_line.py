"""Where the picked run comes from, as a link to that run."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from playground.ui.pages.runs.model_words import origin_words
from playground.ui.state.run_origin import Origin
from playground.ui.translation import translate
from playground.ui.widgets.card import PlainLabel
from playground.ui.widgets.facts import ElidedLabel


class LinkLabel(ElidedLabel):
    """Words to click on, or to press Enter on; `clicked` is sent only while it leads somewhere."""

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._leads = False
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def show_link(self, words: str, leads: bool, tooltip: str) -> None:
        """`leads`: whether there is something to go to."""
        self._leads = leads
        self.set_role("accent" if leads else "text")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if leads else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)
        shown = self.font()
        shown.setUnderline(leads)
        self.setFont(shown)
        self.show_words(words)
        self.setToolTip(tooltip)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.setAccepted(self._leads)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if (
            self._leads
            and event.button() == Qt.MouseButton.LeftButton
            and self.rect().contains(event.position().toPoint())
        ):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._leads and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)


class OriginLine(QWidget):
    """A line like those of the facts above it; hidden for a model that began at random."""

    origin_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self.link = PlainLabel(dim=True), LinkLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._name)
        row.addWidget(self.link, 1)
        self.link.clicked.connect(self.origin_requested)
        self.hide()

    def show_origin(self, origin: Origin | None, is_listed: bool) -> None:
        """`is_listed`: the run that it comes from is in the table."""
        self.setVisible(origin is not None)
        if origin is None:
            return
        self._name.setText(translate("RunsPage", "From"))
        tooltip = origin.source if "<" not in origin.source else ""  # Qt would take it for rich text
        if is_listed:
            tooltip = translate("RunsPage", "Show that run")
        self.link.show_link(origin_words(origin), is_listed, tooltip)
