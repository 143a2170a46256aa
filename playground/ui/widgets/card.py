"""A panel with rounded corners that holds one thing, and plain labels."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from playground.ui.theme import (
    BASE_PIXELS,
    CARD_RADIUS,
    GRID,
    SMALL_PIXELS,
    colour,
    interface_font,
    theme,
)


class Card(QFrame):
    """A quiet box; put widgets into `body`. The title, if any, stands dim at its top."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(14, 12, 14, 12)
        self.body.setSpacing(GRID)
        self._title = PlainLabel(title, dim=True)
        self._title.setVisible(bool(title))
        self.body.addWidget(self._title)
        theme().changed.connect(self.update)

    def set_title(self, title: str) -> None:
        self._title.setText(title)
        self._title.setVisible(bool(title))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("line"), 1))
        painter.setBrush(colour("panel"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CARD_RADIUS, CARD_RADIUS)


class PlainLabel(QLabel):
    """A label that never takes its text for rich text."""

    def __init__(
        self,
        text: str = "",
        *,
        dim: bool = False,
        bold: bool = False,
        pixels: int = BASE_PIXELS,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(interface_font(pixels, bold=bold))
        self.setWordWrap(wrap)
        self.setText(text)
        self._role = "dim" if dim else "text"
        self._recolour()
        theme().changed.connect(self._recolour)

    def set_role(self, role: str) -> None:
        """Change its colour's role: "text", "dim", "accent", "good", "bad"."""
        self._role = role
        self._recolour()

    def _recolour(self) -> None:
        shown = self.palette()
        shown.setColor(self.foregroundRole(), colour(self._role))
        self.setPalette(shown)


class SectionLabel(PlainLabel):
    """A small dim heading in a side panel, with room above it."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, dim=True, bold=True, pixels=SMALL_PIXELS, parent=parent)
        self.setContentsMargins(0, GRID, 0, 0)
