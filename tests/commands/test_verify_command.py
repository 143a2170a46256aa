"""`playground verify`: for a person, a machine and a script."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch

from playground.cli import run
from playground.contract.run_directory import RunDirectory

Says = Callable[..., str]


@pytest.fixture(autouse=True)
def _same_threads() -> Iterator[None]:
    threads = torch.get_num_threads()
    yield
    torch.set_num_threads(threads)


def test_a_run_of_this_machine_is_repeated_bit_for_bit(trained: RunDirectory, says: Says) -> None:
    words = says("verify", trained.path)
    assert words.startswith("Steps 16 to 30 were trained again: all ")
    assert words.endswith(" numbers are equal bit for bit.\n")


def test_machines_get_progress_and_the_finding(trained: RunDirectory, says: Says) -> None:
    lines = [json.loads(line) for line in says("verify", trained.path, "--json").splitlines()]
    assert lines[0] == {"first": 15, "step": 15, "last": 30}
    assert lines[-1]["difference"] == ""
    assert (lines[-1]["first_step"], lines[-1]["last_step"]) == (15, 30)
    assert lines[-1]["n_compared"] > 20_000


def test_a_difference_is_named_with_its_likely_reason(
    trained: RunDirectory, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "of-another-machine"
    shutil.copytree(trained.path, path)
    records = [json.loads(line) for line in (path / "metrics.jsonl").read_text().splitlines()]
    for record in records:
        if record["kind"] == "train" and record["step"] == 20:
            record["loss"] += 1e-7
    (path / "metrics.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    events = (path / "events.jsonl").read_text().replace(f'"torch":"{torch.__version__}"', '"torch":"1.0"')
    (path / "events.jsonl").write_text(events)
    assert run(["verify", str(path)]) == 1
    words = capsys.readouterr().out
    assert "At step 20 the loss is " in words
    assert words.endswith(f"It was trained with torch 1.0, and this is {torch.__version__}.\n")


def test_a_run_is_looked_at_on_as_many_threads_as_it_had(trained: RunDirectory, says: Says) -> None:
    torch.set_num_threads(1 if torch.get_num_threads() > 1 else 2)
    assert "equal bit for bit" in says("verify", trained.path)
