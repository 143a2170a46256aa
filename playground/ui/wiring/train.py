"""Connects the Train page: a new run from the draft, the run in view and its trainer."""

from PySide6.QtCore import QObject

from playground.contract import run_directory, run_reset
from playground.contract.errors import PlaygroundError
from playground.ui.engine_sentences import told
from playground.ui.pages.train import controls
from playground.ui.pages.train.controls import RunSituation, new_run_controls, run_controls
from playground.ui.pages.train.page import NEW_RUN, THIS_RUN, TrainPage
from playground.ui.pages.train.run_words import RunFacts, phase_words, run_sentence, run_title, trouble_sentence
from playground.ui.state.draft import Draft
from playground.ui.translation import translate
from playground.ui.visible_text import visible
from playground.ui.widgets.source_field import source_words
from playground.ui.window_context import WindowContext
from playground.ui.wiring.launches import Launches
from playground.ui.wiring.new_run import NewRunWiring
from playground.ui.wiring.opening import sample_model
from playground.ui.wiring.run_remedies import Remedy, remedy_for
from playground.ui.wiring.run_verifying import RunVerifying
from playground.ui.wiring.run_view import RunViewWiring
from playground.ui.wiring.train_actions import add_train_actions

_FULFILLED = {  # the states in which a wish is done
    run_directory.PAUSE: (run_directory.PAUSED,),
    run_directory.TRAIN: (run_directory.TRAINING,),
    run_directory.STOP: (),
}


