"""One number with its name in a card of its own."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from playground.ui.widgets.card import Card, PlainLabel
from playground.ui.widgets.term_label import TermLabel


class NumberCard(Card):
    """`term` is the glossary key of the name."""

    term_requested = Signal(str)

    def __init__(self, term: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._name = TermLabel(term=term)
        self._value = PlainLabel(bold=True)
        self._name.term_requested.connect(self.term_requested)
        top = QHBoxLayout()
        top.addWidget(self._name)
        top.addStretch(1)
        top.addWidget(self._value)
        self.body.setContentsMargins(14, 10, 14, 10)
        self.body.addLayout(top)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_name(self, name: str, help: str = "") -> None:
        self._name.setText(name)
        self._name.show_help(help)

    def show_value(self, words: str) -> None:
        self._value.setText(words)

    def value(self) -> str:
        return self._value.text()
