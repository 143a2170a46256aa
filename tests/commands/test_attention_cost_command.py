"""`playground attention-cost`: the rows of the engine, for machines and for people."""

from collections.abc import Callable
from typing import Any

import pytest

from playground.cli import run
from playground.contract.run_directory import RunDirectory

Says = Callable[..., str]
SaysJson = Callable[..., Any]


def test_machines_read_the_shape_and_every_row(says_json: SaysJson) -> None:
    found = says_json("attention-cost", "--preset", "llama-tiny", "--longest", 96)
    assert found["shape"] == {"n_heads": 4, "n_kv_heads": 2, "d_head": 32, "is_causal": True, "has_bias": False}
    assert [row["n_tokens"] for row in found["rows"]] == [64, 96]
    assert found["stopped"] == ""
    for row in found["rows"]:
        assert row["largest_difference"] < 1e-5
        assert row["explicit"]["forward_bytes"] > row["fused"]["forward_bytes"]


def test_a_run_is_measured_in_its_own_shape(trained: RunDirectory, says_json: SaysJson) -> None:
    found = says_json("attention-cost", "--run", trained.path, "--longest", 16)
    assert (found["shape"]["n_heads"], found["shape"]["d_head"]) == (2, 16)
    assert [row["n_tokens"] for row in found["rows"]] == [16]


def test_people_read_a_table_and_that_the_numbers_are_the_same(says: Says) -> None:
    lines = says("attention-cost", "--preset", "bert-tiny", "--longest", 64).splitlines()
    assert lines[0].endswith("both directions, one sequence, on cpu") or "on NVIDIA" in lines[0]
    assert lines[2].split() == ["tokens", *["fused", "explicit"] * 4]
    assert lines[3].split()[0] == "64"
    assert len(lines[3].split()) == 9
    assert lines[4].startswith("Same numbers: largest difference ")
    assert len(lines) == 5


def test_what_cannot_be_measured_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["attention-cost", "--longest", "0"]) == 2
    assert "longest context is 0" in capsys.readouterr().err
    assert run(["attention-cost", "--preset", "tinny"]) == 2
    assert "Did you mean 'tiny'?" in capsys.readouterr().err
