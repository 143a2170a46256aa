"""The loop of a training: wishes, a step, and what is due after it, again and again, as typed events.

Of several processes all walk through the same loop; the chief alone hears wishes, judges, writes and speaks.
"""

import dataclasses
import math
import time
from collections.abc import Iterator

import torch

from playground.contract.config import RunConfig
from playground.contract.errors import RunError
from playground.contract.run_directory import DIVERGED, PAUSE, STOP, TRAIN, Control, RunDirectory
from playground.contract.storage import discard, make_folder
from playground.engine.model.weights import save_weights
from playground.engine.training import events
from playground.engine.training.checkpoints import TrainingState, load_newest, save_checkpoint
from playground.engine.training.evaluation import evaluate
from playground.engine.training.events import TrainingEvent
from playground.engine.training.journal import Helm, changes_from
from playground.engine.training.learner import DivergedError, Learner
from playground.engine.training.pace import Pace, TimeLeft
from playground.engine.training.preparation import Material
from playground.engine.training.ranks import Ranks
from playground.engine.training.recorder import Recorder, was_evaluated
from playground.engine.training.showing import sample_of
from playground.engine.training.snapshots import snapshot_steps, surplus_snapshots
from playground.engine.training.starting import make_model, take_over
from playground.engine.training.wishes import StoppedError, Wishes

_PAUSE_POLL_S = 0.05
_WISHES = (TRAIN, PAUSE, STOP)


@dataclasses.dataclass
class _Progress:
    """What changes from step to step, besides the weights."""

    step: int = 0
    tokens: int = 0
    checkpoint_request: int = 0
    step_request: int = 0
    is_held: bool = False


