"""What the context menu of the table of runs offers for the picked ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from playground.ui.translation import translate

if TYPE_CHECKING:
    from playground.ui.pages.runs.page import RunsPage

Wish = tuple[str, Callable[[], object], bool]  # words, what is done, whether it is possible


def add_run_actions(menu: QMenu, page: RunsPage, why_not: str, why_not_compared: str) -> None:
    """Put them in front of what the menu has; nothing without a picked run."""
    wishes = _wishes(page, why_not, why_not_compared)
    if not wishes:
        return
    first = menu.actions()[0]
    own = QMenu(menu)  # owns the actions that are put in front
    for words, wish, is_possible in wishes:
        action = own.addAction(words)
        action.setEnabled(is_possible)
        action.triggered.connect(wish)
        menu.insertAction(first, action)
    menu.insertSeparator(first)


def _wishes(page: RunsPage, why_not: str, why_not_compared: str) -> list[Wish]:
    run, delete = page.chosen(), translate("RunsPage", "Delete")
    if run is None:
        return []
    if len(page.picked()) > 1:
        return [
            (translate("RunsPage", "Compare"), page.compare_requested.emit, not why_not_compared),
            (translate("RunsPage", "Delete all of them"), page.delete_requested.emit, True),
        ]
    if run.is_attached:
        delete = translate("RunsPage", "Detach")
    return [
        (translate("RunsPage", "Open"), page.open_requested.emit, run.is_here),
        (translate("RunsPage", "Rename"), page.start_renaming, not why_not),
        (translate("RunsPage", "Show the folder"), page.reveal_requested.emit, run.is_here),
        (delete, page.delete_requested.emit, run.is_attached or not why_not),
    ]
