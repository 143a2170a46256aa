"""Loss that is no number, full disks, damaged files: a sentence, and everything that was saved is unharmed."""

import errno
import hashlib
import math
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
import torch
from small_runs import (
    STORIES,
    are_equal,
    curve,
    make_run,
    metrics,
    read_lines,
    steps_of,
    train,
    train_until,
    weights_at,
)

from playground.contract import run_directory, storage
from playground.contract.errors import ConfigError, RunError, StorageError, TextError, TokenizerError
from playground.contract.lines import LineAppender
from playground.contract.run_directory import RunDirectory
from playground.engine.model.transformer import Transformer
from playground.engine.training import evaluation, events, learner
from playground.engine.training.loss import LossSums, loss_sums
from playground.engine.training.trainer import train_run


def digests(folder: Path) -> dict[str, str]:
    """A fingerprint of every file below a folder."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*")) if path.is_file()
    }  # fmt: skip


def spoil_loss(monkeypatch: pytest.MonkeyPatch, at_call: int, value: float) -> None:
    """From the n-th training pass on, the loss has another value; its gradient too."""
    n_calls = 0

    def spoiled(logits: torch.Tensor, targets: torch.Tensor, label_smoothing: float = 0.0) -> LossSums:
        nonlocal n_calls
        n_calls += 1
        found = loss_sums(logits, targets, label_smoothing)
        return LossSums(found.loss * value, found.objective * value) if n_calls >= at_call else found

    monkeypatch.setattr(learner, "loss_sums", spoiled)


@pytest.mark.parametrize(("value", "words"), [(math.nan, "the loss became nan"), (math.inf, "the loss became inf")])
def test_a_loss_that_is_no_number_ends_the_training(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: float, words: str
) -> None:
    run = make_run(tmp_path)
    spoil_loss(monkeypatch, 8, value)
    with pytest.raises(RunError) as caught:
        train(run)
    sentence = str(caught.value)
    assert sentence.startswith(f"Training diverged at step 8: {words}. Its state at step 7 is kept.")
    assert "learning rate below 0.003" in sentence
    assert (run.status().state, run.status().message) == (run_directory.FAILED, sentence)
    assert read_lines(run.events_path)[-1]["kind"] == "failed"
    assert max(curve(run)) == 7
    assert run.checkpoint_steps() == [5, 7]
    assert run.status().problem == run_directory.DIVERGED
    marked = next(record for record in read_lines(run.events_path) if record["kind"] == "diverged")
    assert (marked["step"], marked["what"], len(marked["examples"])) == (8, words, 4)


def test_the_last_good_state_goes_on_where_the_cause_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain, run = make_run(tmp_path, "plain"), make_run(tmp_path)
    train(plain)
    spoil_loss(monkeypatch, 8, math.nan)
    with pytest.raises(RunError):
        train(run)
    monkeypatch.undo()
    assert steps_of(train(run, resume=True), events.Started) == [7]
    assert curve(run) == curve(plain)
    assert are_equal(weights_at(run, 12), weights_at(plain, 12))
    assert (run.status().message, run.status().problem) == ("", "")


def test_a_gradient_that_is_no_number_ends_the_training(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The loss alone may look well: the gradient of the square root of 0 is infinite."""
    run = make_run(tmp_path)

    def bent(*arguments: Any) -> LossSums:
        found = loss_sums(*arguments)
        return LossSums(found.loss, found.objective + torch.sqrt(found.loss - found.loss))

    monkeypatch.setattr(learner, "loss_sums", bent)
    with pytest.raises(RunError, match=r"step 1: the gradient became nan\. It has no checkpoint yet"):
        train(run)


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_weights_that_are_no_numbers_are_never_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bad: float
) -> None:
    """An update that overflows shows in the loss one step later, after a checkpoint may have been made."""
    run = make_run(tmp_path)
    learn = learner.Learner.learn

    def spoiled(self: learner.Learner, step: int, rate: float) -> learner.Learned:
        learned = learn(self, step, rate)
        if step == 10:
            with torch.no_grad():
                self._parameters[0][0, 0] = bad
        return learned

    monkeypatch.setattr(learner.Learner, "learn", spoiled)
    with pytest.raises(RunError, match=r"step 10: weights became .*Its state at step 5 is kept"):
        train(run)
    assert run.checkpoint_steps() == [5]
    for saved in run.snapshot_steps():
        assert all(bool(torch.isfinite(value).all()) for value in weights_at(run, saved).values())


def test_a_validation_loss_that_is_no_number_ends_the_training(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sampling from such a model failed with an error of ours."""
    run = make_run(tmp_path)
    nothing = LossSums(torch.tensor(math.nan), torch.tensor(math.nan))
    monkeypatch.setattr(evaluation, "loss_sums", lambda *arguments: nothing)
    with pytest.raises(RunError, match=r"Training diverged at step 0: the validation loss became nan"):
        train(run)


def too_large_for_a_gpu(*_: object) -> None:
    raise torch.OutOfMemoryError("CUDA out of memory")


def too_large_for_a_cpu(*_: object) -> None:
    """Torch's own error, whatever its words are."""
    torch.empty(1 << 50)


@pytest.mark.parametrize("starve", [too_large_for_a_gpu, too_large_for_a_cpu])
def test_too_little_memory_is_told_with_what_to_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, starve: Callable[..., None]
) -> None:
    run = make_run(tmp_path)
    monkeypatch.setattr(Transformer, "judged", starve)
    with pytest.raises(RunError, match=r"not enough memory for a batch of 4 sequences\. Halve training\.batch_size"):
        train(run)
    assert (run.status().state, run.status().problem) == (run_directory.FAILED, run_directory.OUT_OF_MEMORY)


