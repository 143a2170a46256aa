"""A true disk that fills up at some point of a training: told in a sentence, nothing lost, and gone on once there is
room. Needs Linux, and a namespace of its own to mount small disks in."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from playground.contract.child_process import child_environment

_SIZES = range(60, 400, 20)  # kilobytes; the run needs about 350
_ALONE = ["unshare", "--map-root-user", "--mount"]


def can_mount(folder: Path) -> bool:
    if shutil.which("unshare") is None:
        return False
    command = [*_ALONE, "mount", "-t", "tmpfs", "none", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.slow
def test_disks_that_fill_up(tmp_path: Path) -> None:
    if not can_mount(tmp_path):
        pytest.skip("this system lets nobody mount a disk of their own")
    script = Path(__file__).with_name("full_disk.py")
    command = [*_ALONE, sys.executable, str(script), str(tmp_path), *map(str, _SIZES)]
    environment = {**child_environment(), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    wanted = found.pop("64000")
    assert (wanted["sentence"], wanted["problems"]) == ("", [])
    full = {size: each for size, each in found.items() if each["sentence"]}
    assert len(full) > len(found) // 2, "the disks were too large"
    assert len({each["kept"] for each in full.values()}) > 2, "all were full at the same place"
    for size, each in found.items():
        assert each["newest"] >= each["kept"], size
        assert each["then"] == "", size
        assert each["problems"] == [], size
        assert {name for name in wanted["end"] if each["end"][name] != wanted["end"][name]} == set(), size
    for size, each in full.items():
        assert "The disk is full. Free some space, then resume." in each["sentence"], size
