"""The power is lost after every operation of a training: what was told to be saved is there, and the run goes on."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from hard_runs import end_of, make_run, problems_of
from power_loss import Image, Loss, Model, followed, image_of, write_image

from playground.contract import storage
from playground.contract.run_directory import FINISHED, RunDirectory
from playground.engine.training import events
from playground.engine.training.trainer import train_run

_N_STEPS = 6
_N_RANDOM = 4  # images after each operation, beside the three extremes
_RESUMED_EVERY = 120  # images, in the default run


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """One thread, and nothing waits for the true disk."""
    torch.set_num_threads(1)
    monkeypatch.setattr(os, "fsync", lambda fd: None)


class Watched:
    """A training whose every operation is followed by a look at what would be left of it."""

    def __init__(self, folder: Path, resumed_every: int) -> None:
        self.run = make_run(folder, "run", "decoder", _N_STEPS)
        self.checkpoint, self.snapshot = 0, -1  # the newest that was told
        self.n_images = 0
        self.problems: list[str] = []
        self.images: list[Path] = []
        self._folder, self._resumed_every = folder, resumed_every

    def train(self) -> None:
        with followed(Model(self.run.path, self.look)):
            for event in train_run(self.run, resume=True):
                if isinstance(event, events.CheckpointSaved):
                    self.checkpoint = event.step
                if isinstance(event, events.SnapshotSaved):
                    self.snapshot = event.step

    def look(self, model: Model) -> None:
        losses = [Loss(None), Loss(None, keeps_names=True), Loss(None, keeps_names=True, keeps_data=True)]
        losses += [Loss(model.n_operations * _N_RANDOM + index) for index in range(_N_RANDOM)]
        for index, loss in enumerate(losses):
            image = image_of(model.folder, loss)
            self.problems += [f"operation {model.n_operations}, loss {index}: {what}" for what in self.missing(image)]
            if self.n_images % self._resumed_every == 0:
                self.images.append(self._folder / f"image-{self.n_images:06d}")
                write_image(image, self.images[-1])
            self.n_images += 1

    def missing(self, image: Image) -> Iterator[str]:
        """What was told to be safe and is not."""
        newest = newest_whole(image)
        if newest < self.checkpoint:
            yield f"the checkpoint at {self.checkpoint} is lost, {newest} is the newest"
        steps = steps_in(image.get("metrics.jsonl", b""))
        if not set(range(1, newest + 1)) <= steps:
            yield f"the checkpoint at {newest} is ahead of its curve, which has {sorted(steps)}"
        if self.snapshot >= 0:
            path = self.run.snapshot_path(self.snapshot)
            snapshots = image.get("snapshots", {})
            assert isinstance(snapshots, dict)
            if path.exists() and snapshots.get(path.name) != path.read_bytes():
                yield f"the snapshot at {self.snapshot} is lost"


def newest_whole(image: Image) -> int:
    folders = image.get("checkpoints", {})
    assert isinstance(folders, dict)
    whole = [int(name[5:]) for name, found in folders.items() if name.startswith("step-") and is_whole(found)]
    return max(whole, default=0)


def is_whole(folder: Any) -> bool:
    try:
        files = json.loads(folder["MANIFEST.json"])["files"]
        return all(hashlib.sha256(folder[name]).hexdigest() == facts["sha256"] for name, facts in files.items())
    except (KeyError, ValueError):
        return False


def steps_in(lines: Any) -> set[int]:
    found = set()
    for line in lines.split(b"\n"):
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if record["kind"] == "train":
            found.add(record["step"])
    return found


def resumed_problems(path: Path, wanted: dict[str, Any]) -> list[str]:
    run = RunDirectory(path)
    if run.status().state != FINISHED:  # the very last images are
        for _ in train_run(run, resume=True):
            pass
    end = end_of(run)
    return [*problems_of(run), *(f"{name} differs" for name in wanted if end[name] != wanted[name])]


def look_at_all(folder: Path, resumed_every: int) -> int:
    watched = Watched(folder, resumed_every)
    watched.train()
    assert watched.problems == []
    wanted = end_of(watched.run)
    found = {path.name: what for path in watched.images if (what := resumed_problems(path, wanted))}
    assert found == {}
    return watched.n_images


def test_power_is_lost(tmp_path: Path) -> None:
    assert look_at_all(tmp_path, _RESUMED_EVERY) > 500


@pytest.mark.slow
def test_power_is_lost_and_every_fifth_image_resumed(tmp_path: Path) -> None:
    assert look_at_all(tmp_path, 5) > 500


@pytest.mark.parametrize("forgotten", ["_sync_folder", "sync"])
def test_a_forgotten_sync_would_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forgotten: str) -> None:
    """The look itself is tested: without the syncs of files, or of folders, something is missing."""
    if forgotten == "_sync_folder":
        monkeypatch.setattr(storage, "_sync_folder", lambda folder: None)
    else:
        monkeypatch.setattr(Model, "_sync", lambda self, fd, nothing: None)
    watched = Watched(tmp_path, 10**9)
    watched.train()
    assert any("is lost" in problem for problem in watched.problems)
    shutil.rmtree(tmp_path)
