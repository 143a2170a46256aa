"""Ways of drawing the next token, by name. Each sets temperature, top-k and top-p; length and seed stay."""

import dataclasses
from dataclasses import dataclass

from playground.contract.config import SamplingConfig
from playground.ui.translation import translate


@dataclass(frozen=True, kw_only=True)
class SamplingPreset:
    """A named way of drawing."""

    key: str
    temperature: float
    top_k: int
    top_p: float

    def name(self) -> str:
        """In the interface's language."""
        names = {
            "greedy": translate("SamplingPresets", "Greedy"),
            "careful": translate("SamplingPresets", "Careful"),
            "balanced": translate("SamplingPresets", "Balanced"),
            "wild": translate("SamplingPresets", "Wild"),
        }
        return names[self.key]

    def help(self) -> str:
        """One sentence on what it is good for."""
        helps = {
            "greedy": translate("SamplingPresets", "Always the likeliest token: no chance, and soon repetition."),
            "careful": translate("SamplingPresets", "Keeps to what is likely."),
            "balanced": translate("SamplingPresets", "Some variety, few mistakes."),
            "wild": translate("SamplingPresets", "Nothing is cut, and unlikely tokens become likelier."),
        }
        return helps[self.key]

    def applied_to(self, sampling: SamplingConfig) -> SamplingConfig:
        return dataclasses.replace(sampling, temperature=self.temperature, top_k=self.top_k, top_p=self.top_p)

    def is_in(self, sampling: SamplingConfig) -> bool:
        """Whether that is how it is drawn now."""
        return self.applied_to(sampling) == sampling


SAMPLING_PRESETS = (
    SamplingPreset(key="greedy", temperature=0.0, top_k=0, top_p=1.0),
    SamplingPreset(key="careful", temperature=0.5, top_k=20, top_p=0.9),
    SamplingPreset(key="balanced", temperature=0.8, top_k=0, top_p=0.95),
    SamplingPreset(key="wild", temperature=1.4, top_k=0, top_p=1.0),
)


def sampling_preset(key: str) -> SamplingPreset:
    """The preset of that key; an unknown one is our own mistake."""
    return next(each for each in SAMPLING_PRESETS if each.key == key)
