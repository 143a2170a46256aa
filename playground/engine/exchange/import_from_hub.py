"""A model of the hub as a run: fetched into a folder that is gone afterwards, then imported like any other."""

import uuid
from pathlib import Path

from playground.contract import storage
from playground.contract.errors import ExchangeError, RunError
from playground.engine.exchange.hub import OnBytes, fetch
from playground.engine.exchange.import_folder import ImportReport, import_folder


def import_from_hub(source: str, run_path: Path, report: OnBytes) -> ImportReport:
    """Make a run of "hub:OWNER/NAME".

    Args:
        report: told how far the fetching is; may raise to give up, and nothing is left behind.

    Raises:
        ExchangeError, TokenizerError: the model is refused, with the reason, or cannot be fetched.
        RunError: there is something at `run_path` already.
        StorageError: the disk refuses.
    """
    if run_path.exists():
        raise RunError(f"{run_path} is there already. Choose another name.")
    storage.make_folder(run_path.parent)
    draft = run_path.parent / f".tmp-{uuid.uuid4().hex[:12]}"
    storage.make_folder(draft)
    try:
        origin = fetch(source, draft, report)
        return import_folder(draft, run_path, origin)
    except ExchangeError as error:
        raise ExchangeError(str(error).replace(str(draft), source)) from None  # the draft is gone when this is read
    finally:
        storage.discard(draft)
