"""The Glossary: every term with its definition in both languages, and the way to where it is live."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from playground.contract.glossary import Term
from playground.ui.pages.glossary.definition import Definition
from playground.ui.pages.glossary.term_list import TermList
from playground.ui.translation import translate
from playground.ui.widgets.page_frame import PageFrame

_LIST_WIDTH = 340


class GlossaryPage(PageFrame):
    """A list at the left, the chosen term at the right.

    Signals:
        page_requested (str, str): the page where the term is live, and the action that shows it there or "".
    """

    page_requested = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._terms: Mapping[str, Term] = {}
        self._page_names: Mapping[str, str] = {}
        self._language = "en"
        self._key = ""
        self.list = TermList()
        self.definition = Definition()
        self._lay_out()
        self.list.term_chosen.connect(self.show_term)
        self.definition.shown_requested.connect(self.page_requested)
        self.retranslate()

    def show_terms(self, terms: Mapping[str, Term], language: str, page_names: Mapping[str, str]) -> None:
        """All terms by key, the language to name them in, and what the pages are called in it."""
        self._terms, self._language, self._page_names = terms, language, page_names
        self.list.show_terms(list(terms.values()), language)
        self.show_term(self._key if self._key in terms else next(iter(terms)))
        self.retranslate()

    def show_term(self, key: str) -> None:
        """One term; a key that the glossary lacks is ours to add, and changes nothing."""
        if key not in self._terms:
            return
        self._key = key
        term = self._terms[key]
        self.list.show_chosen(key)
        self.definition.show_term(term, self._language, self._page_names[term.page])

    def retranslate(self) -> None:
        self.heading.show_title(translate("GlossaryPage", "Glossary"))
        words = translate("GlossaryPage", "{0} terms, each with the page where it can be tried.")
        self.heading.show_words(words.format(len(self._terms)))
        self.list.retranslate()

    def _lay_out(self) -> None:
        self.side.hide()
        row = QHBoxLayout()
        row.setSpacing(12)
        self.list.setFixedWidth(_LIST_WIDTH)
        row.addWidget(self.list)
        row.addWidget(self.definition, 1)
        self.body.addLayout(row)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