class TrainWiring(QObject):
    """Which of the two modes is shown, what the buttons do, and the words above the picture."""

    def __init__(self, page: TrainPage, context: WindowContext, launches: Launches | None = None) -> None:
        super().__init__(page)
        self._page, self._context, self._current = page, context, context.app.current
        self.launches = launches or Launches(self)
        self.new_run = NewRunWiring(page, context)
        self.run_view = RunViewWiring(page, context)
        self._wish = ""  # what the trainer was told and has not done yet
        self._n_evaluations = 0  # that the heading was written with
        self.verifying = RunVerifying(page, context)
        self._remedy: Remedy | None = None  # what the notice's button does
        self._trouble = ""  # what the notice says about the run in view
        self._seen_draft = Draft().config  # what the person knows of the draft from this page
        self._connect()
        add_train_actions(context.actions, page, self.act)
        page.show_mode(THIS_RUN if self._current.directory else NEW_RUN)
        self._on_run_selected()

    def act(self, key: str) -> None:
        """Do what the button of that key of `controls` stands for."""
        deeds = {
            controls.START: self._start_new,
            controls.LAUNCH: self._launch_current,
            controls.RESUME: self._launch_current,
            controls.NEW: self._turn_to_new,
            controls.PAUSE: self._pause,
            controls.GO_ON: self._go_on,
            controls.STOP: self._stop,
            controls.STEP: self._step,
            controls.RESTART: self._restart,
        }
        try:
            deeds[key]()
        except PlaygroundError as error:
            self._page.notice.show_error(told(error))
        self._show_run()

    def _connect(self) -> None:
        page, current = self._page, self._current
        page.mode_requested.connect(self._show_mode)
        page.control_requested.connect(self.act)
        page.shown.connect(self._on_shown)
        page.hidden.connect(self._on_hidden)
        page.language_changed.connect(self._refresh)
        page.run_picture.cancel_requested.connect(self._on_cancel)
        page.notice.button_clicked.connect(self._on_remedy)
        self.new_run.changed.connect(self._show_run)
        self.run_view.changed.connect(self._show_run)
        self.launches.changed.connect(self._on_launches_changed)
        self._context.app.draft.config_changed.connect(self._on_draft_changed)
        current.run_selected.connect(self._on_run_selected)
        current.status_changed.connect(self._on_status)
        current.metrics_appended.connect(self._on_metrics)

    # What the person wishes.

    def _start_new(self) -> None:
        if self.new_run.why_not():
            return
        run = self.new_run.create()
        self._seen_draft = self._context.app.draft.config
        self._current.open(run.path)
        self._launch_current()

    def _launch_current(self) -> None:
        assert self._current.path, "only a run in view is launched"
        self.launches.start(self._current.path, resume=self._current.state != run_directory.NEW)
        self._page.notice.hide()

    def _turn_to_new(self) -> None:
        self._show_mode(NEW_RUN)

    def _pause(self) -> None:
        self._tell(run_directory.PAUSE)

    def _go_on(self) -> None:
        self._tell(run_directory.TRAIN)

    def _stop(self) -> None:
        self._tell(run_directory.STOP)

    def _step(self) -> None:
        self._current.request_step()

    def _restart(self) -> None:
        """The curve goes, and comes back at will: nothing is lost by a slip."""
        directory = self._current.directory
        assert directory, "only a run in view begins anew"
        run_reset.reset(directory)
        self._current.open(directory.path)
        words = translate("TrainPage", "{0} begins anew. What it had learned is set aside until it is trained again.")
        self._remedy = Remedy(translate("TrainPage", "Undo"), lambda: run_reset.undo(directory), goes_on=False)
        self._page.notice.show_fact(words.format(visible(directory.name)), self._remedy.label)

    def _on_remedy(self) -> None:
        remedy, self._remedy = self._remedy, None
        directory = self._current.directory
        if remedy is None or directory is None:
            return
        try:
            remedy.apply()
            if remedy.goes_on:
                self._launch_current()
            else:
                self._current.open(directory.path)
        except PlaygroundError as error:
            self._page.notice.show_error(told(error))
            return
        self._page.notice.hide()

    def _tell(self, wish: str) -> None:
        self._current.wish(wish)
        self._wish = wish

    def _on_cancel(self) -> None:
        """Of the preparation, which may not have begun to listen yet."""
        path = self._current.path
        if path is not None and self.launches.is_waiting(path):
            self.launches.withdraw(path)
        elif path is not None:
            self.act(controls.STOP)

    # What has happened.

    def _on_shown(self) -> None:
        """A draft that was changed elsewhere is what the person came for; else the run in view."""
        draft = self._context.app.draft.config
        if draft != self._seen_draft or self._current.directory is None:
            self._page.show_mode(NEW_RUN)
        self._seen_draft = draft
        self._refresh()

    def _on_hidden(self) -> None:
        self._seen_draft = self._context.app.draft.config

    def _on_draft_changed(self) -> None:
        """While a run is watched, only a text that was dropped or the palette changes the draft: show it."""
        if self._page.isVisible() and self._page.mode() == THIS_RUN:
            self._show_mode(NEW_RUN)

    def _on_run_selected(self) -> None:
        self._wish = ""
        self.run_view.forget()
        has_run = self._current.directory is not None
        self._page.show_has_run(has_run)
        self._page.show_mode(THIS_RUN if has_run else NEW_RUN)
        if self._trouble:
            self._page.notice.hide()
            self._trouble = ""
        self._refresh()

    def _on_status(self) -> None:
        state = self._current.state
        if not self._current.is_active or state in _FULFILLED.get(self._wish, ()):
            self._wish = ""
        self.launches.look()
        if self._page.isVisible():
            self.run_view.show_facts()
            self._show_run()

    def _on_metrics(self) -> None:
        """A finished run's curve is read after its status: the heading names the last evaluation of it."""
        n_evaluations = (self._current.sample or self._current.metrics).evaluation.n_rows
        if n_evaluations != self._n_evaluations and self._page.isVisible():
            self._n_evaluations = n_evaluations
            self._show_run()

    def _on_launches_changed(self) -> None:
        self._current.poll()
        self._show_run()

    # What is shown.

    def _refresh(self) -> None:
        if not self._page.isVisible():
            return
        self.new_run.refresh()
        self.run_view.refresh()
        self._show_run()

    def _show_mode(self, mode: str) -> None:
        self._page.show_mode(mode)
        if mode == THIS_RUN:
            self.run_view.refresh()
        self._show_run()

    def _show_run(self) -> None:
        """Heading, buttons, progress and trouble, all from the state as it is now."""
        current, page = self._current, self._page
        facts = self._facts()
        is_launched = facts.is_launched
        page.run_panel.show_active(current.is_active and not is_launched)
        is_own, has_checkpoint = current.path != sample_model(), facts.last_checkpoint >= 0
        is_new = facts.state == run_directory.NEW
        page.run_panel.show_can_verify(has_checkpoint)
        page.run_panel.show_can_lengthen(is_own and (current.is_active or has_checkpoint or is_new))
        self._show_progress(facts)
        self._show_trouble(facts)
        if page.mode() == NEW_RUN:
            self._show_new_heading()
            page.show_controls(new_run_controls(self.new_run.why_not()))
            return
        page.show_heading(run_title(facts), run_sentence(facts))
        situation = RunSituation(
            has_run=current.directory is not None,
            state=facts.state,
            has_checkpoint=has_checkpoint,
            is_longer=0 < current.status.max_steps < self.run_view.max_steps,
            is_own=is_own,
            is_launched=is_launched,
            wish=self._wish,
        )
        page.show_controls(run_controls(situation))

    def _facts(self) -> RunFacts:
        current = self._current
        return RunFacts(
            config=current.config,
            status=current.status,
            state=current.state,
            validation_loss=(current.sample or current.metrics).evaluation.last("validation_loss"),
            last_checkpoint=self.run_view.last_checkpoint,
            is_launched=self.launches.is_waiting(current.path),
            wish=self._wish,
        )

    def _show_new_heading(self) -> None:
        config = self._context.app.draft.config
        words = translate("TrainPage", "{0} steps on {1}")
        words = words.format(f"{config.training.max_steps:,}", source_words(config.data.source))
        self._page.show_heading(translate("TrainPage", "Train a new model"), words)

    def _show_progress(self, facts: RunFacts) -> None:
        picture = self._page.run_picture
        if facts.is_launched:
            picture.show_progress(0.0, translate("TrainPage", "The trainer is starting"))
        elif facts.state == run_directory.PREPARING:
            picture.show_progress(facts.status.progress, phase_words(facts.status.phase))
        else:
            picture.show_no_progress()

    def _show_trouble(self, facts: RunFacts) -> None:
        """What went wrong, or what a trainer at work has to say; told once, so that it can be closed."""
        directory = self._current.directory
        log = str(directory.log_path) if directory else ""
        trouble = self.launches.failure(self._current.path) or (trouble_sentence(facts, log) if directory else "")
        word = trouble or (told(facts.status.message) if facts.state == run_directory.TRAINING else "")
        if word == self._trouble:
            return
        self._trouble = word
        if trouble:
            self._remedy = self._remedy_of(facts)
            self._page.notice.show_error(trouble, self._remedy.label if self._remedy else "")
        elif word:
            self._page.notice.show_fact(word)
        else:
            self._page.notice.hide()

    def _remedy_of(self, facts: RunFacts) -> Remedy | None:
        directory = self._current.directory
        if directory is None or facts.state != run_directory.FAILED:
            return None
        try:
            return remedy_for(directory, facts.status)
        except PlaygroundError:  # damaged, which is told already
            return None


def build(context: WindowContext) -> TrainPage:
    """The page, connected."""
    page = TrainPage()
    TrainWiring(page, context)
    return page
