"""Every message survives the wire; one that does not fit its type is refused."""

import contextlib
import dataclasses
import typing
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from playground.contract.config import SamplingConfig, TokenizerConfig
from playground.contract.frames import Frame, FrameError, FrameReader, encode_frame
from playground.contract.messages import (
    Cancel,
    Generate,
    Generated,
    Message,
    NextToken,
    Progress,
    Ready,
    Tokenize,
    Tokens,
)
from playground.contract.wire import from_frame, to_frame

KINDS = typing.get_args(Message)


def values_of(wanted: Any) -> st.SearchStrategy[Any]:
    if dataclasses.is_dataclass(wanted):
        return messages_of(wanted)  # type: ignore[arg-type]
    if wanted is np.ndarray:
        shapes = npst.array_shapes(min_side=0, max_side=3)
        return st.one_of(*(npst.arrays(np.dtype(dtype), shapes) for dtype in ("<f4", "<i4", "|u1")))
    if typing.get_origin(wanted) is list:
        (each,) = typing.get_args(wanted)
        return st.lists(st.integers() if each is int else st.text(max_size=4), max_size=3)
    simple: dict[type, st.SearchStrategy[Any]] = {
        str: st.text(max_size=6), int: st.integers(), float: st.floats(allow_nan=False), bool: st.booleans(),
    }  # fmt: skip
    return simple[wanted]


def messages_of(kind: type) -> st.SearchStrategy[Any]:
    return st.builds(kind, **{name: values_of(wanted) for name, wanted in typing.get_type_hints(kind).items()})


def assert_same(found: Any, wanted: Any) -> None:
    assert type(found) is type(wanted)
    for field in dataclasses.fields(wanted):
        one, other = getattr(found, field.name), getattr(wanted, field.name)
        assert type(one) is type(other)
        if isinstance(other, np.ndarray):
            assert (one.dtype, one.shape, one.tobytes()) == (other.dtype, other.shape, other.tobytes())
        elif dataclasses.is_dataclass(other):
            assert_same(one, other)
        else:
            assert one == other


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@settings(max_examples=20)
@given(data=st.data())
def test_every_message_survives_the_wire(kind: type, data: st.DataObject) -> None:
    sent = data.draw(messages_of(kind))
    (frame,) = FrameReader().feed(encode_frame(to_frame(5, sent, final=False)))
    assert (frame.id, frame.final) == (5, False)
    assert_same(from_frame(frame), sent)


def test_no_message_has_fields_that_cannot_travel() -> None:
    def check(kind: type) -> None:
        for wanted in typing.get_type_hints(kind).values():
            if dataclasses.is_dataclass(wanted):
                check(wanted)  # type: ignore[arg-type]
            else:
                assert wanted in (str, int, float, bool, np.ndarray, list[str], list[int]), f"{kind.__name__}: {wanted}"

    for kind in KINDS:
        check(kind)


def a_distribution() -> NextToken:
    two = np.array([0.75, 0.25], dtype=np.float32)
    return NextToken(
        ids=np.array([3, 1], dtype=np.int32), pieces=["a", "b"], before=two, after=two, cut_by=["", ""], n_kept=2,
        entropy_nats=0.56,
    )  # fmt: skip


def test_arrays_leave_the_body_under_dotted_names() -> None:
    sent = Generated(
        ids=np.array([3], dtype=np.int32), texts=["a"], probabilities=np.ones(1, np.float32), last=a_distribution()
    )
    frame = to_frame(1, sent)
    assert set(frame.arrays) == {"ids", "probabilities", "last.ids", "last.before", "last.after"}
    assert frame.body["texts"] == ["a"]
    assert frame.body["last"]["pieces"] == ["a", "b"]


def test_what_is_left_out_has_its_default() -> None:
    body = {"run": "r", "step": 1, "prompt": "p", "sampling": {"temperature": 1}}
    found = from_frame(Frame(1, "Generate", body))
    assert found == Generate(run="r", step=1, prompt="p", sampling=SamplingConfig(temperature=1.0))
    assert isinstance(found, Generate)
    assert type(found.sampling.temperature) is float


NEXT = to_frame(1, a_distribution())
MISFITS = [
    Frame(1, "Nonsense", {}),
    Frame(1, "", {}),
    Frame(1, "dict", {}),
    Frame(1, "Tokenize", {"tokenizer": "x"}),  # a field is missing
    Frame(1, "Tokenize", {"tokenizer": "x", "text": 3}),
    Frame(1, "Tokenize", {"tokenizer": None, "text": "a"}),
    Frame(1, "Cancel", {"target": "1"}),
    Frame(1, "Cancel", {"target": 1.0}),
    Frame(1, "Cancel", {"target": True}),
    Frame(1, "Progress", {"fraction": "half"}),
    Frame(1, "Progress", {"fraction": True}),
    Frame(1, "Progress", {"fraction": 10**400}),
    Frame(1, "Generate", {"run": "r", "step": 1, "prompt": "p"}),
    Frame(1, "Generate", {"run": "r", "step": 1, "prompt": "p", "sampling": 3}),
    Frame(1, "Generate", {"run": "r", "step": 1, "prompt": "p", "sampling": "temperature"}),
    Frame(1, "Generate", {"run": "r", "step": 1, "prompt": "p", "sampling": ["seed"]}),
    Frame(1, "Generate", {"run": "r", "step": 1, "prompt": "p", "sampling": []}),
    Frame(1, "HeadAttention", {"layer": 0, "head": 0}, {"weights": np.zeros((1, 1), np.float32)}),
    Frame(1, "NextToken", {**NEXT.body, "pieces": [1, 2]}, NEXT.arrays),
    Frame(1, "NextToken", {**NEXT.body, "pieces": "ab"}, NEXT.arrays),
]  # fmt: skip


@pytest.mark.parametrize("frame", MISFITS, ids=lambda frame: f"{frame.type} {frame.body}"[:60])
def test_what_does_not_fit_is_refused(frame: Frame) -> None:
    with pytest.raises(FrameError):
        from_frame(frame)


JSON_VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.integers(10**308, 10**330), st.floats(), st.text(max_size=3),
    st.lists(st.one_of(st.integers(), st.text(max_size=3)), max_size=2),
    st.dictionaries(st.sampled_from(["seed", "ids", "temperature", "type"]), st.integers(), max_size=2),
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@settings(max_examples=20)
@given(data=st.data())
def test_any_body_is_a_message_or_refused(kind: type, data: st.DataObject) -> None:
    """Never another error: it would be taken for a fault of ours, and end the process that reads."""
    frame = to_frame(1, data.draw(messages_of(kind)))
    for name in data.draw(st.lists(st.sampled_from([*typing.get_type_hints(kind), "x"]), max_size=2)):
        frame.body[name] = data.draw(JSON_VALUES)
    with contextlib.suppress(FrameError):
        assert isinstance(from_frame(frame), kind)


def test_a_newer_sides_extra_fields_are_ignored() -> None:
    assert from_frame(Frame(1, "Ready", {"pid": 3, "version": "1", "mood": "good"})) == Ready(pid=3, version="1")


def test_messages_are_values() -> None:
    assert Cancel(target=3) == Cancel(target=3)
    assert Tokenize(tokenizer="x", text="a") != Tokenize(tokenizer="x", text="b")
    with pytest.raises(dataclasses.FrozenInstanceError):
        Progress(fraction=0.5).fraction = 1.0  # type: ignore[misc]
    assert TokenizerConfig() == TokenizerConfig(vocab_size=1024)
    assert isinstance(Tokens.__doc__, str)
