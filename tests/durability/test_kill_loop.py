"""Trainers of all kinds are killed at random instants, again and again: every run ends as the one that nobody killed.

`PLAYGROUND_KILLS=1000` asks for more of them than the 50 that .ci/run takes.
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from playground.contract.child_process import child_environment

_N_KILLS = int(os.environ.get("PLAYGROUND_KILLS", "50"))


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked")
def test_killed_runs_end_as_the_unbroken_one(tmp_path: Path) -> None:
    server = Path(__file__).with_name("kill_server.py")
    command = [sys.executable, str(server), str(tmp_path), str(_N_KILLS), str(_N_KILLS)]
    environment = {**child_environment(), "OMP_NUM_THREADS": "1"}
    done = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        out, errors = done.communicate(timeout=60 + 5 * _N_KILLS)
    finally:
        if done.poll() is None:
            os.killpg(done.pid, signal.SIGKILL)
            done.communicate()
    assert done.returncode == 0, errors
    report = json.loads(out)
    print(report)
    assert report["problems"] == [], errors
    assert report["n_kills"] >= _N_KILLS
    assert report["where"].get("checkpoint", 0) > 0, "no kill fell into a checkpoint"
    assert report["where"]["training"] > 0
