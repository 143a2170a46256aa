"""Paints the cells of the table of runs: name and hint, a dot for the state, a bar for the steps, a small curve."""

from functools import lru_cache
from pathlib import Path

import numpy as np
from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from playground.contract import run_directory
from playground.ui.charts.curve import TRAIN, curve_colour
from playground.ui.charts.curve_points import extent
from playground.ui.pages.runs.run_columns import CURVE, NAME, NUMBERS, STATE, STEPS
from playground.ui.pages.runs.run_model import SUMMARY_ROLE
from playground.ui.pages.runs.words import UNKNOWN, hint_words, host_words, state_role, state_words, steps_words
from playground.ui.state.run_summary import RunSummary
from playground.ui.theme import BASE_PIXELS, SMALL_PIXELS, colour, interface_font
from playground.ui.translation import translate
from playground.ui.visible_text import visible

ROW_HEIGHT = 44
PADDING = 10
_DOT = 8
_DOT_GAP = 8
_BAR = 3
_MARK = 3  # width of the stripe beside the run in view
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RunDelegate(QStyledItemDelegate):
    """`in_view` is the run that all pages show; `hovered_row` the one under the mouse, -1 for none."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.in_view: Path | None = None
        self.hovered_row = -1

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        run: RunSummary = index.data(SUMMARY_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(option.rect)
        self._paint_ground(painter, option, index.row(), area)
        inside = area.adjusted(PADDING, 0, -PADDING, -1)
        if index.column() == NAME:
            self._paint_name(painter, run, area, inside)
        elif index.column() == STATE:
            _paint_state(painter, run, inside)
        elif index.column() == STEPS:
            _paint_steps(painter, run, inside)
        elif index.column() == CURVE:
            _paint_curve(painter, run, inside.adjusted(0, 8, 0, -8))
        else:
            side = _RIGHT if index.column() in NUMBERS else _LEFT
            role = "text" if run.is_here else "dim"
            _write(painter, index.data(), inside, role, interface_font(BASE_PIXELS - 1), side)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, row: int, area: QRectF) -> None:
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, colour("accent_soft"))
        elif row == self.hovered_row:
            painter.fillRect(area, colour("hover"))
        painter.setPen(QPen(colour("line"), 1))
        painter.drawLine(QPointF(area.left(), area.bottom() - 0.5), QPointF(area.right(), area.bottom() - 0.5))

    def _paint_name(self, painter: QPainter, run: RunSummary, area: QRectF, inside: QRectF) -> None:
        is_in_view = self.in_view is not None and run.path == self.in_view
        if is_in_view:
            stripe = QRectF(area.left(), area.top() + 8, _MARK, area.height() - 17)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent"))
            painter.drawRoundedRect(stripe, _MARK / 2, _MARK / 2)
        hint = hint_words(run)
        upper, lower = _halves(inside) if hint else (inside, inside)
        role = "accent" if is_in_view else "text" if run.is_here else "dim"
        _write(painter, visible(run.name), upper, role, interface_font(bold=True), _LEFT)
        if hint:
            _write(painter, hint, lower, "dim", interface_font(SMALL_PIXELS), _LEFT, Qt.TextElideMode.ElideRight)


def _halves(inside: QRectF) -> tuple[QRectF, QRectF]:
    """Two lines of words, one over the other."""
    upper = QRectF(inside.left(), inside.top() + 4, inside.width(), 18)
    return upper, QRectF(inside.left(), inside.top() + 21, inside.width(), 16)


def _paint_state(painter: QPainter, run: RunSummary, inside: QRectF) -> None:
    """The state with a dot; below it the other machine that trains."""
    host = host_words(run)
    upper, lower = _halves(inside) if host else (inside, inside)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(state_role(run.state)))
    painter.drawEllipse(QPointF(upper.left() + _DOT / 2, upper.center().y()), _DOT / 2, _DOT / 2)
    indent = _DOT + _DOT_GAP
    role = "text" if run.is_here else "dim"
    _write(
        painter, state_words(run.state), upper.adjusted(indent, 0, 0, 0), role, interface_font(BASE_PIXELS - 1), _LEFT
    )
    _write(painter, host, lower.adjusted(indent, 0, 0, 0), "dim", interface_font(SMALL_PIXELS), _LEFT)


def _paint_steps(painter: QPainter, run: RunSummary, inside: QRectF) -> None:
    """The step; where it is not the last one, below it the last one, and for a run at work a bar."""
    if not steps_words(run):
        _write(painter, UNKNOWN, inside, "dim", interface_font(BASE_PIXELS - 1), _RIGHT)
        return
    is_done = run.step >= run.max_steps
    upper, lower = (inside, inside) if is_done else _halves(inside)
    _write(painter, f"{run.step:,}", upper, "text", interface_font(BASE_PIXELS - 1), _RIGHT)
    if not is_done:
        words = translate("RunsPage", "of {0}").format(f"{run.max_steps:,}")
        _write(painter, words, lower, "dim", interface_font(SMALL_PIXELS), _RIGHT)
    if run.is_active:
        _paint_bar(painter, QRectF(inside.left(), inside.bottom() - 5, inside.width(), _BAR), run)


def _paint_bar(painter: QPainter, box: QRectF, run: RunSummary) -> None:
    share = min(run.step / run.max_steps, 1.0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("line"))
    painter.drawRoundedRect(box, _BAR / 2, _BAR / 2)
    box.setWidth(max(box.width() * share, _BAR))
    painter.setBrush(colour("dim" if run.state == run_directory.PAUSED else "good"))
    painter.drawRoundedRect(box, _BAR / 2, _BAR / 2)


def _paint_curve(painter: QPainter, run: RunSummary, box: QRectF) -> None:
    """The training loss from step 0 to the run's last planned step, so that a run half done reaches half way."""
    if len(run.losses) < 2:
        return
    painter.setPen(QPen(curve_colour(TRAIN), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.translate(box.topLeft())
    painter.drawPolyline(_curve(run.losses, run.max_steps, box.width(), box.height()))


@lru_cache(maxsize=256)
def _curve(losses: tuple[tuple[float, float], ...], max_steps: int, width: float, height: float) -> QPolygonF:
    """The curve in a box whose upper left corner is (0, 0)."""
    steps, nats = np.array(losses).T
    bounds = extent([nats])
    assert bounds is not None, "summaries hold finite losses alone"
    low, high = bounds
    x = steps / max(max_steps, float(steps[-1])) * width
    share = (nats - low) / (high - low) if high > low else np.full_like(nats, 0.5)
    y = height - share * height
    return QPolygonF([QPointF(float(a), float(b)) for a, b in zip(x, y, strict=True)])


def _write(
    painter: QPainter,
    words: str,
    box: QRectF,
    role: str,
    font: QFont,
    side: Qt.AlignmentFlag,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
) -> None:
    painter.setFont(font)
    painter.setPen(colour(role))
    shown = _elided(words, font.pixelSize(), font.weight() > QFont.Weight.Normal, elide, box.width())
    painter.drawText(box, int(side) | int(Qt.TextFlag.TextSingleLine), shown)


@lru_cache(maxsize=2048)
def _elided(words: str, pixels: int, bold: bool, elide: Qt.TextElideMode, width: float) -> str:
    return QFontMetricsF(interface_font(pixels, bold=bold)).elidedText(words, elide, width)
