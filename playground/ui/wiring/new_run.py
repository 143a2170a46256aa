"""Connects the Train page's settings of a new run to the draft, and makes its run directory."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from playground import places
from playground.contract.messages import Answer, DescribeText, Failure, TextDescription
from playground.contract.run_directory import RunDirectory
from playground.ui.engine_sentences import told
from playground.ui.pages.train.page import TrainPage
from playground.ui.state.pairs import pairs_problem
from playground.ui.state.run_names import free_name, name_problem, proposed_name
from playground.ui.widgets.problem_words import problems_by_setting
from playground.ui.window_context import WindowContext
from playground.ui.wiring.new_run_start import StartWiring
from playground.ui.wiring.text_dialogs import TextChoice


class NewRunWiring(QObject):
    """Shows the draft, asks the worker about its text. `changed`: `why_not()` may say something else."""

    changed = Signal()

    def __init__(self, page: TrainPage, context: WindowContext) -> None:
        super().__init__(page)
        self._page, self._context, self._draft = page, context, context.app.draft
        self.text_choice = TextChoice(page, context.app)
        self._asked = self._wanted() if self._draft.text else None  # text and seed that the worker was asked about
        self._is_asking = False
        self._text_problem = ""
        self._is_text_unusable = False  # a fault of ours says nothing about the text
        self._typed_name = ""
        self._start = StartWiring(page.new_panel.start, context.app, self)
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Show everything of the draft anew; ask about its text if that is not known."""
        draft, panel, picture = self._draft, self._page.new_panel, self._page.new_picture
        problems = draft.problems()
        panel.show_draft(draft.config, draft.preset_name)
        panel.show_problems(problems_by_setting(problems))
        self._start.refresh()
        picture.show_draft(draft.config, draft.vocab_size, not problems)
        self._describe()
        self._show_text()
        self._show_name()
        self.changed.emit()

    def why_not(self) -> str:
        """What must be mended before the training can start, in a sentence; "" if it can."""
        problems = self._draft.problems()
        if problems:
            return told(problems[0])
        unusable = self._text_problem if self._is_text_unusable else self._pairs_problem()
        return unusable or self._start.problem() or self._name_problem()

    def create(self) -> RunDirectory:
        """Make the run directory of the draft.

        Raises:
            PlaygroundError: the draft is not possible, or the disk refuses.
        """
        folder = places.runs_folder()
        name = self._typed_name or free_name(self._proposed_name(), folder)
        run = RunDirectory.create(folder / name, self._draft.config)
        self._typed_name = ""
        self._page.new_panel.show_no_typed_name()
        self._show_name()
        return run

    def _connect(self) -> None:
        panel, draft = self._page.new_panel, self._draft
        panel.value_changed.connect(self._on_value)
        panel.preset_chosen.connect(draft.apply_preset)
        panel.source_chosen.connect(draft.set_source)
        panel.file_requested.connect(self.text_choice.choose_file)
        panel.folder_requested.connect(self.text_choice.choose_folder)
        panel.name_edited.connect(self._on_name)
        panel.build_requested.connect(self._on_build)
        panel.term_requested.connect(self._context.show_term)
        self._page.new_picture.term_requested.connect(self._context.show_term)
        self._start.failed.connect(self._page.notice.show_error)
        draft.config_changed.connect(self._on_draft_changed)
        draft.text_described.connect(self._on_draft_changed)
        self._context.worker.restarted.connect(self._on_worker_restarted)

    def _on_draft_changed(self) -> None:
        if self._page.isVisible():
            self.refresh()

    def _on_value(self, dotted: str, value: Any) -> None:
        self._draft.set_value(dotted, value)

    def _on_build(self) -> None:
        self._context.go_to("build")

    # The text.

    def _describe(self) -> None:
        data, wanted = self._draft.config.data, self._wanted()
        is_answered = self._draft.text is not None or bool(self._text_problem)
        if data.problems() or (wanted == self._asked and (is_answered or self._is_asking)):
            return
        self._asked, self._is_asking = wanted, True
        self._text_problem, self._is_text_unusable = "", False
        request = DescribeText(source=data.source, builtin_seed=data.builtin_seed)
        self._context.worker.ask_latest("describe", request, self._on_described, self._on_failed)

    def _wanted(self) -> tuple[str, int]:
        return (self._draft.config.data.source, self._draft.config.data.builtin_seed)

    def _on_described(self, answer: Answer) -> None:
        self._is_asking = False
        if isinstance(answer, TextDescription) and self._asked == self._wanted():
            self._draft.show_text(answer)

    def _on_failed(self, failure: Failure) -> None:
        self._is_asking = False
        if failure.cancelled or self._asked != self._wanted():
            return
        self._text_problem, self._is_text_unusable = failure.message, not failure.is_bug
        self._show_text()
        self.changed.emit()

    def _on_worker_restarted(self) -> None:
        self._asked, self._text_problem = None, ""
        self._on_draft_changed()

    def _show_text(self) -> None:
        draft, panel, picture = self._draft, self._page.new_panel, self._page.new_picture
        source = draft.config.data.source
        panel.show_source(source, draft.text)
        panel.show_text_problem(self._text_problem or self._pairs_problem())
        picture.show_text(source, draft.text)
        if self._text_problem:
            picture.show_no_text()

    def _pairs_problem(self) -> str:
        return pairs_problem(self._draft.config, self._draft.text)

    # The name.

    def _proposed_name(self) -> str:
        return proposed_name(self._draft.config, self._draft.preset_name)

    def _name_problem(self) -> str:
        return name_problem(self._typed_name, places.runs_folder()) if self._typed_name else ""

    def _on_name(self, name: str) -> None:
        self._typed_name = name
        self._show_name()
        self.changed.emit()

    def _show_name(self) -> None:
        self._page.new_panel.show_name(free_name(self._proposed_name(), places.runs_folder()), self._name_problem())
