"""Proof that a run can go on exactly: its last stretch is trained again from a checkpoint, and compared bit for bit.

What must be equal: loss, length of gradient and of weights at each step, as metrics.jsonl has them, then every weight
and every number of the optimizer, as the newest checkpoint has them. Writes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from playground.contract.config import RunConfig
from playground.contract.errors import RunError
from playground.contract.run_directory import RunDirectory
from playground.engine.training.checkpoints import TrainingState, load_at, state_tensors, tensors_at
from playground.engine.training.devices import pick_device
from playground.engine.training.journal import Helm, changes_from
from playground.engine.training.learner import Learned, Learner
from playground.engine.training.preparation import read_material
from playground.engine.training.ranks import Ranks
from playground.engine.training.starting import make_model, take_over

_COMPARED = ("loss", "gradient_norm", "weight_norm")
_BYTES_AT_ONCE = 1 << 22

Report = Callable[[int, int, int], None]
"""Told the first step, the one that is done, and the last; may raise to give up."""


@dataclass(frozen=True, kw_only=True)
class Verification:
    """Which steps were taken again, how many numbers were compared, and the first that differs, in a sentence or ""."""

    first_step: int
    last_step: int
    n_compared: int
    difference: str


@dataclass(frozen=True, kw_only=True)
class Origin:
    """What the exact numbers of a run depend on, as its trainer said at its last start; zero or "" if it did not."""

    n_threads: int = 0
    n_processes: int = 0
    torch: str = ""


def origin_of(run: RunDirectory) -> Origin:
    """Under which circumstances a run was trained last."""
    found = Origin()
    tail = run.events_tail()
    while records := tail.read(_BYTES_AT_ONCE):
        for record in records:
            if record.get("kind") == "started":
                found = Origin(
                    n_threads=_whole(record.get("n_threads")),
                    n_processes=_whole(record.get("n_processes")),
                    torch=str(record.get("torch", "")),
                )
    return found


def verify(run: RunDirectory, report: Report) -> Verification:
    """Train the stretch up to the newest checkpoint again: from the one before it, or from the start if it is alone.

    Raises:
        RunError: the run has no checkpoint, one of them is damaged, or its text has changed.
        ConfigError, TextError: its parts are not there any more.
    """
    config, steps = run.config(), run.checkpoint_steps()
    if not steps:
        raise RunError(f"{run.path} has no checkpoint yet, so there is nothing to verify. Train it first.")
    first, last = (steps[-2] if len(steps) > 1 else 0), steps[-1]
    recorded = _recorded(run, first, last)
    learner, helm = _learner_at(run, config, first)
    n_compared, difference = 0, ""
    report(first, first, last)
    for step in range(first + 1, last + 1):
        helm.follow(step - 1)
        learned = learner.learn(step, helm.rate(step, config.training))
        n_numbers, difference = _step_difference(step, learned, recorded.get(step, {}))
        n_compared += n_numbers
        if difference:
            break
        report(first, step, last)
    else:
        now = state_tensors(learner.model, learner.optimizer)
        n_numbers, difference = _state_difference(last, now, tensors_at(run, last))
        n_compared += n_numbers
    if difference:
        difference = " ".join([difference, *_reasons(origin_of(run))])
    return Verification(first_step=first, last_step=last, n_compared=n_compared, difference=difference)


def _reasons(origin: Origin) -> list[str]:
    """What is not as it was when the run was trained, and changes the last digits of sums."""
    found = []
    if origin.n_processes > 1:
        found.append(f"It was trained by {origin.n_processes} processes, which add up in another order than one.")
    if origin.torch and origin.torch != torch.__version__:
        found.append(f"It was trained with torch {origin.torch}, and this is {torch.__version__}.")
    if origin.n_threads and origin.n_threads != torch.get_num_threads():
        found.append(f"It was trained on {origin.n_threads} threads, and this is {torch.get_num_threads()}.")
    return found


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _learner_at(run: RunDirectory, config: RunConfig, step: int) -> tuple[Learner, Helm]:
    ranks = Ranks(device=pick_device(config.training))
    material = read_material(run, config, lambda phase, progress: None)
    model = make_model(run, config, material.tokenizer.vocab_size, ranks.device)
    learner = Learner(model, config, material.train, ranks)
    if step:
        state = load_at(run, step, model, learner.optimizer)
    else:
        take_over(model, config)
        state = TrainingState()
    helm = Helm(config.training.max_steps)
    helm.begin(state.learning_rate_factor, state.max_steps, changes_from(run, step))
    return learner, helm


def _recorded(run: RunDirectory, first: int, last: int) -> dict[int, dict[str, float]]:
    """The newest line of metrics.jsonl for each step."""
    found: dict[int, dict[str, float]] = {}
    tail = run.metrics_tail()
    while records := tail.read(_BYTES_AT_ONCE):
        for record in records:
            step = record.get("step")
            if record.get("kind") == "train" and isinstance(step, int) and first < step <= last:
                found[step] = {name: record[name] for name in _COMPARED if isinstance(record.get(name), float)}
    return found


def _step_difference(step: int, learned: Learned, recorded: dict[str, float]) -> tuple[int, str]:
    for name, was in recorded.items():
        if (now := getattr(learned, name)) != was:
            words = name.replace("_", " ")
            return 1, f"At step {step:,} the {words} is {now!r}, and was {was!r} when the run was trained."
    return len(recorded), ""


def _state_difference(step: int, now: dict[str, Tensor], was: dict[str, Tensor]) -> tuple[int, str]:
    if now.keys() != was.keys():
        name = min(now.keys() ^ was.keys())
        return 0, f"{name} is in only one of the checkpoint at step {step:,} and the model that was trained again."
    n_compared = 0
    for name, value in now.items():
        saved = was[name]
        if value.shape != saved.shape or not torch.equal(_bits(value), _bits(saved)):
            return n_compared, f"{name} differs from the checkpoint at step {step:,}."
        n_compared += value.numel()
    return n_compared, ""


def _bits(value: Tensor) -> Tensor:
    """Bytes, so that what is no number equals itself and -0 does not equal 0."""
    return value.detach().cpu().contiguous().reshape(-1).view(torch.uint8)
