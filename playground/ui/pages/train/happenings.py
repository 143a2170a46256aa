"""What events.jsonl tells, for the Train page: samples of text, and marks over the loss. Pure.

A resumed run goes back to its checkpoint: what was written beyond it is left out, as its curve is.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from playground.ui.pages.train.sample_texts import Sample, sample_of
from playground.ui.translation import translate

_MANY = ("sample", "snapshot", "checkpoint")  # of which there are thousands, and which have no words


def samples_of(events: Iterable[Mapping[str, Any]]) -> list[Sample]:
    """The model's texts by rising step, one a step."""
    found: dict[int, Sample] = {}
    for event in events:
        step, kind = _step(event), event.get("kind")
        if kind == "started":
            found = {kept: sample for kept, sample in found.items() if kept <= step}
        elif (sample := sample_of(event, step)) is not None:
            found[step] = sample
    return [found[step] for step in sorted(found)]


def marks_of(events: Iterable[Mapping[str, Any]]) -> list[tuple[int, str]]:
    """What a person would point at: pauses, ends, goings on, changes of the learning rate; rising steps."""
    found: list[tuple[int, str]] = []
    for event in events:
        step = _step(event)
        if event.get("kind") == "started":
            found = [(kept, words) for kept, words in found if kept <= step]
        words = _words(event)
        if words and step > 0:
            found.append((step, words))
    return sorted(_joined(found))


def _words(event: Mapping[str, Any]) -> str:
    kind = event.get("kind")
    if kind in _MANY:
        return ""
    if kind == "rate_changed":
        factor = event.get("factor")
        is_number = isinstance(factor, int | float)
        return translate("TrainPage", "rate × {0}").format(f"{factor:.3g}") if is_number else ""
    words = {
        "started": translate("TrainPage", "went on"),
        "paused": translate("TrainPage", "paused"),
        "stopped": translate("TrainPage", "stopped"),
        "failed": translate("TrainPage", "failed"),
    }
    return words.get(str(kind), "")


def _joined(marks: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Several words at one step side by side: two marks would hide one another."""
    together: dict[int, list[str]] = {}
    for step, words in marks:
        there = together.setdefault(step, [])
        if words not in there:
            there.append(words)
    return [(step, ", ".join(words)) for step, words in together.items()]


def _step(event: Mapping[str, Any]) -> int:
    step = event.get("step", 0)
    return step if isinstance(step, int) else 0
