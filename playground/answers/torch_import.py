"""Imports torch while other threads go on answering.

Loading torch's big library takes some 0.2 to 0.3 s, during which Python's own import holds the interpreter lock
and every other thread stands still. A foreign function called through ctypes lets go of the lock: so the library
is loaded that way first, and the import then finds it in place.
"""

import contextlib
import ctypes
import importlib.util
import os
import sys
from pathlib import Path


def import_torch() -> None:
    """Make `import torch` cheap, and leave half of the cores to the window and the trainer. Call it on torch's thread.

    The number of threads belongs to the thread that sets it (OpenMP), hence the last condition.
    """
    if "torch" in sys.modules:
        return
    if sys.platform == "linux":
        _load_library()
    spare_cores()


def spare_cores() -> None:
    """Leave half of the cores to the others, on this thread."""
    import torch

    torch.set_num_threads(max(1, _n_cores() // 2))


def _load_library() -> None:
    spec = importlib.util.find_spec("torch")
    if spec is None or spec.origin is None:
        return
    path = Path(spec.origin).parent / "lib" / "libtorch_cpu.so"
    with contextlib.suppress(OSError, AttributeError):  # then the import itself loads it, a little less smoothly
        load = ctypes.CDLL(None).dlopen
        load.argtypes, load.restype = (ctypes.c_char_p, ctypes.c_int), ctypes.c_void_p
        load(os.fsencode(path), os.RTLD_NOW | os.RTLD_LOCAL)


def _n_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
