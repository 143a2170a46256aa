"""What one token looks at: its strongest keys as bars with their percent.

Tokens are of foreign origin: they are painted, never parsed. S keys.
"""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.ui.charts.probability_bars import percent
from playground.ui.theme import BASE_PIXELS, SMALL_PIXELS, colour, interface_font, theme, token_font
from playground.ui.translation import translate
from playground.ui.widgets.export import PictureMenu, Table

_ROW = 24
_TITLE = 28
_LABEL_MOST = 110.0
_NUMBER = 52.0
_FLAGS = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)


class QueryBars(QWidget):
    """As many of the strongest keys as there is height for.

    Signals:
        key_pointed (int, int): query and key of the row under the mouse; the key is -1 when it has left.
    """

    key_pointed = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: Sequence[str] = ()  # of the keys
        self._asking, self._is_written = "", False
        self._weights = np.zeros(0, dtype=np.float32)
        self._query = -1
        self._order = np.zeros(0, dtype=np.int64)
        self._is_kept = False
        self._pointed = -1  # row
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.menu = PictureMenu(self, "looks-at", table=self.table)
        theme().changed.connect(self.update)

    def show_query(
        self, asking: str, words: Sequence[str], weights: np.ndarray, query: int, *,
        is_kept: bool = False, is_written: bool = False,
    ) -> None:  # fmt: skip
        """The weights (S,) that the token `asking` gives to the keys `words`; `is_kept` if the person chose it.

        None is shown for a query of -1. With `is_written` it is the token that is written with what is seen.
        """
        self._is_written = is_written
        self._asking, self._words, self._weights, self._query, self._is_kept = asking, words, weights, query, is_kept
        visible_to_it = np.flatnonzero(weights > 0)
        self._order = visible_to_it[np.argsort(-weights[visible_to_it], kind="stable")]
        self.setAccessibleDescription(self._summary())
        self.update()

    def shown(self) -> list[tuple[str, str]]:
        """Tokens and percents, the strongest first, as many as there is room for."""
        return [
            (self._words[key], percent(float(self._weights[key]))) for key in self._order[: self._n_rows()].tolist()
        ]

    def title(self) -> str:
        """Whose weights these are; "" for none."""
        if self._query < 0:
            return ""
        return self._pattern().format(self._asking)

    def table(self) -> Table:
        """All keys of the query, the strongest first."""
        rows = ((key, self._words[key], float(self._weights[key])) for key in self._order.tolist())
        return Table(header=("key_index", "key", "weight"), rows=rows)

    def sizeHint(self) -> QSize:
        return QSize(270, _TITLE + 8 * _ROW)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, _TITLE + 3 * _ROW)

    def _n_rows(self) -> int:
        return max((self.height() - _TITLE) // _ROW, 1)

    def _summary(self) -> str:
        parts = [f"{self._words[key]} {percent(float(self._weights[key]))}" for key in self._order[:5].tolist()]
        return f"{self.title()}: {', '.join(parts)}" if parts else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._query < 0:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_title(painter)
        if 0 <= self._pointed < min(self._n_rows(), len(self._order)):
            painter.fillRect(QRectF(-4, _TITLE + self._pointed * _ROW, self.width() + 8, _ROW), colour("hover"))
        keys = self._order[: self._n_rows()].tolist()
        place_width = QFontMetricsF(interface_font(SMALL_PIXELS)).horizontalAdvance(str(len(self._words))) + 8
        metrics = QFontMetricsF(token_font())
        widest = max((metrics.horizontalAdvance(self._words[key]) for key in keys), default=0.0)
        label_width = min(widest + 8, _LABEL_MOST, self.width() * 0.4)
        self._paint_column(painter, interface_font(SMALL_PIXELS), "dim", QRectF(0, 0, place_width - 8, 0), _RIGHT, [
            str(key + 1) for key in keys
        ])  # fmt: skip
        self._paint_column(painter, token_font(), "text", QRectF(place_width, 0, label_width, 0), _FLAGS, [
            metrics.elidedText(self._words[key], Qt.TextElideMode.ElideRight, label_width - 4) for key in keys
        ])  # fmt: skip
        left = place_width + label_width + 6
        self._paint_bars(painter, keys, left, max(self.width() - left - _NUMBER - 6, 10.0))
        number = QRectF(self.width() - _NUMBER, 0, _NUMBER, 0)
        self._paint_column(painter, interface_font(BASE_PIXELS - 1), "text", number, _RIGHT, [
            percent(float(self._weights[key])) for key in keys
        ])  # fmt: skip

    def _paint_column(
        self, painter: QPainter, font: QFont, role: str, across: QRectF, flags: int, words: Sequence[str]
    ) -> None:
        """One text a row; `across` says from where to where."""
        painter.setFont(font)
        painter.setPen(colour(role))
        for line, each in enumerate(words):
            painter.drawText(QRectF(across.left(), _TITLE + line * _ROW, across.width(), _ROW), flags, each)

    def _paint_bars(self, painter: QPainter, keys: Sequence[int], left: float, room: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        ground, bar = colour("accent", 0.14), colour("accent")
        for line, key in enumerate(keys):
            box = QRectF(left, _TITLE + line * _ROW + 7, room, _ROW - 14)
            painter.setBrush(ground)
            painter.drawRoundedRect(box, 3, 3)
            box.setWidth(max(room * float(self._weights[key]), 2.0))
            painter.setBrush(bar)
            painter.drawRoundedRect(box, 3, 3)

    def _paint_title(self, painter: QPainter) -> None:
        """The query in the token font, then the words; the order follows the language."""
        before, _, after = self._pattern().partition("{0}")
        x = self._paint_words(painter, 0.0, before, interface_font(), "dim")
        shown = QFontMetricsF(token_font()).elidedText(self._asking, Qt.TextElideMode.ElideRight, self.width() * 0.5)
        x = self._paint_words(painter, x, shown, token_font(), "accent" if self._is_kept else "text")
        self._paint_words(painter, x, after, interface_font(), "dim")
        painter.setFont(interface_font(SMALL_PIXELS))
        painter.setPen(colour("dim"))
        place = translate("AttentionPage", "token {0}").format(self._query + 1)
        painter.drawText(QRectF(0, 0, self.width(), 18), _RIGHT, place)

    def _pattern(self) -> str:
        if self._is_written:
            return translate("AttentionPage", "To write {0}, looks at")
        return translate("AttentionPage", "{0} looks at")

    def _paint_words(self, painter: QPainter, x: float, words: str, font: QFont, role: str) -> float:
        painter.setFont(font)
        painter.setPen(colour(role))
        width = painter.fontMetrics().horizontalAdvance(words)
        painter.drawText(QRectF(x, 0, width + 4, 18), _FLAGS, words)
        return x + width

    # Qt

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = int((event.position().y() - _TITLE) // _ROW)
        self._point(row if 0 <= row < min(self._n_rows(), len(self._order)) else -1)

    def leaveEvent(self, event: QEvent) -> None:
        self._point(-1)

    def _point(self, row: int) -> None:
        if row != self._pointed:
            self._pointed = row
            self.update()
            self.key_pointed.emit(self._query, int(self._order[row]) if row >= 0 else -1)
