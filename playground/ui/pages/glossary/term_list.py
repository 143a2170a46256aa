"""All terms in a list, narrowed by what is typed above it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from playground.contract.glossary import Term
from playground.ui.pages.glossary.term_row import ROW_HEIGHT, TermRow
from playground.ui.theme import BASE_PIXELS, interface_font
from playground.ui.translation import translate
from playground.ui.widgets.card import Card, PlainLabel
from playground.ui.widgets.fields import LineField
from playground.ui.widgets.scroll_bar import use_thin_scroll_bars


class TermList(Card):
    """Sorted by name in the interface's language; the other language's name stands beside it."""

    term_chosen = Signal(str)  # by the person

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._terms: list[Term] = []
        self._language = "en"
        self.search = LineField()
        self.rows = QListWidget()
        self._nothing = PlainLabel(dim=True, wrap=True)
        self.rows.setFrameShape(QFrame.Shape.NoFrame)
        use_thin_scroll_bars(self.rows)
        self.rows.setItemDelegate(TermRow(self.rows))
        self.rows.setUniformItemSizes(True)
        self.rows.setMouseTracking(True)
        self.rows.setFont(interface_font(BASE_PIXELS))
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.viewport().setAutoFillBackground(False)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.search)
        self.body.addWidget(self.rows, 1)
        self.body.addWidget(self._nothing, 1)
        self.search.textEdited.connect(self._on_typed)
        self.search.installEventFilter(self)
        self.rows.currentItemChanged.connect(self._on_current_changed)
        self.retranslate()

    def show_terms(self, terms: Sequence[Term], language: str) -> None:
        """All terms, named in `language`."""
        self._language = language
        self._terms = sorted(terms, key=lambda term: term.name(language).casefold())
        self._fill(self.search.text())

    def show_chosen(self, key: str) -> None:
        """Mark a term; no signal is sent. What hides it is cleared."""
        if self._row_of(key) is None:
            self.search.clear()
            self._fill("")
        row = self._row_of(key)
        self.rows.blockSignals(True)
        self.rows.setCurrentRow(-1 if row is None else row)
        self.rows.blockSignals(False)

    def shown_keys(self) -> list[str]:
        """The terms that fit what is typed."""
        return [self.rows.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.rows.count())]

    def retranslate(self) -> None:
        self.search.setPlaceholderText(translate("GlossaryPage", "Search"))
        self.search.setAccessibleName(translate("GlossaryPage", "Search the glossary"))
        self.rows.setAccessibleName(translate("GlossaryPage", "Terms"))
        self._nothing.setText(translate("GlossaryPage", "No term is called that. Try another spelling or language."))

    def _fill(self, typed: str) -> None:
        other = "en" if self._language == "ja" else "ja"
        self.rows.blockSignals(True)
        self.rows.clear()
        for term in self._terms:
            if term.matches(typed):
                item = QListWidgetItem(term.name(self._language))
                item.setData(Qt.ItemDataRole.UserRole, term.key)
                item.setData(Qt.ItemDataRole.UserRole + 1, term.name(other))
                item.setSizeHint(QSize(100, ROW_HEIGHT))
                self.rows.addItem(item)
        self.rows.blockSignals(False)
        self.rows.setVisible(self.rows.count() > 0)
        self._nothing.setVisible(self.rows.count() == 0)

    def _row_of(self, key: str) -> int | None:
        keys = self.shown_keys()
        return keys.index(key) if key in keys else None

    def _on_typed(self, typed: str) -> None:
        self._fill(typed)
        self.rows.setCurrentRow(0)

    def _on_current_changed(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.term_chosen.emit(item.data(Qt.ItemDataRole.UserRole))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down walk the list while the search line keeps the focus."""
        moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in moves:
            row = self.rows.currentRow() + moves[Qt.Key(event.key())]
            self.rows.setCurrentRow(min(max(row, 0), self.rows.count() - 1))
            return True
        return False
