"""Keeps the keyboard on the page when the button that had it goes.

Qt hands the focus of what is hidden or disabled to whatever comes next in the order of Tab, with the ring of one who
walks by keyboard: after a click on "Train a new one" that would be some place on the rail, and after "Import…", which
waits, the button beside it.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget


class LostFocus(QObject):
    """Gives a focus that nobody moved to the page in view. Who has another place for it moves it before the hiding."""

    def __init__(self, window: QWidget, page: Callable[[], QWidget]) -> None:
        super().__init__(window)
        self._window, self._page = window, page
        self._fell_to: QWidget | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)  # after whoever hid the button has had a say
        self._soon.timeout.connect(self._give_back)
        application = QApplication.instance()
        assert isinstance(application, QApplication), "a window needs an application"
        application.focusChanged.connect(self._on_changed)

    def _on_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        has_gone = old is not None and not (old.isVisible() and old.isEnabled())
        if has_gone and new is not None and self._window.isAncestorOf(new):
            self._fell_to = new
            self._soon.start()

    def _give_back(self) -> None:
        fell_to, self._fell_to = self._fell_to, None
        if fell_to is not None and fell_to is QApplication.focusWidget():
            self._page().setFocus(Qt.FocusReason.OtherFocusReason)
