"""Runs that went on from another one."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from made_runs import TINY, make_run

from playground.contract import run_directory
from playground.contract.config import StartConfig
from playground.ui.state.run_forks import ForkSearch


def test_only_those_that_went_on_from_it(runs_folder: Path) -> None:
    base = make_run(runs_folder / "kites", n_steps=10)
    for name, step in (("later", 300), ("sooner", 100)):
        config = replace(TINY, start=StartConfig(run=str(base.path), step=step))
        make_run(runs_folder / name, run_directory.NEW, config=config)
    elsewhere = replace(TINY, start=StartConfig(run=str(runs_folder / "kites 2"), step=5))
    make_run(runs_folder / "of another", run_directory.NEW, config=elsewhere)
    damaged = make_run(runs_folder / "damaged", run_directory.NEW)
    damaged.config_path.write_text("kites = ", encoding="utf-8")
    folders = (runs_folder, runs_folder, runs_folder / "never there")
    assert found_of(base.path, folders) == [(100, "sooner"), (300, "later")]
    assert found_of(runs_folder / "later", folders) == []


def test_it_looks_at_one_run_at_a_time(runs_folder: Path) -> None:
    for index in range(20):
        make_run(runs_folder / f"run {index}", run_directory.NEW)
    search = ForkSearch(runs_folder / "run 3", (runs_folder,))
    assert [search.go_on() for _ in range(21)] == [True] * 20 + [False]


def found_of(path: Path, folders: Sequence[Path]) -> list[tuple[int, str]]:
    search = ForkSearch(path, folders)
    while search.go_on():
        pass
    return search.found
