"""`playground import` and `playground export`: Hugging Face folders in and out."""

import sys
from pathlib import Path

from playground.commands.opening import find_run, pick_step


def import_model(source: str, run_path: Path) -> int:
    """Make a run of a folder, or of hub:OWNER/NAME; returns the exit code.

    Raises:
        ExchangeError, TokenizerError, RunError, StorageError: as the engine.
    """
    from playground.engine.exchange.hub import is_on_hub
    from playground.engine.exchange.import_folder import import_folder
    from playground.engine.exchange.import_from_hub import import_from_hub

    report = import_from_hub(source, run_path, _tell) if is_on_hub(source) else import_folder(Path(source), run_path)
    print(f"{report.family}, {report.n_parameters:,} parameters: {report.run.path}")
    for note in report.notes:
        print(note)
    return 0


def export_folder(name: str, step: int, folder: Path) -> int:
    """Write a run as a folder that `transformers` reads; returns the exit code.

    Raises:
        ExchangeError, RunError, TokenizerError, StorageError: as the engine.
    """
    from playground.engine.exchange import export_folder as engine

    run = find_run(name)
    report = engine.export_folder(run, pick_step(run, step), folder)
    print(f"{report.family}: {report.folder}")
    for note in report.notes:
        print(note)
    return 0


def _tell(n_done: int, n_total: int) -> None:
    """How far the fetching is, on one line."""
    if sys.stderr.isatty():
        end = "\n" if n_done == n_total else ""
        share = f" of {n_total / 1e6:,.1f}" if n_total else ""
        print(f"\r\x1b[Kfetched {n_done / 1e6:,.1f}{share} MB", end=end, file=sys.stderr, flush=True)
