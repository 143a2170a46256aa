"""The model in numbers, large and calm: parameters, memory, arithmetic, and what a step reads."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from playground.contract.config import RunConfig
from playground.contract.messages import TextDescription
from playground.contract.model_size import (
    forward_flops_per_token,
    inference_memory_bytes,
    parameter_parts,
    training_memory_bytes,
)
from playground.ui.pages.build.fact_words import (
    UNKNOWN,
    flops_help,
    flops_words,
    memory_words,
    passes_help,
    passes_words,
    time_help,
    time_words,
    tokens_words,
)
from playground.ui.state.speed import Speed, TimeEstimate, time_estimate
from playground.ui.theme import interface_font
from playground.ui.translation import translate
from playground.ui.widgets.card import Card, PlainLabel
from playground.ui.widgets.term_label import TermLabel

_NUMBER_PIXELS = 19
_GAP = 16  # pixels between figures, at least
_SIDE_MARGIN = 16
_LEAST_WIDTH = 240
PARAMETERS, TRAINING, USE, FLOPS, STEP, TIME, PASSES = range(7)
_TERMS = ("parameters", "training", "inference", "", "batch_size", "", "")


class Figure(QWidget):
    """A name above its number."""

    def __init__(self, term: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = TermLabel(term=term)
        self.name.setFont(interface_font(12))
        self.name.set_role("dim")
        self.name.setContentsMargins(0, 0, 0, 2)  # the dotted line of a term
        self.number = PlainLabel(bold=True, pixels=_NUMBER_PIXELS)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(1)
        line = QHBoxLayout()
        line.addWidget(self.name)
        line.addStretch(1)
        box.addLayout(line)
        box.addWidget(self.number)

    def show_name(self, name: str, help: str) -> None:
        self.name.setText(name)
        self.name.show_help(help)
        self.number.setToolTip(help)
        self.number.setAccessibleName(name)


class ModelFacts(Card):
    """Seven figures in a row; exact for a possible config, none for an impossible one."""

    term_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.figures = tuple(Figure(term) for term in _TERMS)
        self._config: RunConfig | None = None
        self._vocab_size = 0
        self._text: TextDescription | None = None
        self._speeds: tuple[Speed, ...] = ()
        row = QHBoxLayout()
        row.setSpacing(_GAP // 2)
        for figure in self.figures:
            figure.name.term_requested.connect(self.term_requested)
            row.addWidget(figure)
            row.addStretch(1)
        row.takeAt(row.count() - 1)
        self.body.setContentsMargins(_SIDE_MARGIN, 9, _SIDE_MARGIN, 9)
        self.body.addLayout(row)
        self.setMinimumWidth(_LEAST_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def show_config(self, config: RunConfig, vocab_size: int) -> None:
        self._config, self._vocab_size = config, vocab_size
        self._show_numbers()
        self._name()

    def show_text(self, text: TextDescription | None) -> None:
        """None while it is not known."""
        self._text = text
        self._show_numbers()
        self._name()

    def show_speeds(self, speeds: Sequence[Speed]) -> None:
        """What runs on this machine reached."""
        self._speeds = tuple(speeds)
        self._show_numbers()

    def number(self, which: int) -> str:
        """What stands under a name: one of `PARAMETERS` to `PASSES`."""
        return self.figures[which].number.text()

    def retranslate(self) -> None:
        self._name()
        self._show_numbers()

    def _fit(self) -> None:
        """In a narrow window the last figures give way."""
        free = self.width() - 2 * _SIDE_MARGIN
        for figure in self.figures:
            free -= figure.sizeHint().width() + _GAP
            figure.setVisible(free + _GAP >= 0)

    def _name(self) -> None:
        names = (
            translate("BuildPage", "Parameters"),
            translate("BuildPage", "Memory to train"),
            translate("BuildPage", "Memory to use"),
            translate("BuildPage", "FLOPs per token"),
            translate("BuildPage", "Tokens per step"),
            translate("BuildPage", "Time to train"),
            translate("BuildPage", "Passes over the text"),
        )
        helps = (
            translate("BuildPage", "All numbers that training changes"),
            translate(
                "BuildPage", "Weights, gradients, what the optimizer remembers, and activations kept for the way back"
            ),
            translate("BuildPage", "Weights in fp32, and the keys and values of one full context"),
            flops_help(self._config),
            translate("BuildPage", "The sequences of a step times the context"),
            time_help(self._estimate()),
            passes_help(self._config, self._text) if self._config else "",
        )
        for figure, name, help in zip(self.figures, names, helps, strict=True):
            figure.show_name(name, help)

    def _show_numbers(self) -> None:
        for figure, words in zip(self.figures, self._numbers(), strict=True):
            figure.number.setText(words)
        self._fit()

    def _estimate(self) -> TimeEstimate | None:
        return time_estimate(self._config, self._vocab_size, self._speeds) if self._config else None

    def _numbers(self) -> tuple[str, ...]:
        config = self._config
        if config is None or config.model.problems():
            return (UNKNOWN,) * len(self.figures)
        model, vocab_size = config.model, self._vocab_size
        return (
            f"{parameter_parts(model, vocab_size).total:,}",
            memory_words(training_memory_bytes(model, config.training, vocab_size)),
            memory_words(inference_memory_bytes(model, vocab_size)),
            flops_words(forward_flops_per_token(model, vocab_size)),
            tokens_words(config, config.tokens_per_step),
            time_words(self._estimate()),
            passes_words(config, self._text),
        )

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
