"""Fields to type into and to choose from, in the theme's colours: line, text, number, list, check mark.

Text fields wear a small style sheet of their own (nothing else rounds their corners); lists and marks are painted.
Each tells the person's changes apart from the program's: `show_*` never sends a signal.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from playground.ui.theme import BASE_PIXELS, CONTROL_RADIUS, colour, colours, interface_font, theme
from playground.ui.widgets.scroll_bar import use_thin_scroll_bars

FIELD_HEIGHT = 32
_BOX = 16  # pixels of a check mark's box


class LineField(QLineEdit):
    """One line of text."""

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setFont(interface_font())
        self.setMinimumHeight(FIELD_HEIGHT)
        self._restyle()
        theme().changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.setStyleSheet(_field_style("QLineEdit", 7))


class NumberField(LineField):
    """A whole number to type; arrow keys step it. For numbers without a sensible slider, such as a seed."""

    value_changed = Signal(int)  # by the person

    def __init__(self, low: int, high: int, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._low, self._high, self._value = low, high, low
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.editingFinished.connect(self._on_typed)

    def value(self) -> int:
        return self._value

    def show_value(self, value: int) -> None:
        self._value = value
        self.setText(f"{value:,}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._take(self._value + step)

    def _on_typed(self) -> None:
        """Take what stands there; words that are no number leave the former one."""
        try:
            typed = int(self.text().replace(",", "").strip())
        except ValueError:
            typed = self._value
        self._take(typed)

    def _take(self, wanted: int) -> None:
        value = min(max(wanted, self._low), self._high)
        changed = value != self._value
        self.show_value(value)
        if changed:
            self.value_changed.emit(value)


class TextField(QPlainTextEdit):
    """Many lines of plain text. `framed=False` for one that lies in a card of its own."""

    def __init__(self, placeholder: str = "", *, framed: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._framed = framed
        self.setPlaceholderText(placeholder)
        self.setFont(interface_font(BASE_PIXELS + 1))
        self.setTabChangesFocus(True)
        use_thin_scroll_bars(self)
        self._restyle()
        theme().changed.connect(self._restyle)

    @property
    def is_composing(self) -> bool:
        """Whether an input method holds text that is not yet in the document."""
        layout = self.textCursor().block().layout()
        return layout is not None and bool(layout.preeditAreaText())

    def _restyle(self) -> None:
        self.setStyleSheet(_field_style("QPlainTextEdit", 4, framed=self._framed))


class ComboField(QComboBox):
    """A list that opens, of which one entry holds. Entries have keys; labels may be of foreign origin."""

    chosen = Signal(str)  # by the person, with the key

    def __init__(self, options: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(interface_font())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_options(options)
        self.activated.connect(self._on_activated)
        theme().changed.connect(self.update)

    def show_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Replace the entries (key, label); the chosen key stays chosen if it is still there."""
        held = self.value()
        with QSignalBlocker(self):
            self.clear()
            for key, label in options:
                self.addItem(label, key)
            self.show_value(held)
        self.update()

    def show_value(self, key: str) -> None:
        index = self.findData(key)
        if index >= 0:
            with QSignalBlocker(self):
                self.setCurrentIndex(index)
            self.update()

    def value(self) -> str:
        return self.currentData() or ""

    def _on_activated(self, index: int) -> None:
        self.chosen.emit(self.itemData(index))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), FIELD_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, FIELD_HEIGHT)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()  # the panel scrolls; nothing changes by accident

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = colour(
            "hover" if self.underMouse() and self.isEnabled() else "panel" if self.isEnabled() else "window"
        )
        _paint_box(painter, QRectF(self.rect()), ground.name(), self.hasFocus(), CONTROL_RADIUS)
        painter.setPen(colour("text" if self.isEnabled() else "dim"))
        painter.setFont(self.font())
        area = self.rect().adjusted(10, 0, -28, 0)
        words = QFontMetrics(self.font()).elidedText(self.currentText(), Qt.TextElideMode.ElideMiddle, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        paint_chevron(painter, QPointF(self.width() - 15, self.height() / 2), is_open=True)


class CheckField(QAbstractButton):
    """A box that holds a check mark or not, with words beside it or none. Listen to `clicked`: the person's alone."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setText(text)
        self.setFont(interface_font())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme().changed.connect(self.update)

    def show_value(self, checked: bool) -> None:
        with QSignalBlocker(self):
            self.setChecked(checked)
        self.update()

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self.font()).horizontalAdvance(self.text()) + 8 if self.text() else 0
        return QSize(_BOX + 6 + words, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(3, (self.height() - _BOX) / 2, _BOX, _BOX)
        filled = "accent" if self.isEnabled() else "dim"
        ground = filled if self.isChecked() else "hover" if self.underMouse() and self.isEnabled() else "panel"
        _paint_box(painter, box.adjusted(-1, -1, 1, 1), colour(ground).name(), self.hasFocus(), 4)
        if self.isChecked():
            painter.setPen(QPen(colour("on_accent"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            corner = box.topLeft()
            points = [corner + QPointF(4, 8.5), corner + QPointF(7, 11.5), corner + QPointF(12, 5)]
            painter.drawPolyline(points)
        painter.setPen(colour("text" if self.isEnabled() else "dim"))
        area = self.rect().adjusted(_BOX + 11, 0, 0, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())


def paint_chevron(painter: QPainter, middle: QPointF, *, is_open: bool) -> None:
    """A small angle: downwards for what is or would be open, to the right for what is folded."""
    painter.setPen(QPen(colour("dim"), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    if is_open:
        points = [middle + QPointF(-4, -2), middle + QPointF(0, 2), middle + QPointF(4, -2)]
    else:
        points = [middle + QPointF(-2, -4), middle + QPointF(2, 0), middle + QPointF(-2, 4)]
    painter.drawPolyline(points)


def _paint_box(painter: QPainter, box: QRectF, ground: str, focused: bool, radius: float) -> None:
    painter.setBrush(QColor(ground))
    painter.setPen(QPen(colour("accent"), 2) if focused else QPen(colour("line").darker(108), 1))
    inset = 1.0 if focused else 0.5
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)


def _field_style(kind: str, side_padding: int, *, framed: bool = True) -> str:
    c = colours()
    line = f"1px solid {c.line}" if framed else "none"
    focus = f"border: 2px solid {c.accent}; padding: 3px {side_padding - 1}px;" if framed else ""
    return (
        f"{kind} {{ background: {c.panel}; color: {c.text}; border: {line}; border-radius: {CONTROL_RADIUS}px;"
        f" padding: 4px {side_padding}px; selection-background-color: {c.accent}; selection-color: {c.on_accent};"
        f" placeholder-text-color: {c.dim}; }}"
        f"{kind}:focus {{ {focus} }}"
        f"{kind}:disabled {{ color: {c.dim}; background: {c.window}; }}"
    )
