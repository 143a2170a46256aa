"""How much memory a computation holds at its peak, measured where torch allocates it; not what a formula expects."""

import os
from collections.abc import Callable

import psutil
import torch
from torch.autograd import profiler


def peak_bytes(run: Callable[[], object], device: torch.device) -> int:
    """The most that `run` holds at once beyond what was there before, its result included.

    On CUDA the allocator's own count. On the CPU every allocation and release that torch's profiler sees on this
    thread, those inside of fused kernels too.
    """
    return _peak_on_cuda(run, device) if device.type == "cuda" else _peak_on_cpu(run)


def free_bytes(device: torch.device) -> int:
    """Memory that a computation could still take on a device."""
    if device.type == "cuda":
        return int(torch.cuda.mem_get_info(device)[0])
    return int(psutil.virtual_memory().available)


def _peak_on_cuda(run: Callable[[], object], device: torch.device) -> int:
    torch.cuda.synchronize(device)
    torch.cuda.reset_peak_memory_stats(device)
    before = torch.cuda.memory_allocated(device)
    run()
    torch.cuda.synchronize(device)
    return int(torch.cuda.max_memory_allocated(device) - before)


def _peak_on_cpu(run: Callable[[], object]) -> int:
    os.environ.setdefault("KINETO_LOG_LEVEL", "99")  # else the profiler writes lines to stderr at each use
    with profiler.profile(profile_memory=True) as profile:
        result = run()
        del result
    assert profile.kineto_results is not None, "a profile that has ended has results"
    events = [event for event in profile.kineto_results.events() if event.name() == "[memory]"]
    held, peak = 0, 0
    for event in sorted(events, key=lambda event: event.start_ns()):
        held += event.nbytes()
        peak = max(peak, held)
    return peak
