"""The classes of `transformers` that hold the same model with or without its head, and what their configs leave out."""

import json
from pathlib import Path
from typing import Any

import pytest
import torch
import transformers
from safetensors.torch import load_file, save_file
from their_models import lively, saved

from playground.contract.errors import ExchangeError
from playground.engine.exchange.import_folder import read_model
from playground.engine.exchange.llama import LLAMA

IDS = torch.tensor([[1, 2, 3, 4, 5]])
SMALL: dict[str, dict[str, Any]] = {
    "GPT2": {"vocab_size": 20, "n_positions": 12, "n_embd": 8, "n_layer": 2, "n_head": 2},
    "Llama": {
        "vocab_size": 20, "hidden_size": 8, "intermediate_size": 12, "num_hidden_layers": 2, "num_attention_heads": 2,
        "max_position_embeddings": 12,
    },
    "Bert": {
        "vocab_size": 20, "hidden_size": 8, "intermediate_size": 12, "num_hidden_layers": 2, "num_attention_heads": 2,
        "max_position_embeddings": 12,
    },
    "Bart": {
        "vocab_size": 20, "d_model": 8, "encoder_layers": 2, "decoder_layers": 1, "encoder_attention_heads": 2,
        "decoder_attention_heads": 2, "encoder_ffn_dim": 12, "decoder_ffn_dim": 12, "max_position_embeddings": 12,
        "pad_token_id": 0, "bos_token_id": 1, "eos_token_id": 2, "decoder_start_token_id": 2, "forced_eos_token_id": 2,
    },
}  # fmt: skip


def made(kind: str, family: str, **changes: Any) -> torch.nn.Module:
    config = getattr(transformers, f"{family}Config")(**SMALL[family], **changes)
    return lively(getattr(transformers, kind)(config), 1)


def changed(folder: Path, **changes: Any) -> Path:
    path = folder / "config.json"
    values = json.loads(path.read_text(encoding="utf-8")) | changes
    path.write_text(json.dumps({key: value for key, value in values.items() if value != "left out"}), encoding="utf-8")
    return folder


def test_a_gpt2_without_head_is_the_same_model(tmp_path: Path) -> None:
    bare = made("GPT2Model", "GPT2")
    model = read_model(saved(bare, tmp_path)).model
    with torch.no_grad():
        wanted = bare(IDS).last_hidden_state @ bare.wte.weight.T
        assert (model(IDS) - wanted).abs().max() <= 1e-4


def test_a_llama_with_tied_tables_needs_no_head(tmp_path: Path) -> None:
    bare = made("LlamaModel", "Llama", tie_word_embeddings=True)
    model = read_model(saved(bare, tmp_path)).model
    with torch.no_grad():
        wanted = bare(IDS).last_hidden_state @ bare.embed_tokens.weight.T
        assert (model(IDS) - wanted).abs().max() <= 1e-4


def test_a_bart_without_head_has_no_biases_of_its_own(tmp_path: Path) -> None:
    bare = made("BartModel", "Bart")
    model = read_model(saved(bare, tmp_path)).model
    with torch.no_grad():
        wanted = bare(input_ids=IDS, decoder_input_ids=IDS[:, :3]).last_hidden_state @ bare.shared.weight.T
        assert (model(IDS[:, :3], memory=model.encode(IDS)) - wanted).abs().max() <= 1e-4


@pytest.mark.parametrize(("kind", "family"), [("BertModel", "Bert"), ("LlamaModel", "Llama")])
def test_a_head_that_is_missing_is_not_made_up(tmp_path: Path, kind: str, family: str) -> None:
    with pytest.raises(ExchangeError, match="was saved without the part that predicts tokens"):
        read_model(saved(made(kind, family), tmp_path))


def test_a_bert_for_pretraining_leaves_its_second_head_behind(tmp_path: Path) -> None:
    theirs = made("BertForPreTraining", "Bert")
    model = read_model(saved(theirs, tmp_path)).model
    with torch.no_grad():
        assert (model(IDS) - theirs(IDS).prediction_logits).abs().max() <= 1e-4


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_half_numbers_become_whole_ones(tmp_path: Path, dtype: torch.dtype) -> None:
    theirs = made("GPT2LMHeadModel", "GPT2").to(dtype)
    model = read_model(saved(theirs, tmp_path)).model
    with torch.no_grad():
        assert (model(IDS) - theirs.float()(IDS).logits).abs().max() <= 1e-4


def test_parts_that_an_index_names_are_one_model(tmp_path: Path) -> None:
    theirs = made("GPT2LMHeadModel", "GPT2")
    theirs.save_pretrained(tmp_path, max_shard_size="1KB")
    assert len(list(tmp_path.glob("model-*.safetensors"))) > 2
    model = read_model(tmp_path).model
    with torch.no_grad():
        assert (model(IDS) - theirs(IDS).logits).abs().max() <= 1e-4


