"""The tokens of a text as coloured chips that flow like text; read-only, one of them in hand.

Paints only the rows in sight. Knows tokens, not where they came from.
"""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from playground.contract.messages import Tokens
from playground.ui.pages.tokenize.chip_labels import ChipLabels, label_chips
from playground.ui.pages.tokenize.chip_layout import ChipLayout, Grouping, group_tokens, lay_out
from playground.ui.pages.tokenize.chip_painter import (
    ID_PIXELS,
    LABEL_PIXELS,
    PADDING,
    ROOF,
    ROW_GAP,
    ChipPainter,
    chip_height,
)
from playground.ui.theme import interface_font, theme, token_font
from playground.ui.widgets.scroll_bar import use_thin_scroll_bars

_MARGIN = 2.0  # room for the outline of a chip in hand


class TokenView(QAbstractScrollArea):
    """Chips of one text.

    Signals:
        chip_hovered (int): the mouse is over this token, -1 over none.
        chip_chosen (int): a click or an arrow key took this token in hand.
    """

    chip_hovered = Signal(int)
    chip_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        use_thin_scroll_bars(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.hovered = -1
        self.chosen = -1
        self._signs, self._ids = True, True
        self._text = ""
        self._tokens: Tokens | None = None
        self._marked_id = -1
        self._measured: dict[str, float] = {}
        self._labels: ChipLabels | None = None
        self._grouping: Grouping | None = None
        self._layout: ChipLayout | None = None
        self._metrics = QFontMetricsF(token_font(LABEL_PIXELS))
        theme().changed.connect(self.viewport().update)

    def show_tokens(self, tokens: Tokens, text: str) -> None:
        """Replace all chips; the scroll position stays."""
        self._tokens, self._text = tokens, text
        self._grouping = group_tokens(tokens, text)
        self.hovered = -1
        if self.chosen >= len(tokens.ids):
            self.chosen = -1
        self._label()

    def show_signs(self, signs: bool) -> None:
        """Whether spaces are shown as ␣."""
        self._signs = signs
        self._label()

    def show_ids(self, ids: bool) -> None:
        """Whether each chip shows its vocabulary id."""
        self._ids = ids
        self._label()

    def show_marked(self, token_id: int) -> None:
        """Mark every chip of one vocabulary entry; -1 marks none."""
        self._marked_id = token_id
        self.viewport().update()

    def show_hovered(self, index: int) -> None:
        """Light up the chip whose text the mouse is over elsewhere."""
        self._change("hovered", index)

    def show_chosen(self, index: int) -> None:
        """Take a chip in hand and bring it into sight."""
        self._change("chosen", index)
        if self._layout is not None and 0 <= index < len(self._layout.widths):
            self._reveal(self._layout, index)

    def chip_rect(self, index: int) -> QRectF:
        """Where a chip is on the viewport now."""
        assert self._layout is not None, "no tokens are shown"
        left, top, width, height = self._layout.box(index)
        return QRectF(left + _MARGIN, top + _MARGIN - self.verticalScrollBar().value(), width, height)

    def _label(self) -> None:
        if self._tokens is None:
            return
        digits = QFontMetricsF(interface_font(ID_PIXELS)).horizontalAdvance("0")
        self._labels = label_chips(
            self._tokens, self._text, signs=self._signs, ids=self._ids, measure=self._measure, digit_width=digits
        )
        self._lay_out()

    def _measure(self, words: str) -> float:
        found = self._measured.get(words)
        if found is None:
            found = self._measured[words] = self._metrics.horizontalAdvance(words)
        return found

    def _lay_out(self) -> None:
        if self._labels is None or self._grouping is None:
            return
        self._layout = lay_out(
            self._labels.widths + 2 * PADDING,
            self._grouping,
            width=self.viewport().width() - 2 * _MARGIN,
            chip_height=chip_height(self._ids),
            row_gap=ROW_GAP,
            roof=ROOF,
        )
        bar = self.verticalScrollBar()
        bar.setRange(0, max(int(self._layout.height + 2 * _MARGIN) - self.viewport().height(), 0))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(int(chip_height(self._ids) + ROW_GAP))
        self.viewport().update()

    def _change(self, which: str, index: int) -> None:
        former = getattr(self, which)
        if former == index:
            return
        setattr(self, which, index)
        for each in (former, index):
            if self._layout is not None and 0 <= each < len(self._layout.widths):
                self.viewport().update(self.chip_rect(each).adjusted(-3, -3, 3, 3).toAlignedRect())

    def _reveal(self, layout: ChipLayout, index: int) -> None:
        row = layout.row_of(index)
        bar = self.verticalScrollBar()
        top, bottom = int(layout.row_tops[row]), int(layout.row_tops[row + 1] + 2 * _MARGIN)
        if top < bar.value():
            bar.setValue(top)
        elif bottom > bar.value() + self.viewport().height():
            bar.setValue(bottom - self.viewport().height())

    def _choose(self, index: int) -> None:
        self.show_chosen(index)
        self.chip_chosen.emit(index)

    def _chip_at(self, event: QMouseEvent) -> int:
        if self._layout is None:
            return -1
        point = event.position()
        return self._layout.chip_at(point.x() - _MARGIN, point.y() - _MARGIN + self.verticalScrollBar().value())

    def _hover(self, index: int) -> None:
        if index != self.hovered:
            self._change("hovered", index)
            self.chip_hovered.emit(index)

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._chip_at(event))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._chip_at(event)
        if index >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._choose(index)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        reached = self._after_key(Qt.Key(event.key()))
        if reached is None:
            super().keyPressEvent(event)
        else:
            self._choose(reached)

    def _after_key(self, key: Qt.Key) -> int | None:
        """The chip that a key leads to, None if it is not for us."""
        layout = self._layout
        if layout is None or not len(layout.widths):
            return None
        last, here = len(layout.widths) - 1, max(self.chosen, 0)
        page = max(int(self.viewport().height() / (layout.chip_height + ROW_GAP)) - 1, 1)
        rows = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page}
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if key in rows:
            return layout.above_or_below(here, rows[key])
        if key in steps:
            return min(max(here + steps[key], 0), last) if self.chosen >= 0 else 0
        return {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}.get(key)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._layout is None or self._labels is None or self._tokens is None or self._grouping is None:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        offset = _MARGIN - self.verticalScrollBar().value()
        painter.translate(_MARGIN, offset)
        chips = ChipPainter(
            painter, self._tokens, self._text, self._labels, self._grouping, self._layout, ids=self._ids
        )
        area = event.rect()
        for row in self._layout.rows_between(area.top() - offset, area.bottom() + 1 - offset):
            chips.paint_row(row, marked_id=self._marked_id, hovered=self.hovered, chosen=self.chosen)
