"""A folder of half a gigabyte, the size of the small GPT-2: seconds, and little more memory than its size."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

_MOST_MEMORY = 2.2  # times the file's size
_LONGEST_S = 30.0  # with the import of torch's parts, on two cores that others use too
_MEASURED = """
import json, resource, sys, time
from pathlib import Path
from playground.engine.exchange.import_folder import read_model
from playground.engine.model.tensor_file import write_tensors
from playground.engine.model.weights import saved_tensors

before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
model = read_model(Path(sys.argv[1])).model
write_tensors(Path(sys.argv[2]), saved_tensors(model), {})
taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(json.dumps({"n": model.n_parameters, "bytes": 1024 * taken, "s": time.perf_counter() - began}))
"""


def small_gpt2(folder: Path) -> int:
    """The shapes of `gpt2`; returns the size of its weights in bytes."""
    width, n_layers = 768, 12
    shapes = {"wte.weight": (50257, width), "wpe.weight": (1024, width), "ln_f.weight": (width,), "ln_f.bias": (width,)}
    for layer in range(n_layers):
        for name, sizes in {
            "ln_1": (width,), "ln_2": (width,), "attn.c_attn": (width, 3 * width), "attn.c_proj": (width, width),
            "mlp.c_fc": (width, 4 * width), "mlp.c_proj": (4 * width, width),
        }.items():  # fmt: skip
            shapes[f"h.{layer}.{name}.weight"], shapes[f"h.{layer}.{name}.bias"] = sizes, sizes[-1:]
    folder.mkdir()
    save_file({name: torch.ones(shape) for name, shape in shapes.items()}, folder / "model.safetensors")
    (folder / "config.json").write_text(json.dumps({"model_type": "gpt2", "vocab_size": 50257}), encoding="utf-8")
    return (folder / "model.safetensors").stat().st_size


@pytest.mark.slow
def test_half_a_gigabyte_takes_seconds_and_little_memory(tmp_path: Path) -> None:
    size = small_gpt2(tmp_path / "gpt2")
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, str(tmp_path / "gpt2"), str(tmp_path / "copy.safetensors")],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout)
    assert found["n"] == 124_439_808
    assert found["bytes"] <= _MOST_MEMORY * size
    assert found["s"] <= _LONGEST_S
    assert (tmp_path / "copy.safetensors").stat().st_size == pytest.approx(size, rel=1e-3)
