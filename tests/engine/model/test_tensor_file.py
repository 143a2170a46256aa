"""Files of tensors that are written one at a time are those of the safetensors library, which reads them too."""

import json
import struct
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors import safe_open
from safetensors.torch import load, save
from torch import Tensor

from playground.engine.model.tensor_file import tensor_parts, write_tensors

TYPES = [
    torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64, torch.float16, torch.bfloat16,
    torch.float32, torch.float64,
]  # fmt: skip


def written(tensors: dict[str, Tensor], metadata: dict[str, str]) -> bytes:
    return b"".join(bytes(part) for part in tensor_parts(tensors, metadata))


@given(
    shapes=st.dictionaries(
        st.text(min_size=1, max_size=8), st.lists(st.integers(0, 3), max_size=3), min_size=1, max_size=5
    ),
    dtype=st.sampled_from(TYPES),
    metadata=st.dictionaries(st.text(max_size=4), st.text(max_size=4), max_size=1),
)
def test_the_bytes_are_those_of_the_library(
    shapes: dict[str, list[int]], dtype: torch.dtype, metadata: dict[str, str]
) -> None:
    numbers = torch.Generator().manual_seed(1)
    tensors = {name: torch.randint(0, 2, shape, generator=numbers).to(dtype) for name, shape in shapes.items()}
    tensors = {name: value for name, value in tensors.items() if name != "__metadata__"}
    theirs = save(tensors, metadata or None)
    assert written(tensors, metadata) == theirs


def test_tensors_of_several_types_come_back(tmp_path: Path) -> None:
    tensors = {str(dtype): torch.arange(5).to(dtype) for dtype in TYPES}
    tensors |= {
        "scalar": torch.tensor(2.5),
        "turned": torch.arange(6.0).reshape(2, 3).T,
        "part": torch.arange(9.0)[::3],
    }
    write_tensors(tmp_path / "x", tensors, {"step": "7"})
    found = load((tmp_path / "x").read_bytes())
    assert found.keys() == tensors.keys()
    for name, value in tensors.items():
        assert found[name].dtype == value.dtype
        assert torch.equal(found[name], value)
    with safe_open(tmp_path / "x", "pt") as file:
        assert file.metadata() == {"step": "7"}


def test_each_tensor_lies_where_its_type_can_be_read() -> None:
    """Larger types first, after a header that is padded to eight bytes: every start is a multiple of its size."""
    tensors = {f"{index}": torch.ones(3, dtype=dtype) for index, dtype in enumerate(TYPES)}
    data = written(tensors, {"a": "b"})
    (size,) = struct.unpack("<Q", data[:8])
    assert (8 + size) % 8 == 0
    header = json.loads(data[8 : 8 + size])
    for name, value in tensors.items():
        assert header[name]["data_offsets"][0] % value.element_size() == 0


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float64])
def test_all_can_be_converted_on_the_way(tmp_path: Path, dtype: torch.dtype) -> None:
    write_tensors(tmp_path / "x", {"a": torch.tensor([1.0, 1e-3]), "b": torch.tensor(3)}, {}, dtype)
    found = load((tmp_path / "x").read_bytes())
    assert torch.equal(found["a"], torch.tensor([1.0, 1e-3]).to(dtype))
    assert torch.equal(found["b"], torch.tensor(3, dtype=dtype))


def test_one_tensor_at_a_time_is_turned_into_bytes() -> None:
    """The next is not touched before the last one is written: no second copy of a model in memory."""
    tensors = {"a": torch.zeros(4), "b": torch.zeros(4)}
    parts = tensor_parts(tensors, {})
    next(parts)
    next(parts)
    tensors["b"].fill_(1.0)
    assert bytes(next(parts)) == b"\0\0\x80?" * 4
