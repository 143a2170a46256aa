"""The Train page's sentences about a run: pure functions from state and numbers to words."""

import math
from dataclasses import dataclass

from playground.contract import run_directory
from playground.contract.config import RunConfig
from playground.contract.run_directory import Status
from playground.ui.engine_sentences import told
from playground.ui.shell.words import duration_words
from playground.ui.translation import translate
from playground.ui.widgets.choice_words import choice_label
from playground.ui.widgets.source_field import source_words


@dataclass(frozen=True, kw_only=True)
class RunFacts:
    """What the words are made from; `state` is the run's state now, which may be `INTERRUPTED`."""

    config: RunConfig
    status: Status
    state: str
    validation_loss: float = math.nan
    last_checkpoint: int = -1  # -1: there is none
    is_launched: bool = False
    wish: str = ""


def run_title(facts: RunFacts) -> str:
    """The page's heading."""
    text = source_words(facts.config.data.source)
    titles = {
        run_directory.NEW: translate("TrainPage", "Not trained yet on {0}"),
        run_directory.PREPARING: translate("TrainPage", "Preparing to train on {0}"),
        run_directory.PAUSED: translate("TrainPage", "Paused while training on {0}"),
        run_directory.STOPPED: translate("TrainPage", "Stopped while training on {0}"),
        run_directory.FINISHED: translate("TrainPage", "Trained on {0}"),
        run_directory.FAILED: translate("TrainPage", "Training on {0} failed"),
        run_directory.INTERRUPTED: translate("TrainPage", "Interrupted while training on {0}"),
    }
    if facts.is_launched:
        return translate("TrainPage", "Preparing to train on {0}").format(text)
    return titles.get(facts.state, translate("TrainPage", "Training on {0}")).format(text)


def run_sentence(facts: RunFacts) -> str:
    """One line under the heading: where the run stands, and what can be done."""
    if facts.is_launched:
        return translate("TrainPage", "The trainer is starting")
    if facts.state == run_directory.PREPARING:
        return phase_words(facts.status.phase)
    if facts.state == run_directory.NEW:
        return translate("TrainPage", "Its settings are written; no step is done")
    parts = [_steps_words(facts), *_more_words(facts)]
    return " · ".join(part for part in parts if part)


def phase_words(phase: str) -> str:
    """What the trainer does before the first step."""
    words = {
        "text": translate("TrainPage", "Reading the text"),
        "tokenizer": translate("TrainPage", "Training the tokenizer on the text"),
        "encoding": translate("TrainPage", "Cutting the text into tokens"),
    }
    return words.get(phase, translate("TrainPage", "Preparing"))


def trouble_sentence(facts: RunFacts, log: str) -> str:
    """What went wrong and what to do, for the notice; "" when nothing did."""
    if facts.is_launched:
        return ""
    if facts.state == run_directory.FAILED:
        reason = told(facts.status.message) or translate("TrainPage", "The trainer gave no reason; see {0}.").format(
            log
        )
        return f"{reason} {_way_on(facts)}".strip() if facts.last_checkpoint >= 0 else reason
    if facts.state == run_directory.INTERRUPTED:
        words = translate("TrainPage", "The trainer ended without a word at about step {0}.")
        return f"{words.format(f'{facts.status.step:,}')} {_way_on(facts)}"
    return ""


def _way_on(facts: RunFacts) -> str:
    if facts.last_checkpoint < 0:
        return translate("TrainPage", "There is no checkpoint yet, so it can only start from the beginning.")
    words = translate("TrainPage", "“Go on” continues from the checkpoint at step {0}.")
    return words.format(f"{facts.last_checkpoint:,}")


def _steps_words(facts: RunFacts) -> str:
    n_steps, max_steps = facts.status.step, facts.config.training.max_steps
    return translate("TrainPage", "{0} of {1} steps").format(f"{n_steps:,}", f"{max_steps:,}")


def _more_words(facts: RunFacts) -> list[str]:
    status = facts.status
    if facts.state == run_directory.TRAINING:
        if facts.wish == run_directory.PAUSE:
            return [translate("TrainPage", "pausing after this step…")]
        if facts.wish == run_directory.STOP:
            return [translate("TrainPage", "saving a checkpoint and stopping…")]
        if status.phase == "evaluation":
            return [translate("TrainPage", "judging the validation text…")]
        return [time_left_words(status), speed_words(status.tokens_per_s)]
    if facts.state == run_directory.PAUSED:
        return [translate("TrainPage", "the model stays loaded")]
    took = duration_words(status.elapsed_s) if status.elapsed_s > 0 else ""
    words = [translate("TrainPage", "{0} of training").format(took) if took else ""]
    if math.isfinite(facts.validation_loss):
        words.append(translate("TrainPage", "validation loss {0}").format(f"{facts.validation_loss:.3f}"))
    return words


def time_left_words(status: Status) -> str:
    """With its range, where that is wide enough to be seen: "4 min to 6 min left"."""
    if not status.time_left_s > 0:
        return ""
    low, high = duration_words(status.time_left_low_s), duration_words(status.time_left_high_s)
    if low and high and low != high:
        return translate("TrainPage", "{0} to {1} left").format(low, high)
    return translate("TrainPage", "{0} left").format(duration_words(status.time_left_s))


def speed_words(tokens_per_s: float) -> str:
    """Three digits at most; "" for no speed."""
    if not tokens_per_s > 0 or math.isinf(tokens_per_s):
        return ""
    rounded = float(f"{tokens_per_s:.3g}")
    return translate("TrainPage", "{0} tokens/s").format(f"{rounded:,.0f}" if rounded >= 100 else f"{rounded:g}")


def tokenizer_words(config: RunConfig, vocab_size: int) -> str:
    """Kind and size of the tokenizer."""
    return translate("TrainPage", "{0}, {1}").format(choice_label(config.tokenizer.type), f"{vocab_size:,}")
