"""The columns of the table of runs: heads, words, order and sides. Pure functions of a summary."""

import math
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt

from playground.contract import run_directory
from playground.ui.pages.runs.words import (
    UNKNOWN,
    count_words,
    curve_words,
    hint_words,
    host_words,
    kind_words,
    loss_words,
    origin_name,
    size_on_disk_words,
    state_words,
    steps_words,
    text_words,
    when_words,
)
from playground.ui.state.run_summary import DAMAGED, GONE, UNREAD, RunSummary
from playground.ui.translation import translate
from playground.ui.visible_text import visible

NAME, STATE, KIND, STEPS, LOSS, CURVE, PARAMETERS, SIZE, TEXT, ORIGIN, WHEN = range(11)
N_COLUMNS = 11
NUMBERS = (STEPS, LOSS, PARAMETERS, SIZE)
_STATES = (
    run_directory.TRAINING, run_directory.PREPARING, run_directory.PAUSED, run_directory.STOPPED,
    run_directory.INTERRUPTED, run_directory.FAILED, run_directory.FINISHED, run_directory.NEW, DAMAGED, GONE, UNREAD,
)  # fmt: skip


def heads() -> tuple[str, ...]:
    return (
        translate("RunsPage", "Name"),
        translate("RunsPage", "State"),
        translate("RunsPage", "Kind"),
        translate("RunsPage", "Steps"),
        translate("RunsPage", "Best loss"),
        translate("RunsPage", "Curve"),
        translate("RunsPage", "Parameters"),
        translate("RunsPage", "Size"),
        translate("RunsPage", "Text"),
        translate("RunsPage", "From"),
        translate("RunsPage", "Changed"),
    )


def head_tooltip(column: int) -> str:
    """What a head alone does not say; "" where it does."""
    words = {
        LOSS: translate("RunsPage", "The lowest validation loss of all evaluations, in nats per token"),
        CURVE: translate("RunsPage", "Training loss over the steps; sorted by the last one"),
        SIZE: translate("RunsPage", "Bytes on disk"),
        ORIGIN: translate("RunsPage", "The run or the folder that its model comes from"),
    }
    return words.get(column, "")


def alignment(column: int) -> int:
    side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)


def cell_words(run: RunSummary, column: int, now_s: float) -> str:
    """What is read in a cell; "" for the curve, which is drawn."""
    if column == WHEN:
        return when_words(run.changed_at, now_s)
    return _WORDS[column](run) if column in _WORDS else ""


def spoken_words(run: RunSummary, column: int, now_s: float) -> str:
    """What a screen reader says of a cell."""
    if column == NAME:
        return ", ".join(part for part in (visible(run.name), hint_words(run)) if part)
    return curve_words(run) if column == CURVE else cell_words(run, column, now_s)


def sort_key(column: int) -> Callable[[RunSummary], Any]:
    """What is compared of a run; its answer is None where nothing is known."""
    return _KEYS[column]


def searched(run: RunSummary) -> str:
    """What the filter looks into."""
    parts = (run.name, run.note, text_words(run), state_words(run.state), host_words(run), kind_words(run.kind),
             origin_name(run))  # fmt: skip
    return "\n".join(parts).casefold()


def exported_cells(run: RunSummary) -> tuple[str | float | int, ...]:
    """A row to take along: whole numbers, every column but the curve, and the note."""
    moment = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(run.changed_at))
    return (
        run.name, state_words(run.state), kind_words(run.kind), run.step, run.best_loss, run.n_parameters,
        run.size_bytes, text_words(run), origin_name(run), moment, run.note,
    )  # fmt: skip


def exported_heads() -> list[str]:
    names = [name for column, name in enumerate(heads()) if column != CURVE]
    return [*names, translate("RunsPage", "Notes")]


def _state_cell(run: RunSummary) -> str:
    return " ".join(part for part in (state_words(run.state), host_words(run)) if part)


def _state_key(run: RunSummary) -> Any:
    return _STATES.index(run.state) if run.state in _STATES else len(_STATES), run.host, run.step


def _when_key(run: RunSummary) -> float | None:
    """Those at work would change places each second."""
    return math.inf if run.is_active else run.changed_at or None


# By column, made once: a table of a thousand runs asks for them a thousand times.
_WORDS: dict[int, Callable[[RunSummary], str]] = {
    NAME: lambda run: visible(run.name),
    STATE: _state_cell,
    KIND: lambda run: kind_words(run.kind),
    STEPS: lambda run: steps_words(run) or UNKNOWN,
    LOSS: lambda run: loss_words(run.best_loss),
    PARAMETERS: lambda run: count_words(run.n_parameters),
    SIZE: size_on_disk_words,
    TEXT: text_words,
    ORIGIN: origin_name,
}
_KEYS: dict[int, Callable[[RunSummary], Any]] = {
    NAME: lambda run: run.name.casefold(),
    STATE: _state_key,
    KIND: lambda run: run.kind or None,
    STEPS: lambda run: run.step if run.max_steps else None,
    LOSS: lambda run: None if math.isnan(run.best_loss) else run.best_loss,
    CURVE: lambda run: run.losses[-1][1] if run.losses else None,
    PARAMETERS: lambda run: run.n_parameters or None,
    SIZE: lambda run: run.size_bytes or None,
    TEXT: lambda run: text_words(run).casefold() if run.source else None,
    ORIGIN: lambda run: origin_name(run).casefold() or None,
    WHEN: _when_key,
}
