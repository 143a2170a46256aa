"""The preload leaves nothing behind that a later collection would be slow over."""

import subprocess
import sys

from playground.contract.child_process import child_environment

SCRIPT = """
import gc, sys
from PySide6.QtCore import QCoreApplication
from playground.ui.app import calm_collector
from playground.ui.preload import Preload

application = QCoreApplication([])
preload = Preload()
preload.finished.connect(calm_collector)
preload.finished.connect(application.quit)
preload.start()
application.exec()
assert "pyqtgraph" in sys.modules
print(len(gc.get_objects()), gc.get_freeze_count())
"""


def test_what_was_imported_is_out_of_every_later_collection() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=child_environment(), capture_output=True, text=True, check=True
    )
    n_watched, n_frozen = map(int, done.stdout.split())
    assert n_frozen > 20_000, "the imported modules"
    assert n_watched < n_frozen / 10
