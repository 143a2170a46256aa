"""Frames: any way of cutting the stream gives the same messages, and what is no frame is refused at once."""

import contextlib
import io
import json
import struct
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from playground.contract import frames
from playground.contract.frames import Frame, FrameError, FrameReader, encode_frame, read_frame

DTYPES = ("|u1", "<i4", "<i8", "<f4", "<f8", "|b1")
ARRAYS = st.sampled_from(DTYPES).flatmap(
    lambda dtype: npst.arrays(np.dtype(dtype), npst.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4))
)
JSON_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner, max_size=3)),
    max_leaves=6,
)
FRAMES = st.builds(
    Frame,
    id=st.integers(0, 2**40),
    type=st.text(max_size=8),
    body=st.dictionaries(st.text(), JSON_VALUES, max_size=3),
    arrays=st.dictionaries(st.text(), ARRAYS, max_size=3),
    final=st.booleans(),
)


def assert_same(found: Frame, wanted: Frame) -> None:
    assert (found.id, found.type, found.body, found.final) == (wanted.id, wanted.type, wanted.body, wanted.final)
    assert list(found.arrays) == list(wanted.arrays)
    for name, array in wanted.arrays.items():
        assert found.arrays[name].dtype == array.dtype
        assert found.arrays[name].shape == array.shape
        assert found.arrays[name].tobytes() == array.tobytes()


@settings(max_examples=50)
@given(sent=st.lists(FRAMES, max_size=4), cuts=st.lists(st.integers(0, 2000), max_size=12))
def test_any_way_of_cutting_gives_the_same_frames(sent: list[Frame], cuts: list[int]) -> None:
    data = b"".join(map(encode_frame, sent))
    places = sorted({min(cut, len(data)) for cut in cuts} | {0, len(data)})
    reader, found = FrameReader(), []
    for start, end in zip(places, [*places[1:], len(data)], strict=True):
        found += reader.feed(data[start:end])
    assert len(found) == len(sent)
    for one, other in zip(found, sent, strict=True):
        assert_same(one, other)


def test_byte_by_byte() -> None:
    sent = Frame(1, "T", {"text": "a\nb 日本 \ud800"}, {"x": np.arange(6, dtype="<i4").reshape(2, 3)})
    reader, found = FrameReader(), []
    for byte in encode_frame(sent):
        found += reader.feed(bytes([byte]))
    (one,) = found
    assert_same(one, sent)


def test_the_bytes_are_those_that_the_legend_shows() -> None:
    """Written out by hand, so that another program can speak with the worker."""
    data = encode_frame(Frame(7, "Tokens", {"n": 1}, {"ids": np.array([1, -2], dtype=np.int32)}, final=False))
    header, _, payload = data.partition(b"\n")
    assert json.loads(header) == {
        "id": 7, "type": "Tokens", "final": False, "body": {"n": 1}, "arrays": [["ids", "<i4", [2]]],
    }  # fmt: skip
    assert payload == struct.pack("<ii", 1, -2)


def test_arrays_of_any_layout_arrive_the_same() -> None:
    base = np.arange(24, dtype=np.float32).reshape(4, 6)
    arrays = {
        "turned": base.T,
        "every-other": base[::2, ::-1],
        "big": base.astype(">f4"),
        "fortran": np.asfortranarray(base),
    }
    (found,) = FrameReader().feed(encode_frame(Frame(1, "T", {}, arrays)))
    for name, array in arrays.items():
        np.testing.assert_array_equal(found.arrays[name], array)
        assert found.arrays[name].dtype.str == "<f4"


def test_infinite_numbers_travel() -> None:
    (found,) = FrameReader().feed(encode_frame(Frame(1, "T", {"perplexity": float("inf")})))
    assert found.body == {"perplexity": float("inf")}


@pytest.mark.parametrize("dtype", ["float16", "complex64", "object", "U3", "uint64"])
def test_other_kinds_of_array_do_not_travel(dtype: str) -> None:
    """Above all no objects, which would need pickle."""
    with pytest.raises(AssertionError, match="do not travel"):
        encode_frame(Frame(1, "T", {}, {"x": np.zeros(2, dtype=dtype)}))


