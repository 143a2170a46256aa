"""What a model showed at an evaluation as one text with marks: written on, masks filled in, or translated. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

RIGHT, WRONG, DIM = "right", "wrong", "dim"


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Characters `start` to `end` of a sample are right, wrong, or beside the point."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class Sample:
    """What the model showed after `step` steps; of foreign origin. Of `n_judged` answers `n_right` are right."""

    step: int
    text: str
    marks: tuple[Mark, ...] = ()
    n_right: int = 0
    n_judged: int = 0


def sample_of(event: Mapping[str, Any], step: int) -> Sample | None:
    """The sample in a line of events.jsonl; None if it holds none, or not as it should."""
    kind = event.get("kind")
    if kind == "sample" and isinstance(event.get("text"), str):
        return Sample(step=step, text=event["text"])
    if kind == "masks":
        return _filled(event, step)
    return _translated(event, step) if kind == "translations" else None


class _Text:
    """A text that grows by marked parts."""

    def __init__(self) -> None:
        self.text = ""
        self.marks: list[Mark] = []

    def add(self, part: str, kind: str = "") -> None:
        if kind:
            self.marks.append(Mark(start=len(self.text), end=len(self.text) + len(part), kind=kind))
        self.text += part


def _filled(event: Mapping[str, Any], step: int) -> Sample | None:
    """The text with the guesses in place of the masked tokens; behind a wrong one stands the true one."""
    texts, guesses, masked = _strings(event, "texts"), _strings(event, "guesses"), event.get("masked")
    if texts is None or guesses is None or not isinstance(masked, list) or len(masked) != len(guesses):
        return None
    guess_at = dict(zip(masked, guesses, strict=True))
    written, n_right = _Text(), 0
    for index, text in enumerate(texts):
        guess = guess_at.get(index)
        if guess is None:
            written.add(text)
        elif guess == text:
            n_right += 1
            written.add(guess, RIGHT)
        else:
            written.add(guess, WRONG)
            written.add(f"({text.strip(' ')})", DIM)
    return Sample(step=step, text=written.text, marks=tuple(written.marks), n_right=n_right, n_judged=len(guesses))


def _translated(event: Mapping[str, Any], step: int) -> Sample | None:
    """Each source, under it what the model wrote, and its reference where that is another."""
    sources, references = _strings(event, "sources"), _strings(event, "references")
    translations = _strings(event, "translations")
    if sources is None or references is None or translations is None:
        return None
    if not len(sources) == len(references) == len(translations):
        return None
    written, n_right = _Text(), 0
    for source, reference, translation in zip(sources, references, translations, strict=True):
        if written.text:
            written.add("\n")
        written.add(f"{source}\n", DIM)
        is_right = translation == reference
        n_right += is_right
        written.add(translation or "…", RIGHT if is_right else WRONG)
        if not is_right:
            written.add(f"\n({reference})", DIM)
    return Sample(step=step, text=written.text, marks=tuple(written.marks), n_right=n_right, n_judged=len(sources))


def _strings(event: Mapping[str, Any], name: str) -> list[str] | None:
    values = event.get(name)
    return values if isinstance(values, list) and all(isinstance(value, str) for value in values) else None
