"""What a model is asked about its rows: the next token, the masked tokens, or the translation.

Each objective turns indices of examples into a batch: the same indices and random numbers give the same batch.

Shapes: N rows, T longest row, S longest source.
"""

from typing import Protocol

import numpy as np
import torch
from torch import Tensor

from playground.engine.model.batch import IGNORED, Batch
from playground.engine.training.masking import N_NOISE, Masking, masked, noise_for
from playground.engine.training.rows import Rows, RowSource


class Objective(Protocol):
    """A text and a question about it.

    Attributes:
        n_draws: random numbers that each example takes.
    """

    n_draws: int

    def __len__(self) -> int:
        """How many different examples may be drawn."""
        ...

    def judged(self) -> np.ndarray:
        """Indices of the examples that together cover everything once."""
        ...

    def batch(self, indices: np.ndarray, draws: np.random.Generator, device: torch.device) -> Batch:
        """Those examples as a batch; takes `n_draws` numbers for each from `draws`, in order."""
        ...

    def n_tokens(self, batch: Batch) -> int:
        """How many real tokens the model reads in a batch."""
        ...


class NextToken:
    """Predict each token from those before it; rows hold one token more than the model reads."""

    n_draws = 0

    def __init__(self, source: RowSource) -> None:
        self._source = source

    def __len__(self) -> int:
        return len(self._source)

    def judged(self) -> np.ndarray:
        return self._source.judged()

    def batch(self, indices: np.ndarray, draws: np.random.Generator, device: torch.device) -> Batch:
        return _shifted(self._source.rows(indices), device)

    def n_tokens(self, batch: Batch) -> int:
        return batch.n_targets


class FillMasks:
    """Name the tokens behind the masks, from both sides.

    Args:
        longest: tokens in the longest row, for which random numbers are drawn in every row.
    """

    def __init__(self, source: RowSource, masking: Masking, longest: int) -> None:
        self._source, self._masking, self._longest = source, masking, longest
        self.n_draws = longest * N_NOISE

    def __len__(self) -> int:
        return len(self._source)

    def judged(self) -> np.ndarray:
        return self._source.judged()

    def batch(self, indices: np.ndarray, draws: np.random.Generator, device: torch.device) -> Batch:
        rows = self._source.rows(indices)
        seen, targets = masked(rows, self._masking, noise_for(draws, len(indices), self._longest))
        return Batch(
            ids=_on(seen, device),
            targets=_on(targets, device),
            n_targets=int((targets != IGNORED).sum()),
            padding=_padding(rows, device),
        )

    def n_tokens(self, batch: Batch) -> int:
        return batch.ids.numel() - (int(batch.padding.sum()) if batch.padding is not None else 0)


class Translate:
    """Write the target token by token, each from the source and the right tokens before it (teacher forcing)."""

    n_draws = 0

    def __init__(self, sources: RowSource, targets: RowSource) -> None:
        assert len(sources) == len(targets), "each source has one target"
        self._sources, self._targets = sources, targets

    def __len__(self) -> int:
        return len(self._targets)

    def judged(self) -> np.ndarray:
        return self._targets.judged()

    def batch(self, indices: np.ndarray, draws: np.random.Generator, device: torch.device) -> Batch:
        sources = self._sources.rows(indices)
        target = _shifted(self._targets.rows(indices), device)
        return Batch(
            ids=target.ids,
            targets=target.targets,
            n_targets=target.n_targets,
            padding=target.padding,
            source=_on(sources.ids, device),
            source_padding=_padding(sources, device),
        )

    def n_tokens(self, batch: Batch) -> int:
        assert batch.source is not None
        filling = int(batch.source_padding.sum()) if batch.source_padding is not None else 0
        return batch.n_targets + batch.source.numel() - filling


def _shifted(rows: Rows, device: torch.device) -> Batch:
    """Rows (N, T + 1) as ids (N, T) and the token after each."""
    targets = np.where(rows.padding[:, 1:], IGNORED, rows.ids[:, 1:])
    read = Rows(rows.ids[:, :-1], rows.lengths - 1)
    return Batch(
        ids=_on(read.ids, device),
        targets=_on(targets, device),
        n_targets=int((rows.lengths - 1).sum()),
        padding=_padding(read, device),
    )


def _padding(rows: Rows, device: torch.device) -> Tensor | None:
    is_full = bool((rows.lengths == rows.ids.shape[1]).all())
    return None if is_full else torch.from_numpy(rows.padding).to(device)


def _on(ids: np.ndarray, device: torch.device) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(ids)).to(device)
