"""Names of runs: proposed, made unique, checked."""

from dataclasses import replace
from pathlib import Path

import pytest
from made_runs import TINY

from playground.contract.config import DataConfig
from playground.ui.state.run_names import MOST_LETTERS, free_name, name_problem, proposed_name


@pytest.mark.parametrize(
    ("source", "preset_name", "name"),
    [
        ("builtin:tales-en", "tiny", "tales-en tiny"),
        ("/books/red kite.txt", "", "red kite 4x4x128"),
        ("/books/猫.txt", "small", "猫 small"),
        ("/books/a:b|c.txt", "tiny", "a b c tiny"),
        ("/books/....txt", "tiny", "text tiny"),
        ("/books/" + "x" * 300 + ".txt", "tiny", "x" * 56 + " tiny"),
    ],
)
def test_proposals(source: str, preset_name: str, name: str) -> None:
    config = replace(TINY, data=DataConfig(source=source))
    assert proposed_name(config, preset_name) == name
    assert name_problem(name, Path("/nowhere")) == ""


def test_the_first_free_name(tmp_path: Path) -> None:
    assert free_name("kites", tmp_path) == "kites"
    (tmp_path / "Kites").mkdir()
    (tmp_path / "kites 2").mkdir()
    assert free_name("kites", tmp_path) == "kites 3"  # some disks take "Kites" and "kites" for one


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "needs a name"), ("  ", "needs a name"), ("a/b", "“/”"), ("a\x00b", "U+0000"), ("a\u202eb", "U+202E"),
        (" kites", "begin with a space"), ("kites.", "end with one"), (".kites", "begin with a space or a dot"),
        ("CON", "reserved"), ("com1.old", "reserved"), ("x" * (MOST_LETTERS + 1), "81 letters"),
        ("猫" * 80, ""), ("🪁" * 70, "70 letters"), ("Bells", "already a run"),
    ],
)  # fmt: skip
def test_problems(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "bells").mkdir()
    problem = name_problem(name, tmp_path)
    assert words in problem
    assert bool(words) == bool(problem)


def test_another_case_of_the_same_name_is_possible(tmp_path: Path) -> None:
    (tmp_path / "bells").mkdir()
    assert name_problem("Bells", tmp_path, former="bells") == ""
