"""What the window hands to each page's wiring: state, worker, and the few wishes a page may have of the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playground.ui.actions import Actions
from playground.ui.state.app_state import AppState

if TYPE_CHECKING:
    from playground.ui.worker_client import WorkerClient


@dataclass(frozen=True, kw_only=True)
class WindowContext:
    """One per window.

    Attributes:
        app: the run in view, the draft, the settings.
        worker: asks the worker process.
        go_to: open the page of that key (see `pages/catalogue.py`).
        show_term: open the glossary at that term's key.
        report: show one sentence about something that went wrong, on the page in view.
        actions: what the command palette offers; add a page's own with `Action(page=KEY, ...)`.
    """

    app: AppState
    worker: WorkerClient
    go_to: Callable[[str], None]
    show_term: Callable[[str], None]
    report: Callable[[str], None]
    actions: Actions
