"""Random models of `transformers`, small and lively, saved as folders: the independent truth for import and export."""

import random
from pathlib import Path
from typing import Any

import torch


def lively(model: torch.nn.Module, seed: int) -> torch.nn.Module:
    """Weights far from their timid beginning, so that attention is sharp and a wrong norm or bias shows."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for parameter in model.parameters():
            spread = 0.25 if parameter.dim() > 1 else 0.2
            parameter.add_(torch.randn(parameter.shape, generator=generator) * spread)
        for name, buffer in model.named_buffers():
            if name.endswith("final_logits_bias"):
                buffer.add_(torch.randn(buffer.shape, generator=generator))
    return model.eval()


def shape(draw: random.Random) -> tuple[int, int]:
    """Heads, and the width that they share evenly; an even number for each."""
    n_heads = draw.choice([1, 2, 3, 4])
    return n_heads, n_heads * draw.choice([4, 6, 8])


def gpt2(seed: int) -> torch.nn.Module:
    from transformers import GPT2Config, GPT2LMHeadModel

    draw = random.Random(seed)
    n_heads, width = shape(draw)
    config = GPT2Config(
        vocab_size=draw.randint(5, 90), n_positions=draw.randint(12, 40), n_embd=width, n_layer=draw.randint(1, 3),
        n_head=n_heads, n_inner=draw.choice([None, draw.randint(4, 60)]),
        activation_function=draw.choice(["gelu_new", "gelu", "relu"]), tie_word_embeddings=draw.random() < 0.5,
        layer_norm_epsilon=draw.choice([1e-5, 1e-6]), attn_implementation="eager",
    )  # fmt: skip
    return lively(GPT2LMHeadModel(config), seed)


def llama(seed: int) -> torch.nn.Module:
    import transformers

    draw = random.Random(seed)
    n_heads, width = shape(draw)
    kind = ("Llama", "Mistral", "Qwen2")[seed % 3]
    shared = draw.choice([each for each in range(1, n_heads + 1) if n_heads % each == 0])
    values: dict[str, Any] = {
        "vocab_size": draw.randint(5, 90), "hidden_size": width, "intermediate_size": draw.randint(4, 60),
        "num_hidden_layers": draw.randint(1, 3), "num_attention_heads": n_heads, "num_key_value_heads": shared,
        "max_position_embeddings": draw.randint(12, 40), "rms_norm_eps": draw.choice([1e-5, 1e-6]),
        "tie_word_embeddings": draw.random() < 0.5, "attn_implementation": "eager",
        "rope_parameters": {"rope_type": "default", "rope_theta": draw.choice([10_000.0, 500_000.0])},
    }  # fmt: skip
    if kind == "Mistral":
        values["sliding_window"] = draw.choice([None, 64])
    config = getattr(transformers, f"{kind}Config")(**values)
    return lively(getattr(transformers, f"{kind}ForCausalLM")(config), seed)


def bert(seed: int) -> torch.nn.Module:
    from transformers import BertConfig, BertForMaskedLM

    draw = random.Random(seed)
    n_heads, width = shape(draw)
    config = BertConfig(
        vocab_size=draw.randint(5, 90), hidden_size=width, num_hidden_layers=draw.randint(1, 3),
        num_attention_heads=n_heads, intermediate_size=draw.randint(4, 60),
        hidden_act=draw.choice(["gelu", "gelu_new", "relu"]), max_position_embeddings=draw.randint(12, 40),
        tie_word_embeddings=draw.random() < 0.6, attn_implementation="eager",
    )  # fmt: skip
    return lively(BertForMaskedLM(config), seed)


def bart(seed: int) -> torch.nn.Module:
    from transformers import BartConfig, BartForConditionalGeneration

    draw = random.Random(seed)
    n_heads, width = shape(draw)
    hidden = draw.randint(4, 60)
    config = BartConfig(
        vocab_size=draw.randint(6, 90), d_model=width, encoder_layers=draw.randint(1, 3),
        decoder_layers=draw.randint(1, 3), encoder_attention_heads=n_heads, decoder_attention_heads=n_heads,
        encoder_ffn_dim=hidden, decoder_ffn_dim=hidden, max_position_embeddings=draw.randint(12, 40),
        activation_function=draw.choice(["gelu", "relu"]), attn_implementation="eager",
    )  # fmt: skip
    return lively(BartForConditionalGeneration(config), seed)


MAKERS = {"gpt2": gpt2, "llama": llama, "bert": bert, "bart": bart}


def saved(model: torch.nn.Module, folder: Path) -> Path:
    """The folder of `save_pretrained`; without a tokenizer."""
    model.save_pretrained(folder)
    return folder
