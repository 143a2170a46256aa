"""Folders that a careless reader would trip over, made here: each a function of an empty folder.

The good folder that they start from is a small GPT-2; CANARY is a file that nobody may make.
"""

import json
import os
import pickle
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save

CONFIG: dict[str, Any] = {
    "architectures": ["GPT2LMHeadModel"], "model_type": "gpt2", "vocab_size": 11, "n_positions": 8, "n_embd": 4,
    "n_layer": 1, "n_head": 2, "activation_function": "gelu_new", "tie_word_embeddings": True,
}  # fmt: skip
Spoil = Callable[[Path, Path], None]  # the folder, and the canary's path


def tensors() -> dict[str, torch.Tensor]:
    shapes = {
        "wte.weight": (11, 4), "wpe.weight": (8, 4), "ln_f.weight": (4,), "ln_f.bias": (4,), "h.0.ln_1.weight": (4,),
        "h.0.ln_1.bias": (4,), "h.0.ln_2.weight": (4,), "h.0.ln_2.bias": (4,), "h.0.attn.c_attn.weight": (4, 12),
        "h.0.attn.c_attn.bias": (12,), "h.0.attn.c_proj.weight": (4, 4), "h.0.attn.c_proj.bias": (4,),
        "h.0.mlp.c_fc.weight": (4, 16), "h.0.mlp.c_fc.bias": (16,), "h.0.mlp.c_proj.weight": (16, 4),
        "h.0.mlp.c_proj.bias": (4,),
    }  # fmt: skip
    return {f"transformer.{name}": torch.full(shape, 0.1) for name, shape in shapes.items()}


def good(folder: Path) -> None:
    """A folder that is read."""
    write_config(folder)
    (folder / "model.safetensors").write_bytes(save(tensors()))


def write_config(folder: Path, **changes: Any) -> None:
    (folder / "config.json").write_text(json.dumps({**CONFIG, **changes}), encoding="utf-8")


def header_of(entries: Any, data: bytes = b"", length: int | None = None) -> bytes:
    text = entries if isinstance(entries, bytes) else json.dumps(entries).encode()
    return struct.pack("<Q", len(text) if length is None else length) + text + data


class _Bomb:
    def __init__(self, canary: Path) -> None:
        self.canary = str(canary)

    def __reduce__(self) -> tuple[Any, ...]:
        return os.system, (f"touch {self.canary}",)


def _config(**changes: Any) -> Spoil:
    def spoil(folder: Path, canary: Path) -> None:
        write_config(folder, **changes)

    return spoil


def _config_text(text: str | bytes) -> Spoil:
    def spoil(folder: Path, canary: Path) -> None:
        (folder / "config.json").write_bytes(text if isinstance(text, bytes) else text.encode())

    return spoil


def _weights(data: bytes) -> Spoil:
    def spoil(folder: Path, canary: Path) -> None:
        (folder / "model.safetensors").write_bytes(data)

    return spoil


def _tensor(name: str, value: torch.Tensor | None) -> Spoil:
    def spoil(folder: Path, canary: Path) -> None:
        found = tensors()
        if value is None:
            del found[name]
        else:
            found[name] = value
        (folder / "model.safetensors").write_bytes(save(found))

    return spoil


def _index(*names: str) -> Spoil:
    def spoil(folder: Path, canary: Path) -> None:
        (folder / "model.safetensors").rename(folder / "part.safetensors")
        index = {"weight_map": {f"tensor {number}": name for number, name in enumerate(names)}}
        (folder / "model.safetensors.index.json").write_text(json.dumps(index), encoding="utf-8")

    return spoil


def _pickled(name: str) -> Spoil:
    def spoil(folder: Path, canary: Path) -> None:
        (folder / "model.safetensors").unlink()
        (folder / name).write_bytes(pickle.dumps(_Bomb(canary)))

    return spoil


