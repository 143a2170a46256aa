"""Growing files of JSON lines are read line by line, whatever was torn or damaged."""

import errno
import itertools
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.contract import disk
from playground.contract.errors import StorageError
from playground.contract.lines import LineAppender, LineTail, last_record


def failing(number: int) -> Callable[..., Any]:
    def fail(*arguments: object, **more: object) -> Any:
        raise OSError(number, os.strerror(number))

    return fail


RECORDS = st.lists(st.dictionaries(st.text(), st.one_of(st.integers(), st.text(), st.booleans())), max_size=8)


@given(records=RECORDS, cuts=st.lists(st.integers(0, 400)))
def test_a_growing_file_gives_each_record_once(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, Any]], cuts: list[int]
) -> None:
    """However the bytes arrive, and even where a read falls into the middle of a character."""
    path = tmp_path_factory.mktemp("tail") / "x.jsonl"
    data = b"".join(json.dumps(record, ensure_ascii=False).encode("utf-8", "replace") + b"\n" for record in records)
    wanted = [json.loads(line) for line in data.decode("utf-8").split("\n") if line]
    tail, found = LineTail(path), []
    places = sorted({min(cut, len(data)) for cut in cuts} | {0, len(data)})
    for start, end in itertools.pairwise(places):
        with path.open("ab") as file:
            file.write(data[start:end])
        found += tail.read()
    assert found == wanted
    assert tail.n_damaged == 0


def test_a_file_that_is_not_there_yet_has_no_lines(tmp_path: Path) -> None:
    tail = LineTail(tmp_path / "x")
    assert tail.read() == []
    (tmp_path / "x").write_bytes(b'{"a":1}\n')
    assert tail.read() == [{"a": 1}]
    assert tail.read() == []


def test_a_torn_last_line_waits_for_its_rest(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b'{"a":1}\n{"a":')
    tail = LineTail(path)
    assert tail.read() == [{"a": 1}]
    assert tail.read() == []
    with path.open("ab") as file:
        file.write(b'2}\n{"a":3}\n')
    assert tail.read() == [{"a": 2}, {"a": 3}]
    assert tail.n_damaged == 0


def test_damaged_lines_are_skipped_and_counted(tmp_path: Path) -> None:
    lines = [b'{"a":1}', b"junk", b"[1]", b"", b"   ", b"\xff\xfe", b"[" * 100_000, b'{"a": ' + b"9" * 5000 + b"}"]
    (tmp_path / "x").write_bytes(b"\n".join([*lines, b'{"a":2}', b""]))
    tail = LineTail(tmp_path / "x")
    assert tail.read() == [{"a": 1}, {"a": 2}]
    assert tail.n_damaged == 5


def test_a_replaced_file_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b'{"a":1}\n{"a":2}\n')
    tail = LineTail(path)
    assert len(tail.read()) == 2
    path.write_bytes(b'{"b":1}\n')
    assert tail.read() == [{"b": 1}]


def test_a_long_file_comes_in_parts(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"".join(b'{"a":%d}\n' % i for i in range(100)))
    tail, parts = LineTail(tmp_path / "x"), []
    while part := tail.read(limit_bytes=64):
        parts.append(part)
    assert [record["a"] for part in parts for record in part] == list(range(100))
    assert len(parts) > 10


def test_an_endless_line_is_no_standstill(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"y" * 1000 + b'\n{"a":1}\n')
    tail, found = LineTail(tmp_path / "x"), []
    for _ in range(40):
        found += tail.read(limit_bytes=64)
    assert found == [{"a": 1}]
    assert tail.n_damaged > 0


def test_lines_are_appended_and_read(tmp_path: Path) -> None:
    path = tmp_path / "x"
    appender = LineAppender(path)
    appender.append({"text": "一\n二", "n": 1})
    appender.append({"n": 2})
    appender.sync()
    appender.close()
    assert LineTail(path).read() == [{"text": "一\n二", "n": 1}, {"n": 2}]
    assert path.read_bytes().count(b"\n") == 2