class Loop:
    """Holds a learner and its text, and moves it to the end of its run.

    Args:
        recorder: of the chief; None for all others.
    """

    def __init__(
        self,
        run: RunDirectory,
        config: RunConfig,
        material: Material,
        wishes: Wishes,
        ranks: Ranks,
        recorder: Recorder | None,
    ) -> None:
        self._run, self._config, self._material = run, config, material
        self._wishes, self._ranks, self._recorder = wishes, ranks, recorder
        with ranks.chief_first():
            self._model = make_model(run, config, material.tokenizer.vocab_size, ranks.device)
        self._learner = Learner(self._model, config, material.train, ranks)
        self._at = _Progress()
        self._helm = Helm(config.training.max_steps)
        self._pace = Pace(0.0)
        self._plan_snapshots()

    def happenings(self) -> Iterator[TrainingEvent]:
        """From the first step, or the checkpoint, to the last."""
        passed_over = self._restore()
        yield self._started(passed_over)
        if self._at.step == 0:
            yield from self._milestones()
        elif self._owes_evaluation():
            yield from self._evaluation()
        while True:
            wanted = self._wanted()
            yield from self._steered(wanted)
            if self._at.step >= self._max_steps:
                break
            if wanted.wish == STOP:
                yield from self._kept()
                yield events.Stopped(step=self._at.step)
                return
            yield from self._held_or_not(wanted)
            if wanted.checkpoint_request != self._at.checkpoint_request:
                self._at.checkpoint_request = wanted.checkpoint_request
                yield from self._checkpoint()
            if not self._at.is_held:
                yield from self._stepped()
            elif wanted.step_request != self._at.step_request:
                self._at.step_request = wanted.step_request
                yield from self._stepped()
                yield from self._snapshot()  # to look into; the checkpoint of the pause's beginning leads here too
                yield events.Paused(step=self._at.step)
        if self._owes_evaluation():  # a stop came in the middle of the last one
            yield events.Stopped(step=self._at.step)
        else:
            yield events.Finished(step=self._at.step)

    @property
    def _max_steps(self) -> int:
        return self._helm.now.max_steps

    def _plan_snapshots(self) -> None:
        planned = dataclasses.replace(self._config.training, max_steps=self._max_steps)
        self._snapshots = set(snapshot_steps(planned, 4 * self._model.n_parameters))

    # From where.

    def _restore(self) -> str:
        """Go back to the newest checkpoint; a sentence on damaged ones."""
        control = self._agreed(self._wishes.now())
        self._at.checkpoint_request, self._at.step_request = control.checkpoint_request, control.step_request
        with self._ranks.chief_first():
            loaded = load_newest(self._run, self._model, self._learner.optimizer)
        if loaded is None:
            take_over(self._model, self._config)
        state = loaded.state if loaded else TrainingState()
        self._at.step, self._at.tokens = state.step, state.tokens
        self._pace = Pace(state.elapsed_s)
        self._learner.begin(state.step)
        journal = changes_from(self._run, state.step)
        wanted = self._helm.begin(state.learning_rate_factor, state.max_steps, journal)
        self._wishes.suppose(wanted.learning_rate_factor, wanted.max_steps)
        self._plan_snapshots()
        return loaded.passed_over if loaded else ""

    def _started(self, passed_over: str) -> events.Started:
        return events.Started(
            step=self._at.step,
            max_steps=self._helm.wanted.max_steps,
            n_parameters=self._model.n_parameters,
            n_trained=self._learner.n_trained,
            vocab_size=self._material.tokenizer.vocab_size,
            device=str(self._ranks.device),
            passed_over=passed_over,
            n_processes=self._ranks.count,
            n_threads=torch.get_num_threads(),
            torch=torch.__version__,
        )

    # What is wanted.

    def _wanted(self) -> Control:
        """What somebody wants, the same for all processes; while the training is held, the next that is new."""
        wanted = self._wishes.now()
        while self._ranks.is_chief and self._at.is_held and self._is_nothing_new(wanted):
            time.sleep(_PAUSE_POLL_S)
            self._keep_status()
            wanted = self._wishes.now()
        return self._agreed(wanted)

    def _agreed(self, wanted: Control) -> Control:
        """What the chief has heard."""
        wish, *numbers = self._ranks.agreed(
            [
                _WISHES.index(wanted.wish) if wanted.wish in _WISHES else 0,
                wanted.checkpoint_request,
                wanted.step_request,
                wanted.max_steps,
                wanted.learning_rate_factor,
            ]
        )
        return Control(
            wish=_WISHES[int(wish)],
            checkpoint_request=int(numbers[0]),
            step_request=int(numbers[1]),
            max_steps=int(numbers[2]),
            learning_rate_factor=numbers[3],
        )

    def _is_nothing_new(self, wanted: Control) -> bool:
        known = self._at.checkpoint_request, self._at.step_request
        is_known = (wanted.checkpoint_request, wanted.step_request) == known
        return wanted.wish == PAUSE and is_known and self._helm.has_heard(wanted)

    def _steered(self, wanted: Control) -> Iterator[TrainingEvent]:
        """Rate and length as they hold from now on, and what follows from another length."""
        length = self._max_steps
        yield from self._helm.turned(wanted, self._at.step)
        if self._max_steps == length:
            return
        self._plan_snapshots()
        if self._at.step >= self._max_steps:  # it is over now
            yield from self._kept()
            if self._owes_evaluation():
                yield from self._evaluation()

    def _held_or_not(self, wanted: Control) -> Iterator[TrainingEvent]:
        """Hold everything in memory until another wish comes; generate and look inside meanwhile."""
        if wanted.wish == PAUSE and not self._at.is_held:
            self._pace.hold()
            yield from self._kept()
            yield events.Paused(step=self._at.step)
        elif wanted.wish != PAUSE and self._at.is_held:
            self._pace.go_on()
            yield events.Resumed(step=self._at.step)
        self._at.is_held = wanted.wish == PAUSE

    # A step.

    def _stepped(self) -> Iterator[TrainingEvent]:
        """One update of the weights, and what is due after it.

        Raises:
            RunError: a number of it is none; the weights are as they were before.
        """
        began = time.monotonic()
        step = self._at.step + 1
        rate = self._helm.rate(step, self._config.training)
        try:
            learned = self._learner.learn(step, rate)
        except DivergedError as error:
            yield events.Diverged(step=step, what=error.what, learning_rate=rate, examples=error.examples)
            self._learner.gather(self._at.step)
            if self._ranks.is_chief and self._learner.has_finite_weights():
                yield from self._kept()
            raise self._diverged(step, error.what) from None
        self._at.step = step
        self._at.tokens += learned.n_tokens
        self._pace.step_took(time.monotonic() - began, learned.n_tokens)
        left = self._time_left()
        yield events.StepDone(
            step=step,
            loss=learned.loss,
            learning_rate=rate,
            gradient_norm=learned.gradient_norm,
            weight_norm=learned.weight_norm,
            tokens=self._at.tokens,
            elapsed_s=self._pace.elapsed_s,
            tokens_per_s=self._pace.tokens_per_s,
            time_left_s=left.middle_s,
            time_left_low_s=left.low_s,
            time_left_high_s=left.high_s,
        )
        yield from self._milestones()

    def _weights_checked(self) -> Iterator[TrainingEvent]:
        """A file never holds weights that are no numbers.

        Raises:
            RunError: the last update overflowed.
        """
        if not self._learner.has_finite_weights():
            yield from self._found_diverged("weights became infinite or no numbers")

    def _found_diverged(self, what: str) -> Iterator[TrainingEvent]:
        step = self._at.step
        rate = self._helm.rate(step, self._config.training)
        yield events.Diverged(step=step, what=what, learning_rate=rate, examples=[])
        raise self._diverged(step, what)

    def _diverged(self, step: int, what: str) -> RunError:
        kept = self._run.checkpoint_steps()
        back = f"Its state at step {kept[-1]:,} is kept." if kept else "It has no checkpoint yet."
        rate = self._config.training.learning_rate * self._helm.now.learning_rate_factor
        return RunError(
            f"Training diverged at step {step:,}: {what}. {back} "
            f"Go on from there with a learning rate below {rate:g}, or clip the gradient.",
            problem=DIVERGED,
        )

    # What is due.

    def _milestones(self) -> Iterator[TrainingEvent]:
        """What is due after a step: snapshot, evaluation with a sample, checkpoint."""
        step, training = self._at.step, self._config.training
        if step in self._snapshots:
            yield from self._snapshot()
        if step == self._max_steps or (step and step % training.checkpoint_every == 0):
            yield from self._checkpoint()  # before the evaluation: nothing that fails there costs the state
        if self._is_evaluation_due():
            yield from self._evaluation()

    def _is_evaluation_due(self) -> bool:
        step = self._at.step
        return step >= self._max_steps or step % self._config.training.evaluate_every == 0

    def _owes_evaluation(self) -> bool:
        """Whether the trainer was stopped or killed before this step's evaluation was done."""
        if not self._is_evaluation_due():
            return False
        is_owed = self._ranks.is_chief and not was_evaluated(self._run.metrics_path, self._at.step)
        return self._ranks.agreed([float(is_owed)]) == [1.0]

    def _kept(self) -> Iterator[TrainingEvent]:
        yield from self._checkpoint()
        yield from self._snapshot()

    def _snapshot(self) -> Iterator[TrainingEvent]:
        self._learner.gather(self._at.step)
        if not self._ranks.is_chief:
            return
        yield from self._weights_checked()
        step = self._at.step
        path = self._run.snapshot_path(step)
        make_folder(path.parent)
        save_weights(self._model, path, {"step": str(step)})
        for surplus in surplus_snapshots(self._run.snapshot_steps(), self._snapshots, step):
            discard(self._run.snapshot_path(surplus))
        yield events.SnapshotSaved(step=step)

    def _checkpoint(self) -> Iterator[TrainingEvent]:
        self._learner.gather(self._at.step)
        if self._recorder is None or self._at.step == 0:
            return
        yield from self._weights_checked()
        self._recorder.sync()
        state = TrainingState(
            step=self._at.step,
            tokens=self._at.tokens,
            elapsed_s=self._pace.elapsed_s,
            learning_rate_factor=self._helm.now.learning_rate_factor,
            max_steps=self._max_steps,
        )
        save_checkpoint(self._run, self._model, self._learner.optimizer, state)
        yield events.CheckpointSaved(step=self._at.step)

    def _evaluation(self) -> Iterator[TrainingEvent]:
        self._learner.gather(self._at.step)
        if not self._ranks.is_chief:
            return
        began = time.monotonic()
        yield events.Evaluating(step=self._at.step)
        try:
            found = evaluate(self._model, self._material.judged, self._give_up_if_stopped)
        except StoppedError:
            return  # the loop stops next, with a checkpoint
        if not math.isfinite(found.loss):
            yield from self._found_diverged(f"the validation loss became {found.loss}")
        if self._config.training.sample_tokens:  # first: a judged step counts as done, and a kill may come between
            yield self._sample()
        yield events.Evaluated(
            step=self._at.step,
            loss=found.loss,
            perplexity=found.perplexity,
            bits_per_byte=found.bits_per_byte,
            accuracy=found.accuracy,
            exact=found.exact,
        )
        self._pace.evaluation_took(time.monotonic() - began)

    def _sample(self) -> TrainingEvent:
        return sample_of(
            self._model,
            self._material.tokenizer,
            self._material.shown,
            step=self._at.step,
            n_tokens=self._config.training.sample_tokens,
            seed=self._config.training.seed,
        )

    def _give_up_if_stopped(self) -> None:
        self._keep_status()
        self._wishes.raise_if_stop()

    def _keep_status(self) -> None:
        if self._recorder is not None:
            self._recorder.write_status()

    def _time_left(self) -> TimeLeft:
        step, every = self._at.step, self._config.training.evaluate_every
        n_evaluations = self._max_steps // every - step // every
        if self._max_steps % every:
            n_evaluations += 1
        return self._pace.time_left(self._max_steps - step, n_evaluations)
