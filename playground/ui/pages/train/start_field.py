"""What a new run begins with: random weights, or those of the run in view; all of them, or adapters beside them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.contract.config import RunConfig
from playground.ui.theme import GRID
from playground.ui.translation import translate
from playground.ui.visible_text import visible
from playground.ui.widgets.card import PlainLabel
from playground.ui.widgets.fields import ComboField
from playground.ui.widgets.settings_form import SettingsForm

_RANDOM, _BASE, _KEPT = "random", "base", "kept"
_SETTINGS = (
    "method", "lora_rank", "lora_alpha", "lora_targets", "lora_dropout", "frozen_layers", "freeze_embeddings",
)  # fmt: skip


class StartField(QWidget):
    """A choice, and the settings that go with it.

    Signals:
        base_requested: go on from the run in view.
        random_requested: begin with random weights.
        value_changed (str, object): a setting of [start].
        term_requested (str)
    """

    base_requested = Signal()
    random_requested = Signal()
    value_changed = Signal(str, object)
    term_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = ComboField()
        self.form = SettingsForm("start", only=_SETTINGS)
        self._trained = PlainLabel(dim=True, wrap=True, pixels=12)
        self._offered = ""
        self._config = RunConfig()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        for part in (self.choice, self.form, self._trained):
            box.addWidget(part)
        self.choice.chosen.connect(self._on_chosen)
        self.form.value_changed.connect(self.value_changed)
        self.form.term_requested.connect(self.term_requested)
        self.retranslate()

    def show_offered(self, name: str) -> None:
        """The run in view with its moment, in words; "" if it has no model."""
        self._offered = name
        self._show_choice()

    def show_config(self, config: RunConfig) -> None:
        """What the draft says."""
        self._config = config
        self.form.show_config(config)
        self.form.setVisible(bool(config.start.run))
        self._show_choice()

    def show_trained(self, n_trained: int, n_parameters: int) -> None:
        """How many numbers will learn, of all; 0 hides it."""
        words = translate("TrainPage", "{0} of {1} parameters learn ({2} %).")
        share = f"{100 * n_trained / n_parameters:.3g}" if n_parameters else ""
        self._trained.setText(words.format(f"{n_trained:,}", f"{n_parameters:,}", share) if n_trained else "")
        self._trained.setVisible(bool(n_trained))

    def trained_words(self) -> str:
        return self._trained.text()

    def retranslate(self) -> None:
        self.choice.setAccessibleName(translate("TrainPage", "Begin with"))
        self.form.retranslate()
        self._show_choice()

    def _show_choice(self) -> None:
        start = self._config.start
        options = [(_RANDOM, translate("TrainPage", "Random weights"))]
        kept = translate("TrainPage", "{0}, step {1}").format(
            visible(start.run.rpartition("/")[2], 40), f"{start.step:,}"
        )
        if start.run:
            options.append((_KEPT, kept))
        if self._offered and (not start.run or self._offered != kept):
            options.append((_BASE, self._offered))
        self.choice.show_options(options)
        self.choice.show_value(_KEPT if start.run else _RANDOM)

    def _on_chosen(self, key: str) -> None:
        if key == _BASE:
            self.base_requested.emit()
        elif key == _RANDOM:
            self.random_requested.emit()
