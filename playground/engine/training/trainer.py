"""The training of one run, from its config to its last snapshot, as a stream of typed events.

`train_run` holds the run's lock, writes the run directory and yields each event after it was written. It knows no
screen: whoever iterates prints or ignores.
"""

import contextlib
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch

from playground.contract import run_directory
from playground.contract.config import RunConfig
from playground.contract.errors import PlaygroundError, RunError, StorageError
from playground.contract.run_directory import PAUSE, RunDirectory, hold_lock
from playground.contract.schedule import learning_rate
from playground.contract.storage import make_folder
from playground.engine.model.batch import Batch
from playground.engine.model.weights import save_weights
from playground.engine.training import events
from playground.engine.training.batches import Batches, seed_of_pass
from playground.engine.training.checkpoints import TrainingState, load_newest, save_checkpoint
from playground.engine.training.devices import pick_device, precision
from playground.engine.training.evaluation import evaluate
from playground.engine.training.events import TrainingEvent
from playground.engine.training.loss import loss_sums
from playground.engine.training.optimizer import clip_gradients, make_optimizer, set_learning_rate, weight_norm
from playground.engine.training.pace import Pace
from playground.engine.training.preparation import Material, prepare
from playground.engine.training.recorder import Recorder, was_evaluated
from playground.engine.training.showing import sample_of
from playground.engine.training.snapshots import snapshot_steps, surplus_snapshots
from playground.engine.training.starting import make_model, take_over
from playground.engine.training.wishes import Wishes

_PAUSE_POLL_S = 0.05


def never() -> bool:
    """Nobody wants the training to stop."""
    return False


def train_run(
    run: RunDirectory, *, resume: bool = False, should_stop: Callable[[], bool] = never
) -> Iterator[TrainingEvent]:
    """Train a run to its end, or until a wish or `should_stop` ends it with a checkpoint.

    Args:
        resume: go on from the newest valid checkpoint; from the start if there is none yet.
        should_stop: asked between steps, e.g. whether a signal came.

    Raises:
        RunError: another trainer is at work; the run was trained before and `resume` is False; it is finished;
            its loss is no longer a number.
        ConfigError, TextError, TokenizerError: as its parts.
        StorageError: the disk refuses. All saved checkpoints are unharmed.
    """
    config = run.config()
    with hold_lock(run.lock_path):
        _check_may_start(run, config, resume)
        with Recorder(run) as recorder:
            wishes = Wishes(run, should_stop)
            wishes.reset()
            try:
                yield from _written(recorder, _training(run, config, wishes, recorder))
            except PlaygroundError as error:
                _record_failure(recorder, str(error))
                raise
            except (MemoryError, torch.OutOfMemoryError) as error:
                sentence = (
                    f"There is not enough memory for a batch of {config.training.batch_size} sequences. Halve "
                    "training.batch_size and double training.accumulation_steps, or choose a smaller model."
                )
                _record_failure(recorder, sentence)
                raise RunError(sentence) from error
            except Exception as error:
                _record_failure(recorder, f"An unexpected error ended the training: {error}. See {run.log_path}.")
                raise


def _check_may_start(run: RunDirectory, config: RunConfig, resume: bool) -> None:
    status = run.status()
    if not resume and status.state != run_directory.NEW:
        raise RunError(
            f"{run.path} was trained before, to step {status.step:,}. Resume it with --resume, or choose another name."
        )
    if resume and status.state == run_directory.FINISHED and status.step >= config.training.max_steps:
        raise RunError(
            f"{run.path} is finished: all {status.step:,} steps are done. Raise training.max_steps in its "
            "config.toml to go on, or start a new run."
        )


def _record_failure(recorder: Recorder, sentence: str) -> None:
    # The disk that failed the training may refuse this too; the caller still reports it.
    with contextlib.suppress(StorageError):
        recorder.record_failure(sentence)


def _written(recorder: Recorder, happening: Iterator[TrainingEvent]) -> Iterator[TrainingEvent]:
    for event in happening:
        recorder.record(event)
        yield event


class _StoppedError(Exception):
    """A stop was wanted while preparing or evaluating."""


def _training(run: RunDirectory, config: RunConfig, wishes: Wishes, recorder: Recorder) -> Iterator[TrainingEvent]:
    def report(phase: str, progress: float) -> None:
        recorder.record(events.Preparing(phase=phase, progress=progress))
        if wishes.is_stop:
            raise _StoppedError

    yield events.Preparing(phase="text", progress=0.0)
    try:
        material = prepare(run, config, report)
    except _StoppedError:
        yield events.Stopped(step=run.status().step)
        return
    trainer = _Trainer(run, config, material, wishes, recorder)
    yield from trainer.trained()


@dataclass
class _Progress:
    """What changes from step to step, besides the weights."""

    step: int = 0
    tokens: int = 0
    factor: float = 1.0
    checkpoint_request: int = 0


