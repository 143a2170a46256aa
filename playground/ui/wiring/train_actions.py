"""The Train page's deeds for keyboard and command palette: one action a shortcut, named by what it does now."""

from collections.abc import Callable
from functools import partial

from playground.ui.actions import Action, Actions
from playground.ui.pages.train import controls
from playground.ui.pages.train.controls import SHORTCUTS, control_label
from playground.ui.pages.train.page import NEW_RUN, TrainPage
from playground.ui.translation import translate

# Of these at most one is offered at a time; they share a shortcut.
_FORWARD = (controls.START, controls.LAUNCH, controls.GO_ON, controls.RESUME)
_SINGLE = (controls.PAUSE, controls.STEP, controls.STOP, controls.RESTART)


def add_train_actions(actions: Actions, page: TrainPage, act: Callable[[str], None]) -> None:
    """Register them; `act` does what a key of `controls` stands for."""

    def forward() -> str:
        return next((key for key in _FORWARD if page.can(key)), "")

    def go_forward() -> None:
        if key := forward():
            act(key)

    def forward_name() -> str:
        return _named(forward() or controls.START)

    actions.add(
        Action(
            key="train.forward",
            name=forward_name,
            run=go_forward,
            shortcut=SHORTCUTS[controls.START],
            page="train",
            is_enabled=lambda: bool(forward()),
        )
    )
    actions.add(
        Action(
            key="train.new",
            name=partial(_named, controls.NEW),
            run=partial(act, controls.NEW),
            shortcut=SHORTCUTS[controls.NEW],
            page="train",
            is_enabled=lambda: page.mode() != NEW_RUN,
        )
    )
    for key in _SINGLE:
        actions.add(
            Action(
                key=f"train.{key}",
                name=partial(_named, key),
                run=partial(act, key),
                shortcut=SHORTCUTS[key],
                page="train",
                is_enabled=partial(page.can, key),
            )
        )


def _named(key: str) -> str:
    return translate("TrainPage", "Training: {0}").format(control_label(key))
