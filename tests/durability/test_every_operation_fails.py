"""Each operation on the disk fails in turn, once and for ever: a sentence, nothing saved is harmed, and the run goes on
to the same end once the disk works again. What nothing depends on does not stop the training."""

import errno
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from failing_disk import FailingDisk, failing
from hard_runs import end_of, make_run, problems_of

from playground.contract.config import TokenizerConfig
from playground.contract.errors import PlaygroundError
from playground.contract.run_directory import RunDirectory
from playground.engine.tokenizers.tokenizer import Tokenizer
from playground.engine.training import events, preparation
from playground.engine.training.trainer import train_run

_N_STEPS = 6
_VANISHES_AT = 5  # after a checkpoint at 3
_SAMPLE_EVERY = 12  # of all operations, in the default run
_HARMLESS = ("status.json", ".status.json", "remove_file", "remove_folder")


@pytest.fixture(scope="module", autouse=True)
def quick() -> Iterator[None]:
    """One thread; the tokenizer, which a process of its own makes, is made once and saved each time; and nothing waits
    for the true disk, which does not fail here."""
    torch.set_num_threads(1)
    with pytest.MonkeyPatch.context() as patched:
        train, made = preparation.train_tokenizer, dict[str, Tokenizer]()

        def remembered(text: str, config: TokenizerConfig, report: Callable[[float], None]) -> Tokenizer:
            if text not in made:
                made[text] = train(text, config, report)
            return made[text]

        patched.setattr(preparation, "train_tokenizer", remembered)
        patched.setattr(os, "fsync", lambda fd: None)
        yield


class Life:
    """A training that vanishes in its midst as a killed one does, and one that goes on to the end."""

    def __init__(self, run: RunDirectory) -> None:
        self.run = run
        self.kept = 0  # the newest checkpoint that was told
        self.sentences: list[str] = []
        self.is_finished = False

    def begin(self) -> None:
        self._go(_VANISHES_AT)

    def go_on(self) -> None:
        self._go(1000)

    def _go(self, vanishes_at: int) -> None:
        happening = train_run(self.run, resume=True)
        try:
            for event in happening:
                if isinstance(event, events.Started):
                    assert event.step >= self.kept, "it went on from an older checkpoint than the newest told"
                if isinstance(event, events.CheckpointSaved):
                    self.kept = event.step
                self.is_finished = isinstance(event, events.Finished)
                if isinstance(event, events.StepDone) and event.step == vanishes_at:
                    break
        except PlaygroundError as error:
            self.sentences.append(str(error))
        finally:
            happening.close()  # type: ignore[attr-defined]


def newest_whole(run: RunDirectory) -> int:
    """The newest checkpoint all of whose files are as its manifest says, by the test's own reading; 0 if none is."""
    return max((int(path.name[5:]) for path in run.checkpoints_path.glob("step-*") if is_whole(path)), default=0)


def is_whole(folder: Path) -> bool:
    try:
        files = json.loads((folder / "MANIFEST.json").read_text())["files"]
        return all(
            hashlib.sha256((folder / name).read_bytes()).hexdigest() == facts["sha256"] for name, facts in files.items()
        )
    except FileNotFoundError:
        return False


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], list[str]]:
    """The end of a run on a disk that works, and all operations that its life takes."""
    life = Life(make_run(tmp_path_factory.mktemp("unbroken"), "run", "decoder", _N_STEPS))
    with failing(FailingDisk()) as found:
        life.begin()
        life.go_on()
    assert life.is_finished
    assert not life.sentences
    return end_of(life.run), found.operations


def check(folder: Path, at: int, is_for_ever: bool, wanted: dict[str, Any]) -> None:
    """One operation fails."""
    life = Life(make_run(folder, "run", "decoder", _N_STEPS))
    disk = FailingDisk(at=at, is_for_ever=is_for_ever, number=(errno.ENOSPC, errno.EIO)[at % 2])
    with failing(disk):
        life.begin()
        assert newest_whole(life.run) >= life.kept, "a saved checkpoint was harmed"
        if is_for_ever or not life.sentences:
            life.go_on()
    assert newest_whole(life.run) >= life.kept, "a saved checkpoint was harmed"
    for sentence in life.sentences:
        assert sentence.endswith("."), sentence
        assert "Errno" not in sentence, sentence
    if not is_for_ever and any(word in disk.failed for word in _HARMLESS):
        assert not life.sentences, "the training stopped, though nothing depends on what failed"
    if is_for_ever and disk.n_failed > 20:
        assert life.sentences, "a disk that fails for ever was not told"
    if not life.is_finished:
        life.go_on()
    assert life.is_finished, life.sentences
    assert problems_of(life.run) == []
    end = end_of(life.run)
    assert {name for name in wanted if end[name] != wanted[name]} == set()


@pytest.mark.parametrize("is_for_ever", [False, True], ids=["once", "for_ever"])
def test_some_operations_fail(tmp_path: Path, unbroken: tuple[dict[str, Any], list[str]], is_for_ever: bool) -> None:
    wanted, operations = unbroken
    sampled = range(3 if is_for_ever else 0, len(operations), _SAMPLE_EVERY)
    # An unreadable folder of checkpoints must never pass for an empty one: the run would begin anew.
    listed = [at for at, operation in enumerate(operations) if operation == "names_in checkpoints"]
    for at in sorted({*sampled, *(listed if not is_for_ever else ())}):
        try:
            check(tmp_path / str(at), at, is_for_ever, wanted)
        except BaseException as error:
            error.add_note(f"operation {at} failed: {operations[at]}")
            raise


@pytest.mark.slow
@pytest.mark.parametrize("is_for_ever", [False, True], ids=["once", "for_ever"])
def test_every_operation_fails(tmp_path: Path, unbroken: tuple[dict[str, Any], list[str]], is_for_ever: bool) -> None:
    wanted, operations = unbroken
    found: list[str] = []
    for at, operation in enumerate(operations):
        try:
            check(tmp_path / str(at), at, is_for_ever, wanted)
        except Exception as error:  # noqa: BLE001 (all of them are wanted)
            found.append(f"{at} {operation}: {type(error).__name__}: {error}"[:400])
    assert found == [], "\n".join(found)
