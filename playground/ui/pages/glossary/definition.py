"""What one term means, in both languages, and the button that leads to where it is live."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from playground.contract.glossary import Term
from playground.ui.translation import translate
from playground.ui.widgets.buttons import Button
from playground.ui.widgets.card import Card, PlainLabel

_TEXT_WIDTH = 640  # pixels: lines longer than this are hard to read


class Definition(Card):
    """One term at a time."""

    shown_requested = Signal(str, str)  # page key, and the key of an action there or ""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._page, self._action = "", ""
        self._name = PlainLabel(bold=True, pixels=22, wrap=True)
        self._other_name = PlainLabel(dim=True, pixels=15, wrap=True)
        self._about = PlainLabel(pixels=15, wrap=True)
        self._other_about = PlainLabel(dim=True, wrap=True)
        self._button = Button(kind="primary")
        self._lay_out()
        self._button.clicked.connect(self._on_clicked)

    def show_term(self, term: Term, language: str, page_name: str) -> None:
        """A term in `language` first; `page_name` is what the page is called where it is live."""
        other = "en" if language == "ja" else "ja"
        self._page, self._action = term.page, term.action
        self._name.setText(term.name(language))
        self._other_name.setText(term.name(other))
        self._other_name.setVisible(term.name(other) != term.name(language))
        self._about.setText(term.about(language))
        self._other_about.setText(term.about(other))
        self._button.setText(translate("GlossaryPage", "Show me on the page “{0}”").format(page_name))
        self._button.updateGeometry()

    def _lay_out(self) -> None:
        self.body.setContentsMargins(28, 24, 28, 24)
        for label in (self._name, self._other_name, self._about, self._other_about):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setMaximumWidth(_TEXT_WIDTH)
            self.body.addWidget(label)
        self.body.insertSpacing(self.body.indexOf(self._about), 10)
        self.body.insertSpacing(self.body.indexOf(self._other_about), 4)
        self.body.addSpacing(12)
        row = QHBoxLayout()
        row.addWidget(self._button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addStretch(1)

    def _on_clicked(self) -> None:
        self.shown_requested.emit(self._page, self._action)
