"""What the worker makes of models, on tiny trained runs: answers, what lies on the disk, what a Cancel leaves."""

import dataclasses
from pathlib import Path

import pytest
from small_runs import make_run, train

from playground.answers.exchange import give_away, merge, quantize, take_in
from playground.answers.ticket import Ticket
from playground.contract.config import RunConfig
from playground.contract.errors import CancelledError, ExchangeError, RunError
from playground.contract.exchange_messages import ExportRun, ImportFolder, MergeRun, QuantizeRun, RunMade
from playground.contract.fine_tuning import fine_tuned
from playground.contract.messages import Answer, Progress
from playground.contract.run_directory import RunDirectory
from playground.worker import _LANES

LIKE_LLAMA = {"model__position": "rotary", "model__norm": "rms", "model__activation": "swiglu", "model__bias": False}


class Asker:
    """Hears the parts of an answer, and may withdraw the question at one of them."""

    def __init__(self, cancel_at: str = "") -> None:
        self.heard: list[Progress] = []
        self._cancel_at = cancel_at
        self.ticket = Ticket(1, self._hear)

    def _hear(self, number: int, part: Answer) -> None:
        assert isinstance(part, Progress)
        self.heard.append(part)
        if part.what == self._cancel_at:
            self.ticket.cancel()


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> RunDirectory:
    run = make_run(tmp_path_factory.mktemp("base"), **LIKE_LLAMA)
    train(run)
    return run


def request(base: RunDirectory, to: Path, bits: int = 8) -> QuantizeRun:
    return QuantizeRun(run=str(base.path), step=12, bits=bits, to=str(to))


def test_a_smaller_copy_is_made_and_judged(base: RunDirectory, tmp_path: Path) -> None:
    asker = Asker()
    table = quantize(request(base, tmp_path / "small"), asker.ticket)
    assert table.path == str(tmp_path / "small")
    assert table.names == ["before", "int8"]
    before, after = table.sizes_bytes.tolist()
    assert before == base.snapshot_path(12).stat().st_size
    assert after == RunDirectory(tmp_path / "small").snapshot_path(12).stat().st_size < before
    recorded = [record for record in base.metrics_tail().read() if record["kind"] == "evaluation"][-1]
    assert table.perplexities[0] == pytest.approx(recorded["perplexity"], rel=1e-5)
    assert (table.tokens_per_s > 0).all()
    assert table.words == []
    fractions = [part.fraction for part in asker.heard]
    assert fractions == sorted(fractions)
    assert 0 <= fractions[0] <= fractions[-1] <= 1
    assert {part.what for part in asker.heard} >= {"writing", "text", "encoding", "judging", "timing"}


def test_without_its_text_the_copy_is_made_and_nothing_is_measured(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    train(run)
    Path(run.config().data.source).unlink()
    table = quantize(request(run, tmp_path / "small", 4), Asker().ticket)
    assert RunDirectory(tmp_path / "small").exists()
    assert len(table.sizes_bytes) == 2
    assert (len(table.perplexities), len(table.tokens_per_s)) == (0, 0)
    assert "stories.txt" in table.words[0]


@pytest.mark.parametrize("stage", ["writing", "text", "judging", "timing"])
def test_a_withdrawn_copy_leaves_nothing(base: RunDirectory, tmp_path: Path, stage: str) -> None:
    with pytest.raises(CancelledError):
        quantize(request(base, tmp_path / "small"), Asker(cancel_at=stage).ticket)
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_never_taken_away(base: RunDirectory, tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    with pytest.raises(RunError, match="is there already"):
        quantize(request(base, tmp_path / "precious"), Asker().ticket)
    assert (tmp_path / "precious").is_dir()


def test_adapters_are_merged(base: RunDirectory, tmp_path: Path) -> None:
    config = dataclasses.replace(fine_tuned(base, 12, RunConfig()), data=base.config().data)
    tuned = RunDirectory.create(
        tmp_path / "tuned", config.with_values({"start.method": "lora", "training.max_steps": 2})
    )
    train(tuned)
    made = merge(MergeRun(run=str(tuned.path), step=2, to=str(tmp_path / "plain")), Asker().ticket)
    assert made == RunMade(path=str(tmp_path / "plain"), words=[])
    assert RunDirectory(tmp_path / "plain").snapshot_steps() == [2]
    with pytest.raises(RunError, match="has no adapters"):
        merge(MergeRun(run=str(base.path), step=12, to=str(tmp_path / "other")), Asker().ticket)


def test_a_run_goes_out_and_comes_back(base: RunDirectory, tmp_path: Path) -> None:
    out = give_away(ExportRun(run=str(base.path), step=12, folder=str(tmp_path / "out")), Asker().ticket)
    assert (Path(out.path) / "model.safetensors").is_file()
    back = take_in(ImportFolder(folder=out.path, to=str(tmp_path / "back")), Asker().ticket)
    assert RunDirectory(Path(back.path)).config().model.norm == "rms"


def test_what_no_architecture_can_express_is_refused_by_name(tmp_path: Path) -> None:
    run = make_run(tmp_path, model__position="sinusoidal")
    train(run)
    with pytest.raises(ExchangeError, match="position"):
        give_away(ExportRun(run=str(run.path), step=12, folder=str(tmp_path / "out")), Asker().ticket)
    assert not (tmp_path / "out").exists()


def test_it_is_work_for_the_long_lane() -> None:
    assert {QuantizeRun, MergeRun, ImportFolder, ExportRun} < set(_LANES["training"][1])