def test_an_error_of_ours_is_raised_whole_and_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run(tmp_path)

    def fail(*_: object) -> None:
        raise ZeroDivisionError("ours")

    monkeypatch.setattr(Transformer, "judged", fail)
    with pytest.raises(ZeroDivisionError, match="ours"):
        train(run)
    assert run.status().state == run_directory.FAILED
    assert "unexpected error" in run.status().message


# ---------------------------------------------------------------- the disk


def fill_disk(monkeypatch: pytest.MonkeyPatch, is_refused: Callable[[Path], bool]) -> None:
    """Writing whole files fails as on a full disk wherever `is_refused`."""
    write = storage.write_parts

    def refuse(path: Path, parts: Iterable[bytes | memoryview], *, durable: bool = True) -> None:
        if is_refused(path):
            with storage.reporting(path, "write"):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(path, parts, durable=durable)

    monkeypatch.setattr(storage, "write_parts", refuse)


@pytest.mark.parametrize("name", ["model.safetensors", "optimizer.safetensors", "state.json", "MANIFEST.json"])
def test_a_disk_that_fills_up_at_a_checkpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    plain, run = make_run(tmp_path, "plain"), make_run(tmp_path)
    train(plain)
    train_until(run, 7)
    before = digests(run.checkpoints_path)
    fill_disk(monkeypatch, lambda path: path.name == name)
    with pytest.raises(StorageError, match=r"The disk is full\. Free some space, then resume") as caught:
        train(run, resume=True)
    assert run.status().message == str(caught.value)
    assert digests(run.checkpoints_path) == before, "saved ones are unharmed, and nothing half is left"
    monkeypatch.undo()
    assert steps_of(train(run, resume=True), events.Started) == [7]
    assert curve(run) == curve(plain)
    assert are_equal(weights_at(run, 12), weights_at(plain, 12))


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
def test_a_sync_that_fails_leaves_saved_checkpoints_unharmed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    run = make_run(tmp_path)
    train_until(run, 7)
    before = digests(run.checkpoints_path)

    def fail(fd: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StorageError):
        train(run, resume=True)
    monkeypatch.undo()
    assert digests(run.checkpoints_path) == before
    assert isinstance(train(run, resume=True)[-1], events.Finished)


def test_a_disk_that_fills_up_at_a_snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run(tmp_path)
    fill_disk(monkeypatch, lambda path: path.suffix == ".safetensors" and path.name == "step-00000006.safetensors")
    with pytest.raises(StorageError, match="The disk is full"):
        train(run)
    assert run.snapshot_steps() == [0, 1]
    monkeypatch.undo()
    assert isinstance(train(run, resume=True)[-1], events.Finished)


def test_a_folder_of_snapshots_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """It was called an unexpected error."""
    run = make_run(tmp_path)
    run.snapshots_path.write_text("in the way", encoding="utf-8")
    with pytest.raises(StorageError, match=r"Cannot create the folder .*snapshots"):
        train(run)


def test_a_disk_too_full_even_for_the_sentence_still_raises_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run(tmp_path)
    train_until(run, 7)
    fill_disk(monkeypatch, lambda path: path.name != "control.json")
    with pytest.raises(StorageError, match="The disk is full"):
        train(run, resume=True)
    monkeypatch.undo()
    assert isinstance(train(run, resume=True)[-1], events.Finished)


def test_a_curve_that_cannot_grow_ends_the_training(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run(tmp_path)
    append = LineAppender.append

    def refuse(self: LineAppender, value: dict[str, object]) -> None:
        if value.get("step") == 7:
            with storage.reporting(Path("metrics.jsonl"), "append to"):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        append(self, value)

    monkeypatch.setattr(LineAppender, "append", refuse)
    with pytest.raises(StorageError, match="append to"):
        train(run)
    monkeypatch.undo()
    train(run, resume=True)
    assert sorted(curve(run)) == list(range(1, 13))


# ---------------------------------------------------------------- before the first step


def test_a_text_too_short_is_told_and_recorded(tmp_path: Path) -> None:
    run = make_run(tmp_path, text="too short\n")
    with pytest.raises(TextError, match="The text is too short"):
        train(run)
    assert (run.status().state, run.status().step) == (run_directory.FAILED, 0)
    assert "too short" in run.status().message


def test_a_missing_text_can_be_mended_and_the_run_begun(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    source = Path(run.config().data.source)
    source.unlink()
    with pytest.raises(TextError, match="There is no file"):
        train(run)
    source.write_text(STORIES, encoding="utf-8")
    assert isinstance(train(run, resume=True)[-1], events.Finished)


def test_a_damaged_tokenizer_is_told(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    (run.tokenizer_path / "tokenizer.model").write_bytes(b"noise")
    with pytest.raises(TokenizerError, match="is damaged"):
        train(run)


def test_a_device_that_is_not_there_is_told(tmp_path: Path) -> None:
    if torch.backends.mps.is_available():
        pytest.skip("this machine has one")
    run = make_run(tmp_path, training__device="mps")
    with pytest.raises(ConfigError, match=r"training\.device is 'mps', which this machine does not have\. Choose auto"):
        train(run)


def test_a_folder_without_a_run_is_told(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="holds no run"):
        next(train_run(RunDirectory(tmp_path)))
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_recorded_of_a_start_that_was_refused(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    train(run)
    before = digests(run.path)
    with pytest.raises(RunError):
        train(run)
    assert digests(run.path) == before
    assert len(metrics(run, "train")) == 12
