"""What can be done about a run: a label for the button, and the deed."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from playground.contract import going_on, run_directory
from playground.contract.run_directory import RunDirectory, Status
from playground.ui.translation import translate

_SLOWER = 0.5


@dataclass(frozen=True)
class Remedy:
    """`apply` changes the run on disk, and raises PlaygroundError; `goes_on` says whether its trainer starts then."""

    label: str
    apply: Callable[[], None]
    goes_on: bool = True


def remedy_for(run: RunDirectory, status: Status) -> Remedy | None:
    """For one that failed; None if nothing can be done but what the sentence says.

    Raises:
        PlaygroundError: the run cannot be read.
    """
    if status.problem == run_directory.DIVERGED and run.checkpoint_steps():
        words = translate("TrainPage", "Go on from step {0} at half the rate")
        return Remedy(words.format(f"{run.checkpoint_steps()[-1]:,}"), lambda: _slow_down(run))
    if status.problem == run_directory.OUT_OF_MEMORY:
        config = going_on.config_now(run)
        smaller = going_on.with_smaller_micro_batches(config)
        if smaller is not None:
            words = translate("TrainPage", "Go on with batches of {0}, {1} to a step")
            training = smaller.training
            return Remedy(
                words.format(f"{training.batch_size:,}", f"{training.accumulation_steps:,}"),
                lambda: going_on.change(run, smaller),
            )
    if status.problem == run_directory.DISK:
        return Remedy(translate("TrainPage", "Try again"), lambda: None)
    return None


def _slow_down(run: RunDirectory) -> None:
    control = run.control()
    run.write_control(replace(control, learning_rate_factor=control.learning_rate_factor * _SLOWER))
