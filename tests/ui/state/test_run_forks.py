"""Runs that went on from another one."""

from dataclasses import replace
from pathlib import Path

from made_runs import TINY, make_run

from playground.contract import run_directory
from playground.contract.config import StartConfig
from playground.ui.state.run_forks import forks_of


def test_only_those_that_went_on_from_it(runs_folder: Path) -> None:
    base = make_run(runs_folder / "kites", n_steps=10)
    for name, step in (("later", 300), ("sooner", 100)):
        config = replace(TINY, start=StartConfig(run=str(base.path), step=step))
        make_run(runs_folder / name, run_directory.NEW, config=config)
    elsewhere = replace(TINY, start=StartConfig(run=str(runs_folder / "kites 2"), step=5))
    make_run(runs_folder / "of another", run_directory.NEW, config=elsewhere)
    damaged = make_run(runs_folder / "damaged", run_directory.NEW)
    damaged.config_path.write_text("kites = ", encoding="utf-8")
    runs = [*runs_folder.iterdir(), runs_folder / "never there"]
    assert forks_of(base.path, runs) == [(100, "sooner"), (300, "later")]
    assert forks_of(runs_folder / "later", runs) == []