def test_a_torn_line_of_a_killed_writer_swallows_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b'{"a":1}\n{"a":')
    appender = LineAppender(path)
    appender.append({"a": 3})
    appender.close()
    tail = LineTail(path)
    assert tail.read() == [{"a": 1}, {"a": 3}]
    assert tail.n_damaged == 1


def test_half_a_line_on_a_full_disk_is_told_and_swallows_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk took half of it; after some space was freed, the same writer goes on."""
    path = tmp_path / "x"
    appender = LineAppender(path)
    write = disk.write
    with monkeypatch.context() as patched:
        patched.setattr(disk, "write", lambda fd, data: write(fd, data[: len(data) // 2]))
        with pytest.raises(StorageError, match=r"Cannot append to .*x. The disk is full"):
            appender.append({"a": 1})
    appender.append({"a": 2})
    appender.close()
    assert LineTail(path).read() == [{"a": 2}]


def test_appending_tells_what_the_disk_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    appender = LineAppender(tmp_path / "x")
    with monkeypatch.context() as patched:
        patched.setattr(disk, "write", failing(errno.ENOSPC))
        with pytest.raises(StorageError, match=r"The disk is full. Free some space, then resume"):
            appender.append({"a": 1})
        patched.setattr(disk, "sync", failing(errno.EIO))
        with pytest.raises(StorageError, match="The disk reports an error"):
            appender.sync()
    appender.close()
    with pytest.raises(StorageError, match="The folder is gone"):
        LineAppender(tmp_path / "gone" / "x")


@pytest.mark.parametrize("damage", [b"", b"x" * 200_000, b"junk\n" * 30_000, b"\0" * 100_000 + b"\n", b'{"seq":9'])
def test_the_last_whole_record_is_found_behind_any_damage(tmp_path: Path, damage: bytes) -> None:
    """A machine that lost its power may leave zeros, and a full disk half a line."""
    (tmp_path / "x").write_bytes(b'{"seq":1}\n{"seq":2}\n' + damage)
    assert last_record(tmp_path / "x") == {"seq": 2}


def test_a_file_without_a_record_has_no_last_one(tmp_path: Path) -> None:
    assert last_record(tmp_path / "none") == {}
    (tmp_path / "x").write_bytes(b'junk\n{"seq":1')
    assert last_record(tmp_path / "x") == {}


def test_cut_at_every_byte_only_the_torn_line_is_lost(tmp_path: Path) -> None:
    """Wherever a write was torn: what stood before it is read, and so is what the next writer adds."""
    path = tmp_path / "x"
    lines = [json.dumps({"seq": seq, "text": "一\\n" * seq}, ensure_ascii=False).encode() + b"\n" for seq in range(4)]
    data = b"".join(lines)
    for n_bytes in range(len(lines[0]), len(data)):
        path.write_bytes(data[:n_bytes])
        n_whole = data[:n_bytes].count(b"\n")
        assert [record["seq"] for record in LineTail(path).read()] == list(range(n_whole))
        lacks_end_alone = data[n_bytes : n_bytes + 1] == b"\n"
        assert last_record(path)["seq"] == n_whole - 1 + lacks_end_alone
        appender = LineAppender(path)
        appender.append({"seq": 9})
        appender.close()
        found = [record["seq"] for record in LineTail(path).read()]
        assert found == [*range(n_whole + lacks_end_alone), 9], n_bytes


def test_the_last_record_may_lack_its_line_end_alone(tmp_path: Path) -> None:
    """Else its number would be given twice: the next writer ends the line, and then it counts."""
    path = tmp_path / "metrics.jsonl"
    path.write_bytes(b'{"seq":1}\n{"seq":2}')
    assert last_record(path) == {"seq": 2}
    appender = LineAppender(path)
    appender.append({"seq": 3})
    appender.close()
    assert [record["seq"] for record in LineTail(path).read()] == [1, 2, 3]
    path.write_bytes(b'{"seq":1}\n{"seq":2')
    assert last_record(path) == {"seq": 1}
