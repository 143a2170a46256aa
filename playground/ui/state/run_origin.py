"""Where a run's model comes from: another run that it goes on from or is a copy of, or a foreign folder. No Qt.

Reads the beginning of events.jsonl and no more.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playground.contract.config import RunConfig
from playground.contract.run_directory import RunDirectory

INT8, INT4, MERGED, IMPORTED = "int8", "int4", "merged", "imported"
FULL, LORA = "full", "lora"
_MADE = (INT8, INT4, MERGED, IMPORTED)
_HEAD_BYTES = 16 << 10
_LONGEST = 4096


@dataclass(frozen=True, kw_only=True)
class Origin:
    """`how` is one of this module's words; an imported model's `source` is a folder or hub:OWNER/NAME, else a run."""

    source: str
    how: str
    step: int = 0

    @property
    def run(self) -> Path | None:
        """The run that it comes from."""
        return None if self.how == IMPORTED else Path(self.source)

    @property
    def name(self) -> str:
        """Of the run or the folder; a model of the hub has a whole address."""
        return self.source if self.run is None and ":" in self.source else Path(self.source).name

    @property
    def is_quantized(self) -> bool:
        return self.how in (INT8, INT4)


def read_origin(run: RunDirectory, config: RunConfig) -> Origin | None:
    """Of a model that did not begin at random; else None."""
    event = _first_event(run.events_path)
    how, source = event.get("kind"), event.get("from")
    if how in _MADE and isinstance(source, str) and source:
        step = event.get("from_step")
        return Origin(source=source[:_LONGEST], how=how, step=step if type(step) is int else 0)
    start = config.start
    if not start.run:
        return None
    return Origin(source=start.run, how=LORA if start.method == "lora" else FULL, step=start.step)


def _first_event(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            line = file.read(_HEAD_BYTES).partition(b"\n")[0]
        value = json.loads(line)
    except (OSError, ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
