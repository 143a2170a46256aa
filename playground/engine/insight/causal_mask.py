"""The same trained model with its causal mask switched."""

import copy
from dataclasses import replace

from playground.engine.model.transformer import Transformer


def with_causal_mask(model: Transformer, causal_mask: bool) -> Transformer:
    """A model over the very same weights whose decoder hides later tokens or not; itself if nothing is to change.

    An encoder hides nothing anyway.
    """
    if model.decoder is None or model.config.causal_mask == causal_mask:
        return model
    shared = [*model.parameters(), *model.buffers()]
    switched = copy.deepcopy(model, {id(tensor): tensor for tensor in shared})
    assert switched.decoder is not None
    switched.config = replace(model.config, causal_mask=causal_mask)
    switched.decoder.is_causal = causal_mask
    return switched
