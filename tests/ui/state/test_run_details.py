"""What is told about the picked run."""

import json
from pathlib import Path

import pytest
from made_runs import append_events, make_run

from playground.contract import run_directory
from playground.contract.config import RunConfig
from playground.contract.errors import PlaygroundError
from playground.contract.presets import PRESETS
from playground.ui.state.run_details import last_sample, nearest_preset, read_details


@pytest.mark.parametrize("name", PRESETS)
def test_each_preset_is_nearest_to_itself(name: str) -> None:
    found, differences = nearest_preset(PRESETS[name].applied_to(RunConfig()))
    assert (found.name, differences) == (name, ())


def test_the_settings_that_depart_from_it() -> None:
    tiny = PRESETS["tiny"].applied_to(RunConfig())
    config = tiny.with_values({"training.max_steps": 401, "model.n_layers": 3, "data.validation_fraction": 0.2})
    found, differences = nearest_preset(config)
    assert found.name == "tiny"
    assert [(each.setting.name, each.value) for each in differences] == [("n_layers", 3), ("max_steps", 401)]


def test_details_of_a_run(tmp_path: Path) -> None:
    run = make_run(tmp_path / "kites", n_steps=200, samples=("early", "late"))
    found = read_details(run.path)
    assert (found.sample_step, found.sample) == (200, "late")
    assert found.facts.n_train_tokens == 482_113
    assert found.status.vocab_size == 1024


def test_a_run_without_events(tmp_path: Path) -> None:
    found = read_details(make_run(tmp_path / "kites", run_directory.NEW).path)
    assert (found.sample_step, found.sample) == (0, "")


def test_the_last_sample_is_found_behind_other_events_and_damage(tmp_path: Path) -> None:
    run = make_run(tmp_path / "kites", samples=("the one",))
    append_events(run, [{"kind": "checkpoint", "step": 300, "note": '"sample"'}, {"kind": "sample", "step": "x"}])
    with run.events_path.open("a") as file:
        file.write(json.dumps({"kind": "sample", "step": 900, "text": "half"})[:-3])
    assert last_sample(run.events_path) == (200, "the one")


def test_no_run_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PlaygroundError, match="holds no run"):
        read_details(tmp_path)