def _link(name: str, target: str) -> Spoil:
    def spoil(folder: Path, canary: Path) -> None:
        (folder / name).unlink()
        (folder / name).symlink_to(target)

    return spoil


def _fifo(name: str) -> Spoil:
    def spoil(folder: Path, canary: Path) -> None:
        (folder / name).unlink()
        os.mkfifo(folder / name)

    return spoil


def _sparse(name: str, size: int) -> Spoil:
    def spoil(folder: Path, canary: Path) -> None:
        with (folder / name).open("wb") as file:
            file.truncate(size)

    return spoil


def _python(folder: Path, canary: Path) -> None:
    (folder / "modeling.py").write_text(f"open({str(canary)!r}, 'w')", encoding="utf-8")
    write_config(folder, auto_map={"AutoModel": "modeling.Model"})


def _cut(n_bytes: int) -> Spoil:
    def spoil(folder: Path, canary: Path) -> None:
        path = folder / "model.safetensors"
        path.write_bytes(path.read_bytes()[:n_bytes])

    return spoil


def _moved(move: Callable[[dict[str, Any]], None], n_more: int = 0) -> Spoil:
    """The good file with its tensors at other places."""

    def spoil(folder: Path, canary: Path) -> None:
        whole = (folder / "model.safetensors").read_bytes()
        (length,) = struct.unpack("<Q", whole[:8])
        entries = json.loads(whole[8 : 8 + length])
        move(entries)
        (folder / "model.safetensors").write_bytes(header_of(entries, whole[8 + length :] + bytes(n_more)))

    return spoil


def _two_in_one_place(entries: dict[str, Any]) -> None:
    entries["transformer.ln_f.bias"]["data_offsets"] = entries["transformer.ln_f.weight"]["data_offsets"]


def _with_a_gap(entries: dict[str, Any]) -> None:
    last = max((entry for name, entry in entries.items() if name != "__metadata__"), key=lambda e: e["data_offsets"][1])
    last["data_offsets"] = [place + 64 for place in last["data_offsets"]]


_ENTRY = {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}
_BIG = 2**32

