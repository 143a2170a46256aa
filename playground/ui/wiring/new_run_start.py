"""Connects what a new run begins with to the draft and the run in view."""

import dataclasses

from PySide6.QtCore import QObject, Signal

from playground.contract.config import StartConfig
from playground.contract.errors import PlaygroundError
from playground.contract.fine_tuning import are_alike, fine_tuned, n_adapter_parameters
from playground.contract.model_config import ModelConfig
from playground.contract.run_directory import RunDirectory
from playground.ui.engine_sentences import told
from playground.ui.pages.train.start_field import StartField
from playground.ui.state.app_state import AppState
from playground.ui.translation import translate
from playground.ui.visible_text import visible


class StartWiring(QObject):
    """Offers the run in view as a beginning, and keeps the draft's model like that of its beginning.

    Signals:
        failed (str): the run in view cannot be gone on from; one sentence.
    """

    failed = Signal(str)

    def __init__(self, field: StartField, app: AppState, parent: QObject) -> None:
        super().__init__(parent)
        self._field, self._draft, self._current = field, app.draft, app.current
        self._known: tuple[str, ModelConfig | None] = ("", None)  # the model of the beginning that was read last
        field.base_requested.connect(self._on_base)
        field.random_requested.connect(self._on_random)
        for changed in (self._current.run_selected, self._current.snapshot_selected, self._current.snapshots_changed):
            changed.connect(self._offer)

    def refresh(self) -> None:
        """Show what the draft begins with."""
        config = self._draft.config
        self._field.show_config(config)
        self._offer()
        n_all = self._current.status.n_parameters if str(self._current.path) == config.start.run else 0
        n_trained = n_adapter_parameters(config.model, config.start) if config.start.method == "lora" else 0
        is_known = bool(config.start.run and n_all)
        self._field.show_trained(n_trained if is_known else 0, n_all + n_trained)

    def problem(self) -> str:
        """Why the draft cannot go on from its beginning, in a sentence; "" if it can."""
        config = self._draft.config
        if not config.start.run:
            if config.start.method == "lora":
                return translate("TrainPage", "Adapters need a run to be added to. Choose what to begin with.")
            return ""
        model = self._model_of(config.start.run)
        if model is None:
            return translate("TrainPage", "The run that it should begin with is gone. Choose another beginning.")
        if not are_alike(model, config.model):
            words = translate("TrainPage", "The model is no longer like that of ‘{0}’. Choose the beginning anew.")
            return words.format(visible(RunDirectory(config.start.run).name))
        return ""

    def _offer(self) -> None:
        current = self._current
        if current.directory is None or not current.has_model:
            self._field.show_offered("")
            return
        words = translate("TrainPage", "{0}, step {1}")
        self._field.show_offered(words.format(visible(current.directory.name, 40), f"{current.step:,}"))

    def _model_of(self, run: str) -> ModelConfig | None:
        if self._known[0] != run:
            try:
                self._known = run, RunDirectory(run).config().model
            except PlaygroundError:
                self._known = run, None
        return self._known[1]

    def _on_base(self) -> None:
        if self._current.directory is None:
            return
        try:
            self._draft.replace(fine_tuned(self._current.directory, self._current.step, self._draft.config))
        except PlaygroundError as error:
            self.failed.emit(told(error))

    def _on_random(self) -> None:
        self._draft.replace(dataclasses.replace(self._draft.config, start=StartConfig()))
