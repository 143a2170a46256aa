"""Twenty random models of each family: the same logits, attention and hidden states after import, and after export."""

from pathlib import Path

import pytest
import torch
from their_models import MAKERS, saved

from playground.engine.exchange.export_folder import family_for, their_tensors
from playground.engine.exchange.import_folder import read_model
from playground.engine.model.trace import StackTrace, trace
from playground.engine.model.transformer import Transformer

TOLERANCE = 1e-4
N_MODELS = 20


def assert_equal_stack(ours: StackTrace, attentions: tuple, hidden: tuple, *, ends_normed: bool) -> None:
    """Theirs before the last norm; where the family has a last one, their last hidden state is behind it."""
    weights = torch.stack(attentions)[:, 0]
    assert (ours.weights - weights).abs().max() <= TOLERANCE
    states = torch.stack(hidden)[:, 0]
    n_equal = len(states) - ends_normed
    assert (ours.hidden[:n_equal] - states[:n_equal]).abs().max() <= TOLERANCE


def assert_same(model: Transformer, theirs: torch.nn.Module, seed: int) -> None:
    config, generator = model.config, torch.Generator().manual_seed(seed)
    ids = torch.randint(model.vocab_size, (min(11, config.n_ctx),), generator=generator)
    source = torch.randint(model.vocab_size, (min(9, config.n_ctx),), generator=generator)
    asked = {"output_attentions": True, "output_hidden_states": True, "use_cache": False}
    with torch.no_grad():
        if config.kind == "encoder_decoder":
            found = theirs(input_ids=source[None], decoder_input_ids=ids[None], **asked)
            record = trace(model, ids, source)
            fused = model(ids[None], memory=model.encode(source[None]))[0]
            assert_equal_stack(record.encoder, found.encoder_attentions, found.encoder_hidden_states, ends_normed=False)
            assert_equal_stack(record.decoder, found.decoder_attentions, found.decoder_hidden_states, ends_normed=False)
            crossed = torch.stack(found.cross_attentions)[:, 0]
            assert (record.decoder.cross_weights - crossed).abs().max() <= TOLERANCE
        else:
            found = theirs(ids[None], **asked)
            record = trace(model, ids)
            fused = model(ids[None])[0]
            ends_normed = config.norm_place == "before"
            assert_equal_stack(record.main, found.attentions, found.hidden_states, ends_normed=ends_normed)
    assert found.logits.std() > 0.05  # else the comparison would mean little
    assert (record.logits - found.logits[0]).abs().max() <= TOLERANCE
    assert (fused - found.logits[0]).abs().max() <= TOLERANCE


def reloaded(model: Transformer, folder: Path) -> torch.nn.Module:
    """What `transformers` makes of our export."""
    import json

    import transformers
    from safetensors.torch import save_file

    family = family_for(model.config)
    values = family.to_theirs(model.config, model.vocab_size)
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps(values), encoding="utf-8")
    save_file(their_tensors(model, family), folder / "model.safetensors", {"format": "pt"})
    kind = getattr(transformers, values["architectures"][0])
    theirs, report = kind.from_pretrained(folder, attn_implementation="eager", output_loading_info=True)
    assert not report["missing_keys"]
    assert not report["unexpected_keys"]
    return theirs.eval()


@pytest.mark.parametrize("seed", range(N_MODELS))
@pytest.mark.parametrize("family", MAKERS)
def test_import_and_export_keep_every_number(tmp_path: Path, family: str, seed: int) -> None:
    theirs = MAKERS[family](seed)
    model = read_model(saved(theirs, tmp_path / "theirs")).model
    assert_same(model, theirs, seed)
    assert_same(model, reloaded(model, tmp_path / "ours"), seed)


@pytest.mark.parametrize("seed", range(4))
def test_padding_is_never_looked_at_by_an_imported_bert(tmp_path: Path, seed: int) -> None:
    theirs = MAKERS["bert"](seed)
    model = read_model(saved(theirs, tmp_path / "theirs")).model
    ids = torch.randint(model.vocab_size, (2, 8), generator=torch.Generator().manual_seed(seed))
    padding = torch.arange(8) >= torch.tensor([[8], [5]])
    with torch.no_grad():
        found = theirs(ids, attention_mask=(~padding).long()).logits
        ours = model(ids, padding=padding)
    assert (found - ours)[~padding].abs().max() <= TOLERANCE


@pytest.mark.parametrize("seed", range(4))
def test_padding_is_never_looked_at_by_an_imported_bart(tmp_path: Path, seed: int) -> None:
    theirs = MAKERS["bart"](seed)
    model = read_model(saved(theirs, tmp_path / "theirs")).model
    generator = torch.Generator().manual_seed(seed)
    source = torch.randint(model.vocab_size, (2, 8), generator=generator)
    ids = torch.randint(model.vocab_size, (2, 6), generator=generator)
    padding = torch.arange(8) >= torch.tensor([[8], [5]])
    with torch.no_grad():
        found = theirs(input_ids=source, attention_mask=(~padding).long(), decoder_input_ids=ids).logits
        ours = model(ids, memory=model.encode(source, padding))
    assert (found - ours).abs().max() <= TOLERANCE
