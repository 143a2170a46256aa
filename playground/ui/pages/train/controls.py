"""Which buttons the Train page offers in which state of a run, and why one of them waits. Pure."""

from dataclasses import dataclass

from playground.contract import run_directory
from playground.ui.translation import translate

# What a person can wish for.
START = "start"  # a new run from the settings at the side
LAUNCH = "launch"  # this run, from its beginning
PAUSE = "pause"
GO_ON = "go_on"  # after a pause
RESUME = "resume"  # from the last checkpoint
STEP = "step"  # one, of a held training
STOP = "stop"
RESTART = "restart"  # from step 0, what was learned set aside
NEW = "new"  # turn to the settings of a new run

SHORTCUTS = {
    START: "Ctrl+Return", LAUNCH: "Ctrl+Return", GO_ON: "Ctrl+Return", RESUME: "Ctrl+Return",
    PAUSE: "Ctrl+Shift+P", STOP: "Ctrl+Shift+S", NEW: "Ctrl+N", STEP: "Ctrl+Right", RESTART: "Ctrl+Shift+R",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class RunSituation:
    """What the buttons depend on. `is_launched`: a trainer was started and has not said anything yet."""

    has_run: bool = False
    state: str = run_directory.NEW
    has_checkpoint: bool = False
    is_longer: bool = False  # finished, and made longer since
    is_own: bool = True  # not the sample model, which stays as it is
    is_launched: bool = False
    wish: str = ""  # what the trainer was told and has not done yet: a wish of `run_directory`


@dataclass(frozen=True, kw_only=True)
class Control:
    """One button. `why_not` says why it cannot be pressed now; "" if it can."""

    key: str
    is_primary: bool = False
    why_not: str = ""


def new_run_controls(why_not: str) -> list[Control]:
    """The one button of a new run; `why_not` is what must be mended first."""
    return [Control(key=START, is_primary=True, why_not=why_not)]


def run_controls(situation: RunSituation) -> list[Control]:
    """The buttons of the run in view, the most likely wish last."""
    if not situation.has_run:
        return [Control(key=NEW, is_primary=True)]
    if situation.is_launched:
        return [Control(key=STOP, why_not=translate("TrainPage", "The trainer is starting."))]
    return [
        Control(key=key, is_primary=is_primary, why_not=_why_not(key, situation.wish))
        for key, is_primary in _offered(situation)
    ]


def _offered(situation: RunSituation) -> list[tuple[str, bool]]:
    state = situation.state
    if state == run_directory.NEW:
        return [(NEW, False), (LAUNCH, True)]
    if state == run_directory.PREPARING:
        return [(STOP, True)]
    if state == run_directory.TRAINING:
        return [(STOP, False), (PAUSE, True)]
    if state == run_directory.PAUSED:
        return [(STOP, False), (STEP, False), (GO_ON, True)]
    restart = [(RESTART, False)] if situation.is_own and situation.has_checkpoint else []
    if state == run_directory.FINISHED and not (situation.is_longer and situation.is_own):
        return [*restart, (NEW, True)]
    forward = RESUME if situation.has_checkpoint else LAUNCH
    return [*restart, (NEW, False), (forward, True)]


def _why_not(key: str, wish: str) -> str:
    waits_for = {PAUSE: run_directory.PAUSE, STOP: run_directory.STOP, GO_ON: run_directory.TRAIN}
    is_stopping = wish == run_directory.STOP and key in waits_for
    if is_stopping or (wish and waits_for.get(key) == wish):
        return translate("TrainPage", "The trainer was told and answers after the step it is at.")
    return ""


def control_label(key: str) -> str:
    """The words on the button."""
    labels = {
        START: translate("TrainPage", "Start"),
        LAUNCH: translate("TrainPage", "Start from the beginning"),
        PAUSE: translate("TrainPage", "Pause"),
        GO_ON: translate("TrainPage", "Go on"),
        RESUME: translate("TrainPage", "Go on"),
        STEP: translate("TrainPage", "One step"),
        STOP: translate("TrainPage", "Stop"),
        RESTART: translate("TrainPage", "Begin anew"),
        NEW: translate("TrainPage", "Train a new one"),
    }
    return labels[key]


def control_help(key: str) -> str:
    """What the button does, in a sentence."""
    helps = {
        START: translate("TrainPage", "Train a new model on this text."),
        LAUNCH: translate("TrainPage", "Train this run from its first step."),
        PAUSE: translate("TrainPage", "Hold the training; the model stays loaded and can be asked meanwhile."),
        GO_ON: translate("TrainPage", "Go on where the training was held."),
        RESUME: translate("TrainPage", "Go on from the last checkpoint, as if nothing had happened."),
        STEP: translate("TrainPage", "Change the weights once more, and hold again."),
        RESTART: translate("TrainPage", "Back to before the first step; what the run has learned is set aside."),
        STOP: translate("TrainPage", "Save a checkpoint and end the trainer; the run can go on later."),
        NEW: translate("TrainPage", "Choose text and settings of another run; this one is kept."),
    }
    return helps[key]
