"""From logits to one token: a chain of small functions, in the order top-k, top-p, temperature, draw.

Top-p looks at the model's own probabilities, before the temperature bends them: a high temperature then never
lets back in what was unlikely. (llama.cpp has this order too; Hugging Face bends first.)

Pure functions: randomness comes in as noise, drawn from a generator. Knows ids and numbers, never text.

Shapes: V vocabulary; the filters take any number of axes before it.
"""

import math
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from playground.contract.config import SamplingConfig

_SMALLEST_NOISE = torch.finfo(torch.float32).tiny


@dataclass(frozen=True, kw_only=True)
class Filtered:
    """Logits of one position (V,) at each stage of the chain, -inf for what was cut so far."""

    raw: Tensor
    after_top_k: Tensor
    after_top_p: Tensor
    logits: Tensor  # divided by the temperature; at temperature 0 all but the likeliest are -inf

    @property
    def cut_by_top_k(self) -> Tensor:
        """(V,) bool."""
        return self.after_top_k.isneginf() & ~self.raw.isneginf()

    @property
    def cut_by_top_p(self) -> Tensor:
        """(V,) bool."""
        return self.after_top_p.isneginf() & ~self.after_top_k.isneginf()


@dataclass(frozen=True, kw_only=True)
class Distribution:
    """What `messages.NextToken` says of one position, without pieces; N tokens, the likeliest first."""

    ids: np.ndarray  # (N,) int32
    before: np.ndarray  # (N,) float32, softmax of the model's logits
    after: np.ndarray  # (N,) float32, what is drawn from; 0 for what was cut
    cut_by: list[str]  # "", "top_k" or "top_p"
    n_kept: int  # tokens with after > 0, of the whole vocabulary
    entropy_nats: float  # of `before`, whole vocabulary


def top_k(logits: Tensor, k: int) -> Tensor:
    """Keep the `k` likeliest (Fan et al. 2018), -inf for the rest; of equal ones the smaller ids. 0 keeps all."""
    if k == 0 or k >= logits.shape[-1]:
        return logits
    threshold = logits.topk(k, dim=-1).values[..., -1:]
    above, equal = logits > threshold, logits == threshold
    n_free = k - above.sum(dim=-1, keepdim=True)
    kept = above | (equal & (equal.cumsum(dim=-1) <= n_free))
    return logits.masked_fill(~kept, -math.inf)


def top_p(logits: Tensor, p: float) -> Tensor:
    """Keep the fewest likeliest whose probabilities reach `p` together (Holtzman et al. 2020), -inf for the rest.

    The token that crosses `p` is kept, so there is always one. 1 keeps all.
    """
    if p >= 1.0:
        return logits
    ranked = logits.sort(dim=-1, descending=True, stable=True)
    probabilities = ranked.values.softmax(dim=-1)
    reached_before = probabilities.cumsum(dim=-1) - probabilities
    ranked_cut = reached_before >= p
    ranked_cut[..., 0] = False  # a sum that is rounded up must not empty the list
    cut = torch.zeros_like(ranked_cut).scatter(-1, ranked.indices, ranked_cut)
    return logits.masked_fill(cut, -math.inf)


def temperature(logits: Tensor, value: float) -> Tensor:
    """Divide by `value`: below 1 sharpens, above 1 flattens. 0 keeps the likeliest only, of equal ones the first."""
    if value == 0.0:
        likeliest = logits.argmax(dim=-1, keepdim=True)
        return torch.full_like(logits, -math.inf).scatter(-1, likeliest, 0.0)
    return logits / value if value != 1.0 else logits


def filtered(logits: Tensor, sampling: SamplingConfig) -> Filtered:
    """The whole chain over the logits of one position (V,)."""
    after_k = top_k(logits, sampling.top_k)
    after_p = top_p(after_k, sampling.top_p)
    warm = temperature(after_p, sampling.temperature)
    return Filtered(raw=logits, after_top_k=after_k, after_top_p=after_p, logits=warm)


def noise(vocab_size: int, generator: torch.Generator) -> Tensor:
    """One position's luck: a number for every token, (V,) exponentially distributed, the same whatever is cut."""
    return torch.empty(vocab_size).exponential_(generator=generator).clamp_(min=_SMALLEST_NOISE)


def draw(logits: Tensor, luck: Tensor) -> int:
    """An id with the probability that softmax of `logits` gives it, decided by `luck` from `noise`.

    The largest p/e over all tokens, e exponential, is a draw from p (the Gumbel-max trick, Maddison et al. 2014).
    Each token keeps its own luck, so the same seed draws the same token until a setting really makes a difference.
    """
    return int((logits.softmax(dim=-1) / luck).argmax())


def next_token_distribution(logits: Tensor, sampling: SamplingConfig, n_shown: int) -> Distribution:
    """The `n_shown` likeliest tokens after `logits` (V,) before and after the chain, on the CPU."""
    return distribution_of(logits.softmax(dim=-1), filtered(logits, sampling), n_shown)


def distribution_of(before: Tensor, chain: Filtered, n_shown: int) -> Distribution:
    """The `n_shown` likeliest tokens by the model's own probabilities `before` (V,), next to what the chain left."""
    after = chain.logits.softmax(dim=-1)
    ids = before.sort(descending=True, stable=True).indices[:n_shown]
    by_k, by_p = chain.cut_by_top_k[ids].tolist(), chain.cut_by_top_p[ids].tolist()
    return Distribution(
        ids=ids.numpy().astype(np.int32),
        before=before[ids].numpy(),
        after=after[ids].numpy(),
        cut_by=["top_k" if k else "top_p" if p else "" for k, p in zip(by_k, by_p, strict=True)],
        n_kept=int(after.count_nonzero()),
        entropy_nats=float(torch.special.entr(before).sum()),
    )
