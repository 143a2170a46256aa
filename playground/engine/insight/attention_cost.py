"""What attention costs on this machine in its two ways, fused and explicit, over longer and longer contexts.

Measures the very functions that the model calls (`engine/model/attention.py`), without the linear maps around them,
which are the same for both. Runs of both ways alternate, so that whatever else the machine does meets both.

Shapes: T tokens, H heads, K key-value heads, D d_head. One sequence, 32-bit numbers, no dropout.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

import torch
from torch import Tensor

from playground.contract.attention_cost_messages import TOO_LARGE, TOO_LONG, AttentionCost, AttentionShape, WayCost
from playground.contract.errors import ConfigError
from playground.engine.insight.peak_memory import free_bytes, peak_bytes
from playground.engine.model.attention import Combine, Sight, explicit, fused, repeated
from playground.engine.model.positions import alibi_slopes, distance_bias

SHORTEST, LONGEST = 64, 2048
PATIENCE_S = 20.0  # for one length
_LEAST_RUNS, _MOST_RUNS, _ENOUGH_S = 3, 25, 0.6  # of each way
_COPIES = 6  # of all weights; explicit training held 3 to 4 at once when it was measured
_MARGIN = 1.2

Report = Callable[[int, float], None]
Run = Callable[[], object]


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How far a measurement goes. `free_bytes` says how much memory could still be taken."""

    shortest: int = SHORTEST
    longest: int = LONGEST
    patience_s: float = PATIENCE_S
    free_bytes: Callable[[torch.device], int] = free_bytes


class AttentionCosts:
    """Iterate over it for a row per context length, the shortest first; afterwards `stopped` says why it ended early.

    `report(n_tokens, share)` is called before each run with the share of the whole that is done; what it raises ends
    the measurement, which holds nothing then.
    """

    def __init__(
        self, shape: AttentionShape, device: torch.device, report: Report, limits: Limits | None = None, seed: int = 1
    ) -> None:
        """Raises: ConfigError for a shape that cannot be, or no context at all."""
        self.stopped = ""
        self._shape, self._device, self._report, self._seed = shape, device, report, seed
        self._limits = limits or Limits()
        _check(shape, self._limits.longest)
        self._lengths = lengths(self._limits.shortest, self._limits.longest)

    def __iter__(self) -> Iterator[AttentionCost]:
        last: AttentionCost | None = None
        last_s = 0.0
        for n_tokens in self._lengths:
            growth = (n_tokens / last.n_tokens) ** 2 if last else 0.0
            if last_s * growth > self._limits.patience_s:
                self.stopped = TOO_LONG
                return
            needed = max(needed_bytes(self._shape, n_tokens), last.explicit.training_bytes * growth if last else 0)
            if needed * _MARGIN > self._limits.free_bytes(self._device):
                self.stopped = TOO_LARGE
                return
            started = time.perf_counter()
            last = self._cost(n_tokens)
            last_s = time.perf_counter() - started
            yield last

    def _cost(self, n_tokens: int) -> AttentionCost:
        """Both ways at one length; the first run of each is not counted."""
        case = Case(self._shape, n_tokens, self._device, self._seed)
        self._report(n_tokens, self._share(n_tokens, 0.0))
        with torch.inference_mode():
            difference = float((case.output(fused) - case.output(explicit)).abs().max())
        forward = [lambda: case.forward(fused), lambda: case.forward(explicit)]
        training = [lambda: case.training(fused), lambda: case.training(explicit)]
        forward_ms = self._medians_ms(forward, n_tokens, 0.05)
        training_ms = self._medians_ms(training, n_tokens, 0.4)
        forward_bytes = [peak_bytes(run, self._device) for run in forward]
        training_bytes = [peak_bytes(run, self._device) for run in training]
        ways = [
            WayCost(forward_ms=a, training_ms=b, forward_bytes=c, training_bytes=d)
            for a, b, c, d in zip(forward_ms, training_ms, forward_bytes, training_bytes, strict=True)
        ]
        return AttentionCost(n_tokens=n_tokens, fused=ways[0], explicit=ways[1], largest_difference=difference)

    def _medians_ms(self, runs: Sequence[Run], n_tokens: int, begun: float) -> list[float]:
        """Each run's median time; they take turns."""
        for run in runs:
            self._timed_s(run)
        taken: list[list[float]] = [[] for _ in runs]
        while not _is_enough(taken):
            self._report(n_tokens, self._share(n_tokens, begun))
            for run, times in zip(runs, taken, strict=True):
                times.append(self._timed_s(run))
        return [1000.0 * median(times) for times in taken]

    def _timed_s(self, run: Run) -> float:
        self._wait()
        started = time.perf_counter()
        run()
        self._wait()
        return time.perf_counter() - started

    def _wait(self) -> None:
        if self._device.type == "cuda":
            torch.cuda.synchronize(self._device)

    def _share(self, n_tokens: int, within: float) -> float:
        """Of the whole, where a length takes about as long as it is."""
        before = sum(each for each in self._lengths if each < n_tokens)
        return (before + within * n_tokens) / sum(self._lengths)


