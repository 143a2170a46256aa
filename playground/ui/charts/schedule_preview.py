"""The learning rate of all planned steps, drawn before the training: its warmup, its peak and where it ends.

Shows the training settings and computes each rate by the function that the training itself asks. Painted directly.
"""

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.contract.schedule import learning_rate
from playground.contract.training_config import TrainingConfig
from playground.ui.charts.curve import TRAIN, curve_colour
from playground.ui.charts.heatmap_overlay import paint_card
from playground.ui.theme import SMALL_PIXELS, colour, interface_font, theme
from playground.ui.translation import translate
from playground.ui.widgets.export import PictureMenu, Table

_TOP, _BOTTOM, _LEFT_MARGIN = 20.0, 18.0, 4.0
_N_POINTS = 240
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)


class SchedulePreview(QWidget):
    """One curve over the steps; empty while the settings cannot be trained with."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._training: TrainingConfig | None = None
        self._steps = np.empty(0, dtype=np.int64)
        self._rates = np.empty(0)
        self._pointed = 0  # step; 0 for none
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.menu = PictureMenu(self, "learning-rate", table=self.table, array=self.array)
        theme().changed.connect(self.update)
        self.retranslate()

    def show_training(self, training: TrainingConfig) -> None:
        """Another training; settings out of their range show nothing, for their rows say why."""
        if training == self._training:
            return
        self._training = None if training.problems() else training
        self._steps = _drawn_steps(training) if self._training else np.empty(0, dtype=np.int64)
        self._rates = np.array([learning_rate(int(step), training) for step in self._steps])
        self._pointed = 0
        self._describe()
        self.update()

    def point_words(self) -> list[tuple[str, str]]:
        """What the card says of the step under the mouse; [] if there is none."""
        if self._training is None or not self._pointed:
            return []
        rate = learning_rate(self._pointed, self._training)
        words = [
            (translate("SchedulePreview", "Step"), f"{self._pointed:,}"),
            (translate("SchedulePreview", "Learning rate"), _rate_words(rate)),
        ]
        if self._pointed <= self._training.warmup_steps:
            words.append((translate("SchedulePreview", "Warmup"), f"{self._pointed:,} / {self._warmup():,}"))
        return words

    def table(self) -> Table:
        """The rates at the steps that are drawn."""
        rows = [(int(step), float(rate)) for step, rate in zip(self._steps, self._rates, strict=True)]
        return Table(header=("step", "learning_rate"), rows=rows)

    def array(self) -> np.ndarray | None:
        """Steps and rates (n, 2), None while there are none."""
        return np.stack([self._steps, self._rates], axis=1) if len(self._steps) else None

    def retranslate(self) -> None:
        self.setAccessibleName(translate("SchedulePreview", "Learning rate over the training"))
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(256, 112)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 112)

    def _warmup(self) -> int:
        assert self._training is not None, "only a training has a warmup"
        return min(self._training.warmup_steps, self._training.max_steps)

    def _describe(self) -> None:
        if self._training is None:
            self.setAccessibleDescription("")
            return
        words = translate("SchedulePreview", "Warmup {0} steps, peak {1}, at step {2} {3}")
        peak, last = _rate_words(float(self._rates.max())), _rate_words(float(self._rates[-1]))
        self.setAccessibleDescription(words.format(f"{self._warmup():,}", peak, f"{self._training.max_steps:,}", last))

    def _area(self) -> QRectF:
        """Where the curve lies; right of it stands the final rate."""
        metrics = QFontMetricsF(interface_font(SMALL_PIXELS))
        beside = metrics.horizontalAdvance(_rate_words(float(self._rates[-1]))) + 8 if len(self._rates) else 0.0
        return QRectF(self.rect()).adjusted(_LEFT_MARGIN, _TOP, -beside, -_BOTTOM)

    def _x(self, step: float, area: QRectF) -> float:
        """From 0, where nothing is trained yet, to the last step."""
        assert self._training is not None, "without a training nothing has a place"
        return area.left() + step / self._training.max_steps * area.width()

    def _place(self, step: float, rate: float, area: QRectF) -> QPointF:
        return QPointF(self._x(step, area), area.bottom() - rate / float(self._rates.max()) * area.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._training is None:
            return
        painter, area = QPainter(self), self._area()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(interface_font(SMALL_PIXELS))
        self._paint_warmup(painter, area)
        painter.setPen(QPen(colour("line"), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.setPen(QPen(curve_colour(TRAIN), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        places = [
            self._place(float(step), float(rate), area) for step, rate in zip(self._steps, self._rates, strict=True)
        ]
        painter.drawPolyline(QPolygonF(places))
        self._paint_rates(painter, area)
        self._paint_steps(painter, area)
        self._paint_point(painter, area)

    def _paint_warmup(self, painter: QPainter, area: QRectF) -> None:
        right = self._x(self._warmup(), area)
        shade = QRectF(area.left(), area.top(), right - area.left(), area.height())
        painter.fillRect(shade, colour("accent_soft"))
        word = translate("SchedulePreview", "Warmup")
        if QFontMetricsF(painter.font()).horizontalAdvance(word) + 8 < shade.width() * 0.5:
            painter.setPen(colour("dim"))
            painter.drawText(
                shade.adjusted(0, 0, -4, -2), int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom), word
            )

    def _paint_rates(self, painter: QPainter, area: QRectF) -> None:
        peak = float(self._rates.max())
        highest = self._place(float(self._steps[int(self._rates.argmax())]), peak, area)
        words = translate("SchedulePreview", "peak {0}").format(_rate_words(peak))
        width = QFontMetricsF(painter.font()).horizontalAdvance(words)
        left = max(min(highest.x(), self.width() - width), 0.0)
        painter.setPen(colour("text"))
        painter.drawText(QRectF(left, 0, width + 2, _TOP - 4), _LEFT, words)
        end = self._place(float(self._steps[-1]), float(self._rates[-1]), area)
        painter.drawText(
            QRectF(area.right(), end.y() - 9, self.width() - area.right(), 18),
            _RIGHT,
            _rate_words(float(self._rates[-1])),
        )

    def _paint_steps(self, painter: QPainter, area: QRectF) -> None:
        """0, the end of the warmup where there is room for it, and the last step with the unit."""
        assert self._training is not None, "steps of a training"
        metrics, painter_top = QFontMetricsF(painter.font()), area.bottom() + 2
        painter.setPen(colour("dim"))
        painter.drawText(QRectF(0, painter_top, 20, 16), _LEFT, "0")
        last = translate("SchedulePreview", "{0} steps").format(f"{self._training.max_steps:,}")
        last_width = metrics.horizontalAdvance(last)
        right = self._x(self._training.max_steps, area)
        last_left = max(min(right - last_width / 2, self.width() - last_width - 1), 0.0)
        painter.drawText(QRectF(last_left, painter_top, last_width + 1, 16), _LEFT, last)
        warmup = f"{self._warmup():,}"
        place, width = self._x(self._warmup(), area), metrics.horizontalAdvance(warmup)
        if place - width / 2 > 16 and place + width / 2 < last_left - 8:
            painter.drawText(QRectF(place - width, painter_top, 2 * width, 16), _CENTRE, warmup)

    def _paint_point(self, painter: QPainter, area: QRectF) -> None:
        words = self.point_words()
        if not words or self._training is None:
            return
        place = self._place(self._pointed, learning_rate(self._pointed, self._training), area)
        painter.setPen(QPen(colour("dim"), 1))
        painter.drawLine(QPointF(place.x(), area.top()), QPointF(place.x(), area.bottom()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(curve_colour(TRAIN))
        painter.drawEllipse(place, 4, 4)
        beside = QRectF(place.x() - 6, place.y() - 6, 12, 12)
        paint_card(painter, beside, QRectF(self.rect()), [(name, value, False) for name, value in words])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._training is None:
            return
        area = self._area()
        step = round((event.position().x() - area.left()) / max(area.width(), 1.0) * self._training.max_steps)
        self._point(min(max(step, 1), self._training.max_steps))

    def leaveEvent(self, event: QEvent) -> None:
        self._point(0)

    def _point(self, step: int) -> None:
        if step != self._pointed:
            self._pointed = step
            self.update()


def _drawn_steps(training: TrainingConfig) -> np.ndarray:
    """Steps that give the curve its shape: evenly spaced, dense where a root falls fast, and where its pieces meet."""
    last = training.max_steps
    warmup = min(max(training.warmup_steps, 1), last)
    fall_from = min(max(last - round(training.decay_fraction * last), 1), last)
    even, early = np.linspace(1, last, _N_POINTS), np.geomspace(warmup, last, _N_POINTS // 2)
    return np.unique(np.rint(np.concatenate([even, early, [1, warmup, fall_from, last]])).astype(np.int64))


def _rate_words(rate: float) -> str:
    """Three digits: 0.001, 3e-05."""
    return f"{rate:.3g}"
