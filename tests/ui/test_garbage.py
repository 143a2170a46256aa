"""While a test of the window runs, threads that other tests left behind collect none of its objects."""

import gc
import threading

from PySide6.QtCore import QObject


class Knot(QObject):
    """Garbage that only the collector finds."""

    n_alive = 0

    def __init__(self) -> None:
        super().__init__()
        self.itself = self
        Knot.n_alive += 1

    def __del__(self) -> None:
        Knot.n_alive -= 1


def allocate() -> None:
    """Enough containers for several collections."""
    kept = [[index] for index in range(50_000)]
    assert kept


def test_another_thread_collects_nothing(qapp: object) -> None:
    for _ in range(10):
        Knot()
    thread = threading.Thread(target=allocate)
    thread.start()
    thread.join()
    assert Knot.n_alive == 10
    gc.collect()
    assert Knot.n_alive == 0