class Case:
    """Random queries, keys and values of one length, and what is done with them."""

    def __init__(self, shape: AttentionShape, n_tokens: int, device: torch.device, seed: int) -> None:
        generator = torch.Generator().manual_seed(seed)

        def normal(n_heads: int) -> Tensor:
            made = torch.randn(1, n_heads, n_tokens, shape.d_head, generator=generator)  # (1, heads, T, D)
            return made.to(device).requires_grad_()

        self._inputs = normal(shape.n_heads), normal(shape.n_kv_heads), normal(shape.n_kv_heads)
        self._asked = normal(shape.n_heads).detach()  # the gradient that comes back
        slopes = alibi_slopes(shape.n_heads).to(device)
        bias = distance_bias(slopes, 0, n_tokens) if shape.has_bias else None  # (H, T, T)
        self._sight = Sight(is_causal=shape.is_causal, bias=bias)
        self._n_heads = shape.n_heads

    def output(self, way: Combine) -> Tensor:
        """What the heads take: (1, H, T, D)."""
        queries, keys, values = self._inputs
        return way(queries, repeated(keys, self._n_heads), repeated(values, self._n_heads), self._sight, 0.0)

    def forward(self, way: Combine) -> Tensor:
        with torch.inference_mode():
            return self.output(way)

    def training(self, way: Combine) -> tuple[Tensor, ...]:
        """Forward, then backward to queries, keys and values."""
        return torch.autograd.grad(self.output(way), self._inputs, self._asked)


def lengths(shortest: int, longest: int) -> list[int]:
    """Doubling from `shortest`, with `longest` as the last one."""
    made = []
    n_tokens = shortest
    while n_tokens < longest:
        made.append(n_tokens)
        n_tokens *= 2
    return [*made, longest]


def needed_bytes(shape: AttentionShape, n_tokens: int) -> int:
    """By formula, and on the safe side: what measuring a length holds at most."""
    inputs = 4 * n_tokens * shape.d_head * (2 * shape.n_heads + 2 * shape.n_kv_heads)
    bias = shape.weights_bytes(n_tokens) if shape.has_bias else 0
    return _COPIES * shape.weights_bytes(n_tokens) + 4 * inputs + bias


def measuring_device() -> torch.device:
    """A CUDA GPU if there is one. Apple's MPS cannot tell the peak of its memory, so the CPU is measured there."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def device_name(device: torch.device) -> str:
    """ "cpu", or the name of the GPU."""
    return torch.cuda.get_device_name(device) if device.type == "cuda" else device.type


def _is_enough(taken: list[list[float]]) -> bool:
    n_runs, spent_s = len(taken[0]), sum(map(sum, taken))
    return n_runs >= _MOST_RUNS or (n_runs >= _LEAST_RUNS and spent_s > _ENOUGH_S)


def _check(shape: AttentionShape, longest: int) -> None:
    if longest < 1:
        raise ConfigError(
            [f"The longest context is {longest}. Give the number of tokens to measure up to, such as 2048."]
        )
    if min(shape.n_heads, shape.n_kv_heads, shape.d_head) < 1 or shape.n_heads % shape.n_kv_heads:
        raise ConfigError(
            [
                f"Attention cannot have {shape.n_heads} heads of {shape.d_head} numbers and {shape.n_kv_heads} key "
                "heads. All must be 1 or more, and the key heads must divide the heads evenly."
            ]
        )
