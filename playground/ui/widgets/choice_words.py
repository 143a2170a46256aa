"""How the choices of settings are written in the interface's language."""

from playground.ui.translation import translate


def choice_label(choice: str) -> str:
    """A choice by the name that people use; one that has none is written as it is."""
    return (_model_words() | _other_words()).get(choice, choice)


def _model_words() -> dict[str, str]:
    return {
        "decoder": translate("Settings", "Decoder"),
        "encoder": translate("Settings", "Encoder"),
        "encoder_decoder": translate("Settings", "Encoder and decoder"),
        "learned": translate("Settings", "Learned"),
        "sinusoidal": translate("Settings", "Sinusoidal"),
        "rotary": translate("Settings", "Rotary"),
        "alibi": "ALiBi",
        "none": translate("Settings", "None"),
        "layer": translate("Settings", "Layer"),
        "rms": "RMS",
        "batch": translate("Settings", "Batch"),
        "before": translate("Settings", "Before"),
        "after": translate("Settings", "After"),
        "gelu": "GELU",
        "gelu_exact": translate("Settings", "GELU (exact)"),
        "relu": "ReLU",
        "relu_squared": translate("Settings", "Squared ReLU"),
        "swiglu": "SwiGLU",
    }


def _other_words() -> dict[str, str]:
    return {
        "unigram": translate("Settings", "Unigram"),
        "bpe": "BPE",
        "characters": translate("Settings", "Characters"),
        "windows": translate("Settings", "Windows"),
        "lines": translate("Settings", "Lines"),
        "adamw": "AdamW",
        "adam": "Adam",
        "sgd": "SGD",
        "muon": "Muon",
        "adafactor": "Adafactor",
        "cosine": translate("Settings", "Cosine"),
        "linear": translate("Settings", "Linear"),
        "constant": translate("Settings", "Constant"),
        "warmup_stable_decay": translate("Settings", "Warmup–stable–decay"),
        "inverse_square_root": translate("Settings", "Inverse square root"),
        "fused": translate("Settings", "Fused"),
        "explicit": translate("Settings", "Explicit"),
        "full": translate("Settings", "Full"),
        "lora": "LoRA",
        "attention": translate("Settings", "Attention"),
        "feed_forward": translate("Settings", "Feed-forward"),
        "all": translate("Settings", "Both"),
        "auto": translate("Settings", "Automatic"),
        "cpu": "CPU",
        "cuda": "CUDA",
        "mps": "MPS",
    }