def test_masks_and_places_in_old_files_are_ignored(tmp_path: Path) -> None:
    theirs = made("GPT2LMHeadModel", "GPT2")
    saved(theirs, tmp_path)
    tensors = load_file(tmp_path / "model.safetensors")
    mask = torch.ones(1, 1, 12, 12, dtype=torch.uint8)
    save_file({**tensors, "transformer.h.0.attn.bias": mask, "transformer.h.0.attn.masked_bias": torch.tensor(-1e4)},
              tmp_path / "model.safetensors", {"format": "pt"})  # fmt: skip
    with torch.no_grad():
        assert (read_model(tmp_path).model(IDS) - theirs(IDS).logits).abs().max() <= 1e-4


def test_a_table_of_types_must_be_there_and_fit(tmp_path: Path) -> None:
    name = "bert.embeddings.token_type_embeddings.weight"
    saved(made("BertForMaskedLM", "Bert"), tmp_path)
    tensors = load_file(tmp_path / "model.safetensors")
    for wrong in (torch.zeros(2, 9), torch.zeros(0, 8), torch.zeros(2)):
        save_file({**tensors, name: wrong}, tmp_path / "model.safetensors")
        with pytest.raises(ExchangeError, match=rf"{name} has the shape .* asks for rows of"):
            read_model(tmp_path)
    del tensors[name]
    save_file(tensors, tmp_path / "model.safetensors")
    with pytest.raises(ExchangeError, match=r"The folder lacks embeddings\.token_type_embeddings"):
        read_model(tmp_path)


@pytest.mark.parametrize("kind", ["Llama", "Mistral", "Qwen2"])
def test_what_a_config_leaves_out_is_as_in_transformers(kind: str) -> None:
    ours, theirs = LLAMA.to_ours({"model_type": kind.lower()}), getattr(transformers, f"{kind}Config")()
    window = theirs.sliding_window if kind == "Mistral" else theirs.max_position_embeddings
    assert (ours.n_layers, ours.n_heads) == (theirs.num_hidden_layers, theirs.num_attention_heads)
    assert (ours.n_kv_heads, ours.d_model) == (theirs.num_key_value_heads, theirs.hidden_size)
    assert (ours.d_ff, ours.norm_epsilon) == (theirs.intermediate_size, theirs.rms_norm_eps)
    assert (ours.n_ctx, ours.tied_embeddings) == (min(window, 8192), theirs.tie_word_embeddings)
    assert ours.rotary_base == theirs.rope_parameters["rope_theta"]


@pytest.mark.parametrize("slides", [True, False])
def test_a_sliding_window_of_qwen2_counts_only_if_it_is_in_use(slides: bool) -> None:
    found = LLAMA.to_ours({"model_type": "qwen2", "use_sliding_window": slides, "sliding_window": 100})
    assert found.n_ctx == (100 if slides else 8192)


@pytest.mark.parametrize(
    ("family", "changes", "words"),
    [
        ("Llama", {"rope_parameters": {"rope_type": "llama3", "factor": 8.0}}, "scales the positions"),
        ("Llama", {"rope_scaling": {"type": "linear", "factor": 2.0}}, "scales the positions"),
        ("Llama", {"head_dim": 6}, "head_dim is 6"),
        ("Llama", {"attention_bias": True}, "attention_bias is"),
        ("Llama", {"mlp_bias": True}, "mlp_bias is"),
        ("Llama", {"hidden_act": "gelu"}, "hidden_act is"),
        ("Llama", {"num_key_value_heads": 3}, "cannot share"),
        ("GPT2", {"add_cross_attention": True}, "add_cross_attention"),
        ("GPT2", {"scale_attn_by_inverse_layer_idx": True}, "scale_attn_by_inverse_layer_idx"),
        ("Bert", {"position_embedding_type": "relative_key"}, "position_embedding_type"),
        ("Bert", {"is_decoder": True}, "is_decoder"),
        ("Bart", {"scale_embedding": True}, "scale_embedding"),
        ("Bart", {"encoder_ffn_dim": 13}, "encoder_ffn_dim is 13 and decoder_ffn_dim is 12"),
        ("Bart", {"encoder_attention_heads": 4}, "encoder_attention_heads is 4"),
    ],
)  # fmt: skip
def test_what_cannot_be_built_is_named(tmp_path: Path, family: str, changes: dict[str, Any], words: str) -> None:
    heads = {"GPT2": "LMHeadModel", "Llama": "ForCausalLM", "Bert": "ForMaskedLM", "Bart": "ForConditionalGeneration"}
    folder = changed(saved(made(f"{family}{heads[family]}", family), tmp_path), **changes)
    with pytest.raises(ExchangeError, match=words):
        read_model(folder)


def test_a_long_context_is_cut_to_what_there_is_here_and_said(tmp_path: Path) -> None:
    theirs = made("LlamaForCausalLM", "Llama")
    found = read_model(changed(saved(theirs, tmp_path), max_position_embeddings=131_072, new_in_a_later_version=1))
    assert found.model.config.n_ctx == 8192
    assert found.notes == (
        "It can read 131,072 tokens, and reads 8,192 here.", "Not understood, and left out: new_in_a_later_version.",
    )  # fmt: skip


def test_a_rotary_base_of_older_files_counts(tmp_path: Path) -> None:
    theirs = made("LlamaForCausalLM", "Llama")
    folder = changed(saved(theirs, tmp_path), rope_parameters="left out", rope_theta=500_000.0)
    assert read_model(folder).model.config.rotary_base == 500_000.0
