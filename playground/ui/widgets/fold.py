"""A heading that folds what is under it away, and out again."""

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from playground.ui.theme import GRID, SMALL_PIXELS, colour, interface_font, theme
from playground.ui.widgets.fields import paint_chevron


class Fold(QWidget):
    """Put widgets into `body`. Opening and folding by the person sends `opened` with what holds now."""

    opened = Signal(bool)

    def __init__(self, title: str = "", *, is_open: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = FoldHeading(title)
        self._inside = QWidget()
        self.body = QVBoxLayout(self._inside)
        self.body.setContentsMargins(0, 4, 0, GRID)
        self.body.setSpacing(GRID)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._heading)
        box.addWidget(self._inside)
        self.show_open(is_open)
        self._heading.clicked.connect(self._on_clicked)

    @property
    def is_open(self) -> bool:
        return self._heading.isChecked()

    def show_open(self, is_open: bool) -> None:
        self._heading.setChecked(is_open)
        self._inside.setVisible(is_open)

    def show_title(self, title: str) -> None:
        self._heading.setText(title)
        self._heading.setAccessibleName(title)

    def _on_clicked(self) -> None:
        self._inside.setVisible(self.is_open)
        self.opened.emit(self.is_open)


class FoldHeading(QAbstractButton):
    """A small dim title with an angle that says whether it is open."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setText(title)
        self.setFont(interface_font(SMALL_PIXELS, bold=True))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(self.font()).horizontalAdvance(self.text()) + 24, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 3, -1, -3), 4, 4)
        paint_chevron(painter, QPointF(8, self.height() / 2), is_open=self.isChecked())
        painter.setFont(self.font())
        painter.setPen(colour("text" if self.underMouse() else "dim"))
        area = self.rect().adjusted(20, 0, 0, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
