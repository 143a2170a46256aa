"""The memory that the form estimates is about what a step of a training really keeps."""

import pytest
import torch
from torch.autograd.graph import saved_tensors_hooks
from torch.nn import functional

from playground.contract.model_size import training_memory_bytes
from playground.contract.presets import preset
from playground.engine.model.batch import IGNORED, Batch
from playground.engine.model.transformer import Transformer
from playground.engine.training.optimizer import make_optimizer


def _measured(name: str) -> float:
    """Bytes of weights, gradients, the optimizer's state, and all that is kept for the way back."""
    chosen = preset(name)
    vocab_size = chosen.tokenizer.vocab_size
    model = Transformer(chosen.model, vocab_size)
    generator = torch.Generator().manual_seed(1)
    shape = (chosen.training.batch_size, chosen.model.n_ctx)
    ids = torch.randint(0, vocab_size, shape, generator=generator)
    targets = ids.clone()
    if chosen.model.kind == "encoder":
        targets[torch.rand(shape, generator=generator) >= chosen.training.mask_fraction] = IGNORED
    source = ids if chosen.model.kind == "encoder_decoder" else None
    batch = Batch(ids=ids, targets=targets, n_targets=int((targets != IGNORED).sum()), source=source)
    weights = {parameter.data_ptr() for parameter in model.parameters()}
    kept: dict[int, int] = {}

    def keep(tensor: torch.Tensor) -> torch.Tensor:
        if tensor.data_ptr() not in weights:
            kept[tensor.untyped_storage().data_ptr()] = tensor.untyped_storage().nbytes()
        return tensor

    with saved_tensors_hooks(keep, lambda tensor: tensor):
        logits, wanted = model.judged(batch)
        loss = functional.cross_entropy(logits, wanted)
    loss.backward()  # type: ignore[no-untyped-call]
    optimizer = make_optimizer(model, chosen.training)
    optimizer.step()
    states = (value for state in optimizer.state.values() for value in state.values())
    remembered = sum(value.numel() for value in states if torch.is_tensor(value))
    return 4 * (2 * model.n_parameters + remembered + 2 * logits.numel()) + sum(kept.values())


@pytest.mark.parametrize("name", ["tiny", "gpt-tiny", "bert-tiny", "transformer-tiny", "llama-tiny"])
def test_the_estimate_is_within_a_third_of_what_is_kept(name: str) -> None:
    chosen = preset(name)
    estimate = training_memory_bytes(chosen.model, chosen.training, chosen.tokenizer.vocab_size)
    assert estimate == pytest.approx(_measured(name), rel=0.33)
