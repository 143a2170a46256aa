"""What a person wants to see inside of the run in view: its texts, a part, a head, with the mask or without.

Knows configs and settings, neither pages nor the worker.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playground.contract.config import RunConfig
from playground.contract.messages import CLEAREST, CROSS, ENCODER_PART, PARTS, SELF
from playground.contract.model_config import DECODER, ENCODER, ENCODER_DECODER
from playground.ui.pages.attention.example_text import example_of
from playground.ui.state.settings import Settings

Head = tuple[int, int]

_TEXT_KEYS = {
    DECODER: "attention/text", ENCODER: "attention/masked_text", ENCODER_DECODER: "attention/sentence",
}  # fmt: skip
_REMEMBERED_CHARACTERS = 20_000  # a longer text would slow the settings file down
_FIRST: Head = (0, 0)
_CLEAREST: Head = (CLEAREST, CLEAREST)


@dataclass(frozen=True, kw_only=True)
class Moment:
    """What is looked into: texts, by a part of a model as it was at a step."""

    run: str
    step: int
    text: str
    source: str
    part: str
    causal_mask: bool

    def has_texts_of(self, other: "Moment | None") -> bool:
        """Whether only the step differs; a run's tokenizer is the same at each of its steps."""
        return other is not None and (self.run, self.text, self.source, self.part, self.causal_mask) == (
            other.run, other.text, other.source, other.part, other.causal_mask,
        )  # fmt: skip


class AttentionWish:
    """Kept while moments of a run go by; a run of another kind brings its own texts.

    Attributes:
        part: one of `PARTS`; an encoder-decoder is first looked at where its halves meet.
        causal_mask: hidden or not; first as the model was trained.
        typed, target: what stands in the fields; the target is a translation, "" for the model's own.
        example: what is looked into while nothing is typed.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._config = RunConfig()
        self._run = Path()
        self._heads = dict.fromkeys(PARTS, _FIRST)
        self.part, self.causal_mask = SELF, True
        self.typed, self.target, self.example = settings.text(_TEXT_KEYS[DECODER]), "", ""

    @property
    def kind(self) -> str:
        return self._config.model.kind

    @property
    def n_layers(self) -> int:
        """Of the part."""
        model = self._config.model
        return model.encoder_layers if self.part == ENCODER_PART else model.n_layers

    @property
    def n_heads(self) -> int:
        return self._config.model.n_heads

    def take_run(self, path: Path, config: RunConfig, events: Sequence[Mapping[str, Any]]) -> bool:
        """Another run is in view; says whether it is another.

        The example is chosen once a run, so that the picture does not change by itself while a training writes samples.
        """
        if path == self._run:
            return False
        self._run, self._config = path, config
        is_pair = self.kind == ENCODER_DECODER
        self.part = CROSS if is_pair else SELF
        self.causal_mask = config.model.causal_mask
        self._heads[CROSS] = _CLEAREST
        self.typed, self.target = self._settings.text(_TEXT_KEYS[self.kind]), ""
        self.example = example_of(config, events)
        return True

    def take_texts(self, typed: str, target: str) -> None:
        """The person has typed; the text is remembered for runs of this kind, the translation is not."""
        self.typed, self.target = typed, target
        self._settings.set_text(_TEXT_KEYS[self.kind], typed if len(typed) <= _REMEMBERED_CHARACTERS else "")

    def head(self) -> Head:
        """Layer and head, the nearest that the model has; `CLEAREST` both while the worker is to choose."""
        layer, head = self._heads[self.part]
        if (layer, head) == _CLEAREST:
            return _CLEAREST
        return min(max(layer, 0), self.n_layers - 1), min(max(head, 0), self.n_heads - 1)

    def choose_head(self, layer: int, head: int) -> None:
        """For the part in view; from outside the model, the nearest is taken."""
        self._heads[self.part] = max(layer, 0), max(head, 0)

    def moment(self, step: int) -> Moment:
        """What to ask about at a step."""
        text = self.typed if self.typed.strip() else self.example
        is_pair = self.kind == ENCODER_DECODER
        return Moment(
            run=str(self._run),
            step=step,
            text=(self.target if self.target.strip() else "") if is_pair else text,
            source=text if is_pair else "",
            part=self.part,
            causal_mask=self.causal_mask if self.kind != ENCODER else True,
        )
