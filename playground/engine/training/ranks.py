"""The processes that train one run together: one, or as many as `torchrun` has started.

The first of them is the chief: it alone holds the run's lock, writes, and hears wishes. All compute the same numbers.
Sums go through torch's process group, on gloo or nccl.
"""

import contextlib
import datetime
import os
import signal
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor, distributed
from torch.distributed.distributed_c10d import PrefixStore, Store
from torch.distributed.rendezvous import rendezvous

from playground.contract.config import RunConfig
from playground.contract.errors import ConfigError, RunError
from playground.engine.training.devices import pick_device

_MEETING = datetime.timedelta(minutes=10)
# A pause is a wait of all but the chief, and may last the night; a process that dies is noticed at once by its socket.
_TRAINING = datetime.timedelta(days=7)
_POLL_S = 0.02


@dataclass(frozen=True, kw_only=True)
class Ranks:
    """This process among those that train the run."""

    index: int = 0
    count: int = 1
    device: torch.device = field(default_factory=lambda: torch.device("cpu"))
    group: distributed.ProcessGroup | None = None  # None for one alone

    @property
    def is_chief(self) -> bool:
        return self.index == 0

    def total(self, values: Tensor) -> Tensor:
        """The sum of all processes' values, the same for each."""
        if self.count > 1:
            distributed.all_reduce(values, group=self.group)
        return values

    def sums(self, counts: Sequence[int]) -> list[int]:
        """The sums of all processes' counts; one alone need not wait for its device."""
        if self.count == 1:
            return list(counts)
        found: list[int] = self.total(torch.tensor(counts, device=self.device)).tolist()
        return found

    def agreed(self, values: Sequence[float]) -> list[float]:
        """The chief's values."""
        if self.count == 1:
            return list(values)
        told = torch.tensor(values, dtype=torch.float64, device=self.device)
        distributed.broadcast(told, src=0, group=self.group)
        heard: list[float] = told.tolist()
        return heard

    @contextlib.contextmanager
    def chief_first(self) -> Iterator[None]:
        """The chief goes through the block before all others do: it may write what they read."""
        if not self.is_chief:
            self.agreed([0.0])
        yield
        if self.is_chief:
            self.agreed([0.0])

    def share(self, n: int) -> range:
        """Which of `n` things are this process's: even parts in order, as nearly as they go."""
        return range(n * self.index // self.count, n * (self.index + 1) // self.count)


def is_among_others() -> bool:
    """Whether `torchrun` started this process together with others, or again after one of them died."""
    return int(os.environ.get("WORLD_SIZE", "1")) > 1


def is_chief() -> bool:
    """Whether this process is the first of those that `torchrun` started, or was started alone."""
    return int(os.environ.get("RANK", "0")) == 0


def n_restarts() -> int:
    """How often `torchrun` has started its processes anew."""
    return int(os.environ.get("TORCHELASTIC_RESTART_COUNT", "0"))


@contextlib.contextmanager
def joined(config: RunConfig) -> Iterator[Ranks]:
    """Be one of the processes while the block runs.

    Raises:
        ConfigError: the device is not there, or a step has fewer sequences than there are processes.
        RunError: the others cannot be reached.
    """
    device = pick_device(config.training)
    if not is_among_others():
        yield Ranks(device=device)
        return
    if device.type == "cuda":
        device = torch.device("cuda", int(os.environ["LOCAL_RANK"]))
        torch.cuda.set_device(device)
    try:
        store, rank, count = next(rendezvous("env://", timeout=_MEETING))
        distributed.init_process_group(
            "nccl" if device.type == "cuda" else "gloo",
            store=PrefixStore(_met(store, rank, count), store),
            rank=rank,
            world_size=count,
            timeout=_MEETING,
        )
        group = distributed.new_group(timeout=_TRAINING)
    except (RuntimeError, ValueError) as error:
        raise RunError(
            f"The other processes of this training cannot be reached: {error}. Check torchrun's options."
        ) from error
    try:
        ranks = Ranks(index=rank, count=count, device=device, group=group)
        _check_enough(config, ranks)
        yield ranks
    finally:
        with contextlib.suppress(RuntimeError):  # another one may be dead
            distributed.destroy_process_group()


def _met(store: Store, rank: int, count: int) -> str:
    """A name that only the processes of this very start know.

    torchrun keeps its store when it starts all anew, and addresses of dead processes lie in it. Each says a word of its
    own, so that nobody takes an old answer for a new one.
    """
    own = uuid.uuid4().hex
    if rank == 0:
        store.set("chief", own)
        for other in range(1, count):
            while not (heard := store.get(f"process/{other}").decode()).startswith(own):
                time.sleep(_POLL_S)
            store.set(f"welcome/{heard.removeprefix(own)}", own)
        return own
    while not store.check([f"welcome/{own}"]):
        store.set(f"process/{rank}", store.get("chief").decode() + own)
        time.sleep(_POLL_S)
    return str(store.get(f"welcome/{own}").decode())


@contextlib.contextmanager
def deaf() -> Iterator[None]:
    """Ctrl+C and SIGTERM go to all processes: the chief hears them, and ends the others with it."""
    former = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def _check_enough(config: RunConfig, ranks: Ranks) -> None:
    n_sequences = config.training.sequences_per_step
    if n_sequences < ranks.count:
        raise ConfigError(
            [
                f"A step has {n_sequences} sequences, fewer than the {ranks.count} processes that should share it. "
                "Raise training.batch_size, or start fewer processes."
            ]
        )
