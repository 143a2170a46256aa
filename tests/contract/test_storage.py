"""Files are written whole or not at all, a failing disk is told in words, and growing files are read line by line."""

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

from playground.contract import storage
from playground.contract.errors import RunError, StorageError
from playground.contract.storage import LineAppender, LineTail


def failing(number: int) -> Callable[..., Any]:
    def fail(*arguments: object, **more: object) -> Any:
        raise OSError(number, os.strerror(number))

    return fail


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


# ---------------------------------------------------------------- whole or not at all


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "ファイル.json"
    storage.write_json(path, {"a": [1, 2.5, "日本\n"]})
    assert storage.read_json_object(path) == {"a": [1, 2.5, "日本\n"]}
    assert path.read_text(encoding="utf-8").endswith("\n")
    storage.write_bytes(path, b"")
    assert path.read_bytes() == b""
    assert names_in(tmp_path) == {"ファイル.json"}


# What is called on the way; a `None` target is `os.fsync` of the file and then of its folder.
STEPS = ["playground.contract.storage.os.fsync", "pathlib.Path.replace", "pathlib.Path.open"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    ("number", "advice"),
    [
        (errno.ENOSPC, "The disk is full. Free some space, then resume."),
        (errno.EDQUOT, "quota is used up"),
        (errno.EROFS, "read-only. Choose another folder"),
        (errno.EACCES, "You may not write there"),
        (errno.EIO, "The disk reports an error"),
        (errno.EBUSY, "Device or resource busy"),
    ],
)
def test_a_disk_that_fails_leaves_the_former_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, advice: str
) -> None:
    path = tmp_path / "status.json"
    storage.write_text(path, "former")
    with monkeypatch.context() as patched:
        patched.setattr(step, failing(number))
        with pytest.raises(StorageError, match=f"Cannot write .*status.json. .*{advice}"):
            storage.write_text(path, "newer")
    assert path.read_text() == "former"
    assert names_in(tmp_path) == {"status.json"}, "a temporary file was left behind"


def test_a_disk_that_fills_while_writing_leaves_the_former_file_whole(tmp_path: Path) -> None:
    """The real thing: the system itself refuses to write more than a few bytes."""
    resource = pytest.importorskip("resource")
    import signal

    path = tmp_path / "weights"
    storage.write_bytes(path, b"former")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
        with pytest.raises(StorageError, match=r"Cannot write .*weights"):
            storage.write_bytes(path, b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert path.read_bytes() == b"former"
    assert names_in(tmp_path) == {"weights"}


def test_bytes_are_on_the_disk_before_the_name_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    happened: list[str] = []
    replace, fsync = Path.replace, os.fsync

    def noted_replace(source: Path, target: Path) -> Path:
        happened.append("replace")
        return replace(source, target)

    def noted_fsync(fd: int) -> None:
        happened.append("sync")
        fsync(fd)

    monkeypatch.setattr(Path, "replace", noted_replace)
    monkeypatch.setattr(os, "fsync", noted_fsync)
    storage.write_bytes(tmp_path / "a", b"1")
    assert happened == ["sync", "replace", "sync"]
    happened.clear()
    storage.write_bytes(tmp_path / "a", b"2", durable=False)
    assert happened == ["replace"]


def test_numbers_that_json_lacks_are_our_own_mistake(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        storage.write_json(tmp_path / "a.json", {"loss": float("nan")})
    assert names_in(tmp_path) == set()


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="The folder is gone"):
        storage.write_text(tmp_path / "gone" / "a", "x")


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="The name is too long"):
        storage.make_folder(tmp_path / ("x" * 300))


def test_a_folder_where_a_file_lies_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="Cannot create the folder"):
        storage.make_folder(tmp_path / "file" / "inside")
    with pytest.raises(StorageError, match="Cannot create the folder"):
        storage.make_folder(tmp_path / "file")


# ---------------------------------------------------------------- reading


def test_reading_has_a_limit(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert storage.read_bytes(tmp_path / "a", 5) == b"12345"
    with pytest.raises(RunError, match="larger than 4 bytes"):
        storage.read_bytes(tmp_path / "a", 4)


def test_only_plain_files_are_read(tmp_path: Path) -> None:
    """A pipe would wait for ever, a device never end."""
    with pytest.raises(RunError, match="not a plain file"):
        storage.read_bytes(tmp_path, 10)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(RunError, match="not a plain file"):
        storage.read_bytes(tmp_path / "pipe", 10)
    with pytest.raises(FileNotFoundError):
        storage.read_bytes(tmp_path / "none", 10)
    (tmp_path / "dangling").symlink_to(tmp_path / "none")
    with pytest.raises(FileNotFoundError):
        storage.read_bytes(tmp_path / "dangling", 10)


DAMAGED_JSON = [b"", b"{", b"[1]", b"null", b"\xff\xfe", b'{"a": 1}x', b"[" * 100_000, b'{"a": ' + b"9" * 5000 + b"}"]


@pytest.mark.parametrize("data", DAMAGED_JSON, ids=lambda data: repr(data[:12]))
def test_damaged_json_names_the_file(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.json").write_bytes(data)
    with pytest.raises(RunError, match=r"a\.json is damaged: .* Restore it from a copy"):
        storage.read_json_object(tmp_path / "a.json")


@pytest.mark.parametrize(
    "data", [b"a", b"\xff", b"a = " + b"[" * 5000, b"a = " + b"9" * 5000], ids=lambda data: repr(data[:12])
)
def test_damaged_toml_names_the_file(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.toml").write_bytes(data)
    with pytest.raises(RunError, match=r"a\.toml is damaged"):
        storage.read_toml(tmp_path / "a.toml")
    with pytest.raises(RunError, match="larger than"):
        storage.read_toml(tmp_path / "a.toml", limit_bytes=0)


# ---------------------------------------------------------------- lines

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
    write = os.write
    with monkeypatch.context() as patched:
        patched.setattr(os, "write", lambda fd, data: write(fd, data[: len(data) // 2]))
        with pytest.raises(StorageError, match=r"Cannot append to .*x. The disk is full"):
            appender.append({"a": 1})
    appender.append({"a": 2})
    appender.close()
    assert LineTail(path).read() == [{"a": 2}]


def test_appending_tells_what_the_disk_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    appender = LineAppender(tmp_path / "x")
    with monkeypatch.context() as patched:
        patched.setattr(os, "write", failing(errno.ENOSPC))
        with pytest.raises(StorageError, match=r"The disk is full. Free some space, then resume"):
            appender.append({"a": 1})
        patched.setattr(os, "fsync", failing(errno.EIO))
        with pytest.raises(StorageError, match="The disk reports an error"):
            appender.sync()
    appender.close()
    with pytest.raises(StorageError, match="The folder is gone"):
        LineAppender(tmp_path / "gone" / "x")


# ---------------------------------------------------------------- folders


def test_a_finished_folder_gets_its_name(tmp_path: Path) -> None:
    source, target = tmp_path / "made", tmp_path / "step-1"
    source.mkdir()
    (source / "a").write_text("new")
    target.mkdir()
    (target / "old").write_text("damaged")
    storage.move_folder(source, target)
    assert names_in(target) == {"a"}
    assert not source.exists()


def test_a_folder_that_cannot_be_moved_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "made"
    source.mkdir()
    monkeypatch.setattr(Path, "rename", failing(errno.ENOSPC))
    with pytest.raises(StorageError, match="The disk is full"):
        storage.move_folder(source, tmp_path / "step-1")
    assert names_in(tmp_path) == {"made"}
