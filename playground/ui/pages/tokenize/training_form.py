"""The form that trains a tokenizer: which text, which type, how many pieces; then how far it is."""

import dataclasses
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.contract.config import TokenizerConfig
from playground.contract.messages import TextDescription
from playground.ui.engine_sentences import told
from playground.ui.theme import GRID
from playground.ui.translation import translate
from playground.ui.widgets.buttons import Button
from playground.ui.widgets.problem_words import problems_by_setting
from playground.ui.widgets.progress_line import ProgressLine
from playground.ui.widgets.settings_form import SettingsForm
from playground.ui.widgets.source_field import SourceField


class TrainingForm(QWidget):
    """Holds the settings of the tokenizer to be trained.

    Signals:
        training_requested (TokenizerConfig): train with these settings on the text that is shown.
        cancel_requested: end the training that is under way.
    """

    training_requested = Signal(object)
    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.config = TokenizerConfig()
        self.source = SourceField()
        self.settings = SettingsForm("tokenizer")
        self.train = Button(kind="primary")
        self.progress = ProgressLine()
        self.progress.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID + 4)
        for part in (self.source, self.settings, self.train, self.progress):
            box.addWidget(part)
        self.settings.value_changed.connect(self._on_changed)
        self.train.clicked.connect(self._on_train)
        self.progress.cancel_requested.connect(self.cancel_requested)
        self.show_config(self.config)
        self.retranslate()

    def show_config(self, config: TokenizerConfig) -> None:
        self.config = config
        self.settings.show_section(config)
        self._show_problems()

    def show_training(self, fraction: float, words: str) -> None:
        """A training is under way."""
        self.train.hide()
        self.progress.show_progress(fraction, words)

    def show_idle(self) -> None:
        """No training is under way."""
        self.progress.hide()
        self.train.show()

    def show_source(self, source: str, description: TextDescription | None) -> None:
        self.source.show_source(source, description)

    def retranslate(self) -> None:
        self.train.setText(translate("TokenizePage", "Train a tokenizer"))
        self.source.retranslate()
        self.settings.retranslate()
        self.progress.retranslate()

    def _on_changed(self, dotted: str, value: object) -> None:
        changed: dict[str, Any] = {dotted.removeprefix("tokenizer."): value}
        self.show_config(dataclasses.replace(self.config, **changed))

    def _show_problems(self) -> None:
        problems = self.config.problems()
        self.settings.show_problems(problems_by_setting(problems))
        self.train.setEnabled(not problems)
        self.train.setToolTip("\n".join(map(told, problems)))

    def _on_train(self) -> None:
        self.training_requested.emit(self.config)
