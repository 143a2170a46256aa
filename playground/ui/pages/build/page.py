"""The Build page: the model that will be trained, as a picture, in numbers, and as settings.

Shows a draft and reports what the person wishes; changes nothing itself.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from playground.contract.config import RunConfig
from playground.contract.messages import TextDescription
from playground.ui.charts.block_diagram import BlockDiagram
from playground.ui.engine_sentences import told
from playground.ui.pages.build.fact_words import model_sentence
from playground.ui.pages.build.model_facts import ModelFacts
from playground.ui.pages.build.part_details import PartDetails
from playground.ui.pages.build.side import ModelSide
from playground.ui.state.speed import Speed
from playground.ui.translation import translate
from playground.ui.widgets.buttons import Button
from playground.ui.widgets.card import Card
from playground.ui.widgets.page_frame import PageFrame
from playground.ui.widgets.problem_words import problems_by_setting

_LEAST_HEADING = 200  # pixels; in a narrow window its words are cut


class BuildPage(PageFrame):
    """The diagram is the page; numbers above it, settings at the side.

    Signals:
        value_changed (str, object): a setting by its dotted name.
        preset_chosen (str)
        undo_requested, redo_requested
        training_requested: go on with this model.
        term_requested (str): a glossary term.
        shown: the page came into view.
    """

    value_changed = Signal(str, object)
    preset_chosen = Signal(str)
    undo_requested = Signal()
    redo_requested = Signal()
    training_requested = Signal()
    term_requested = Signal(str)
    shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.settings = ModelSide(self.side)
        self.diagram, self.details, self.facts = BlockDiagram(), PartDetails(), ModelFacts()
        self._undo, self._redo, self._train = Button(), Button(), Button(kind="primary")
        self._config: RunConfig | None = None
        self._preset_name = ""
        self._vocab_size = 0
        self._problems: tuple[str, ...] = ()
        self._marked = ""
        self._lay_out()
        self._connect()
        self.show_undo(False, False)
        self.retranslate()

    def show_config(self, config: RunConfig, vocab_size: int, preset_name: str) -> None:
        """A config, the size of its vocabulary, and the preset that it equals ("" for none)."""
        self._config, self._vocab_size, self._preset_name = config, vocab_size, preset_name
        self.settings.show_config(config, preset_name)
        self.facts.show_config(config, vocab_size)
        self.diagram.show_model(config.model, vocab_size, config.training.batch_size)
        self.heading.show_words(model_sentence(config))
        self._show_details()

    def show_text(self, source: str, text: TextDescription | None) -> None:
        """`text` is None while it is not known."""
        self.facts.show_text(text)

    def show_speeds(self, speeds: Sequence[Speed]) -> None:
        """What runs on this machine reached, for an estimate of the time."""
        self.facts.show_speeds(speeds)

    def show_problems(self, problems: Sequence[str]) -> None:
        """Each at the setting that has it; all of them on the button that they block."""
        self._problems = tuple(problems)
        self.settings.show_problems(problems_by_setting(problems))
        self._train.setEnabled(not problems)
        self._show_train_help()

    def show_undo(self, can_undo: bool, can_redo: bool) -> None:
        self._undo.setEnabled(can_undo)
        self._redo.setEnabled(can_redo)
        self._show_undo_help()

    def focus_setting(self, dotted: str) -> None:
        """Bring a setting into view and put the keyboard there."""
        self.settings.focus_setting(dotted)

    def reveal_costs(self) -> None:
        """Bring into view what attention costs."""
        self.settings.reveal_costs()

    def retranslate(self) -> None:
        self.heading.show_title(translate("BuildPage", "Build"))
        self._undo.setText(translate("BuildPage", "Undo"))
        self._redo.setText(translate("BuildPage", "Redo"))
        self._train.setText(translate("BuildPage", "Train this model"))
        for button in (self._undo, self._redo, self._train):
            button.updateGeometry()
        self._show_undo_help()
        self._show_train_help()
        self.settings.retranslate()
        self.facts.retranslate()
        self.diagram.retranslate()
        if self._config is not None:
            self.heading.show_words(model_sentence(self._config))
        self._show_details()

    def _lay_out(self) -> None:
        self.heading.setMinimumWidth(_LEAST_HEADING)
        card = Card()
        card.body.setContentsMargins(10, 10, 12, 8)
        card.body.addWidget(self.diagram, 1)
        card.body.addWidget(self.details)
        self.body.addWidget(self.facts)
        self.body.addWidget(card, 1)
        for button in (self._undo, self._redo, self._train):
            self.buttons.addWidget(button)

    def _connect(self) -> None:
        self.settings.value_changed.connect(self.value_changed)
        self.settings.preset_chosen.connect(self.preset_chosen)
        self.settings.term_requested.connect(self.term_requested)
        self.facts.term_requested.connect(self.term_requested)
        self.diagram.part_hovered.connect(self._on_hovered)
        self.diagram.setting_requested.connect(self.focus_setting)
        self._undo.clicked.connect(self.undo_requested)
        self._redo.clicked.connect(self.redo_requested)
        self._train.clicked.connect(self.training_requested)

    def _show_details(self) -> None:
        self.details.show_part(self.diagram.part(self._marked))

    def _show_undo_help(self) -> None:
        nothing = translate("BuildPage", "Nothing was changed yet.")
        nothing_undone = translate("BuildPage", "Nothing was undone.")
        undo = translate("BuildPage", "Take the last change back (Ctrl+Z)")
        redo = translate("BuildPage", "Make the change again (Ctrl+Shift+Z)")
        self._undo.setToolTip(undo if self._undo.isEnabled() else nothing)
        self._redo.setToolTip(redo if self._redo.isEnabled() else nothing_undone)

    def _show_train_help(self) -> None:
        possible = translate("BuildPage", "Go on to the Train page with this model")
        self._train.setToolTip(" ".join(map(told, self._problems)) or possible)

    def _on_hovered(self, key: str) -> None:
        self._marked = key
        self._show_details()

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()
