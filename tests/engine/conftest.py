"""Models of `transformers` that carry the very weights of ours: the independent source for logits and attention."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # the tests of texts and tokenizers need no torch
    from torch import nn

    from playground.engine.model.transformer import Transformer

os.environ.setdefault("HF_HUB_OFFLINE", "1")

Twin = Callable[["Transformer"], "nn.Module"]


@pytest.fixture
def gpt2_twin() -> Twin:
    """Builds a GPT-2 with our weights; for layer norm, learned positions, and GELU or ReLU."""
    return _gpt2_twin


@pytest.fixture
def llama_twin() -> Twin:
    """Builds a Llama with our weights; for RMS norm, rotary positions, SwiGLU and no biases."""
    return _llama_twin


def _gpt2_twin(model: "Transformer") -> "nn.Module":
    import torch
    from transformers import GPT2Config, GPT2LMHeadModel

    c = model.config
    config = GPT2Config(
        vocab_size=model.vocab_size, n_positions=c.n_ctx, n_embd=c.d_model, n_layer=c.n_layers, n_head=c.n_heads,
        n_inner=c.d_ff, activation_function={"gelu": "gelu_new", "relu": "relu"}[c.activation],
        tie_word_embeddings=c.tied_embeddings, attn_implementation="eager", bos_token_id=None, eos_token_id=None,
    )  # fmt: skip
    twin = GPT2LMHeadModel(config).eval()
    body = twin.transformer
    with torch.no_grad():
        body.wte.weight.copy_(model.token_table)
        body.wpe.weight.copy_(model.main.positions.table)
        if not c.tied_embeddings:
            twin.lm_head.weight.copy_(model.read_out.table.weight)
        _copy_norm(body.ln_f, model.main.final_norm)
        for theirs, ours in zip(body.h, model.main.blocks, strict=True):
            _copy_norm(theirs.ln_1, ours.attention_norm)
            _copy_norm(theirs.ln_2, ours.feed_forward_norm)
            _copy_transposed(theirs.attn.c_attn, ours.attention.qkv)
            _copy_transposed(theirs.attn.c_proj, ours.attention.out)
            _copy_transposed(theirs.mlp.c_fc, ours.feed_forward.up)
            _copy_transposed(theirs.mlp.c_proj, ours.feed_forward.down)
    return twin


def _llama_twin(model: "Transformer") -> "nn.Module":
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    c = model.config
    config = LlamaConfig(
        vocab_size=model.vocab_size, hidden_size=c.d_model, intermediate_size=c.d_ff, num_hidden_layers=c.n_layers,
        num_attention_heads=c.n_heads, max_position_embeddings=c.n_ctx, rms_norm_eps=1e-5, hidden_act="silu",
        tie_word_embeddings=c.tied_embeddings, attn_implementation="eager", bos_token_id=None, eos_token_id=None,
        head_dim=c.d_head,
    )  # fmt: skip
    twin = LlamaForCausalLM(config).eval()
    with torch.no_grad():
        twin.model.embed_tokens.weight.copy_(model.token_table)
        if not c.tied_embeddings:
            twin.lm_head.weight.copy_(model.read_out.table.weight)
        twin.model.norm.weight.copy_(model.main.final_norm.weight)
        for theirs, ours in zip(twin.model.layers, model.main.blocks, strict=True):
            theirs.input_layernorm.weight.copy_(ours.attention_norm.weight)
            theirs.post_attention_layernorm.weight.copy_(ours.feed_forward_norm.weight)
            queries, keys, values = ours.attention.qkv.weight.chunk(3)
            theirs.self_attn.q_proj.weight.copy_(queries)
            theirs.self_attn.k_proj.weight.copy_(keys)
            theirs.self_attn.v_proj.weight.copy_(values)
            theirs.self_attn.o_proj.weight.copy_(ours.attention.out.weight)
            gate, up = ours.feed_forward.up.weight.chunk(2)
            theirs.mlp.gate_proj.weight.copy_(gate)
            theirs.mlp.up_proj.weight.copy_(up)
            theirs.mlp.down_proj.weight.copy_(ours.feed_forward.down.weight)
    return twin


def _copy_norm(theirs: "nn.Module", ours: "nn.Module") -> None:
    theirs.weight.copy_(ours.weight)
    theirs.bias.copy_(ours.bias) if ours.bias is not None else theirs.bias.zero_()


def _copy_transposed(theirs: "nn.Module", ours: "nn.Module") -> None:
    """GPT-2 of `transformers` keeps its matrices as inputs × outputs."""
    theirs.weight.copy_(ours.weight.T)
    theirs.bias.copy_(ours.bias) if ours.bias is not None else theirs.bias.zero_()
