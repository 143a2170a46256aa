"""What can be made of the picked run's model without training: smaller, merged, saved for others."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.contract.exchange_messages import ModelTable
from playground.ui.pages.runs.model_table import ModelTableView
from playground.ui.pages.runs.model_words import why_not_merged, why_not_saved, why_not_smaller
from playground.ui.state.run_details import NO_SNAPSHOT, RunDetails
from playground.ui.theme import GRID
from playground.ui.translation import translate
from playground.ui.widgets.buttons import Button
from playground.ui.widgets.card import PlainLabel, SectionLabel


class ModelTools(QWidget):
    """Shows which of it is possible and, once a smaller copy was made, what that has cost.

    Signals:
        quantize_requested (int): a copy in so many bits. merge_requested, export_requested
    """

    quantize_requested = Signal(int)
    merge_requested = Signal()
    export_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._smaller = SectionLabel(), PlainLabel(dim=True)
        self.int8, self.int4, self.merge, self.export = Button(), Button(), Button(), Button()
        self.table = ModelTableView()
        self._details: RunDetails | None = None
        self._step, self._is_busy = NO_SNAPSHOT, False
        self._lay_out()
        self.int8.clicked.connect(self._on_int8)
        self.int4.clicked.connect(self._on_int4)
        self.merge.clicked.connect(self.merge_requested)
        self.export.clicked.connect(self.export_requested)
        self.retranslate()

    def show_model(self, details: RunDetails | None, step: int, table: ModelTable | None) -> None:
        """`step` is the snapshot that is meant; `table` what a smaller copy has cost, if one was made."""
        self._details, self._step = details, step
        self.table.show_table(table)
        self._show_possible()

    def show_busy(self, is_busy: bool) -> None:
        """While something is made nothing else can be."""
        self._is_busy = is_busy
        self._show_possible()

    def retranslate(self) -> None:
        self._smaller.setText(translate("RunsPage", "Smaller copy"))
        self.int8.setText(translate("RunsPage", "8 bits"))
        self.int4.setText(translate("RunsPage", "4 bits"))
        self.merge.setText(translate("RunsPage", "Merge adapters"))
        self.export.setText(translate("RunsPage", "Save as Hugging Face folder…"))
        for button in (self.int8, self.int4, self.merge, self.export):
            button.updateGeometry()
        self._show_possible()

    def _show_possible(self) -> None:
        title = translate("RunsPage", "Model")
        if self._step != NO_SNAPSHOT:
            title = translate("RunsPage", "Model at step {0}").format(f"{self._step:,}")
        self._title.setText(title)
        smaller = translate("RunsPage", "A new run with the same weights in {0} bits, and what that costs")
        plain = translate("RunsPage", "A new run with what LoRA has learned added to the weights")
        folder = translate("RunsPage", "A folder that the library transformers reads")
        details = self._details
        self._allow(self.int8, why_not_smaller(details), smaller.format(8))
        self._allow(self.int4, why_not_smaller(details), smaller.format(4))
        self._allow(self.merge, why_not_merged(details), plain)
        self._allow(self.export, why_not_saved(details), folder)

    def _allow(self, button: Button, why_not: str, tooltip: str) -> None:
        if self._is_busy:
            why_not = translate("RunsPage", "Something is being made already. Wait for it, or cancel it.")
        button.setEnabled(not why_not)
        button.setToolTip(why_not or tooltip)

    def _on_int8(self) -> None:
        self.quantize_requested.emit(8)

    def _on_int4(self) -> None:
        self.quantize_requested.emit(4)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self._smaller, 1)
        row.addWidget(self.int8)
        row.addWidget(self.int4)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        box.addWidget(self._title)
        box.addLayout(row)
        for part in (self.table, self.merge, self.export):
            box.addWidget(part)
