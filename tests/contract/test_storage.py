"""Files are written whole or not at all, a failing disk is told in words, and growing files are read line by line."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from playground.contract import disk, storage
from playground.contract.errors import RunError, StorageError


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


# What is called on the way; `sync` is of the file and then of its folder.
STEPS = ["open_new", "write", "sync", "rename"]


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
        patched.setattr(disk, step, failing(number))
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
    rename, sync = disk.rename, disk.sync

    def noted_rename(source: Path, target: Path) -> None:
        happened.append("replace")
        rename(source, target)

    def noted_sync(fd: int) -> None:
        happened.append("sync")
        sync(fd)

    monkeypatch.setattr(disk, "rename", noted_rename)
    monkeypatch.setattr(disk, "sync", noted_sync)
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
    monkeypatch.setattr(disk, "rename", failing(errno.ENOSPC))
    with pytest.raises(StorageError, match="The disk is full"):
        storage.move_folder(source, tmp_path / "step-1")
    assert names_in(tmp_path) == {"made"}
