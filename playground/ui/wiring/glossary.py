"""Connects the Glossary page to the terms, the interface's language and the other pages."""

from PySide6.QtCore import QEvent, QObject

from playground.contract.glossary import terms
from playground.ui.pages.catalogue import PAGES
from playground.ui.pages.glossary.page import GlossaryPage
from playground.ui.translation import current_language
from playground.ui.widgets.page_frame import PageFrame
from playground.ui.window_context import WindowContext


class GlossaryWiring(QObject):
    """Shows all terms, anew in each language."""

    def __init__(self, page: GlossaryPage, context: WindowContext) -> None:
        super().__init__(page)
        self._page, self._context = page, context
        page.page_requested.connect(self._on_page)
        page.installEventFilter(self)
        self._refresh()

    def _refresh(self) -> None:
        self._page.show_terms(terms(), current_language(), {entry.key: entry.name() for entry in PAGES})

    def _on_page(self, page: str, action: str) -> None:
        self._context.go_to(page)
        if action:
            self._context.actions.run_if_possible(action)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LanguageChange:
            self._refresh()
        return False


def build(context: WindowContext) -> PageFrame:
    page = GlossaryPage()
    GlossaryWiring(page, context)
    return page
