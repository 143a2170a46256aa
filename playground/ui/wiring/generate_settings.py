"""How the Generate page draws its tokens, and what it remembers between starts: sampling, seed, tint, prompt."""

import dataclasses
import json
import random

from PySide6.QtCore import QObject, QTimer, Signal

from playground.contract.config import SamplingConfig
from playground.contract.errors import PlaygroundError
from playground.contract.fields import section_from_mapping
from playground.ui.pages.generate.page import GeneratePage
from playground.ui.pages.generate.sampling_presets import sampling_preset
from playground.ui.state.settings import Settings

REMEMBER_MS = 1000
_PROMPT, _SAMPLING = "generate/prompt", "generate/sampling"
_OTHER_SEED, _TINT = "generate/another_seed", "generate/tint"
_REMEMBERED_CHARACTERS = 20_000  # a longer prompt would slow the settings file down
_SEEDS = 100_000  # short enough to be read aloud


class GenerateSettings(QObject):
    """Holds the sampling. `changed`: the person set another one."""

    changed = Signal()

    def __init__(self, page: GeneratePage, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._page, self._settings = page, settings
        self.sampling = remembered_sampling(settings.text(_SAMPLING))
        self.own_prompt = settings.text(_PROMPT)  # what the person typed, "" if nothing
        self._saving = QTimer(self)
        self._saving.setSingleShot(True)
        self._saving.setInterval(REMEMBER_MS)
        self._saving.timeout.connect(self._save)
        panel = page.sampling
        panel.show_sampling(self.sampling)
        panel.show_other_seed(settings.text(_OTHER_SEED, "yes") == "yes")
        page.text.show_tinted(settings.text(_TINT) == "yes")
        panel.value_changed.connect(self._on_value)
        panel.preset_chosen.connect(self._on_preset)
        panel.new_seed_requested.connect(self.take_new_seed)
        panel.other_seed_toggled.connect(self._on_other_seed)
        page.text.tint_toggled.connect(self._on_tint)

    def remember_prompt(self, prompt: str) -> None:
        """The person typed it; an emptied one leaves room for a proposal again."""
        self.own_prompt = prompt
        self._saving.start()

    def seed_if_wanted(self) -> None:
        """Before each text: another seed, if the person wants one each time."""
        if self._page.sampling.other_seed.isChecked():
            self.take_new_seed()

    def take_new_seed(self) -> None:
        """A seed that is not the one in use."""
        others = random.randrange(_SEEDS - 1)
        seed = others if others < self.sampling.seed else others + 1
        self._take(dataclasses.replace(self.sampling, seed=seed))

    def _on_value(self, name: str, value: float) -> None:
        kind = type(getattr(self.sampling, name))
        self._take(dataclasses.replace(self.sampling, **{name: kind(value)}))

    def _on_preset(self, key: str) -> None:
        self._take(sampling_preset(key).applied_to(self.sampling))

    def _on_other_seed(self, is_other: bool) -> None:
        self._settings.set_text(_OTHER_SEED, "yes" if is_other else "no")

    def _on_tint(self, is_tinted: bool) -> None:
        self._settings.set_text(_TINT, "yes" if is_tinted else "no")

    def _take(self, sampling: SamplingConfig) -> None:
        self.sampling = sampling
        self._page.sampling.show_sampling(sampling)
        self._saving.start()
        self.changed.emit()

    def _save(self) -> None:
        self._settings.set_text(_SAMPLING, json.dumps(dataclasses.asdict(self.sampling)))
        prompt = self.own_prompt
        self._settings.set_text(_PROMPT, prompt if len(prompt) <= _REMEMBERED_CHARACTERS else "")


def remembered_sampling(text: str) -> SamplingConfig:
    """What was saved; a balanced way of drawing where that is missing or damaged."""
    balanced = sampling_preset("balanced").applied_to(SamplingConfig())
    try:
        values = json.loads(text)
        return section_from_mapping(SamplingConfig, values, "sampling") if isinstance(values, dict) else balanced
    except (ValueError, PlaygroundError):
        return balanced
