"""Deleted runs come back whole, and go for good when they should."""

import time
from pathlib import Path

import pytest
from made_runs import make_run, trainer_at_work

from playground.contract.errors import RunError, RunLockedError, StorageError
from playground.contract.run_directory import RunDirectory, find_runs
from playground.ui.state.run_trash import FOLDER, LEFT_OVER_S, RunTrash


def content(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def test_a_deleted_run_comes_back_whole(tmp_path: Path) -> None:
    run = make_run(tmp_path / "kites").path
    before, trash = content(run), RunTrash(tmp_path)
    deleted = trash.put(run)
    assert not run.exists()
    assert find_runs(tmp_path) == []
    assert deleted.place.stat().st_dev == tmp_path.stat().st_dev
    assert trash.put_back(deleted) == run
    assert content(run) == before
    assert not (tmp_path / FOLDER).exists()


def test_where_its_name_is_taken_it_gets_another(tmp_path: Path) -> None:
    trash = RunTrash(tmp_path)
    first = trash.put(make_run(tmp_path / "kites").path)
    second = trash.put(make_run(tmp_path / "kites").path)
    assert trash.put_back(second) == tmp_path / "kites"
    assert trash.put_back(first) == tmp_path / "kites 2"
    assert trash.runs == ()


def test_emptying_is_for_good(tmp_path: Path) -> None:
    trash = RunTrash(tmp_path)
    trash.put(make_run(tmp_path / "kites").path)
    trash.empty()
    assert trash.runs == ()
    assert list(tmp_path.iterdir()) == []


def test_a_link_goes_without_what_it_leads_to(tmp_path: Path) -> None:
    far = make_run(tmp_path / "far" / "kites").path
    home = tmp_path / "runs"
    home.mkdir()
    (home / "link").symlink_to(far)
    trash = RunTrash(home)
    trash.put(home / "link")
    trash.empty()
    assert RunDirectory(far).exists()
    assert list(home.iterdir()) == []


def test_what_is_no_run_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    with pytest.raises(RunError, match="holds no run"):
        RunTrash(tmp_path).put(tmp_path / "precious")
    assert (tmp_path / "precious").is_dir()


def test_a_trainer_that_came_first_keeps_its_run(tmp_path: Path) -> None:
    run = make_run(tmp_path / "kites")
    trash = RunTrash(tmp_path)
    with trainer_at_work(run), pytest.raises(RunLockedError):
        trash.put(run.path)
    assert run.exists()
    assert trash.runs == ()


def test_a_disk_that_refuses_leaves_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run(tmp_path / "kites").path

    def refuse(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(StorageError, match="Cannot delete"):
        RunTrash(tmp_path).put(run)
    assert RunDirectory(run).exists()


def test_what_a_killed_window_left_goes_after_a_day(tmp_path: Path) -> None:
    RunTrash(tmp_path).put(make_run(tmp_path / "old").path)
    late = RunTrash(tmp_path)
    own = late.put(make_run(tmp_path / "own").path)
    late.sweep(time.time() + 60)
    assert len(list((tmp_path / FOLDER).iterdir())) == 2
    late.sweep(time.time() + LEFT_OVER_S + 60)
    assert list((tmp_path / FOLDER).iterdir()) == [own.place.parent]
    RunTrash(tmp_path / "nothing").sweep()
