"""The Runs page's words: pure functions from a run's summary and details to what is read on the page."""

import math
import time
from collections.abc import Sequence

from playground.contract import run_directory
from playground.contract.model_config import DECODER, ENCODER, ENCODER_DECODER
from playground.ui.pages.runs.model_words import how_words
from playground.ui.state.run_details import RunDetails
from playground.ui.state.run_summary import DAMAGED, GONE, UNREAD, RunSummary, is_untrained
from playground.ui.translation import translate, translate_setting
from playground.ui.visible_text import visible
from playground.ui.widgets.choice_words import choice_label
from playground.ui.widgets.setting_words import setting_words
from playground.ui.widgets.source_field import size_words, source_words

UNKNOWN = "–"
_MINUTE_S, _HOUR_S, _DAY_S = 60, 3600, 86400


def state_words(state: str) -> str:
    """A run's state in a word."""
    words = {
        run_directory.NEW: translate("RunsPage", "Not trained"),
        run_directory.PREPARING: translate("RunsPage", "Preparing"),
        run_directory.TRAINING: translate("RunsPage", "Training"),
        run_directory.PAUSED: translate("RunsPage", "Paused"),
        run_directory.STOPPED: translate("RunsPage", "Stopped"),
        run_directory.FINISHED: translate("RunsPage", "Finished"),
        run_directory.FAILED: translate("RunsPage", "Failed"),
        run_directory.INTERRUPTED: translate("RunsPage", "Interrupted"),
        DAMAGED: translate("RunsPage", "Damaged"),
        GONE: translate("RunsPage", "Gone"),
        UNREAD: "…",
    }
    return words.get(state, state)


def state_role(state: str) -> str:
    """The colour's role of a state's dot."""
    if state == run_directory.TRAINING:
        return "good"
    if state == run_directory.PREPARING:
        return "accent"
    if state in (run_directory.FAILED, run_directory.INTERRUPTED, DAMAGED):
        return "bad"
    return "dim"


def steps_words(run: RunSummary) -> str:
    """How far it is; "" where that is not known."""
    if not run.max_steps:
        return ""
    return translate("RunsPage", "{0} of {1}").format(f"{run.step:,}", f"{run.max_steps:,}")


def kind_words(kind: str) -> str:
    """The kind of model in a narrow column."""
    words = {
        DECODER: translate("RunsPage", "Decoder"),
        ENCODER: translate("RunsPage", "Encoder"),
        ENCODER_DECODER: translate("RunsPage", "Enc–dec"),
    }
    return words.get(kind, kind or UNKNOWN)


def host_words(run: RunSummary) -> str:
    """On which other machine it is trained; "" for this one."""
    return translate("RunsPage", "on {0}").format(visible(run.host, 40)) if run.host else ""


def origin_name(run: RunSummary) -> str:
    """The run or folder that its model comes from, by name."""
    return visible(run.origin.name) if run.origin else ""


def hint_words(run: RunSummary) -> str:
    """What stands small under the name: the first line of the notes, else where a run lies that lies elsewhere."""
    return visible(run.note or (str(run.path.parent) if run.is_attached else ""))


def trouble_words(run: RunSummary) -> str:
    """Why it is damaged, failed or gone; "" for a run that is well. In the words of who found it."""
    if run.state == GONE:
        words = translate("RunsPage", "There is no run in {0} now. Connect its disk, or detach it.")
        return words.format(visible(str(run.path)))
    return run.problem


def curve_words(run: RunSummary) -> str:
    """The small curve for who does not see it."""
    if len(run.losses) < 2:
        return ""
    words = translate("RunsPage", "from {0} at step {1} to {2} at step {3}")
    (first, highest), (last, lowest) = run.losses[0], run.losses[-1]
    return words.format(loss_words(highest), f"{first:,.0f}", loss_words(lowest), f"{last:,.0f}")


def loss_words(loss_nats: float) -> str:
    return f"{loss_nats:.3f}" if math.isfinite(loss_nats) else UNKNOWN


def count_words(number: int) -> str:
    """A large number in three digits: "812", "918 k", "1.24 M", "124 M"; the whole is at the side."""
    if not number:
        return UNKNOWN
    for size, unit in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if number >= size * 0.9995:
            value = number / size
            digits = 2 if value < 9.995 else 1 if value < 99.95 else 0
            return f"{value:.{digits}f} {unit}"
    return str(number)


