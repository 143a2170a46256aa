"""What an encoder makes of masked tokens: its distribution at each of them.

Shapes: T tokens, M masked tokens, V vocabulary.
"""

from collections.abc import Sequence

import torch
from torch import Tensor

from playground.contract.errors import PlaygroundError
from playground.contract.model_config import ENCODER
from playground.engine.model.modes import check_number, evaluating
from playground.engine.model.transformer import Transformer


def logits_at_masks(model: Transformer, ids: Tensor, masked: Sequence[int], mask_id: int | None) -> Tensor:
    """Hide the tokens of `ids` (T,) at the places `masked` (M,), and ask the model for them: logits (M, V) on the CPU.

    Raises:
        PlaygroundError: the model is no encoder, or a place is none of the text's.
        RunError: the model's output is not a number.
    """
    if model.config.kind != ENCODER or mask_id is None:
        raise PlaygroundError("Only an encoder fills masks in, and this model is none. Choose another run.")
    if not all(0 <= place < len(ids) for place in masked):
        raise PlaygroundError(f"Masked is a token that the text does not have: it has {len(ids)}. Choose others.")
    seen = ids.clone().long()
    seen[list(masked)] = mask_id
    with torch.inference_mode(), evaluating(model):
        logits: Tensor = model(seen[None].to(model.device))[0, list(masked)].float().cpu()
    check_number(float(logits.sum()))
    return logits