def header(**changes: Any) -> bytes:
    return json.dumps({"id": 1, "type": "T", "final": True, "body": {}, "arrays": [], **changes}).encode() + b"\n"


MALFORMED = {
    "no json": b"Traceback (most recent call last):\n",
    "empty line": b"\n",
    "not utf-8": b"\xff\xfe{}\n",
    "a list": b"[]\n",
    "no id": b'{"type": "T", "final": true, "body": {}, "arrays": []}\n',
    "deep": b"[" * 100_000 + b"\n",
    "id is text": header(id="1"),
    "id is true": header(id=True),
    "type is a number": header(type=1),
    "final is a number": header(final=1),
    "body is a list": header(body=[]),
    "arrays is a number": header(arrays=3),
    "arrays is an object": header(arrays={}),
    "arrays is an object with entries": header(arrays={"abc": 1}),
    "entry is text": header(arrays=["abc"]),
    "entry is short": header(arrays=[["x", "<i4"]]),
    "entry is long": header(arrays=[["x", "<i4", [1], 0]]),
    "name is a number": header(arrays=[[1, "<i4", [1]]]),
    "objects": header(arrays=[["x", "|O", [1]]]),
    "big-endian": header(arrays=[["x", ">i4", [1]]]),
    "dtype is a list": header(arrays=[["x", ["<i4"], [1]]]),
    "shape is a number": header(arrays=[["x", "<i4", 1]]),
    "shape is text": header(arrays=[["x", "<i4", ""]]),
    "shape is an object": header(arrays=[["x", "<i4", {}]]),
    "negative": header(arrays=[["x", "<i4", [-1]]]),
    "half": header(arrays=[["x", "<i4", [1.0]]]),
    "true": header(arrays=[["x", "|u1", [True]]]) + b"1",
    "huge": header(arrays=[["x", "<i4", [2**40]]]),
    "huge together": header(arrays=[["x", "|u1", [2**29 + 1]], ["y", "|u1", [2**29]]]),
    "huge product": header(arrays=[["x", "<i4", [2**33, 2**33]]]),
    "nothing, hugely": header(arrays=[["x", "<i4", [0, 2**70]]]),
    "too many sides": header(arrays=[["x", "|u1", [1] * 100]]) + b"1",
    "twice the same name": header(arrays=[["x", "|u1", [1]], ["x", "|u1", [1]]]) + b"12",
}


@pytest.mark.parametrize("data", MALFORMED.values(), ids=MALFORMED)
def test_what_is_no_frame_is_refused(data: bytes) -> None:
    with pytest.raises(FrameError):
        FrameReader().feed(data)


@given(st.binary(max_size=200))
def test_noise_is_refused_or_waits(noise: bytes) -> None:
    if b"\n" in noise:
        with pytest.raises(FrameError):
            FrameReader().feed(noise)
    else:
        assert FrameReader().feed(noise) == []


@given(JSON_VALUES, st.sampled_from(["id", "type", "final", "body", "arrays"]))
def test_any_wrong_header_is_a_frame_error(value: Any, key: str) -> None:
    """Never another error, which would be taken for a fault of ours."""
    with contextlib.suppress(FrameError):
        FrameReader().feed(header(**{key: value}))


def test_an_endless_header_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "HEADER_LIMIT_BYTES", 1000)
    reader = FrameReader()
    assert reader.feed(b"x" * 900) == []
    with pytest.raises(FrameError, match="a header of more than 1000 bytes"):
        reader.feed(b"x" * 900)


def test_a_huge_declaration_takes_no_memory() -> None:
    """It is refused before a single byte of it is there."""
    with pytest.raises(FrameError, match="arrays of 4398046511104 bytes"):
        FrameReader().feed(header(arrays=[["x", "<i4", [2**40]]]))


def test_frames_of_a_blocking_stream() -> None:
    sent = [Frame(i, "T", {"i": i}, {"x": np.zeros(i, dtype="<f8")}) for i in range(3)]
    stream, reader = io.BytesIO(b"".join(map(encode_frame, sent))), FrameReader()
    pending: list[Frame] = []
    found = []
    while (frame := read_frame(stream, reader, pending)) is not None:
        found.append(frame.id)
    assert found == [0, 1, 2]
    assert read_frame(stream, reader, pending) is None
