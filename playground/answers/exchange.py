"""Answers that make something of a model without training: smaller and merged copies, foreign folders in and out.

Imports torch; import it only after `torch_import.import_torch`. A question may be withdrawn between its stages; what
it has made by then is taken away again.
"""

import shutil
from pathlib import Path

import numpy as np

from playground.answers.ticket import Ticket
from playground.contract.errors import CancelledError, PlaygroundError
from playground.contract.exchange_messages import ExportRun, ImportFolder, MergeRun, ModelTable, QuantizeRun, RunMade
from playground.contract.messages import Progress
from playground.contract.run_directory import RunDirectory
from playground.engine.exchange.derived import compared, merged_run, quantized_run, size_of
from playground.engine.exchange.export_folder import export_folder
from playground.engine.exchange.import_folder import import_folder

_MADE = 0.1  # share of the whole that making the copy takes
_STAGES = {"text": (0.1, 0.15), "tokenizer": (0.15, 0.2), "encoding": (0.2, 0.4), "judging": (0.4, 0.8)}
_LAST_STAGE = (0.8, 1.0)


def quantize(request: QuantizeRun, ticket: Ticket) -> ModelTable:
    """Raises: RunError, StorageError, CancelledError."""
    ticket.send(Progress(fraction=0.0, what="writing"))
    run = RunDirectory(Path(request.run))
    small = quantized_run(run, request.step, request.bits, Path(request.to))
    try:
        return _table(run, small, request, ticket)
    except CancelledError:
        shutil.rmtree(small.path, ignore_errors=True)
        raise


def merge(request: MergeRun, ticket: Ticket) -> RunMade:
    """Raises: RunError, StorageError, CancelledError."""
    ticket.send(Progress(fraction=0.0, what="writing"))
    run = merged_run(RunDirectory(Path(request.run)), request.step, Path(request.to))
    return _made(run.path, (), ticket)


def take_in(request: ImportFolder, ticket: Ticket) -> RunMade:
    """Raises: ExchangeError, TokenizerError, RunError, StorageError, CancelledError."""
    ticket.send(Progress(fraction=0.0, what="reading"))
    report = import_folder(Path(request.folder), Path(request.to))
    return _made(report.run.path, report.notes, ticket)


def give_away(request: ExportRun, ticket: Ticket) -> RunMade:
    """Raises: ExchangeError, RunError, TokenizerError, StorageError, CancelledError."""
    ticket.send(Progress(fraction=0.0, what="writing"))
    report = export_folder(RunDirectory(Path(request.run)), request.step, Path(request.folder))
    return _made(report.folder, report.notes, ticket)


def _made(path: Path, notes: tuple[str, ...], ticket: Ticket) -> RunMade:
    """What was made of a question that is still wanted."""
    if ticket.is_cancelled:
        shutil.rmtree(path, ignore_errors=True)
        ticket.check()
    return RunMade(path=str(path), words=list(notes))


def _table(run: RunDirectory, small: RunDirectory, request: QuantizeRun, ticket: Ticket) -> ModelTable:
    def report(phase: str, progress: float) -> None:
        start, end = _STAGES.get(phase, _LAST_STAGE)
        ticket.send(Progress(fraction=start + progress * (end - start), what=phase))

    step, name = request.step, f"int{request.bits}"
    ticket.send(Progress(fraction=_MADE, what="text"))
    try:
        rows = compared([("before", run, step), (name, small, step)], report)
    except CancelledError:
        raise
    except PlaygroundError as error:  # the copy is made, and good; only its text is gone
        perplexities, speeds, words = [], [], [str(error)]
        sizes = [size_of(run, step), size_of(small, step)]
    else:
        sizes, words = [row.size_bytes for row in rows], []
        perplexities, speeds = [row.perplexity for row in rows], [row.tokens_per_s for row in rows]
    return ModelTable(
        path=str(small.path),
        names=["before", name],
        sizes_bytes=np.array(sizes, np.int64),
        perplexities=np.array(perplexities, np.float64),
        tokens_per_s=np.array(speeds, np.float64),
        words=words,
    )
