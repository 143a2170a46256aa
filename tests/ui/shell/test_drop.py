"""What a dropped path means."""

from pathlib import Path

import pytest
from made_runs import make_run

from playground.ui.shell.drop import Dropped, dropped


def test_a_file_and_a_folder_are_texts(tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.touch()
    assert dropped([text]) == Dropped(text, is_run=False)
    assert dropped([tmp_path]) == Dropped(tmp_path, is_run=False)


@pytest.mark.parametrize("name", ["", "config.toml"])
def test_a_run_is_known_by_its_folder_or_its_config(tmp_path: Path, name: str) -> None:
    run = make_run(tmp_path / "run")
    assert dropped([run.path / name]) == Dropped(run.path, is_run=True)


def test_a_folder_called_like_a_config_is_a_folder_of_texts(tmp_path: Path) -> None:
    folder = tmp_path / "config.toml"
    folder.mkdir()
    assert dropped([folder]) == Dropped(folder, is_run=False)


def test_nothing_and_many_mean_nothing(tmp_path: Path) -> None:
    assert dropped([]) is None
    assert dropped([tmp_path, tmp_path]) is None


def test_a_foreign_model_is_known_by_its_config(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "gpt2"}')
    assert dropped([tmp_path]) == Dropped(tmp_path, is_run=False, is_model=True)
