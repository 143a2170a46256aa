"""One run's metrics.jsonl, read without ever holding anything up: a picture of the whole at once, then every line.

A long history is first sampled at places spread over the file, which takes a moment however long it is; then all of it
is read from the beginning, in bites of a few milliseconds. No Qt: whoever owns it asks for the next bite.
"""

import time
from collections.abc import Iterator
from io import FileIO
from pathlib import Path

from playground.contract import storage
from playground.contract.errors import RunError
from playground.ui.state.metrics import Metrics

LONG_BYTES = 4 << 20  # from here on a sample comes first
N_SAMPLES = 1024
_SAMPLE_BYTES = 2048  # surely holds a whole line of metrics
_LAST_BYTES = 32 << 10  # read whole, so that the newest numbers are among the sample
_SAMPLING_S = 0.4  # on a slow disk fewer places must do
_BITE_BYTES = 64 << 10


class MetricsFile:
    """Follows one file.

    `metrics` grows line by line from the beginning; `sample`, while a long history is being read, is a few of its
    lines from all over; `is_reading` says whether more is there to be read now.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._begin()
        self.n_damaged = 0

    def _begin(self) -> None:
        self.metrics = Metrics()
        self.sample: Metrics | None = None
        self.is_reading = False
        self._offset, self._size = 0, 0
        self._sampler: _Sampler | None = None

    @property
    def share(self) -> float:
        """How much of the file is read, 0 to 1."""
        return self._offset / self._size if self._size else 1.0

    def read(self, budget_s: float) -> bool:
        """Read on for about `budget_s` seconds; whether there is anything new to show.

        Raises:
            RunError: the file cannot be read.
        """
        end_at = time.perf_counter() + budget_s
        try:
            with storage.opened(self._path) as fd, FileIO(fd, "rb", closefd=False) as file:
                self._size = file.seek(0, 2)
                if self._size < self._offset:  # it was replaced
                    size = self._size
                    self._begin()
                    self._size = size
                if self._offset == 0 and self._size >= LONG_BYTES and self.sample is None:
                    return self._read_sample(file, end_at)
                return self._read_lines(file, end_at)
        except FileNotFoundError:
            self.is_reading = False
            return False
        except RunError:
            self.is_reading = False
            raise

    def _read_sample(self, file: FileIO, end_at: float) -> bool:
        self.is_reading = True
        if self._sampler is None:
            self._sampler = _Sampler(self._size)
        if not self._sampler.read(file, end_at):
            return False
        self.sample = self._sampler.metrics()
        n_lines = self._size // max(self._sampler.bytes_per_line, 1)
        self.metrics.train.reserve(int(n_lines * 1.02) + 1)
        self._sampler = None
        return True

    def _read_lines(self, file: FileIO, end_at: float) -> bool:
        has_news = False
        file.seek(self._offset)
        while True:
            data = file.read(_BITE_BYTES)
            n_bytes = data.rfind(b"\n") + 1
            if n_bytes == 0 and len(data) >= _BITE_BYTES:
                n_bytes = len(data)  # one endless line: damaged, but never a standstill
            self.n_damaged += self.metrics.extend_lines(data[:n_bytes])
            self._offset += n_bytes
            has_news = has_news or n_bytes > 0
            self.is_reading = len(data) == _BITE_BYTES
            if not self.is_reading:
                self.sample = None
                return has_news
            if time.perf_counter() >= end_at:
                return has_news
            file.seek(self._offset)


class _Sampler:
    """Picks lines from places spread over a file, coarsely first, so that one may stop at any time."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._places = _spread(max(size - _LAST_BYTES, 0))
        self._lines: dict[int, bytes] = {}
        self._last = b""
        self._is_over_at = time.perf_counter() + _SAMPLING_S

    @property
    def bytes_per_line(self) -> int:
        """The mean, with the line's end."""
        return sum(map(len, self._lines.values())) // max(len(self._lines), 1) + 1

    def read(self, file: FileIO, end_at: float) -> bool:
        """Go on until `end_at`; whether that was all."""
        for place in self._places:
            file.seek(place)
            parts = file.read(_SAMPLE_BYTES).split(b"\n", 2)
            whole = parts[0] if place == 0 else parts[1] if len(parts) == 3 else b""
            if whole:
                self._lines[place] = whole
            now = time.perf_counter()
            if now >= self._is_over_at:
                break
            if now >= end_at:
                return False
        file.seek(max(self._size - _LAST_BYTES, 0))
        self._last = file.read(_LAST_BYTES).partition(b"\n")[2].rpartition(b"\n")[0]
        return True

    def metrics(self) -> Metrics:
        """What was picked, in the order of the file."""
        found = Metrics()
        lines = [self._lines[place] for place in sorted(self._lines)]
        found.extend_lines(b"\n".join(dict.fromkeys(lines)) + b"\n")
        found.extend_lines(self._last + b"\n")
        return found


def _spread(size: int) -> Iterator[int]:
    """`N_SAMPLES` places from 0 on, each halving of the distance after the one before."""
    stride = N_SAMPLES
    yield 0
    while stride > 1:
        for index in range(stride // 2, N_SAMPLES, stride):
            yield index * size // N_SAMPLES
        stride //= 2
