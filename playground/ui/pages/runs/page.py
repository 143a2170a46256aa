"""The Runs page: all models that were trained or are in training, and what can be done with them.

Shows what it is given and reports what the person does; asks nobody and reads nothing.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from playground.contract.exchange_messages import ModelTable
from playground.ui.engine_sentences import told
from playground.ui.pages.runs.model_words import why_no_model
from playground.ui.pages.runs.picked_side import PickedSide
from playground.ui.pages.runs.run_menu import add_run_actions
from playground.ui.pages.runs.run_side import RunSide
from playground.ui.pages.runs.run_table import RunTable
from playground.ui.pages.runs.words import details_facts, difference_facts, heading_words, preset_words, trouble_words
from playground.ui.state.run_details import RunDetails
from playground.ui.state.run_summary import RunSummary
from playground.ui.translation import translate
from playground.ui.widgets.buttons import Button
from playground.ui.widgets.card import Card
from playground.ui.widgets.export import PictureMenu
from playground.ui.widgets.fields import LineField
from playground.ui.widgets.page_frame import PageFrame
from playground.ui.widgets.progress_line import ProgressLine

_FILTER_WIDTH = 152


class RunsPage(PageFrame):
    """The table, and at the side the run that is picked in it, or the several.

    Signals:
        run_chosen: `chosen()` or `picked()` are others.
        open_requested, reveal_requested: of the picked run. delete_requested, compare_requested: of all picked ones.
        undo_requested: of the last deletion.
        name_edited (str), name_entered (str): another name for it.
        fork_requested (int): a new run that goes on from that step of the picked one.
        run_requested (Path): pick that run, a relative of this one.
        quantize_requested (int), merge_requested, export_requested: make something of the picked run's model.
        origin_requested: show the run that it comes from. cancel_requested: of what is being made.
        new_requested: train a new one. folder_requested: open a run that lies elsewhere.
        import_requested: make a run of a Hugging Face folder. import_of_requested (Path): of this one.
        shown, hidden: the page came into view or left it.
    """

    run_chosen = Signal()
    open_requested = Signal()
    reveal_requested = Signal()
    delete_requested = Signal()
    compare_requested = Signal()
    undo_requested = Signal()
    fork_requested = Signal(int)
    run_requested = Signal(object)
    name_edited = Signal(str)
    name_entered = Signal(str)
    new_requested = Signal()
    folder_requested = Signal()
    import_requested = Signal()
    import_of_requested = Signal(object)
    quantize_requested = Signal(int)
    merge_requested = Signal()
    export_requested = Signal()
    origin_requested = Signal()
    cancel_requested = Signal()
    shown = Signal()
    hidden = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table, self.run, self.several = RunTable(), RunSide(), PickedSide()
        self.filter = LineField()
        self._folder, self._new, self._open = Button(), Button(), Button(kind="primary")
        self._import, self.making = Button(), ProgressLine()
        self._details: RunDetails | None = None
        self._why_not = ""
        self._why_not_compared = ""
        self.picture = PictureMenu(self.table, "runs", table=self.table.runs.table)
        self._lay_out()
        self._connect()
        self.retranslate()
        self._show_chosen()

    def show_runs(self, runs: Sequence[RunSummary]) -> None:
        """A new reading of all runs."""
        had_runs = bool(self.table.runs.runs)
        self.table.show_runs(runs)
        self.heading.show_words(heading_words(runs) if runs else "")
        for part in (self.filter, self._open, self.side):
            part.setVisible(bool(runs))
        if not runs:
            self._say_empty()
        elif not had_runs:
            self.show_filled()
            self._focus_table()
        self._show_chosen()

    def show_details(self, details: RunDetails | None, why_not: str) -> None:
        """Of the picked run; None while it cannot be read. `why_not` says why it cannot be renamed or deleted."""
        self._details, self._why_not = details, why_not
        self._show_chosen()

    def show_model(self, step: int, table: ModelTable | None, origin_is_listed: bool) -> None:
        """Of the picked run: the snapshot that is meant, and what a smaller copy has cost, if one was made."""
        details = self.details()
        self.run.model.show_model(details, step, table)
        self.run.origin.show_origin(details.origin if details else None, origin_is_listed)
        steps = details.steps if details else ()
        self.run.fork.show_steps(steps, step, why_no_model(details) if not steps else "")

    def show_comparable(self, why_not: str) -> None:
        """Why the picked runs cannot be drawn over one another; "" if they can."""
        self._why_not_compared = why_not
        self._show_chosen()

    def show_making(self, fraction: float, words: str) -> None:
        """Something is being made."""
        self.making.show_progress(fraction, words)
        self.run.model.show_busy(True)
        self._allow_import()

    def show_made(self) -> None:
        """Nothing is being made any more."""
        self.making.hide()
        self.run.model.show_busy(False)
        self._allow_import()

    def show_in_view(self, path: Path | None) -> None:
        """Which run all pages show."""
        self.table.show_in_view(path)

    def show_name_problem(self, sentence: str) -> None:
        """Why the typed name cannot be taken; "" if it can."""
        self.run.show_name_problem(sentence)

    def chosen(self) -> RunSummary | None:
        """The picked run."""
        return self.table.chosen()

    def picked(self) -> list[RunSummary]:
        """All picked runs, from top to bottom."""
        return self.table.picked()

    def details(self) -> RunDetails | None:
        """Of the picked run; None while they are not read."""
        run = self.chosen()
        return self._details if run and self._details and self._details.path == run.path else None

    def import_folder(self, folder: Path) -> None:
        """A folder was dropped: ask for a run of it."""
        self.import_of_requested.emit(folder)

    def start_renaming(self) -> None:
        if self.chosen() is not None and not self._why_not:
            self.run.start_renaming()

    def retranslate(self) -> None:
        self.heading.show_title(translate("RunsPage", "Runs"))
        self._folder.setText(translate("RunsPage", "Open a folder…"))
        words = translate("RunsPage", "Add a run that lies elsewhere, on another disk or machine; it stays there")
        self._folder.setToolTip(words)
        self._import.setText(translate("RunsPage", "Import…"))
        self._new.setText(translate("RunsPage", "New run"))
        self._name_open()
        for button in (self._folder, self._import, self._new, self._open):
            button.updateGeometry()
        self._allow_import()
        self.making.retranslate()
        self.filter.setPlaceholderText(translate("RunsPage", "Filter"))
        self.filter.setAccessibleName(translate("RunsPage", "Filter the runs by name, notes, text, kind or state"))
        self.table.show_empty(translate("RunsPage", "No run contains these letters."))
        self.table.retranslate()
        self.run.retranslate()
        self.several.retranslate()
        if not self.table.runs.runs:
            self._say_empty()
        else:
            self.heading.show_words(heading_words(self.table.runs.runs))
        self._show_chosen()

    def menu(self) -> QMenu:
        """What can be done to the picked run, and how the table is taken along."""
        menu = self.picture.menu()
        add_run_actions(menu, self, self._why_not, self._why_not_compared)
        return menu

    def _allow_import(self) -> None:
        is_busy = not self.making.isHidden()
        self._import.setEnabled(not is_busy)
        self._import.setToolTip(
            translate("RunsPage", "Something is being made already. Wait for it, or cancel it.")
            if is_busy
            else translate("RunsPage", "Make a run of a Hugging Face folder (GPT-2, Llama, Mistral, Qwen2, BERT, BART)")
        )

    def _focus_table(self) -> None:
        """While there was no table, the focus had to go elsewhere on the page."""
        focused = QApplication.focusWidget() or self
        if focused is self or self.isAncestorOf(focused):
            self.table.setFocus()

    def _say_empty(self) -> None:
        sentence = translate(
            "RunsPage", "Here every model that you train will have its line: its curve, its loss, and what it wrote."
        )
        self.show_empty(sentence, translate("RunsPage", "Train a first one"))

    def _show_chosen(self) -> None:
        run, picked = self.chosen(), self.picked()
        self.run.setVisible(run is not None and len(picked) < 2)
        self.several.setVisible(len(picked) > 1)
        self._name_open()
        self._allow_open()
        if len(picked) > 1:
            self.several.show_runs(picked, self._why_not_compared)
            return
        if run is None:
            return
        details = self.details()
        self.run.show_name(run.name, self._why_not, run.is_attached)
        self.run.show_problem(told(trouble_words(run)))
        self.run.show_is_here(run.is_here)
        self.run.show_facts(details_facts(run, details))
        if details is None:
            self.run.show_settings("", [])
            self.run.show_sample("", "")
            return
        self.run.show_settings(preset_words(details), difference_facts(details))
        title = translate("RunsPage", "Sample at step {0}").format(f"{details.sample_step:,}")
        self.run.show_sample(title, details.sample)

    def _name_open(self) -> None:
        """The button does what Enter does."""
        words = translate("RunsPage", "Open") if len(self.picked()) < 2 else translate("RunsPage", "Compare")
        if words != self._open.text():
            self._open.setText(words)
            self._open.updateGeometry()

    def _allow_open(self) -> None:
        if len(self.picked()) > 1:
            why_not, words = self._why_not_compared, translate("RunsPage", "Draw their curves over one another (Enter)")
        else:
            why_not = "" if self.chosen() else translate("RunsPage", "Pick a run in the table first.")
            words = translate("RunsPage", "Show this run on all pages (Enter)")
        self._open.setEnabled(not why_not)
        self._open.setToolTip(why_not or words)

    def _lay_out(self) -> None:
        card = Card()
        card.body.setContentsMargins(1, 1, 1, 1)
        card.body.addWidget(self.table)
        self.body.addWidget(card, 1)
        self.body.addWidget(self.making)
        self.making.hide()
        self.filter.setFixedWidth(_FILTER_WIDTH)
        self.filter.setClearButtonEnabled(True)
        for part in (self.filter, self._folder, self._import, self._new, self._open):
            self.buttons.addWidget(part)
        self.side.add(self.run)
        self.side.add(self.several)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        table, run = self.table, self.run
        self.filter.textChanged.connect(self._on_filter)
        table.run_chosen.connect(self._on_chosen)
        table.open_requested.connect(self._on_open)
        table.rename_requested.connect(self.start_renaming)
        table.delete_requested.connect(self.delete_requested)
        table.customContextMenuRequested.disconnect()
        table.customContextMenuRequested.connect(self._on_menu)
        run.name_edited.connect(self.name_edited)
        run.name_entered.connect(self.name_entered)
        run.name_left.connect(self._on_name_left)
        run.reveal_requested.connect(self.reveal_requested)
        run.delete_requested.connect(self.delete_requested)
        self._open.clicked.connect(self._on_open)
        run.fork.fork_requested.connect(self.fork_requested)
        run.lineage.run_requested.connect(self.run_requested)
        self.several.compare_requested.connect(self.compare_requested)
        self.several.delete_requested.connect(self.delete_requested)
        self.notice.button_clicked.connect(self.undo_requested)
        self._new.clicked.connect(self.new_requested)
        self._folder.clicked.connect(self.folder_requested)
        self._import.clicked.connect(self.import_requested)
        run.model.quantize_requested.connect(self.quantize_requested)
        run.model.merge_requested.connect(self.merge_requested)
        run.model.export_requested.connect(self.export_requested)
        run.origin.origin_requested.connect(self.origin_requested)
        self.making.cancel_requested.connect(self.cancel_requested)
        self.empty.filled_requested.connect(self.new_requested)

    def _on_open(self) -> None:
        if len(self.picked()) < 2:
            self.open_requested.emit()
        elif not self._why_not_compared:
            self.compare_requested.emit()

    def _on_filter(self, wanted: str) -> None:
        self.table.show_filter(wanted)

    def _on_chosen(self) -> None:
        self.show_name_problem("")
        self.run_chosen.emit()
        self._show_chosen()

    def _on_name_left(self) -> None:
        self.show_name_problem("")

    def _on_menu(self, place: QPoint) -> None:
        self.menu().popup(self.table.viewport().mapToGlobal(place))

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.hidden.emit()
