"""`playground generate`: the same seed gives the same text, from any snapshot, for people and for machines."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from playground.contract.run_directory import RunDirectory

Says = Callable[..., str]
SaysJson = Callable[..., Any]


def test_the_same_seed_gives_the_same_text(trained: RunDirectory, says: Says) -> None:
    one = says("generate", trained.path, "--prompt", "ab=", "--max-tokens", "40", "--seed", "7")
    assert one == says("generate", trained.path, "--prompt", "ab=", "--max-tokens", "40", "--seed", "7")
    assert one.startswith("ab=")
    assert len(one) == 3 + 40 + 1
    assert one != says("generate", trained.path, "--prompt", "ab=", "--max-tokens", "40", "--seed", "8")


def test_both_ways_of_writing_agree(trained: RunDirectory, says: Says, says_json: SaysJson) -> None:
    arguments = ("generate", trained.path, "--prompt", "kx=", "--max-tokens", "20", "--seed", "3")
    found = says_json(*arguments)
    assert says(*arguments) == "kx=" + found["text"] + "\n"
    assert (found["prompt"], found["step"], found["seed"]) == ("kx=", 30, 3)
    assert len(found["ids"]) == len(found["probabilities"]) == 20
    assert all(0 < probability <= 1 for probability in found["probabilities"])


def test_without_temperature_the_seed_does_not_matter(trained: RunDirectory, says_json: SaysJson) -> None:
    arguments = ("generate", trained.path, "--prompt", "a", "--max-tokens", "10", "--temperature", "0")
    assert says_json(*arguments, "--seed", "1")["ids"] == says_json(*arguments, "--seed", "2")["ids"]
    top = ("generate", trained.path, "--prompt", "a", "--max-tokens", "10", "--top-k", "1")
    assert says_json(*top)["ids"] == says_json(*arguments)["ids"]


def test_every_snapshot_can_write(trained: RunDirectory, says_json: SaysJson) -> None:
    for step in (trained.snapshot_steps()[0], trained.snapshot_steps()[1]):
        assert says_json("generate", trained.path, "--max-tokens", "2", "--step", str(step))["step"] == step


def test_a_snapshot_that_is_not_there(trained: RunDirectory, fails: Says) -> None:
    sentence = fails("generate", trained.path, "--step", "12345")
    assert "has no snapshot at step 12,345. Choose one of 0, " in sentence


def test_a_run_is_found_by_its_name_at_home(
    trained: RunDirectory, playground_home: Path, says_json: SaysJson, monkeypatch: pytest.MonkeyPatch
) -> None:
    (playground_home / "runs").mkdir(parents=True)
    (playground_home / "runs" / "mine").symlink_to(trained.path)
    monkeypatch.chdir(playground_home)
    assert says_json("generate", "mine", "--max-tokens", "1")["step"] == 30


def test_a_prompt_longer_than_the_context(trained: RunDirectory, says_json: SaysJson) -> None:
    assert len(says_json("generate", trained.path, "--prompt", "ab=ab\n" * 50, "--max-tokens", "5")["ids"]) == 5


def test_a_prompt_of_unknown_characters(trained: RunDirectory, says_json: SaysJson) -> None:
    """They become the unknown token, and half a character of another encoding does too."""
    assert len(says_json("generate", trained.path, "--prompt", "日本 \udcff", "--max-tokens", "5")["ids"]) == 5


def test_damaged_weights_are_told(trained: RunDirectory, tmp_path: Path, fails: Says) -> None:
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(trained.path, copy)
    path = RunDirectory(copy).snapshot_path(30)
    path.write_bytes(path.read_bytes()[:1000])
    assert f"{path} is damaged" in fails("generate", copy)
    (copy / "tokenizer" / "tokenizer.model").write_bytes(b"nonsense")
    assert "tokenizer" in fails("tokenize", copy, "ab")
    shutil.rmtree(copy / "tokenizer")
    assert "tokenizer" in fails("generate", copy)
