"""Undo and redo of what the person changes in the draft: each change remembers only the settings that it touched."""

import time
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from playground.contract.config import SECTIONS, RunConfig
from playground.contract.fields import settings_of
from playground.ui.state.draft import Draft

_SAME_GESTURE_S = 1.0  # changes of one setting that follow one another this fast are one change
_MOST = 200


class DraftHistory(QObject):
    """`changed` is sent when what can be undone or redone has changed."""

    changed = Signal()

    def __init__(self, draft: Draft, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._stack = QUndoStack(self)
        self._stack.setUndoLimit(_MOST)
        self._stack.indexChanged.connect(self.changed)

    def change(self, target: RunConfig) -> None:
        """Make `target` the draft, so that it can be undone."""
        before = _values(self._draft.config)
        after = {dotted: value for dotted, value in _values(target).items() if value != before[dotted]}
        if after:
            self._stack.push(_Change(self._draft, {dotted: before[dotted] for dotted in after}, after))

    def undo(self) -> None:
        self._stack.undo()

    def redo(self) -> None:
        self._stack.redo()

    @property
    def can_undo(self) -> bool:
        return self._stack.canUndo()

    @property
    def can_redo(self) -> bool:
        return self._stack.canRedo()


class _Change(QUndoCommand):
    """Old and new values by dotted name."""

    def __init__(self, draft: Draft, before: dict[str, Any], after: dict[str, Any]) -> None:
        super().__init__()
        self._draft, self._before, self._after = draft, before, after
        self._at = time.monotonic()

    def undo(self) -> None:
        self._draft.replace(self._draft.config.with_values(self._before))

    def redo(self) -> None:
        self._draft.replace(self._draft.config.with_values(self._after))

    def id(self) -> int:
        return 1  # all changes may be merged, if they are of the same gesture

    def mergeWith(self, other: QUndoCommand) -> bool:
        assert isinstance(other, _Change), "nothing else is on this stack"
        is_same = self._after.keys() == other._after.keys() and len(self._after) == 1
        if not is_same or other._at - self._at > _SAME_GESTURE_S:
            return False
        self._after, self._at = other._after, other._at
        return True


def _values(config: RunConfig) -> dict[str, Any]:
    return {
        f"{name}.{s.name}": getattr(getattr(config, name), s.name)
        for name in SECTIONS
        for s in settings_of(SECTIONS[name])
    }
