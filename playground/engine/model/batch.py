"""What one forward pass of training reads: ids, what should be said at each place, and what is only padding.

Shapes: B batch, T position, S source position.
"""

from dataclasses import dataclass

from torch import Tensor

IGNORED = -100  # torch's own mark for a place without a target


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Rows of equal length; shorter ones are filled up at their right end."""

    ids: Tensor  # (B, T) int64, read by the decoder, or by the encoder if that is all there is
    targets: Tensor  # (B, T) int64, IGNORED where nothing is judged
    n_targets: int  # places that are judged
    padding: Tensor | None = None  # (B, T) bool, True where `ids` only fill up; None if there is none
    source: Tensor | None = None  # (B, S) int64, read by the encoder of an encoder-decoder
    source_padding: Tensor | None = None  # (B, S) bool
