"""Messages as frames, and back: their plain values in the body, their arrays beside it."""

import dataclasses
import typing
from functools import cache
from typing import Any

import numpy as np

from playground.contract.frames import Frame, FrameError
from playground.contract.messages import Message

_KINDS: dict[str, type] = {kind.__name__: kind for kind in typing.get_args(Message)}


def to_frame(request_id: int, message: Message, final: bool = True) -> Frame:
    """Pack a message. Arrays, nested ones too, leave the body under dotted names."""
    arrays: dict[str, np.ndarray] = {}
    body = _plain(message, "", arrays)
    return Frame(request_id, type(message).__name__, body, arrays, final)


def from_frame(frame: Frame) -> Message:
    """Unpack a message.

    Raises:
        FrameError: an unknown type, or fields that do not fit it.
    """
    kind = _KINDS.get(frame.type)
    if kind is None:
        raise FrameError(f"unknown message {frame.type!r}")
    try:
        message: Message = _rebuilt(kind, frame.body, "", frame.arrays)
    except (TypeError, KeyError, OverflowError) as error:
        raise FrameError(f"{frame.type} does not fit: {error}") from error
    return message


def _plain(value: Any, prefix: str, arrays: dict[str, np.ndarray]) -> dict[str, Any]:
    body: dict[str, Any] = {}
    for field in dataclasses.fields(value):
        item = getattr(value, field.name)
        if isinstance(item, np.ndarray):
            arrays[prefix + field.name] = item
        elif dataclasses.is_dataclass(item):
            body[field.name] = _plain(item, f"{prefix}{field.name}.", arrays)
        else:
            body[field.name] = item
    return body


def _rebuilt(kind: type, body: dict[str, Any], prefix: str, arrays: dict[str, np.ndarray]) -> Any:
    if not isinstance(body, dict):
        raise TypeError(f"{prefix.rstrip('.')} is {body!r}, not an object")
    values: dict[str, Any] = {}
    for name, wanted in _hints(kind).items():
        if wanted is np.ndarray:
            values[name] = arrays[prefix + name]
        elif dataclasses.is_dataclass(wanted):
            values[name] = _rebuilt(wanted, body[name], f"{prefix}{name}.", arrays)  # type: ignore[arg-type]
        elif name in body:
            values[name] = _fitting(body[name], wanted, prefix + name)
    return kind(**values)


def _fitting(value: Any, wanted: Any, name: str) -> Any:
    """A plain value or a list of them, of just the kind that is wanted; whole numbers serve as floats."""
    if wanted is float and type(value) is int:
        return float(value)
    kind = typing.get_origin(wanted) or wanted
    if type(value) is not kind:
        raise TypeError(f"{name} is {value!r}, not {kind.__name__}")
    if kind is list and not set(map(type, value)) <= set(typing.get_args(wanted)):
        raise TypeError(f"{name} holds something else than {typing.get_args(wanted)[0].__name__}")
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)
