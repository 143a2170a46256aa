"""Folders of the Hugging Face hub: only config, safetensors and tokenizer files are fetched, all of one commit.

What they hold is read and checked elsewhere, as any foreign folder. Nothing is fetched unless somebody asks for it by
name, and `huggingface_hub`, which does the fetching, need not be installed otherwise.
"""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any

import psutil

from playground.contract.errors import ExchangeError
from playground.engine.exchange.foreign_files import read_json

HUB = "hub:"
"""What the name of a model on the hub begins with where a folder is asked for."""

_NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9][\w.-]{0,95}", re.ASCII)
_ONE, _INDEX = "model.safetensors", "model.safetensors.index.json"
_SMALL_LIMIT_BYTES = 64 << 20  # of a file beside the weights
_TOKENIZER_FILES = (
    "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "tokenizer.model",
    "spiece.model", "sentencepiece.bpe.model", "vocab.json", "merges.txt", "vocab.txt",
)  # fmt: skip
_N_RESTARTS_LIMIT = 5  # the library would begin anew for ever
_PICKLES = (".bin", ".pt", ".pth", ".ckpt", ".pkl")

OnBytes = Callable[[int, int], None]
"""Told how many bytes have come, and how many there will be in all (0 as long as that is not known)."""


@dataclass(frozen=True, kw_only=True)
class Listing:
    """The files of a model on the hub, at one commit."""

    name: str  # OWNER/NAME
    commit: str
    sizes: dict[str, int]  # bytes by file name


def is_on_hub(source: str) -> bool:
    """Whether this names a model on the hub, and not a folder."""
    return source.startswith(HUB)


def fetch(source: str, into: Path, report: OnBytes) -> str:
    """Fetch what an import reads into a folder; returns where it is from, with the commit.

    Args:
        source: "hub:OWNER/NAME".
        into: a folder that is there and empty.
        report: may raise to give up.

    Raises:
        ExchangeError: the extra is not installed, there is no such model, it has no safetensors files, there is no
            room for it, or the connection fails.
    """
    name = source.removeprefix(HUB)
    if not _NAME.fullmatch(name):
        raise ExchangeError(f"{source[:200]!r} is no name of a model. Write it like hub:OWNER/NAME.")
    hub = _library()
    try:
        listing = _listed(hub, name)
        count = _Counter(report)
        if _ONE not in listing.sizes and _INDEX in listing.sizes:
            _fetch_file(hub, listing, _INDEX, into, count)
        wanted = _wanted(listing, into)
        count.n_total = sum(listing.sizes[file] for file in {*wanted, *count.done})
        _check_room(listing, wanted, into)
        for file in wanted:
            _fetch_file(hub, listing, file, into, count)
    except (hub.errors.HTTPError, hub.errors.HFValidationError, OSError) as error:
        raise ExchangeError(_plain(hub, name, error)) from None
    return f"{HUB}{name}@{listing.commit}"


def _library() -> Any:
    try:
        import huggingface_hub
        import huggingface_hub.errors
    except ImportError:
        raise ExchangeError(
            "Fetching from the hub needs the package huggingface_hub, which is not installed. Install it with: "
            'pip install "transformer-playground[hub]", or fetch the folder yourself and import that.'
        ) from None
    return huggingface_hub


def _listed(hub: Any, name: str) -> Listing:
    found = hub.HfApi().model_info(name, files_metadata=True)
    sizes = {file.rfilename: file.size or 0 for file in found.siblings or []}
    if not re.fullmatch(r"[0-9a-f]{6,64}", found.sha or ""):
        raise ExchangeError(f"The hub does not say which version of {name} it has. Try again later.")
    return Listing(name=name, commit=found.sha, sizes=sizes)


def _wanted(listing: Listing, into: Path) -> list[str]:
    """Files to fetch, small ones first, so that whatever is wrong with them shows before the weights are there."""
    sizes = listing.sizes
    if "config.json" not in sizes:
        raise ExchangeError(f"{HUB}{listing.name} has no config.json, so it is no model that can be read here.")
    small = ["config.json", *(file for file in _TOKENIZER_FILES if file in sizes)]
    for file in small:
        if sizes[file] > _SMALL_LIMIT_BYTES:
            raise ExchangeError(f"{HUB}{listing.name}: {file} has {sizes[file]:,} bytes, too many for such a file.")
    if _ONE in sizes:
        return [*small, _ONE]
    if _INDEX in sizes:
        return [*small, *_parts(listing, into)]
    pickles = sorted(file for file in sizes if PurePosixPath(file).suffix in _PICKLES)
    if pickles:
        raise ExchangeError(
            f"{HUB}{listing.name} has no {_ONE} but {pickles[0]}, a format that can carry programs, so it is not "
            "fetched. Choose a model with safetensors files."
        )
    raise ExchangeError(f"{HUB}{listing.name} has no {_ONE}. Choose a model with safetensors files.")


