"""A model that learns: one step at a time, from the examples that are due, at the rate that it is told.

Knows no files and no wishes: the same state and step give the same next state, for the trainer and for whoever checks
it. Each of several processes learns from its part of a step. It holds all weights, and torch's
DistributedDataParallel adds the gradients up; or a share of them (see `sharding`).
"""

import contextlib
import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel

from playground.contract.config import RunConfig
from playground.contract.errors import PlaygroundError
from playground.engine.model.batch import Batch
from playground.engine.model.transformer import Transformer
from playground.engine.training.batches import Batches, MicroBatch, seed_of_pass
from playground.engine.training.devices import precision
from playground.engine.training.loss import loss_sums
from playground.engine.training.objectives import Objective
from playground.engine.training.optimizer import clip_gradients, make_optimizer, set_learning_rate, weight_norm
from playground.engine.training.ranks import Ranks
from playground.engine.training.sharding import Shards, plain


class DivergedError(PlaygroundError):
    """A number of a step is none. The weights are as they were before.

    Attributes:
        what: which, in a few words.
        examples: those of the step whose own loss is no number; empty if each alone has one.
    """

    def __init__(self, what: str, examples: list[int]) -> None:
        super().__init__(what)
        self.what, self.examples = what, examples


@dataclass(frozen=True, kw_only=True)
class Learned:
    """One step: `loss` in nats is the mean over all its tokens, `gradient_norm` the length before clipping,
    `weight_norm` that of all that weight decay pulls at, before the update."""

    loss: float
    gradient_norm: float
    weight_norm: float
    n_tokens: int  # that the model read


class Learner:
    """A model, its optimizer, and the examples of all its steps."""

    def __init__(self, model: Transformer, config: RunConfig, objective: Objective, ranks: Ranks) -> None:
        self.model, self._config, self._training = model, config, config.training
        self._objective, self._ranks = objective, ranks
        self.optimizer = make_optimizer(model, config.training)
        self._whole_parameters = _trained(model)
        self._batches = Batches(objective, config, ranks)
        self._judge: nn.Module = _Judge(model)
        self._shards: Shards | None = None
        self._learning, self._optimizer, self._parameters = model, self.optimizer, self._whole_parameters  # or shares
        self._gathered_at = -1

    def begin(self, step: int) -> None:
        """Once weights and optimizer are as they should be at `step`; only needed where there are other processes.

        Raises:
            ConfigError: the settings do not go with shares of weights.
        """
        if self._ranks.count == 1:
            return
        if self._training.sharding == "full":
            self._shards = Shards(self.model, self.optimizer, self._config, self._ranks)
            self._learning, self._optimizer = self._shards.model, self._shards.optimizer
            self._parameters = _trained(self._learning)
            self._judge = _Judge(self._learning)
            self._gathered_at = step
        else:
            self._judge = DistributedDataParallel(self._judge, process_group=self._ranks.group)

    def gather(self, step: int) -> None:
        """Let the chief's `model` and `optimizer` be whole, if they are not; all processes have to call this."""
        if self._shards is not None and self._gathered_at != step:
            self._shards.gather()
            self._gathered_at = step

    @property
    def n_trained(self) -> int:
        """How many numbers training changes."""
        return sum(parameter.numel() for parameter in self._whole_parameters)

    def learn(self, step: int, rate: float) -> Learned:
        """Update the weights once.

        Raises:
            DivergedError: loss, gradient or weights are not finite.
        """
        batches = self._batches.step(step)
        counts = [sum(each.batch.n_targets for each in batches), sum(map(self._n_tokens, batches))]
        n_targets, n_tokens = self._ranks.sums(counts)
        learned = self._gradients(step, batches, n_targets, n_tokens)
        for what, value in (
            ("the loss", learned.loss), ("the gradient", learned.gradient_norm), ("the weights", learned.weight_norm)
        ):  # fmt: skip
            if not math.isfinite(value):
                raise DivergedError(f"{what} became {value}", self._culprits(batches))
        set_learning_rate(self._optimizer, rate)
        self._optimizer.step()
        return learned

    def has_finite_weights(self) -> bool:
        """Whether each weight is a number: an update may have been too much for it. For the chief, once gathered."""
        return all(bool(torch.isfinite(parameter).all()) for parameter in self._whole_parameters)

    def _n_tokens(self, micro_batch: MicroBatch) -> int:
        return self._objective.n_tokens(micro_batch.batch)

    def _gradients(self, step: int, batches: list[MicroBatch], n_targets: int, n_tokens: int) -> Learned:
        """Fill the gradients: those of the mean over all judged tokens of all micro-batches of all processes."""
        self._learning.train()
        self._optimizer.zero_grad(set_to_none=True)
        losses = []
        for each in batches:
            if self._config.has_dropout:
                torch.manual_seed(seed_of_pass(self._training.seed, step, each.index))
            with self._adding_up(is_last=each is batches[-1]):
                with precision(self._training, self._ranks.device):
                    logits, targets = self._judge(each.batch)
                    sums = loss_sums(logits, targets, self._training.label_smoothing)
                # Processes are averaged by torch, where they should add up.
                (sums.objective * (self._ranks.count / n_targets)).backward()  # type: ignore[no-untyped-call]
            losses.append(sums.loss.detach() / n_targets)
        norm = plain(clip_gradients(self._parameters, self._training.gradient_clip))
        loss = self._ranks.total(torch.stack(losses).sum())
        length = plain(weight_norm(self._parameters))
        numbers = torch.stack([loss, norm, length]).tolist()  # one wait for the device a step
        return Learned(loss=numbers[0], gradient_norm=numbers[1], weight_norm=numbers[2], n_tokens=n_tokens)

    def _adding_up(self, is_last: bool) -> contextlib.AbstractContextManager[None]:
        """Gradients of a step meet those of other processes once, in its last backward pass."""
        if self._shards is not None:
            self._shards.add_up(is_last=is_last)
        if is_last or not isinstance(self._judge, DistributedDataParallel):
            return contextlib.nullcontext()
        waiting: contextlib.AbstractContextManager[None] = self._judge.no_sync()
        return waiting

    @torch.no_grad()
    def _culprits(self, batches: list[MicroBatch]) -> list[int]:
        """Which of this process's examples have a loss that is no number, each asked alone."""
        if self._shards is not None:  # then only all processes together can ask
            return []
        self.model.eval()
        return [
            int(example)
            for each in batches
            for row, example in enumerate(each.examples)
            if not torch.isfinite(loss_sums(*self.model.judged(_row(each.batch, row))).loss)
        ]


def _trained(model: Transformer) -> list[nn.Parameter]:
    return [parameter for parameter in model.parameters() if parameter.requires_grad]


class _Judge(nn.Module):
    """What torch wraps for several processes: a model's logits and targets at all judged places of a batch."""

    def __init__(self, model: Transformer) -> None:
        super().__init__()
        self.model = model

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor]:
        return self.model.judged(batch)


def _row(batch: Batch, row: int) -> Batch:
    def part(values: Tensor | None) -> Tensor | None:
        return None if values is None else values[row : row + 1]

    return Batch(
        ids=batch.ids[row : row + 1],
        targets=batch.targets[row : row + 1],
        n_targets=1,
        padding=part(batch.padding),
        source=part(batch.source),
        source_padding=part(batch.source_padding),
    )
