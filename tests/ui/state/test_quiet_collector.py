"""Widgets in garbage must never be destroyed on another thread than the window's."""

import gc
import threading

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from playground.ui.state.quiet_collector import start_quietly


@pytest.fixture(autouse=True)
def _with_a_collector() -> None:
    gc.enable()


class Witness(QObject):
    """Garbage in a cycle; tells on which thread it went."""

    ends: list[int] = []  # noqa: RUF012  # shared by all on purpose

    def __init__(self) -> None:
        super().__init__()
        self.itself = self

    def __del__(self) -> None:
        Witness.ends.append(threading.get_ident())


def allocate() -> None:
    """Enough containers for several collections."""
    kept = [[index] for index in range(5_000)]
    assert kept


def test_the_thread_collects_nothing(qtbot: QtBot) -> None:
    assert gc.isenabled()
    Witness.ends.clear()
    quiet: set[int | None] = set()
    for _ in range(50):
        Witness()
        thread = threading.Thread(target=allocate)
        start_quietly(thread)
        thread.join()
        quiet.add(thread.ident)
        qtbot.waitUntil(gc.isenabled)
    gc.collect()
    assert len(Witness.ends) == 50
    assert not quiet & set(Witness.ends)


def test_the_last_of_several_threads_ends_the_quiet(qtbot: QtBot) -> None:
    stop = threading.Event()
    long, short = threading.Thread(target=stop.wait), threading.Thread(target=allocate)
    start_quietly(long)
    start_quietly(short)
    short.join()
    qtbot.wait(60)
    assert not gc.isenabled()
    stop.set()
    qtbot.waitUntil(gc.isenabled)