def when_words(at_s: float, now_s: float) -> str:
    """A moment as a person tells it: minutes ago, the time today, else the date (ISO 8601, local)."""
    if at_s <= 0:
        return UNKNOWN
    passed = now_s - at_s
    if 0 <= passed < _MINUTE_S:
        return translate("RunsPage", "just now")
    if 0 <= passed < _HOUR_S:
        return translate("RunsPage", "{0} min ago").format(int(passed // _MINUTE_S))
    local, today = time.localtime(at_s), time.localtime(now_s)
    if local[:3] == today[:3]:
        return time.strftime("%H:%M", local)
    return time.strftime("%Y-%m-%d", local)


def text_words(run: RunSummary) -> str:
    return source_words(run.source) if run.source else UNKNOWN


def size_on_disk_words(run: RunSummary) -> str:
    return size_words(run.size_bytes) if run.size_bytes else UNKNOWN


def details_facts(run: RunSummary, details: RunDetails | None) -> list[tuple[str, str]]:
    """Names and values for the side, those that are known."""
    facts = [
        (translate("RunsPage", "State"), " ".join(part for part in (state_words(run.state), host_words(run)) if part)),
        (translate("RunsPage", "Kind"), choice_label(run.kind) if run.kind else ""),
        (translate("RunsPage", "Steps"), steps_words(run)),
        (translate("RunsPage", "Validation loss"), loss_words(run.validation_loss)),
        (translate("RunsPage", "Best loss"), _best_words(run)),
        (translate("RunsPage", "Parameters"), f"{run.n_parameters:,}" if run.n_parameters else ""),
    ]
    if details is not None:
        facts += _text_facts(details)
    facts.append((translate("RunsPage", "On disk"), size_on_disk_words(run)))
    if details is not None and details.origin is not None:
        facts.append((translate("RunsPage", "Made by"), how_words(details.origin.how)))
    return [(name, value) for name, value in facts if value not in ("", UNKNOWN)]


def _best_words(run: RunSummary) -> str:
    """Only where it is not the last one."""
    if not math.isfinite(run.best_loss) or run.best_loss == run.validation_loss:
        return ""
    return translate("RunsPage", "{0} at step {1}").format(loss_words(run.best_loss), f"{run.best_step:,}")


def _text_facts(details: RunDetails) -> list[tuple[str, str]]:
    config, data = details.config, details.facts
    text = source_words(config.data.source)
    if data.size_bytes:
        text = translate("RunsPage", "{0}, {1}").format(text, size_words(data.size_bytes))
    vocab_size = details.status.vocab_size or config.tokenizer.vocab_size
    if is_untrained(details.status):
        return [(translate("RunsPage", "Tokenizer"), f"{vocab_size:,}")]
    tokenizer = translate("RunsPage", "{0}, {1}").format(choice_label(config.tokenizer.type), f"{vocab_size:,}")
    return [
        (translate("RunsPage", "Text"), text),
        (translate("RunsPage", "Training text"), _tokens_words(data.n_train_tokens)),
        (translate("RunsPage", "Tokenizer"), tokenizer),
    ]


def preset_words(details: RunDetails) -> str:
    """Which preset it is, or comes nearest to."""
    label = translate_setting(details.preset.label)
    if not details.differences:
        return translate("RunsPage", "As in the preset “{0}”").format(label)
    return translate("RunsPage", "Unlike the preset “{0}”").format(label)


def difference_facts(details: RunDetails) -> list[tuple[str, str]]:
    """The settings that depart from the preset."""
    return [
        (translate_setting(each.setting.label), setting_words(each.setting, each.value)) for each in details.differences
    ]


def heading_words(runs: Sequence[RunSummary]) -> str:
    """How many there are, and how many are at work."""
    words = translate("RunsPage", "{0} runs").format(f"{len(runs):,}") if len(runs) != 1 else _one_run()
    n_active = sum(run.is_active for run in runs)
    n_bytes = sum(run.size_bytes for run in runs)
    parts = [words, translate("RunsPage", "{0} in training").format(n_active) if n_active else ""]
    parts.append(translate("RunsPage", "{0} on disk").format(size_words(n_bytes)) if n_bytes else "")
    return " · ".join(part for part in parts if part)


def _one_run() -> str:
    return translate("RunsPage", "1 run")


def _tokens_words(n_tokens: int) -> str:
    return translate("RunsPage", "{0} tokens").format(f"{n_tokens:,}") if n_tokens else ""
