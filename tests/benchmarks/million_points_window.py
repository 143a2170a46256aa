"""The window of `test_million_points.py`: opens runs, watches its own event loop, moves the chart; prints JSON."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from playground.ui.app import assemble, calm_collector
from playground.ui.state.settings import Settings

_BEAT_MS = 4
_N_FRAMES = 60
_PATIENCE_S = 300.0
_STILL_S = 0.2
_FRAME_S = 0.02


class Heart:
    """Beats every 4 ms; a beat that comes late was held up by something."""

    def __init__(self) -> None:
        self.gaps: list[tuple[float, float]] = []  # length, and how much of it this thread worked
        self._last, self._last_busy = time.perf_counter(), time.thread_time()
        self._timer = QTimer(interval=_BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now, busy = time.perf_counter(), time.thread_time()
        self.gaps.append((now - self._last, busy - self._last_busy))
        self._last, self._last_busy = now, busy


class Paintings(QObject):
    """Counts how often a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.n = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.n += 1
        return False


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + _PATIENCE_S
    while not is_so():
        assert time.monotonic() < end, f"waited in vain until {what}"
        QApplication.processEvents(QApplicationFlags.WaitForMoreEvents, 50)


def main(paths: list[Path]) -> dict[str, Any]:
    built = assemble(Settings(paths[0].parent.parent / "settings.ini"), None, "train", "light", "en")
    built.window.resize(1440, 900)
    built.window.show()
    calm_collector()
    settle(1.0)
    current, page = built.app.current, built.window.page
    picture = page.run_picture  # type: ignore[attr-defined]
    chart = picture.chart  # the library behind it is loaded as the window starts
    settle(0.5)
    heart = Heart()
    began = time.perf_counter()
    current.open(paths[0])
    for path in paths[1:]:
        built.app.compared.choose(path, True)
    wait_until(lambda: bool(drawn(chart)), "there is a picture")
    first_s = time.perf_counter() - began
    wait_until(
        lambda: not current.is_reading and not any(r.is_reading for r in built.app.compared.chosen), "all is read"
    )
    all_s = time.perf_counter() - began
    settle(0.6)
    gaps = heart.gaps
    n_points = sum(len(curve) for curve in chart._curves.values() if curve.role != "validation")
    moved = {"pan": pan(chart), "zoom": zoom(chart), "hover": hover(chart), "append": append(chart, current)}
    moved["smoothing"] = smoothing(picture)
    return {
        "first_picture_s": first_s,
        "all_points_s": all_s,
        "longest_gap_ms": 1000 * max(gap for gap, _ in gaps),
        "most_work_ms": 1000 * max(busy for _, busy in gaps),
        "n_over_16_ms": sum(gap > 0.016 for gap, _ in gaps),
        "n_work_over_16_ms": sum(busy > 0.016 for _, busy in gaps),
        "n_beats": len(gaps),
        "n_points": n_points,
        "resident_mb": psutil.Process().memory_info().rss / 1e6,
        **moved,
    }


def drawn(chart: Any) -> int:
    """Points of the run's curve on the screen, be they a sample or all."""
    items = [chart._items[name] for name in ("train", "rest of train") if name in chart._items]
    return sum(len(item.light.xData) for item in items if item.light is not None)


def settle(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QApplication.processEvents(QApplicationFlags.WaitForMoreEvents, 20)


Frames = list[tuple[float, float]]


def frames(chart: Any, move: Callable[[int], None]) -> Frames:
    """How long each gesture took until it was on the screen, and how much of it was work, in milliseconds."""
    paintings, found = Paintings(chart._plot.viewport()), []
    for index in range(_N_FRAMES):
        n = paintings.n
        began, busy = time.perf_counter(), time.thread_time()
        move(index)
        while paintings.n == n and time.perf_counter() - began < _STILL_S:
            QApplication.processEvents()  # once: with a time it would go on after the painting
        if paintings.n > n:  # nothing moves at the end of a zoom
            found.append((1000 * (time.perf_counter() - began), 1000 * (time.thread_time() - busy)))
        settle(_FRAME_S)
    return found


def pan(chart: Any) -> Frames:
    """Drag the middle tenth of the picture along."""
    (left, right), _ = chart._view.viewRange()
    width = (right - left) / 10
    chart._view.setRange(xRange=(left + 4 * width, left + 5 * width), padding=0)
    chart._view.sigRangeChangedManually.emit([True, False])
    viewport = chart._plot.viewport()
    places = [QPointF(600 - 3 * index, 150) for index in range(_N_FRAMES + 2)]
    mouse(viewport, QEvent.Type.MouseButtonPress, places[0])
    mouse(viewport, QEvent.Type.MouseMove, places[0] - QPointF(12, 0))
    settle(0.1)
    found = frames(chart, lambda index: mouse(viewport, QEvent.Type.MouseMove, places[index] - QPointF(15, 0)))
    mouse(viewport, QEvent.Type.MouseButtonRelease, places[-1])
    chart.reset_view()
    settle(0.2)
    return found


def zoom(chart: Any) -> Frames:
    """From the whole run down to single points, and back."""
    viewport = chart._plot.viewport()
    half = _N_FRAMES // 2
    found = frames(chart, lambda index: wheel(viewport, QPointF(400, 200), 240 if index < half else -240))
    chart.reset_view()
    settle(0.2)
    return found


def hover(chart: Any) -> Frames:
    viewport = chart._plot.viewport()
    return frames(
        chart, lambda index: mouse(viewport, QEvent.Type.MouseMove, QPointF(100 + 8 * index, 150), held=False)
    )


def smoothing(picture: Any) -> Frames:
    """Each frame while the slider moves; the new line follows when it is complete."""
    track = picture.bar.smoothing
    return frames(picture.chart, lambda index: track.moved.emit(0.2 + 0.01 * index))


def append(chart: Any, current: Any) -> Frames:
    """A step at a time, as while training."""
    train = current.metrics.train
    last = train.last("step")

    def move(index: int) -> None:
        row = dict.fromkeys(train.names, 1.0) | {"step": last + index + 1, "loss": 2.0, "tokens": np.inf}
        current.metrics.extend([{"kind": "train", **row}])
        chart._draw()
        chart._plot.viewport().update()

    return frames(chart, move)


def mouse(widget: QWidget, kind: QEvent.Type, place: QPointF, *, held: bool = True) -> None:
    moves = kind == QEvent.Type.MouseMove
    button = Qt.MouseButton.NoButton if moves else Qt.MouseButton.LeftButton
    buttons = Qt.MouseButton.LeftButton if held and kind != QEvent.Type.MouseButtonRelease else Qt.MouseButton.NoButton
    shown_at = QPointF(widget.mapToGlobal(place.toPoint()))
    event = QMouseEvent(kind, place, shown_at, button, buttons, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, event)


def wheel(widget: QWidget, place: QPointF, angle: int) -> None:
    shown_at = QPointF(widget.mapToGlobal(place.toPoint()))
    phase = Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(
        place, shown_at, QPoint(0, 0), QPoint(0, angle), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        phase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


if __name__ == "__main__":
    from PySide6.QtCore import QEventLoop

    QApplicationFlags = QEventLoop.ProcessEventsFlag
    print(json.dumps(main([Path(argument) for argument in sys.argv[1:]])))
    sys.stdout.flush()
    import os

    os._exit(0)
