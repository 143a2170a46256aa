"""`playground import` and `playground export`, from the command line to a run that every other command reads."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from hub_server import COMMIT, hub_server
from malicious_folders import FOLDERS, good

from playground import cli

SENTENCE = "the small fox went home and then the old fox said hello to the small house"


def folder_of(path: Path) -> Path:
    """A GPT-2 of `transformers`, with a tokenizer of the library `tokenizers`."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import GPT2Config, GPT2LMHeadModel

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=290, initial_alphabet=alphabet, special_tokens=["<|endoftext|>"], show_progress=False
    )
    tokenizer.train_from_iterator([SENTENCE] * 3, trainer)
    torch.manual_seed(1)
    config = GPT2Config(
        vocab_size=304, n_positions=32, n_embd=16, n_layer=2, n_head=2, bos_token_id=0, eos_token_id=0
    )  # more rows than pieces, as padded tables have
    GPT2LMHeadModel(config).save_pretrained(path)
    tokenizer.save(str(path / "tokenizer.json"))
    return path


def test_an_imported_folder_is_a_run_like_any_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = str(tmp_path / "run")
    assert cli.run(["import", str(folder_of(tmp_path / "folder")), run]) == 0
    assert "GPT-2" in capsys.readouterr().out
    assert cli.run(["generate", run, "--prompt", "the small", "--max-tokens", "5", "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])
    picture = tmp_path / "head.npy"
    assert cli.run(["attention", run, "--text", "the small fox", "--out", str(picture)]) == 0
    assert picture.exists()
    capsys.readouterr()
    assert cli.run(["tokenize", run, "the small fox"]) == 0
    assert cli.run(["export", run, str(tmp_path / "back")]) == 0
    assert {"config.json", "model.safetensors", "tokenizer.json"} <= {
        path.name for path in (tmp_path / "back").iterdir()
    }


@pytest.mark.parametrize("name", ["code of its own", "pickle .bin only", "index leads upwards", "config is a pipe"])
def test_a_refused_folder_is_one_sentence_and_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    good(folder)
    FOLDERS[name](folder, tmp_path / "canary")
    assert cli.run(["import", str(folder), str(tmp_path / "runs" / "new")]) == 2
    told = capsys.readouterr()
    assert told.err.startswith("error: ")
    assert len(told.err.splitlines()) == 1
    assert not (tmp_path / "runs" / "new").exists()
    assert not (tmp_path / "canary").exists()


def test_a_model_of_the_hub_becomes_a_run(tmp_path: Path) -> None:
    """In a process of its own, which knows the hub only by HF_ENDPOINT."""
    folder_of(tmp_path / "hub" / "someone" / "small")
    with hub_server(tmp_path / "hub") as hub:
        environment = {**os.environ, "HF_ENDPOINT": hub.url, "HF_HUB_OFFLINE": "0", "HF_HOME": str(tmp_path / "home")}
        done = subprocess.run(
            [sys.executable, "-m", "playground", "import", "hub:someone/small", str(tmp_path / "runs" / "new")],
            capture_output=True, text=True, timeout=120, env=environment, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (tmp_path / "runs").iterdir()} == {"new"}
    happening = json.loads((tmp_path / "runs" / "new" / "events.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert happening["from"] == f"hub:someone/small@{COMMIT}"
