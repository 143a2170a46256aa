"""The lowest validation loss of a run, found in bites however long its history is. No Qt.

Only the lines of evaluations are parsed; what a resumed run has left behind does not count.
"""

import json
import math
from pathlib import Path

_BITE_BYTES = 8 << 20
_MARK = b'"validation_loss"'


class BestLoss:
    """Follows one metrics.jsonl. `nats` and `step` are of the best evaluation up to where it was read."""

    def __init__(self, metrics_path: Path) -> None:
        self._path = metrics_path
        self._offset = 0
        self._records: list[tuple[int, float]] = []  # (step, nats): each lower than all before it
        self.is_complete = False

    @property
    def nats(self) -> float:
        return self._records[-1][1] if self._records else math.nan

    @property
    def step(self) -> int:
        """0 where nothing was evaluated."""
        return self._records[-1][0] if self._records else 0

    def read(self, limit_bytes: int = _BITE_BYTES) -> None:
        """Read on, at most so much; `is_complete` then says whether that was the end. Never fails."""
        try:
            with self._path.open("rb") as file:
                size = file.seek(0, 2)
                if size < self._offset:  # it was replaced
                    self._offset, self._records = 0, []
                file.seek(self._offset)
                data = file.read(limit_bytes)
        except OSError:
            self.is_complete = True
            return
        end = data.rfind(b"\n") + 1
        if end == 0 and len(data) >= limit_bytes:
            end = len(data)  # one endless line: damaged, but never a standstill
        self._offset += end
        self.is_complete = self._offset + (len(data) - end) >= size
        self._take(data[:end])

    def _take(self, data: bytes) -> None:
        place = data.find(_MARK)
        while place >= 0:
            start, end = data.rfind(b"\n", 0, place) + 1, data.find(b"\n", place)
            self._add(data[start : end if end >= 0 else len(data)])
            place = data.find(_MARK, end) if end >= 0 else -1

    def _add(self, line: bytes) -> None:
        try:
            record = json.loads(line)
            step, nats = record["step"], record["validation_loss"]
        except (ValueError, RecursionError, KeyError, TypeError):
            return
        if type(step) is not int or isinstance(nats, bool) or not isinstance(nats, int | float):
            return
        while self._records and self._records[-1][0] >= step:
            self._records.pop()
        if math.isfinite(nats) and not (self._records and self._records[-1][1] <= nats):
            self._records.append((step, float(nats)))
