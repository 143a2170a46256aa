"""The header's and the timeline's sentences: pure functions from numbers and states to words.

Time is told coarsely, as a person would: nobody waits for "2 h 13 min 7 s".
"""

import math
from dataclasses import dataclass

from playground.contract import run_directory
from playground.contract.run_directory import Status
from playground.ui.engine_sentences import told
from playground.ui.translation import translate

_MINUTE_S, _HOUR_S, _DAY_S = 60, 3600, 86400


@dataclass(frozen=True, kw_only=True)
class TrainingWords:
    """What the header says of a run's training; `role` is the colour of the dot, "" for no dot."""

    state: str = ""
    time_left: str = ""
    role: str = ""
    explanation: str = ""


def duration_words(seconds: float) -> str:
    """A time span in words: "38 s", "4 min", "2 h 15 min", "3 days"; "" for no sensible number."""
    if not math.isfinite(seconds) or seconds < 0:
        return ""
    if seconds < 1.5 * _MINUTE_S:
        return translate("Words", "{0} s").format(max(round(seconds), 1))
    if seconds < _HOUR_S:
        return translate("Words", "{0} min").format(round(seconds / _MINUTE_S))
    if seconds < _DAY_S:
        hours, minutes = divmod(round(seconds / _MINUTE_S), 60)
        return translate("Words", "{0} h {1} min").format(hours, minutes)
    return translate("Words", "{0} days").format(round(seconds / _DAY_S))


def moment_words(step: int, max_steps: int) -> str:
    """Which moment of the training is in view."""
    if max_steps <= 0:
        return translate("Header", "step {0}").format(f"{step:,}")
    return translate("Header", "step {0} of {1}").format(f"{step:,}", f"{max_steps:,}")


def training_words(state: str, status: Status) -> TrainingWords:
    """What the trainer of a run is doing; `state` is the run's state now, which may be `INTERRUPTED`."""
    percent = round(100 * status.step / status.max_steps) if status.max_steps else 0
    if state == run_directory.TRAINING:
        left = duration_words(status.time_left_s) if status.time_left_s > 0 else ""
        return TrainingWords(
            state=_training_words(status).format(percent),
            time_left=translate("Header", "{0} left").format(left) if left else "",
            role="good",
        )
    if state == run_directory.PREPARING:
        return TrainingWords(state=_preparing_words(status), role="accent")
    if state == run_directory.PAUSED:
        return TrainingWords(state=translate("Header", "Paused at {0} %").format(percent), role="dim")
    return _ended_words(state, status, percent)


def _training_words(status: Status) -> str:
    if status.phase == "evaluation":
        return translate("Header", "Evaluating at {0} %")
    return translate("Header", "Training {0} %")


def _preparing_words(status: Status) -> str:
    words = {
        "text": translate("Header", "Reading the text"),
        "tokenizer": translate("Header", "Training the tokenizer"),
        "encoding": translate("Header", "Encoding the text"),
    }.get(status.phase, translate("Header", "Preparing"))
    if 0 < status.progress < 1:
        return translate("Header", "{0}: {1} %").format(words, round(100 * status.progress))
    return words


def _ended_words(state: str, status: Status, percent: int) -> TrainingWords:
    if state == run_directory.FINISHED:
        return TrainingWords(state=translate("Header", "Trained"), role="dim")
    if state == run_directory.STOPPED:
        return TrainingWords(state=translate("Header", "Stopped at {0} %").format(percent), role="dim")
    if state == run_directory.FAILED:
        return TrainingWords(state=translate("Header", "Training failed"), role="bad", explanation=told(status.message))
    if state == run_directory.INTERRUPTED:
        return TrainingWords(
            state=translate("Header", "Interrupted at {0} %").format(percent),
            role="bad",
            explanation=translate("Header", "The trainer ended without a word. Go on from the Train page."),
        )
    return TrainingWords(state=translate("Header", "Not trained yet"))
