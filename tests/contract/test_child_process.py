"""How one process of ours starts another: with our interpreter, in UTF-8, and never with somebody else's modules."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from playground.contract import child_process
from playground.contract.child_process import child_environment, module_arguments, module_command

ROOT = Path(__file__).resolve().parents[2]


def test_the_command_runs_a_module_with_this_interpreter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert module_command("playground.worker", "a b") == [sys.executable, "-P", "-m", "playground.worker", "a b"]


def test_a_program_found_in_the_current_folder_is_found_there_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert module_arguments("playground") == ["-m", "playground"]


def test_a_deleted_folder_is_no_hindrance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()
    assert module_arguments("playground") == ["-P", "-m", "playground"]


def test_modules_beside_the_text_are_never_run(tmp_path: Path) -> None:
    """Somebody's own `json.py` lies in the folder from which the window was started."""
    (tmp_path / "json.py").write_text("raise SystemExit('a stranger was here')")
    (tmp_path / "playground.py").write_text("raise SystemExit('a stranger was here')")
    program = (
        "import subprocess, sys; from playground.contract.child_process import *; "
        "sys.exit(subprocess.run(module_command('playground', '--version'), env=child_environment()).returncode)"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Transformer Playground")


def test_the_environment_is_ours_and_speaks_utf8(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_MARK", "1")
    found = child_environment()
    assert found["PLAYGROUND_MARK"] == "1"
    assert (found["PYTHONUTF8"], found["PYTHONUNBUFFERED"]) == ("1", "1")
    assert "PYTHONUTF8" not in os.environ or os.environ is not found
    assert child_environment({"A": "b", "PYTHONUTF8": "0"}) == {"A": "b", "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}


def test_a_child_in_the_poorest_locale_writes_japanese() -> None:
    environment = child_environment({"PATH": os.environ["PATH"], "LC_ALL": "C"})
    done = subprocess.run(
        [sys.executable, "-c", "print('日本')"], env=environment, capture_output=True, check=True, timeout=60
    )
    assert done.stdout.decode("utf-8").strip() == "日本"
    assert child_process.__doc__