def _parts(listing: Listing, into: Path) -> list[str]:
    """The files that the index names; they must lie beside it."""
    weight_map = read_json(into, _INDEX, _SMALL_LIMIT_BYTES).get("weight_map")
    names = sorted({str(file) for file in weight_map.values()}) if isinstance(weight_map, dict) else []
    if not names:
        raise ExchangeError(f"{HUB}{listing.name}: {_INDEX} names no file. Choose another model.")
    for file in names:
        if not re.fullmatch(r"[\w.-]+\.safetensors", file, re.ASCII) or file not in listing.sizes:
            raise ExchangeError(
                f"{HUB}{listing.name}: {_INDEX} names {file[:200]!r}, which is no safetensors file beside it."
            )
    return names


def _check_room(listing: Listing, wanted: list[str], into: Path) -> None:
    """The weights must fit on the disk, and into memory afterwards."""
    n_bytes = sum(listing.sizes[file] for file in wanted)
    for free, where in ((shutil.disk_usage(into).free, f"free where {into.parent} is"),
                        (psutil.virtual_memory().available, "of memory free")):  # fmt: skip
        if n_bytes > free:
            raise ExchangeError(
                f"{HUB}{listing.name} has {n_bytes / 1e9:,.1f} GB, and {free / 1e9:,.1f} GB are {where}. "
                "Choose a smaller model."
            )


def _fetch_file(hub: Any, listing: Listing, file: str, into: Path, count: "_Counter") -> None:
    count.begin(file, listing.sizes[file])
    hub.hf_hub_download(listing.name, file, revision=listing.commit, local_dir=into, tqdm_class=count.bar_class())
    count.finish()


class _Counter:
    """Bytes that have come so far, over all files."""

    def __init__(self, report: OnBytes) -> None:
        self.n_total = 0
        self.done: list[str] = []
        self._file, self._n_stated = "", 0
        self._n_done = self._n_of_file = self._n_restarts = 0
        self._report = report

    def begin(self, file: str, n_stated: int) -> None:
        self._file, self._n_stated = file, n_stated
        self._n_of_file = self._n_restarts = 0

    def bar_class(self) -> type["_Bar"]:
        """What the library takes for a class of progress bars."""
        return type("Bar", (_Bar,), {"counter": self})

    def add(self, n_bytes: float) -> None:
        """Raises: ExchangeError, if more comes than was said, or the file begins again and again."""
        self._n_of_file += int(n_bytes)
        self._n_restarts += n_bytes < 0
        if self._n_of_file > self._n_stated:
            raise ExchangeError(
                f"{self._file} is larger than the hub says it is, so it is not fetched. Try again later."
            )
        if self._n_restarts > _N_RESTARTS_LIMIT:
            raise ExchangeError(f"{self._file} does not come to its end: the connection breaks every time. Try again.")
        self._tell()

    def finish(self) -> None:
        self.done.append(self._file)
        self._n_done, self._n_of_file = self._n_done + self._n_stated, 0
        self._tell()

    def _tell(self) -> None:
        n_bytes = self._n_done + self._n_of_file
        self._report(min(n_bytes, self.n_total) if self.n_total else n_bytes, self.n_total)


class _Bar:
    """Looks to the library like a bar of `tqdm`, and only counts."""

    counter: _Counter

    def __init__(self, *_: Any, **__: Any) -> None:
        self.n, self.total = 0, None

    def update(self, n_bytes: float | None = 1) -> None:
        self.counter.add(n_bytes or 0)

    def __enter__(self) -> "_Bar":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def __getattr__(self, name: str) -> Any:
        """All else that a bar can do changes only its looks."""
        if name.startswith("_") or name == "update_transfer":
            raise AttributeError(name)
        return lambda *_, **__: None


def _plain(hub: Any, name: str, error: Exception) -> str:
    errors = hub.errors
    if isinstance(error, errors.GatedRepoError):
        return f"{HUB}{name} is given only to people who agreed to its terms. Agree on its page and log in, or choose "\
            "another model."  # fmt: skip
    if isinstance(error, errors.RepositoryNotFoundError | errors.HFValidationError):
        return f"The hub has no model {name}, or does not show it to everybody. Check the name."
    if isinstance(error, errors.EntryNotFoundError):
        return f"A file of {HUB}{name} is gone. Try again."
    words = str(error).strip().splitlines()
    return f"Cannot fetch {HUB}{name}: {words[0][:300] if words else type(error).__name__}. Check the connection."
