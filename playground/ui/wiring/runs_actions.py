"""The Runs page's deeds for keyboard and command palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.ui.actions import Action, Actions
from playground.ui.pages.runs.page import RunsPage
from playground.ui.translation import translate

if TYPE_CHECKING:
    from playground.ui.wiring.runs import RunsWiring


def add_runs_actions(actions: Actions, wiring: RunsWiring, page: RunsPage) -> None:
    """Register them."""

    def has_chosen() -> bool:
        return page.chosen() is not None

    def can_compare() -> bool:
        return len(page.picked()) > 1

    def focus_filter() -> None:
        page.filter.setFocus()
        page.filter.selectAll()

    def focus_notes() -> None:
        page.side.ensureWidgetVisible(page.run.notes)
        page.run.notes.text.setFocus()

    def fork() -> None:
        page.run.fork.button.click()

    rows = (
        ("runs.open", lambda: translate("RunsPage", "Open the picked run"), wiring.open, "", has_chosen),
        ("runs.compare", lambda: translate("RunsPage", "Compare the picked runs"), wiring.compare, "", can_compare),
        ("runs.rename", lambda: translate("RunsPage", "Rename the picked run"), page.start_renaming, "F2", has_chosen),
        ("runs.notes", lambda: translate("RunsPage", "Write notes on the picked run"), focus_notes, "", has_chosen),
        ("runs.fork", lambda: translate("RunsPage", "Fork the picked run…"), fork, "", has_chosen),
        (
            "runs.delete",
            lambda: translate("RunsPage", "Delete what is picked"),
            wiring.deleting.delete,
            "Del",
            has_chosen,
        ),
        (
            "runs.undo",
            lambda: translate("RunsPage", "Bring back what was deleted"),
            wiring.deleting.undo,
            "Ctrl+Z",
            wiring.deleting.can_undo,
        ),
        (
            "runs.reveal",
            lambda: translate("RunsPage", "Show the picked run's folder"),
            wiring.reveal_chosen,
            "",
            has_chosen,
        ),
    )
    for key, name, run, shortcut, is_enabled in rows:
        actions.add(Action(key=key, name=name, run=run, shortcut=shortcut, page="runs", is_enabled=is_enabled))
    for key, name, run, shortcut in (
        ("runs.filter", lambda: translate("RunsPage", "Filter the runs"), focus_filter, "Ctrl+F"),
        ("runs.new", lambda: translate("RunsPage", "Train a new run"), wiring.begin_new, "Ctrl+N"),
    ):
        actions.add(Action(key=key, name=name, run=run, shortcut=shortcut, page="runs"))
