"""`playground import` and `playground export`: Hugging Face folders in and out."""

from pathlib import Path

from playground.commands.opening import find_run, pick_step


def import_folder(source: str, run_path: Path) -> int:
    """Make a run of a folder; returns the exit code.

    Raises:
        ExchangeError, TokenizerError, RunError, StorageError: as the engine.
    """
    from playground.engine.exchange import import_folder as engine

    report = engine.import_folder(Path(source), run_path)
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
