"""Everything that happened along a run as marks on its chart: events, samples, snapshots, forks. Pure."""

import math
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np

from playground.ui.charts.curve_marks import EVENT, FORK, SAMPLE, SNAPSHOT, Mark
from playground.ui.pages.train.happenings import marks_of
from playground.ui.pages.train.plot import RunNumbers
from playground.ui.pages.train.sample_texts import Sample
from playground.ui.pages.train.series import places_of_steps
from playground.ui.translation import translate

_LONGEST = 200  # characters that are kept of what is of foreign origin; the chart makes them visible


class Happening(NamedTuple):
    """A mark whose place is a step, whichever axis it will lie on."""

    step: int
    kind: str
    words: str
    leads_somewhere: bool = False  # a press puts that moment in view


def happenings_of(
    events: Iterable[Mapping[str, Any]],
    samples: Iterable[Sample],
    snapshots: Sequence[int],
    forks: Sequence[tuple[int, str]] = (),
) -> list[Happening]:
    """By rising step. `forks` are the steps from which other runs went on, and their names (of foreign origin)."""
    found = [Happening(step=step, kind=EVENT, words=words) for step, words in marks_of(events)]
    for sample in samples:
        words = " ".join(sample.text[:_LONGEST].split())
        found.append(Happening(step=sample.step, kind=SAMPLE, words=words, leads_somewhere=bool(snapshots)))
    snapshot = translate("TrainPage", "snapshot")
    found += [Happening(step=step, kind=SNAPSHOT, words=snapshot, leads_somewhere=True) for step in snapshots]
    for step, name in forks:
        words = translate("TrainPage", "fork: {0}").format(name[:_LONGEST])
        found.append(Happening(step=step, kind=FORK, words=words, leads_somewhere=bool(snapshots)))
    return sorted(found, key=attrgetter("step"))


def placed(happenings: Sequence[Happening], run: RunNumbers, across: str) -> list[Mark]:
    """As marks on that axis; those whose place is not known yet are left out."""
    places = places_of_steps(run, np.array([happening.step for happening in happenings], dtype=np.float64), across)
    return [
        Mark(x=x, kind=kind, words=words, step=step if leads_somewhere else -1)
        for x, (step, kind, words, leads_somewhere) in zip(places.tolist(), happenings, strict=True)
        if math.isfinite(x)
    ]