class _Trainer:
    """Holds the model, its optimizer and its text, and moves them one step at a time."""

    def __init__(
        self, run: RunDirectory, config: RunConfig, material: Material, wishes: Wishes, recorder: Recorder
    ) -> None:
        self._run, self._config, self._training = run, config, config.training
        self._material, self._wishes, self._recorder = material, wishes, recorder
        self._device = pick_device(self._training)
        self._model = make_model(run, config, material.tokenizer.vocab_size, self._device)
        self._parameters = [parameter for parameter in self._model.parameters() if parameter.requires_grad]
        self._optimizer = make_optimizer(self._model, self._training)
        self._batches = Batches(material.train, config, self._device)
        self._snapshots = set(snapshot_steps(self._training, 4 * self._model.n_parameters))
        self._at = _Progress()
        self._pace = Pace(0.0)

    def trained(self) -> Iterator[TrainingEvent]:
        """From the first step, or the checkpoint, to the last."""
        passed_over = self._restore()
        yield events.Started(
            step=self._at.step,
            max_steps=self._training.max_steps,
            n_parameters=self._model.n_parameters,
            n_trained=sum(parameter.numel() for parameter in self._parameters),
            vocab_size=self._material.tokenizer.vocab_size,
            device=str(self._device),
            passed_over=passed_over,
        )
        if self._at.step == 0:
            yield from self._milestones()
        elif self._owes_evaluation():
            yield from self._evaluation()
        while self._at.step < self._training.max_steps:
            wanted = self._wishes.now()
            if wanted.wish == PAUSE:
                yield from self._pause()
            if self._wishes.is_stop:
                yield from self._checkpoint()
                yield from self._snapshot()
                yield events.Stopped(step=self._at.step)
                return
            if wanted.learning_rate_factor != self._at.factor:
                self._at.factor = wanted.learning_rate_factor
                yield events.RateChanged(step=self._at.step, factor=self._at.factor)
            if wanted.checkpoint_request != self._at.checkpoint_request:
                self._at.checkpoint_request = wanted.checkpoint_request
                yield from self._checkpoint()
            yield self._step()
            yield from self._milestones()
        if self._owes_evaluation():  # a stop came in the middle of the last one
            yield events.Stopped(step=self._at.step)
        else:
            yield events.Finished(step=self._at.step)

    def _restore(self) -> str:
        """Go back to the newest checkpoint; a sentence on damaged ones."""
        self._at.checkpoint_request = self._wishes.now().checkpoint_request
        loaded = load_newest(self._run, self._model, self._optimizer)
        if loaded is None:
            take_over(self._model, self._config)
            return ""
        state = loaded.state
        self._at.step, self._at.tokens, self._at.factor = state.step, state.tokens, state.learning_rate_factor
        self._pace = Pace(state.elapsed_s)
        return loaded.passed_over

    def _step(self) -> events.StepDone:
        """One update of the weights from all its micro-batches.

        Raises:
            RunError: loss or gradient is not finite; the weights are as they were before.
        """
        began = time.monotonic()
        step = self._at.step + 1
        batches = self._batches.step(step)
        loss, norm, length = self._gradients(step, batches)
        if not math.isfinite(loss):
            raise self._diverged(step, f"the loss became {loss}")
        if not math.isfinite(norm):
            raise self._diverged(step, f"the gradient became {norm}")
        rate = learning_rate(step, self._training) * self._at.factor
        set_learning_rate(self._optimizer, rate)
        self._optimizer.step()
        self._at.step = step
        n_tokens = sum(self._material.train.n_tokens(batch) for batch in batches)
        self._at.tokens += n_tokens
        self._pace.step_took(time.monotonic() - began, n_tokens)
        return events.StepDone(
            step=step,
            loss=loss,
            learning_rate=rate,
            gradient_norm=norm,
            weight_norm=length,
            tokens=self._at.tokens,
            elapsed_s=self._pace.elapsed_s,
            tokens_per_s=self._pace.tokens_per_s,
            time_left_s=self._time_left_s(),
        )

    def _gradients(self, step: int, batches: list[Batch]) -> tuple[float, float, float]:
        """Fill the gradients of a step; its loss, the mean over all judged tokens of all its micro-batches, the
        gradients' length before clipping, and the weights' length."""
        self._model.train()
        self._optimizer.zero_grad(set_to_none=True)
        share = 1.0 / sum(batch.n_targets for batch in batches)
        losses = []
        for index, batch in enumerate(batches):
            if self._config.has_dropout:
                torch.manual_seed(seed_of_pass(self._training.seed, step, index))
            with precision(self._training, self._device):
                sums = loss_sums(*self._model.judged(batch), self._training.label_smoothing)
            (sums.objective * share).backward()  # type: ignore[no-untyped-call]
            losses.append(sums.loss.detach() * share)
        norm = clip_gradients(self._parameters, self._training.gradient_clip)
        values = torch.stack([torch.stack(losses).sum(), norm, weight_norm(self._parameters)])
        loss, length_of_gradient, length_of_weights = values.tolist()  # one wait for the device a step
        return loss, length_of_gradient, length_of_weights

    def _check_weights(self) -> None:
        """A file never holds weights that are no numbers.

        Raises:
            RunError: the last update overflowed.
        """
        if not all(bool(torch.isfinite(parameter).all()) for parameter in self._parameters):
            raise self._diverged(self._at.step, "weights became infinite or no numbers")

    def _diverged(self, step: int, what: str) -> RunError:
        kept = self._run.checkpoint_steps()
        back = f"Its state at step {kept[-1]:,} is kept." if kept else "It has no checkpoint yet."
        return RunError(
            f"Training diverged at step {step:,}: {what}. {back} "
            f"Start again with a learning rate below {self._training.learning_rate:g}, or clip the gradient."
        )

    def _milestones(self) -> Iterator[TrainingEvent]:
        """What is due after a step: snapshot, evaluation with a sample, checkpoint."""
        step, training = self._at.step, self._training
        is_last = step == training.max_steps
        if step in self._snapshots:
            yield from self._snapshot()
        if is_last or (step and step % training.checkpoint_every == 0):
            yield from self._checkpoint()  # before the evaluation: nothing that fails there costs the state
        if self._is_evaluation_due():
            yield from self._evaluation()

    def _is_evaluation_due(self) -> bool:
        step, training = self._at.step, self._training
        return step == training.max_steps or step % training.evaluate_every == 0

    def _owes_evaluation(self) -> bool:
        """Whether the trainer was stopped or killed before this step's evaluation was done."""
        return self._is_evaluation_due() and not was_evaluated(self._run.metrics_path, self._at.step)

    def _snapshot(self) -> Iterator[TrainingEvent]:
        self._check_weights()
        step = self._at.step
        path = self._run.snapshot_path(step)
        make_folder(path.parent)
        save_weights(self._model, path, {"step": str(step)})
        for surplus in surplus_snapshots(self._run.snapshot_steps(), self._snapshots, step):
            with contextlib.suppress(OSError):  # one too many does no harm
                self._run.snapshot_path(surplus).unlink()
        yield events.SnapshotSaved(step=step)

    def _checkpoint(self) -> Iterator[TrainingEvent]:
        if self._at.step == 0:
            return
        self._check_weights()
        self._recorder.sync()
        state = TrainingState(
            step=self._at.step,
            tokens=self._at.tokens,
            elapsed_s=self._pace.elapsed_s,
            learning_rate_factor=self._at.factor,
        )
        save_checkpoint(self._run, self._model, self._optimizer, state)
        yield events.CheckpointSaved(step=self._at.step)

    def _evaluation(self) -> Iterator[TrainingEvent]:
        began = time.monotonic()
        yield events.Evaluating(step=self._at.step)
        try:
            found = evaluate(self._model, self._material.judged, self._give_up_if_stopped)
        except _StoppedError:
            return  # the loop stops next, with a checkpoint
        if not math.isfinite(found.loss):
            raise self._diverged(self._at.step, f"the validation loss became {found.loss}")
        yield events.Evaluated(
            step=self._at.step,
            loss=found.loss,
            perplexity=found.perplexity,
            bits_per_byte=found.bits_per_byte,
            accuracy=found.accuracy,
            exact=found.exact,
        )
        if self._training.sample_tokens:
            yield self._sample()
        self._pace.evaluation_took(time.monotonic() - began)

    def _sample(self) -> TrainingEvent:
        return sample_of(
            self._model,
            self._material.tokenizer,
            self._material.shown,
            step=self._at.step,
            n_tokens=self._training.sample_tokens,
            seed=self._training.seed,
        )

    def _give_up_if_stopped(self) -> None:
        self._recorder.write_status()
        if self._wishes.is_stop:
            raise _StoppedError

    def _pause(self) -> Iterator[TrainingEvent]:
        """Hold everything in memory until another wish comes; generate and look inside meanwhile."""
        self._pace.hold()
        yield from self._checkpoint()
        yield from self._snapshot()
        yield events.Paused(step=self._at.step)
        while self._wishes.now().wish == PAUSE:
            time.sleep(_PAUSE_POLL_S)
            self._recorder.write_status()
        self._pace.go_on()
        if not self._wishes.is_stop:
            yield events.Resumed(step=self._at.step)

    def _time_left_s(self) -> float:
        step, training = self._at.step, self._training
        n_evaluations = training.max_steps // training.evaluate_every - step // training.evaluate_every
        if training.max_steps % training.evaluate_every:
            n_evaluations += 1
        return self._pace.time_left_s(training.max_steps - step, n_evaluations)
