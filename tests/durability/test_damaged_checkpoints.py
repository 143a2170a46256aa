"""Any bit of a checkpoint that changes, and any end of it that is missing, is found; the older one takes its place."""

import json
import random
import shutil
from pathlib import Path

import pytest
import torch
from hard_runs import make_run

from playground.contract import storage
from playground.contract.errors import RunError
from playground.contract.run_directory import RunDirectory
from playground.engine.model.transformer import Transformer
from playground.engine.training import events
from playground.engine.training.checkpoints import load_newest
from playground.engine.training.manifest import proof_of
from playground.engine.training.optimizer import make_optimizer
from playground.engine.training.trainer import train_run

_N_FLIPS, _N_CUTS = 500, 200
_OLDER, _NEWER = 3, 6


class Loader:
    """A run with two checkpoints, a model and an optimizer to load them into."""

    def __init__(self, run: RunDirectory) -> None:
        self.run = run
        for _ in train_run(run):
            pass
        assert run.checkpoint_steps() == [_OLDER, _NEWER]
        config = run.config()
        n_tokens = int(run.status().vocab_size)
        self.model = Transformer(config.model, n_tokens)
        self.optimizer = make_optimizer(self.model, config.training)

    def load(self) -> tuple[int, str]:
        """The step that was restored, and what is said of those passed over."""
        loaded = load_newest(self.run, self.model, self.optimizer)
        assert loaded is not None
        return loaded.state.step, loaded.passed_over

    def files(self) -> list[Path]:
        return sorted(self.run.checkpoint_path(_NEWER).iterdir())


@pytest.fixture(scope="module")
def loader(tmp_path_factory: pytest.TempPathFactory) -> Loader:
    torch.set_num_threads(1)
    return Loader(make_run(tmp_path_factory.mktemp("damaged"), "run", "decoder", _NEWER))


def is_found(loader: Loader, path: Path, data: bytes) -> bool:
    """Whether other bytes in a file are noticed, in a sentence that names the step; the file is whole again then."""
    whole = path.read_bytes()
    path.write_bytes(data)
    try:
        step, sentence = loader.load()
    finally:
        path.write_bytes(whole)
    is_told = sentence.startswith(f"The checkpoint at step {_NEWER} is damaged (") and sentence.endswith("passed over.")
    return step == _OLDER and is_told


def test_flipped_bits_are_found(loader: Loader) -> None:
    """As many in the small files as in the large ones: each file has its own way to be damaged."""
    numbers, unseen = random.Random(1), []
    for index in range(_N_FLIPS):
        path = loader.files()[index % len(loader.files())]
        data = bytearray(path.read_bytes())
        place, bit = numbers.randrange(len(data)), numbers.randrange(8)
        data[place] ^= 1 << bit
        if not is_found(loader, path, bytes(data)):
            unseen.append(f"{path.name}: bit {bit} of byte {place}")
    assert unseen == []
    assert loader.load() == (_NEWER, "")


def test_cut_files_are_found(loader: Loader) -> None:
    numbers, unseen = random.Random(2), []
    for index in range(_N_CUTS):
        path = loader.files()[index % len(loader.files())]
        data = path.read_bytes()
        n_left = numbers.randrange(len(data))
        if not is_found(loader, path, data[:n_left]):
            unseen.append(f"{path.name}: {n_left} bytes of {len(data)}")
    assert unseen == []
    assert loader.load() == (_NEWER, "")


def test_every_bit_of_the_manifest_counts(loader: Loader) -> None:
    path = loader.run.checkpoint_path(_NEWER) / "MANIFEST.json"
    whole = path.read_bytes()
    unseen = []
    for place in range(0, len(whole), 3):
        data = bytearray(whole)
        data[place] ^= 1 << place % 8
        if not is_found(loader, path, bytes(data)):
            unseen.append(place)
    assert unseen == []


def test_a_manifest_of_the_first_format_is_read(loader: Loader) -> None:
    """It has no proof of itself."""

    path = loader.run.checkpoint_path(_NEWER) / "MANIFEST.json"
    whole = path.read_bytes()
    values = json.loads(whole)
    try:
        storage.write_json(path, {"format": 1, "files": values["files"]})
        assert loader.load() == (_NEWER, "")
        storage.write_json(path, {"format": 2, "files": values["files"]})
        assert loader.load()[0] == _OLDER, "the proof cannot be left out"
    finally:
        path.write_bytes(whole)


def test_a_manifest_of_a_newer_program_is_refused(loader: Loader) -> None:
    """Passing it over would throw away what the newer one has done."""

    path = loader.run.checkpoint_path(_NEWER) / "MANIFEST.json"
    whole = path.read_bytes()
    values = {**json.loads(whole), "format": 3}
    try:
        storage.write_json(path, {**values, "sha256": proof_of(values)})
        with pytest.raises(RunError, match=r"newer version \(format 3\)\. Update the program"):
            loader.load()
    finally:
        path.write_bytes(whole)


def test_a_training_says_that_it_passed_one_over(tmp_path: Path, loader: Loader) -> None:
    run = RunDirectory(shutil.copytree(loader.run.path, tmp_path / "copy"))
    text = run.config_path.read_text(encoding="utf-8").replace("max_steps = 6", "max_steps = 7")
    run.config_path.write_text(text, encoding="utf-8")
    path = run.checkpoint_path(_NEWER) / "optimizer.safetensors"
    path.write_bytes(path.read_bytes()[:-1])
    happened = list(train_run(run, resume=True))
    (started,) = [event for event in happened if isinstance(event, events.Started)]
    assert started.step == _OLDER
    assert started.passed_over == (
        "The checkpoint at step 6 is damaged (optimizer.safetensors has another size) and was passed over."
    )


def test_a_checkpoint_that_was_put_aside_gets_its_name_back(tmp_path: Path, loader: Loader) -> None:
    """A trainer was killed after it had taken the name from one and before it gave it to another."""
    run = RunDirectory(shutil.copytree(loader.run.path, tmp_path / "copy"))
    run.checkpoint_path(_NEWER).rename(run.checkpoints_path / f".former-step-{_NEWER:08d}")
    half = run.checkpoints_path / ".tmp-0123456789ab"
    half.mkdir()
    loaded = load_newest(run, loader.model, loader.optimizer)
    assert loaded is not None
    assert loaded.state.step == _NEWER
    assert {path.name for path in run.checkpoints_path.iterdir()} == {"step-00000003", "step-00000006"}
