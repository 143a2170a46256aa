"""All that is written into a run directory goes through `storage`, and `storage` through the operations of `disk`."""

import ast
from collections.abc import Iterator
from pathlib import Path

import playground
from playground.contract import disk

PACKAGE = Path(playground.__file__).parent
# Who makes or changes a run directory. The window renames and deletes whole ones, which is not writing into them.
ROOMS = ("contract", "engine/training", "engine/model", "engine/tokenizers")
DISK = "contract/disk.py"
# Those that know `disk` itself: the door, and what locks or follows a file that stays open.
KEEPERS = ("contract/storage.py", "contract/lines.py", "contract/run_directory.py")
# Reads that are no part of a run: the program's own terms, a person's text, the system's facts on memory.
ELSEWHERE = ("contract/glossary.py", "engine/tokenizers/foreign_process.py")

METHODS = {
    "open", "write_text", "write_bytes", "read_text", "read_bytes", "unlink", "rename", "mkdir", "rmdir", "touch",
    "iterdir", "glob", "rglob", "stat", "lstat", "symlink_to", "hardlink_to", "chmod", "truncate",
}  # fmt: skip
OF_OS = {
    "open", "write", "read", "fsync", "fdatasync", "close", "rename", "replace", "unlink", "remove", "mkdir",
    "makedirs", "rmdir", "removedirs", "listdir", "scandir", "stat", "lstat", "fstat", "truncate", "ftruncate", "link",
    "symlink",
}  # fmt: skip


def operations_in(source: str) -> Iterator[str]:
    """Calls that touch a file without asking `storage`."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        owner, _, name = called.rpartition(".")
        is_of_os = owner == "os" and name in OF_OS
        is_method = owner not in ("", "os", "storage", "disk") and name in METHODS
        if is_of_os or is_method or called in ("open", "save_file") or owner in ("shutil", "tempfile"):
            if called == "shutil.which":  # asks for a program
                continue
            yield f"line {node.lineno}: {called}"


def files() -> list[Path]:
    return sorted(path for room in ROOMS for path in (PACKAGE / room).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def test_the_reader_of_operations_sees_them() -> None:
    source = (
        "path.open()\nos.open(p, 0)\nopen(p)\nPath(p).write_text('')\nshutil.rmtree(p)\n"
        "storage.write_text(p, '')\ndisk.open_new(p)\nsave_file({}, p)\nstorage.names_in(p)\n'a'.rename\n"
    )
    assert [line.split(":")[0] for line in operations_in(source)] == ["line 1", "line 2", "line 3", "line 4", "line 5",
                                                                      "line 8"]  # fmt: skip


def test_nobody_else_touches_files() -> None:
    found = [
        f"{name_of(path)} {what}"
        for path in files()
        if name_of(path) not in (DISK, *ELSEWHERE)
        for what in operations_in(path.read_text(encoding="utf-8"))
    ]
    assert found == [], "\n".join(found)


def test_only_the_door_knows_the_disk() -> None:
    found = [
        name_of(path)
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        and (node.module == "playground.contract.disk" or (
            node.module == "playground.contract" and any(alias.name == "disk" for alias in node.names)
        ))
        and name_of(path) not in KEEPERS
    ]  # fmt: skip
    assert found == []


def test_every_operation_can_be_counted() -> None:
    """What `disk` has is in the list that tests wrap, but for what only looks at an open file."""
    tree = ast.parse((PACKAGE / DISK).read_text(encoding="utf-8"))
    functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert functions - set(disk.OPERATIONS) == {"is_folder", "is_file", "size_of", "try_lock"}
