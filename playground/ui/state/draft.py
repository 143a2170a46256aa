"""The run that is being prepared: text, tokenizer, model and training as the forms show them."""

import dataclasses
from typing import Any

from PySide6.QtCore import QObject, Signal

from playground.contract.config import RunConfig, StartConfig
from playground.contract.messages import TextDescription
from playground.contract.presets import PRESETS, preset


class Draft(QObject):
    """One `RunConfig`, possibly not yet possible; `problems()` says why.

    Signals:
        config_changed: any setting changed.
        text_described: facts of the chosen text arrived or were forgotten.
    """

    config_changed = Signal()
    text_described = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.config = PRESETS["tiny"].applied_to(RunConfig())
        self.preset_name = "tiny"  # "" once a setting departs from it
        self.text: TextDescription | None = None

    def set_value(self, dotted: str, value: Any) -> None:
        """Change one setting, e.g. "model.n_layers"."""
        self.replace(self.config.with_values({dotted: value}))

    def apply_preset(self, name: str) -> None:
        """Take a preset's model, tokenizer and training; the text stays. It begins with random weights again."""
        self.replace(dataclasses.replace(preset(name).applied_to(self.config), start=StartConfig()))

    def replace(self, config: RunConfig) -> None:
        """Take a whole config."""
        if config == self.config:
            return
        if config.data.source != self.config.data.source:
            self.text = None
        self.config = config
        matching = (name for name, each in PRESETS.items() if each.applied_to(config) == config)
        self.preset_name = next(matching, "")
        self.config_changed.emit()

    def set_source(self, source: str) -> None:
        """Choose another text."""
        self.replace(dataclasses.replace(self.config, data=dataclasses.replace(self.config.data, source=source)))

    def show_text(self, description: TextDescription | None) -> None:
        """The worker's facts of the chosen text."""
        self.text = description
        self.text_described.emit()

    @property
    def vocab_size(self) -> int:
        """What the vocabulary will be, as far as it can be known before the tokenizer is trained."""
        tokenizer = self.config.tokenizer
        if tokenizer.type == "characters":
            n_characters = self.text.n_distinct_characters if self.text else 100
            return min(n_characters, tokenizer.vocab_size) + 1 + 256 * tokenizer.byte_fallback
        return tokenizer.vocab_size

    def problems(self) -> list[str]:
        return self.config.problems()
