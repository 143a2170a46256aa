"""Where runs come from, and which folders hold a foreign model."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from made_runs import TINY, append_events, make_run

from playground.contract import run_directory
from playground.contract.config import StartConfig
from playground.contract.run_directory import RunDirectory, Status
from playground.ui.pages.runs.words import details_facts
from playground.ui.state.foreign_folder import is_model_folder
from playground.ui.state.run_details import NO_SNAPSHOT, read_details
from playground.ui.state.run_names import MOST_LETTERS, derived_name, folder_name
from playground.ui.state.run_origin import Origin, read_origin
from playground.ui.state.run_summary import summarize


def made(path: Path, event: dict[str, Any], start: StartConfig = StartConfig()) -> RunDirectory:  # noqa: B008 (frozen)
    run = make_run(path, run_directory.NEW, config=replace(TINY, start=start))
    append_events(run, [event, {"kind": "snapshot", "step": 5}])
    return run


@pytest.mark.parametrize("how", ["int8", "int4", "merged"])
def test_a_copy_tells_its_run_and_step(tmp_path: Path, how: str) -> None:
    start = StartConfig(run="/runs/kites", step=500)
    run = made(tmp_path / "run", {"step": 500, "kind": how, "from": "/runs/kites", "from_step": 500}, start)
    origin = read_origin(run, run.config())
    assert origin == Origin(source="/runs/kites", how=how, step=500)
    assert origin.run == Path("/runs/kites")
    assert origin.is_quantized == how.startswith("int")
    assert read_details(run.path).origin == origin


def test_an_imported_model_tells_its_folder_and_no_run(tmp_path: Path) -> None:
    run = made(tmp_path / "run", {"step": 0, "kind": "imported", "from": "hub:OWNER/NAME"})
    origin = read_origin(run, run.config())
    assert origin == Origin(source="hub:OWNER/NAME", how="imported")
    assert origin.run is None


@pytest.mark.parametrize("method", ["full", "lora"])
def test_a_run_that_goes_on_tells_how(tmp_path: Path, method: str) -> None:
    start = StartConfig(run="/runs/kites", step=300, method=method)
    run = made(tmp_path / "run", {"kind": "started", "step": 0}, start)
    assert read_origin(run, run.config()) == Origin(source="/runs/kites", how=method, step=300)


def test_one_that_began_at_random_has_no_origin(tmp_path: Path) -> None:
    run = make_run(tmp_path / "run")
    assert read_origin(run, run.config()) is None
    assert read_details(run.path).last_snapshot == NO_SNAPSHOT


@pytest.mark.parametrize("line", ["", "[1]", "{", '{"kind": "int8", "from": 5}', '{"kind": ["int8"], "from": "x"}'])
def test_damaged_events_tell_nothing(tmp_path: Path, line: str) -> None:
    run = make_run(tmp_path / "run", run_directory.NEW)
    run.events_path.write_text(line + "\n")
    assert read_origin(run, run.config()) is None


def test_the_newest_snapshot_is_told(tmp_path: Path) -> None:
    run = make_run(tmp_path / "run")
    run.snapshots_path.mkdir()
    for step in (100, 2000):
        run.snapshot_path(step).touch()
    assert read_details(run.path).last_snapshot == 2000


def test_a_foreign_model_is_known_by_its_config(tmp_path: Path) -> None:
    config = tmp_path / "config.json"
    assert not is_model_folder(tmp_path)
    for values, is_model in (({"model_type": "gpt2"}, True), ({"model_type": 5}, False), ({}, False), ([], False)):
        config.write_text(json.dumps(values))
        assert is_model_folder(tmp_path) == is_model
    config.write_bytes(b"\xff{")
    assert not is_model_folder(tmp_path)


def test_names_of_what_is_made() -> None:
    assert derived_name("kites", "int8") == "kites int8"
    assert len(derived_name("k" * 200, "merged")) <= MOST_LETTERS
    assert folder_name(Path("/models/my: model.")) == "my model"
    assert folder_name(Path("/")) == "model"


def test_an_imported_model_never_learned_from_the_text_in_its_config(tmp_path: Path) -> None:
    run = make_run(tmp_path / "run")
    assert summarize(run.path).source == TINY.data.source
    run.write_status(Status(state=run_directory.FINISHED, step=0, max_steps=0, vocab_size=50_257))
    summary = summarize(run.path)
    assert (summary.source, summary.max_steps) == ("", 0)
    facts = dict(details_facts(summary, read_details(run.path)))
    assert facts["Tokenizer"] == "50,257"
    assert not {"Text", "Steps"} & set(facts)
