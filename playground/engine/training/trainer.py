"""The training of one run, from its config to its last snapshot, as a stream of typed events.

`train_run` holds the run's lock, writes the run directory and yields each event after it was written. It knows no
screen: whoever iterates prints or ignores. Started by `torchrun`, the run is trained by many processes: the first of
them does all that, the others only compute.
"""

import contextlib
from collections.abc import Callable, Iterator

import torch

from playground.contract import run_directory
from playground.contract.config import RunConfig
from playground.contract.errors import PlaygroundError, RunError, StorageError
from playground.contract.run_directory import RunDirectory, hold_lock
from playground.engine.training import events
from playground.engine.training.events import TrainingEvent
from playground.engine.training.loop import Loop
from playground.engine.training.preparation import Material, prepare, read_material
from playground.engine.training.ranks import Ranks, deaf, joined, n_restarts
from playground.engine.training.recorder import Recorder
from playground.engine.training.wishes import StoppedError, Wishes


def never() -> bool:
    """Nobody wants the training to stop."""
    return False


def train_run(
    run: RunDirectory, *, resume: bool = False, should_stop: Callable[[], bool] = never
) -> Iterator[TrainingEvent]:
    """Train a run to its end, or until a wish or `should_stop` ends it with a checkpoint.

    Args:
        resume: go on from the newest valid checkpoint; from the start if there is none yet. So does a process that
            `torchrun` has started anew, without being told.
        should_stop: asked between steps, e.g. whether a signal came.

    Raises:
        RunError: another trainer is at work; the run was trained before and `resume` is False; it is finished;
            its loss is no longer a number; another of its processes died.
        ConfigError, TextError, TokenizerError: as its parts.
        StorageError: the disk refuses. All saved checkpoints are unharmed.
    """
    config = run.config()
    with joined(config) as ranks:
        if ranks.is_chief:
            yield from _led(run, config, ranks, resume or n_restarts() > 0, should_stop)
        else:
            with deaf(), _understood(config, ranks):
                _followed(run, config, ranks)


def _led(
    run: RunDirectory, config: RunConfig, ranks: Ranks, resume: bool, should_stop: Callable[[], bool]
) -> Iterator[TrainingEvent]:
    """What the chief does, or the only process."""
    with hold_lock(run.lock_path):
        _check_may_start(run, config, resume)
        with Recorder(run) as recorder:
            wishes = Wishes(run, should_stop)
            wishes.reset()
            try:
                with _understood(config, ranks):
                    yield from _written(recorder, _training(run, config, ranks, wishes, recorder))
            except PlaygroundError as error:
                _record_failure(recorder, str(error), _problem(error))
                raise
            except Exception as error:
                _record_failure(recorder, f"An unexpected error ended the training: {error}. See {run.log_path}.")
                raise


def _followed(run: RunDirectory, config: RunConfig, ranks: Ranks) -> None:
    """What all other processes do: compute, and say nothing."""
    with ranks.chief_first():
        material = read_material(run, config, _unheard)
    for _ in Loop(run, config, material, Wishes(run, never), ranks, None).happenings():
        pass


def _training(
    run: RunDirectory, config: RunConfig, ranks: Ranks, wishes: Wishes, recorder: Recorder
) -> Iterator[TrainingEvent]:
    def report(phase: str, progress: float) -> None:
        recorder.record(events.Preparing(phase=phase, progress=progress))
        wishes.raise_if_stop()

    yield events.Preparing(phase="text", progress=0.0)
    try:
        with ranks.chief_first():
            material: Material = prepare(run, config, report)
    except StoppedError:
        yield events.Stopped(step=run.status().step)
        return
    yield from Loop(run, config, material, wishes, ranks, recorder).happenings()


def _check_may_start(run: RunDirectory, config: RunConfig, resume: bool) -> None:
    status = run.status()
    if not resume and status.state != run_directory.NEW:
        raise RunError(
            f"{run.path} was trained before, to step {status.step:,}. Resume it with --resume, or choose another name."
        )
    max_steps = config.training.max_steps
    with contextlib.suppress(RunError):  # a damaged control.json wants nothing
        max_steps = run.control().max_steps or max_steps
    if resume and status.state == run_directory.FINISHED and status.step >= max_steps:
        raise RunError(
            f"{run.path} is finished: all {status.step:,} steps are done. Make it longer with "
            f"--resume --set training.max_steps={2 * max(status.step, 1)}, or start a new run."
        )


@contextlib.contextmanager
def _understood(config: RunConfig, ranks: Ranks) -> Iterator[None]:
    """Errors of torch that a person can do something about, in a sentence."""
    try:
        yield
    except (MemoryError, RuntimeError) as error:
        if is_out_of_memory(error):
            raise _too_large(config) from error
        if ranks.count > 1 and any(word in str(error).lower() for word in ("gloo", "nccl", "connection", "peer")):
            raise RunError(
                f"Another of the {ranks.count} processes of this training ended. Look at what torchrun prints; with "
                "--max-restarts it starts all of them anew."
            ) from error
        raise


def is_out_of_memory(error: BaseException) -> bool:
    """On a CPU torch has no error of its own for it."""
    is_told = isinstance(error, MemoryError | torch.OutOfMemoryError)
    return is_told or (isinstance(error, RuntimeError) and "DefaultCPUAllocator" in str(error))


def _too_large(config: RunConfig) -> RunError:
    return RunError(
        f"There is not enough memory for a batch of {config.training.batch_size} sequences. Halve "
        "training.batch_size and double training.accumulation_steps, or choose a smaller model.",
        problem=run_directory.OUT_OF_MEMORY,
    )


def _problem(error: PlaygroundError) -> str:
    if isinstance(error, StorageError):
        return run_directory.DISK
    return error.problem if isinstance(error, RunError) else ""


def _record_failure(recorder: Recorder, sentence: str, problem: str = "") -> None:
    # The disk that failed the training may refuse this too; the caller still reports it.
    with contextlib.suppress(StorageError):
        recorder.record_failure(sentence, problem)


def _written(recorder: Recorder, happening: Iterator[TrainingEvent]) -> Iterator[TrainingEvent]:
    for event in happening:
        recorder.record(event)
        yield event


def _unheard(phase: str, progress: float) -> None:
    """The chief reports for all."""