FOLDERS: dict[str, Spoil] = {
    "pickle under another name": _pickled("model.safetensors"),
    "pickle .bin only": _pickled("pytorch_model.bin"),
    "pickle .pt only": _pickled("model.pt"),
    "pickle .ckpt only": _pickled("model.ckpt"),
    "code of its own": _python,
    "code by another key": _config(_attn_implementation_internal="evil/kernels"),
    "a pipeline of its own": _config(custom_pipelines={"x": {"impl": "evil.Pipeline"}}),
    "trust asked for": _config(trust_remote_code=True),
    "quantized elsewhere": _config(quantization_config={"quant_method": "bitsandbytes"}),
    "index leads upwards": _index("../secret.safetensors"),
    "index leads to the root": _index("/etc/passwd"),
    "index leads down": _index("below/part.safetensors"),
    "index with a backslash": _index("..\\secret.safetensors"),
    "index names no safetensors": _index("pytorch_model.bin"),
    "index names what is not there": _index("nothing.safetensors"),
    "index with a zero byte": _index("part\0.safetensors"),
    "weights are a link": _link("model.safetensors", "/etc/passwd"),
    "config is a link": _link("config.json", "/etc/passwd"),
    "config is a device": _link("config.json", "/dev/zero"),
    "weights are a pipe": _fifo("model.safetensors"),
    "config is a pipe": _fifo("config.json"),
    "config of a gigabyte": _sparse("config.json", 1 << 30),
    "weights of zeros": _sparse("model.safetensors", 1 << 30),
    "config is no JSON": _config_text("{not json"),
    "config is a list": _config_text("[1, 2]"),
    "config is not UTF-8": _config_text(b'{"a": "\xff"}'),
    "config with a key twice": _config_text('{"model_type": "gpt2", "model_type": "llama"}'),
    "config with NaN": _config_text('{"model_type": "gpt2", "n_layer": NaN}'),
    "config too deep": _config_text("[" * 100_000),
    "config deep in an object": _config_text('{"a":' * 60 + "1" + "}" * 60),
    "an unknown family": _config(model_type="evil"),
    "no family": _config(model_type=None),
    "a family that is a list": _config(model_type=["gpt2"]),
    "layers as text": _config(n_layer="12"),
    "layers as truth": _config(n_layer=True),
    "no heads": _config(n_head=0),
    "heads below zero": _config(n_head=-2),
    "a fraction of layers": _config(n_layer=1.5),
    "a million layers": _config(n_layer=10**6),
    "a number beyond all": _config(n_embd=10**40),
    "a giant width": _config(n_embd=_BIG, n_head=_BIG),
    "heads that do not divide": _config(n_head=3),
    "a vocabulary that is not there": _config(vocab_size=10**9),
    "an activation of its own": _config(activation_function="__import__('os').system('x')"),
    "header longer than the file": _weights(header_of({"a": _ENTRY}, length=10**6)),
    "header beyond all": _weights(header_of({"a": _ENTRY}, length=2**63)),
    "header is no JSON": _weights(header_of(b"not json at all")),
    "header is a list": _weights(header_of([1, 2])),
    "header too deep": _weights(header_of(b"[" * 50_000)),
    "giant shape": _weights(header_of({"transformer.wte.weight": {**_ENTRY, "shape": [_BIG, _BIG]}}, bytes(4))),
    "shape that wraps to nothing": _weights(
        header_of({"transformer.wte.weight": {**_ENTRY, "shape": [_BIG, _BIG], "data_offsets": [0, 0]}}, bytes(4))
    ),
    "shape below zero": _weights(header_of({"transformer.wte.weight": {**_ENTRY, "shape": [-1, -4]}}, bytes(4))),
    "shape of truth": _weights(header_of({"transformer.wte.weight": {**_ENTRY, "shape": [True]}}, bytes(4))),
    "place behind the end": _weights(
        header_of({"transformer.wte.weight": {**_ENTRY, "data_offsets": [4, 8]}}, bytes(4))
    ),
    "unknown type": _weights(header_of({"transformer.wte.weight": {**_ENTRY, "dtype": "F8_E4M3"}}, bytes(4))),
    "type that is a list": _weights(header_of({"transformer.wte.weight": {**_ENTRY, "dtype": ["F32"]}}, bytes(4))),
    "an empty file": _weights(b""),
    "seven bytes": _weights(b"1234567"),
    "cut in the header": _cut(100),
    "cut in the data": _cut(1800),
    "two tensors in one place": _moved(_two_in_one_place),
    "a gap between tensors": _moved(_with_a_gap, 64),
    "bytes behind the last tensor": _moved(lambda entries: None, 64),
    "a tensor is missing": _tensor("transformer.ln_f.bias", None),
    "the table is missing": _tensor("transformer.wte.weight", None),
    "a tensor too many": _tensor("transformer.h.1.ln_1.weight", torch.zeros(4)),
    "a tensor of another shape": _tensor("transformer.ln_f.bias", torch.zeros(5)),
    "a tensor of whole numbers": _tensor("transformer.ln_f.bias", torch.zeros(4, dtype=torch.int32)),
    "a tensor of longer whole numbers": _tensor("transformer.ln_f.bias", torch.zeros(4, dtype=torch.int64)),
    "a tensor of truths": _tensor("transformer.wte.weight", torch.zeros(11, 4, dtype=torch.bool)),
    "numbers that are none": _tensor("transformer.ln_f.bias", torch.tensor([0.0, float("nan"), 0.0, 0.0])),
    "a tied table that differs": _tensor("lm_head.weight", torch.zeros(11, 4)),
    "with and without prefix": _tensor("ln_f.bias", torch.zeros(4)),
}
