"""What a person can do by keyboard: a registry that the command palette lists and the window gives shortcuts.

Knows names and callables; which widget does the work is the adder's own business.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


def always() -> bool:
    """An action that can be done at any time."""
    return True


@dataclass(frozen=True, kw_only=True)
class Action:
    """One thing to do. `name` is asked anew each time it is shown, so that it follows the interface's language."""

    key: str  # unique, e.g. "train.start"
    name: Callable[[], str]
    run: Callable[[], object]
    shortcut: str = ""  # portable text, e.g. "Ctrl+1"
    page: str = ""  # only while that page is open; "" is everywhere
    is_enabled: Callable[[], bool] = always


class Actions(QObject):
    """All actions there are, in the order of their adding. `added` is sent for each new one."""

    added = Signal(Action)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._by_key: dict[str, Action] = {}

    def add(self, action: Action) -> None:
        """Take an action; its key and its shortcut must be new where it is offered."""
        assert action.key not in self._by_key, f"there is an action {action.key} already"
        rival = self._rival(action)
        assert rival is None, f"{action.key} wants {action.shortcut}, which {rival} has"
        self._by_key[action.key] = action
        self.added.emit(action)

    def on_page(self, page: str) -> list[Action]:
        """What can be done now while `page` is open, its own actions first."""
        own = [a for a in self._by_key.values() if a.page == page and page]
        everywhere = [a for a in self._by_key.values() if not a.page]
        return [action for action in own + everywhere if action.is_enabled()]

    def run_if_possible(self, key: str) -> None:
        """Do what that action does, if it is there and can be done now."""
        action = self._by_key.get(key)
        if action is not None and action.is_enabled():
            action.run()

    def get(self, key: str) -> Action:
        return self._by_key[key]

    def _rival(self, action: Action) -> str | None:
        for other in self._by_key.values():
            meets = not other.page or not action.page or other.page == action.page
            if action.shortcut and other.shortcut == action.shortcut and meets:
                return other.key
        return None
