"""Connects the Build page to the draft."""

from typing import Any

from PySide6.QtCore import QObject

from playground import places
from playground.contract.messages import Answer, DescribeText, TextDescription
from playground.contract.presets import preset
from playground.ui.actions import Action
from playground.ui.pages.build.page import BuildPage
from playground.ui.state.speed import measured_speeds
from playground.ui.translation import translate
from playground.ui.window_context import WindowContext
from playground.ui.wiring.attention_cost import AttentionCostWiring
from playground.ui.wiring.draft_history import DraftHistory


class BuildWiring(QObject):
    """Shows the draft while the page is in view; each change by the person can be undone."""

    def __init__(self, page: BuildPage, context: WindowContext) -> None:
        super().__init__(page)
        self._page, self._context, self._draft = page, context, context.app.draft
        self.history = DraftHistory(self._draft, self)
        self.costs = AttentionCostWiring(page.settings.cost_view, context)
        page.value_changed.connect(self._on_value)
        page.preset_chosen.connect(self._on_preset)
        page.undo_requested.connect(self.history.undo)
        page.redo_requested.connect(self.history.redo)
        page.training_requested.connect(self._on_train)
        page.term_requested.connect(context.show_term)
        page.shown.connect(self.show_draft)
        self._draft.config_changed.connect(self._on_changed)
        self._draft.text_described.connect(self._on_changed)
        page.shown.connect(self._describe_text)
        page.shown.connect(self._measure)
        self.history.changed.connect(self._show_undo)
        self._add_actions()
        self.show_draft()

    def show_draft(self) -> None:
        """Everything of the draft."""
        draft = self._draft
        self._page.show_config(draft.config, draft.vocab_size, draft.preset_name)
        self._page.show_text(draft.config.data.source, draft.text)
        self._page.show_problems(draft.problems())

    def _describe_text(self) -> None:
        """How long the text is, unless it is known already; that it cannot be read is said where it is chosen."""
        data = self._draft.config.data
        if self._draft.text is None:
            request = DescribeText(source=data.source, builtin_seed=data.builtin_seed)
            self._context.worker.ask_latest("build-text", request, self._on_text)

    def _measure(self) -> None:
        self._page.show_speeds(measured_speeds(places.runs_folder()))

    def _on_text(self, answer: Answer) -> None:
        if isinstance(answer, TextDescription) and answer.source == self._draft.config.data.source:
            self._draft.show_text(answer)

    def _on_changed(self) -> None:
        if self._page.isVisible():
            self.show_draft()

    def _on_value(self, dotted: str, value: Any) -> None:
        self.history.change(self._draft.config.with_values({dotted: value}))

    def _on_preset(self, name: str) -> None:
        self.history.change(preset(name).applied_to(self._draft.config))

    def _on_train(self) -> None:
        self._context.go_to("train")
        self._context.actions.run_if_possible("train.new")  # the page may show the run in view

    def _show_undo(self) -> None:
        self._page.show_undo(self.history.can_undo, self.history.can_redo)

    def _can_train(self) -> bool:
        return not self._draft.problems()

    def _add_actions(self) -> None:
        history = self.history
        self._context.actions.add(
            Action(
                key="build.undo",
                name=lambda: translate("BuildPage", "Undo the last change of the model"),
                run=history.undo,
                shortcut="Ctrl+Z",
                page="build",
                is_enabled=lambda: history.can_undo,
            )
        )
        self._context.actions.add(
            Action(
                key="build.redo",
                name=lambda: translate("BuildPage", "Redo the change of the model"),
                run=history.redo,
                shortcut="Ctrl+Shift+Z",
                page="build",
                is_enabled=lambda: history.can_redo,
            )
        )
        self._context.actions.add(
            Action(
                key="build.attention_cost",
                name=lambda: translate("AttentionCost", "Time and memory of fused and explicit attention"),
                run=self._page.reveal_costs,
                page="build",
            )
        )
        self._context.actions.add(
            Action(
                key="build.train",
                name=lambda: translate("BuildPage", "Train this model"),
                run=self._on_train,
                page="build",
                is_enabled=self._can_train,
            )
        )


def build(context: WindowContext) -> BuildPage:
    """The page, connected."""
    page = BuildPage()
    BuildWiring(page, context)
    return page
