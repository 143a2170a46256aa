"""One line over the big chart: what is drawn, along what, how smooth, and on which axes."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from playground.ui.pages.train.plot import (
    ACCURACY,
    ACROSS,
    BITS,
    CLIPPED,
    EPOCH,
    EXACT,
    FLOPS,
    GRADIENT,
    LOSS,
    MEASURES,
    PERPLEXITY,
    RATE,
    SPEED,
    STEP,
    TIME,
    TOKENS,
    WEIGHTS,
    PlotChoice,
)
from playground.ui.translation import translate
from playground.ui.widgets.buttons import Button
from playground.ui.widgets.card import PlainLabel
from playground.ui.widgets.fields import ComboField
from playground.ui.widgets.value_slider import Scale, SliderTrack

_FURTHEST = 10_000  # points that an average may be over
_FIELD, _SLIDER = 148, 96  # pixels


class CurveBar(QWidget):
    """Signals:
    choice_changed: `choice()` is another one, by the person.
    whole_requested: show everything again.
    """

    choice_changed = Signal()
    whole_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._measures: tuple[str, ...] = MEASURES
        self._reach = PlotChoice().reach
        self._scale = Scale(1, _FURTHEST, logarithmic=True, whole=True)
        self.measure, self.across = ComboField(), ComboField()
        self._along, self._smooth_name, self._smooth_value = PlainLabel(dim=True), PlainLabel(dim=True), PlainLabel()
        self.smoothing = SliderTrack()
        self.log_x, self.log_y, self.whole = Button(), Button(), Button(kind="quiet")
        self._lay_out()
        self._connect()
        self.retranslate()
        self.show_choice(PlotChoice())
        self.show_following(True)

    def show_measures(self, measures: Sequence[str]) -> None:
        """Those that this run has numbers of; a chosen one that it has not gives way to the loss."""
        if tuple(measures) != self._measures:
            self._measures = tuple(measures)
            self._name_measures()

    def show_choice(self, choice: PlotChoice) -> None:
        self.measure.show_value(choice.measure)
        self.across.show_value(choice.across)
        self.log_x.setChecked(choice.log_x)
        self.log_y.setChecked(choice.log_y)
        self._show_reach(choice.reach)

    def show_following(self, is_following: bool) -> None:
        """Whether everything is in view; if not, there is a way back."""
        self.whole.setEnabled(not is_following)

    def choice(self) -> PlotChoice:
        return PlotChoice(
            measure=self.measure.value() or LOSS,
            across=self.across.value() or STEP,
            reach=self._reach,
            log_x=self.log_x.isChecked(),
            log_y=self.log_y.isChecked(),
        )

    def retranslate(self) -> None:
        self._name_measures()
        names = across_names()
        self.across.show_options([(key, names[key]) for key in ACROSS])
        self.measure.setAccessibleName(translate("TrainPage", "What is drawn"))
        self.across.setAccessibleName(translate("TrainPage", "Across"))
        self._along.setText(translate("TrainPage", "over"))
        self._smooth_name.setText(translate("TrainPage", "Smoothing"))
        self.smoothing.setAccessibleName(self._smooth_name.text())
        help = translate(
            "TrainPage",
            "Over about how many points the strong line averages; the thin one behind it is what was measured.",
        )
        for part in (self._smooth_name, self.smoothing, self._smooth_value):
            part.setToolTip(help)
        self.log_x.setText(translate("TrainPage", "log x"))
        self.log_y.setText(translate("TrainPage", "log y"))
        self.log_x.setToolTip(translate("TrainPage", "Each step to the right is a factor, not a sum."))
        self.log_y.setToolTip(translate("TrainPage", "Each step upwards is a factor, not a sum."))
        self.whole.setText(translate("TrainPage", "Show all"))
        self.whole.setToolTip(translate("TrainPage", "The whole picture again (double click, or Escape)."))
        for button in (self.log_x, self.log_y, self.whole):
            button.updateGeometry()

    def _name_measures(self) -> None:
        names = measure_names()
        self.measure.show_options([(key, names[key]) for key in self._measures])

    def _show_reach(self, reach: float) -> None:
        self._reach = reach
        self.smoothing.show_place(self._scale.place(reach))
        self._smooth_value.setText(f"{reach:,.0f}" if reach > 1 else translate("TrainPage", "off"))

    def _lay_out(self) -> None:
        for field in (self.measure, self.across):
            field.setFixedWidth(_FIELD)
        self.smoothing.setFixedWidth(_SLIDER)
        self._smooth_value.setFixedWidth(44)
        for button in (self.log_x, self.log_y):
            button.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 6, 0)
        row.setSpacing(8)
        left: tuple[QWidget, ...] = (self.measure, self._along, self.across)
        middle: tuple[QWidget, ...] = (self._smooth_name, self.smoothing, self._smooth_value)
        for part in left:
            row.addWidget(part)
        row.addSpacing(12)
        for part in middle:
            row.addWidget(part)
        row.addStretch(1)
        for button in (self.whole, self.log_x, self.log_y):
            row.addWidget(button)

    def _connect(self) -> None:
        for field in (self.measure, self.across):
            field.chosen.connect(self._on_changed)
        for button in (self.log_x, self.log_y):
            button.clicked.connect(self._on_changed)
        self.smoothing.moved.connect(self._on_moved)
        self.smoothing.stepped.connect(self._on_stepped)
        self.whole.clicked.connect(self.whole_requested)

    def _on_changed(self) -> None:
        self.choice_changed.emit()

    def _on_moved(self, place: float) -> None:
        self._take(self._scale.value(place))

    def _on_stepped(self, change: float) -> None:
        moved = self._scale.value(self._scale.place(self._reach) + change)
        self._take(moved if moved != self._reach else self._reach + (1 if change > 0 else -1))

    def _take(self, reach: float) -> None:
        reach = min(max(reach, 1), _FURTHEST)
        if reach != self._reach:
            self._show_reach(reach)
            self.choice_changed.emit()


def measure_names() -> dict[str, str]:
    """As the list has them."""
    return {
        LOSS: translate("TrainPage", "Loss"),
        PERPLEXITY: translate("TrainPage", "Perplexity"),
        BITS: translate("TrainPage", "Bits per byte"),
        ACCURACY: translate("TrainPage", "Accuracy"),
        EXACT: translate("TrainPage", "Exact translations"),
        RATE: translate("TrainPage", "Learning rate"),
        GRADIENT: translate("TrainPage", "Gradient norm"),
        CLIPPED: translate("TrainPage", "Gradient, clipped"),
        WEIGHTS: translate("TrainPage", "Weight norm"),
        SPEED: translate("TrainPage", "Tokens per second"),
    }


def measure_units() -> dict[str, str]:
    """As the axis has them, with their unit."""
    return {
        LOSS: translate("TrainPage", "loss in nats per token"),
        PERPLEXITY: translate("TrainPage", "perplexity"),
        BITS: translate("TrainPage", "bits per byte, validation"),
        ACCURACY: translate("TrainPage", "accuracy on validation, %"),
        EXACT: translate("TrainPage", "exact validation sentences, %"),
        RATE: translate("TrainPage", "learning rate"),
        GRADIENT: translate("TrainPage", "gradient norm before clipping"),
        CLIPPED: translate("TrainPage", "gradient norm after clipping"),
        WEIGHTS: translate("TrainPage", "norm of all weights"),
        SPEED: translate("TrainPage", "tokens per second"),
    }


def across_names() -> dict[str, str]:
    return {
        STEP: translate("TrainPage", "Step"),
        TOKENS: translate("TrainPage", "Tokens"),
        EPOCH: translate("TrainPage", "Epoch"),
        TIME: translate("TrainPage", "Active time"),
        FLOPS: translate("TrainPage", "FLOPs"),
    }


def across_units() -> dict[str, str]:
    return {
        STEP: translate("TrainPage", "step"),
        TOKENS: translate("TrainPage", "tokens"),
        EPOCH: translate("TrainPage", "epochs"),
        TIME: translate("TrainPage", "seconds of training"),
        FLOPS: translate("TrainPage", "FLOPs of training"),
    }
