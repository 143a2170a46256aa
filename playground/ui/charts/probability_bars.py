"""The next token's distribution as bars: what the model thinks, and what the sliders leave of it.

A soft bar is the model's own probability, a solid one what is drawn from, a hollow one a token that was cut.
Pieces are of foreign origin: they are painted, never parsed.
"""

import html

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from playground.contract.messages import NextToken
from playground.ui.theme import BASE_PIXELS, SMALL_PIXELS, colour, interface_font, theme, token_font
from playground.ui.translation import translate
from playground.ui.visible_text import visible_piece
from playground.ui.widgets.export import PictureMenu, Table

_ROW_LEAST, _ROW_MOST = 19, 26
_LEGEND = 24
_LABEL_LEAST, _LABEL_MOST = 56, 150
_GAP = 10


class ProbabilityBars(QWidget):
    """As many of the likeliest tokens as there is height for.

    Signals:
        token_requested (int): the person picked the token of that id, by click or Enter.
    """

    token_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: NextToken | None = None
        self._drawn_id: int | None = None
        self._marked: int | None = None  # row under the mouse or the keyboard's cursor
        self._empty_words = ""
        self._has_sliders = True
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.menu = PictureMenu(self, "next-token", table=self.table)
        theme().changed.connect(self.update)

    def show_distribution(self, distribution: NextToken | None) -> None:
        """Show one, or nothing."""
        self._shown = distribution
        if self._marked is not None and self._marked >= self.n_rows():
            self._marked = None
        self.setAccessibleDescription(summary(distribution) if distribution else "")
        self.update()

    def show_drawn(self, token_id: int | None) -> None:
        """Frame the token that was drawn, if it is among those shown."""
        self._drawn_id = token_id
        self.update()

    def show_sliders(self, has_sliders: bool) -> None:
        """Whether something is drawn through sliders; without, the legend has nothing to tell apart."""
        self._has_sliders = has_sliders
        self.update()

    def show_empty(self, sentence: str) -> None:
        """What to say while there is no distribution."""
        self._empty_words = sentence
        self.update()

    def n_rows(self) -> int:
        """How many tokens have room."""
        if self._shown is None:
            return 0
        return min(len(self._shown.ids), max((self.height() - _LEGEND) // _ROW_LEAST, 1))

    def row_at(self, y: float) -> int | None:
        """The row at that height of the widget; None beside the rows."""
        row = int((y - _LEGEND) // self._row_height()) if y >= _LEGEND else -1
        return row if 0 <= row < self.n_rows() else None

    def table(self) -> Table:
        shown = self._shown
        rows = [] if shown is None else [
            (int(shown.ids[i]), shown.pieces[i], float(shown.before[i]), float(shown.after[i]), shown.cut_by[i])
            for i in range(len(shown.ids))
        ]  # fmt: skip
        return Table(header=("id", "piece", "model", "after", "cut_by"), rows=rows)

    def sizeHint(self) -> QSize:
        return QSize(360, _LEGEND + 12 * 22)

    def minimumSizeHint(self) -> QSize:
        return QSize(220, _LEGEND + 4 * _ROW_LEAST)

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._shown is None or not len(self._shown.ids):
            painter.setPen(colour("dim"))
            painter.setFont(interface_font())
            flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(QRectF(self.rect()).adjusted(16, 0, -16, 0), flags, self._empty_words)
            return
        if self._has_sliders:
            self._paint_legend(painter)
        label_width = self._label_width()
        most = max(float(self._shown.before.max()), float(self._shown.after.max()), 1e-9)
        room = max(self.width() - label_width - _GAP - self._words_width(), 20.0)
        for row in range(self.n_rows()):
            self._paint_row(painter, row, label_width, room / most)

    def _paint_legend(self, painter: QPainter) -> None:
        painter.setFont(interface_font(SMALL_PIXELS))
        metrics = QFontMetricsF(painter.font())
        x = 0.0
        for kind, words in (
            ("soft", translate("ProbabilityBars", "model")),
            ("solid", translate("ProbabilityBars", "after the sliders")),
            ("hollow", translate("ProbabilityBars", "cut")),
        ):
            self._paint_bar(painter, QRectF(x, 4, 14, 10), kind)
            painter.setPen(colour("dim"))
            width = metrics.horizontalAdvance(words)
            painter.drawText(QRectF(x + 20, 0, width + 4, 18), int(Qt.AlignmentFlag.AlignVCenter), words)
            x += 20 + width + 18

    def _paint_row(self, painter: QPainter, row: int, label_width: float, pixels_per_unit: float) -> None:
        assert self._shown is not None
        height = self._row_height()
        line = QRectF(0, _LEGEND + row * height, self.width(), height)
        if row == self._marked:
            painter.fillRect(line, colour("hover"))
        self._paint_label(painter, row, QRectF(line.left() + 4, line.top(), label_width - 4, height))
        before, after = float(self._shown.before[row]), float(self._shown.after[row])
        left = label_width + _GAP
        back = QRectF(left, line.top() + 3, max(before * pixels_per_unit, 1.5), height - 6)
        if self._shown.cut_by[row]:
            self._paint_bar(painter, back, "hollow")
        else:
            self._paint_bar(painter, back, "soft")
            self._paint_bar(
                painter, QRectF(left, line.top() + 6, max(after * pixels_per_unit, 1.5), height - 12), "solid"
            )
        end = left + max(before, after) * pixels_per_unit
        self._paint_words(painter, row, QRectF(end + 8, line.top(), self.width() - end - 8, height))

    def _paint_bar(self, painter: QPainter, bar: QRectF, kind: str) -> None:
        painter.setPen(QPen(colour("dim", 0.8), 1) if kind == "hollow" else Qt.PenStyle.NoPen)
        painter.setBrush(
            Qt.BrushStyle.NoBrush if kind == "hollow" else colour("accent", 0.22 if kind == "soft" else 1.0)
        )
        painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5) if kind == "hollow" else bar)

    def _paint_label(self, painter: QPainter, row: int, box: QRectF) -> None:
        assert self._shown is not None
        painter.setFont(token_font())
        words = self._label(row)
        shown = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        if int(self._shown.ids[row]) == self._drawn_id:
            painter.setPen(QPen(colour("accent"), 1.5))
            painter.setBrush(colour("accent_soft"))
            painter.drawRoundedRect(box.adjusted(-3, 2, 0, -2), 4, 4)
        painter.setPen(colour("dim" if self._shown.cut_by[row] else "text"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)

    def _paint_words(self, painter: QPainter, row: int, box: QRectF) -> None:
        assert self._shown is not None
        cut = self._shown.cut_by[row]
        before, after = percent(float(self._shown.before[row])), percent(float(self._shown.after[row]))
        painter.setFont(interface_font(BASE_PIXELS - 1))
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        first = cut_words(cut) if cut else after
        painter.setPen(colour("dim" if cut else "text"))
        painter.drawText(box, flags, first)
        if not cut and before != after:
            painter.setPen(colour("dim"))
            offset = QFontMetricsF(painter.font()).horizontalAdvance(first) + 8
            painter.drawText(
                box.adjusted(offset, 0, 0, 0), flags, translate("ProbabilityBars", "was {0}").format(before)
            )

    def _label(self, row: int) -> str:
        assert self._shown is not None
        return visible_piece(self._shown.pieces[row])

    def _label_width(self) -> float:
        metrics = QFontMetricsF(token_font())
        widest = max((metrics.horizontalAdvance(self._label(row)) for row in range(self.n_rows())), default=0.0)
        return min(max(widest + 10, _LABEL_LEAST), _LABEL_MOST, self.width() * 0.35)

    def _words_width(self) -> float:
        metrics = QFontMetricsF(interface_font(BASE_PIXELS - 1))
        widest = max(metrics.horizontalAdvance(cut_words(cut)) for cut in ("top_k", "top_p"))
        was = translate("ProbabilityBars", "was {0}").format(percent(0.0123))
        return max(widest, metrics.horizontalAdvance(percent(0.0123)) + 8 + metrics.horizontalAdvance(was)) + 16

    def _row_height(self) -> float:
        return min(max((self.height() - _LEGEND) / max(self.n_rows(), 1), _ROW_LEAST), _ROW_MOST)

    # Gestures.

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mark(self.row_at(event.position().y()))
        self.setCursor(Qt.CursorShape.ArrowCursor if self._marked is None else Qt.CursorShape.PointingHandCursor)

    def leaveEvent(self, event: QEvent) -> None:
        self._mark(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        row = self.row_at(event.position().y())
        if row is not None and event.button() == Qt.MouseButton.LeftButton:
            self._request(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key in steps and self.n_rows():
            at = self._marked if self._marked is not None else (-1 if steps[key] > 0 else self.n_rows())
            self._mark(min(max(at + steps[key], 0), self.n_rows() - 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._marked is not None:
            self._request(self._marked)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            row = self.row_at(event.pos().y())
            words = f"<qt>{html.escape(self._row_sentence(row))}</qt>" if row is not None else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def _row_sentence(self, row: int) -> str:
        assert self._shown is not None
        cut = self._shown.cut_by[row]
        after = cut_words(cut) if cut else percent(float(self._shown.after[row]), 4)
        return translate("ProbabilityBars", "‘{0}’, id {1}: model {2}, after the sliders {3}").format(
            self._label(row), int(self._shown.ids[row]), percent(float(self._shown.before[row]), 4), after
        )

    def _mark(self, row: int | None) -> None:
        if row != self._marked:
            self._marked = row
            self.update()

    def _request(self, row: int) -> None:
        assert self._shown is not None
        self.token_requested.emit(int(self._shown.ids[row]))


def percent(share: float, n_digits: int = 2) -> str:
    """0.314 as "31 %"; small shares keep their digits, tiny ones say so."""
    value = 100 * share
    if 0 < value < 0.01:
        return "<0.01 %"
    n_decimals = 0 if value >= 99.5 else max(n_digits - (2 if value >= 9.95 else 1 if value >= 0.995 else 0), 0)
    return f"{value:.{n_decimals}f} %"


def cut_words(cut_by: str) -> str:
    """Why a token cannot be drawn."""
    if cut_by == "top_k":
        return translate("ProbabilityBars", "cut by top-k")
    return translate("ProbabilityBars", "cut by top-p")


def summary(distribution: NextToken) -> str:
    """The distribution in words, for those who cannot see the bars."""
    words = [
        f"{visible_piece(piece)} {percent(float(share))}"
        for piece, share in zip(distribution.pieces[:5], distribution.after[:5], strict=False)
    ]
    return ", ".join(words)
