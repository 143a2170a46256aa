"""A text field that tells what was typed, not too often, and never half of what an input method composes."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from playground.contract.unicode import without_lone_surrogates
from playground.ui.widgets.fields import TextField


class LiveTextField(TextField):
    """`text_edited`: the text is another than the one reported last.

    It is sent at most every `wait_ms`; with `after_pause`, only once nothing was typed for so long.
    """

    text_edited = Signal()

    def __init__(
        self, wait_ms: int, *, after_pause: bool = False, framed: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(framed=framed, parent=parent)
        self._reported = ""
        self._after_pause = after_pause
        self._edits = QTimer(self, interval=wait_ms, singleShot=True)
        self._edits.timeout.connect(self._on_settled)
        self.textChanged.connect(self._on_changed)

    def text(self) -> str:
        """What stands there, without half characters."""
        return without_lone_surrogates(self.toPlainText())

    def show_text(self, text: str) -> None:
        """Replace all; no signal is sent."""
        self._reported = text
        self.setPlainText(text)

    def take(self, text: str) -> None:
        """Called with a new text just before it is reported."""

    def _on_changed(self) -> None:
        if self._after_pause or not self._edits.isActive():
            self._edits.start()

    def _on_settled(self) -> None:
        if self.is_composing:
            return  # the text changes once more when the input method commits
        text = self.text()
        if text != self._reported:
            self._reported = text
            self.take(text)
            self.text_edited.emit()
