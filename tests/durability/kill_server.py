"""Trains runs in forked children and kills them at random instants, until each is finished; tells what it found.

A process of its own, which has torch imported and computed nothing yet, so that a child costs milliseconds:

    python kill_server.py FOLDER N_KILLS SEED
"""

import contextlib
import importlib
import json
import os
import random
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from hard_runs import KINDS, end_of, make_run, problems_of

from playground.contract.errors import PlaygroundError
from playground.contract.run_directory import FINISHED, RunDirectory
from playground.engine.training.trainer import train_run

_LONGEST_S = 60.0
_POLL_S = 0.0005
_MOST_TIMES = 20
atexit_of_child: list[Callable[[], object]] = []


def fork_trainer(run: RunDirectory, before: Callable[[], None] = lambda: None) -> int:
    """A child, in a process group of its own, that trains a run to its end; its id.

    It exits with 0 when finished, with 3 after a sentence, with 4 after an error of ours.
    """
    pid = os.fork()
    if pid:
        return pid
    code = 4
    try:
        os.setsid()
        before()
        for _ in train_run(run, resume=True):
            pass
        code = 0
        for act in atexit_of_child:
            act()
    except PlaygroundError as error:
        print(f"sentence: {error}", file=sys.stderr)
        code = 3
    except BaseException:  # noqa: BLE001 (a child must never go on as the server)
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def kill_after(pid: int, is_time: Callable[[float], bool]) -> int:
    """Kill a child once it is time; its exit code, -9 if it was killed."""
    began = time.monotonic()
    while True:
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        passed = time.monotonic() - began
        if passed > _LONGEST_S:
            print("a trainer hung", file=sys.stderr)
        if is_time(passed) or passed > _LONGEST_S:
            os.killpg(os.getpgid(pid), signal.SIGKILL)
            return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        time.sleep(_POLL_S)


def never(passed: float) -> bool:
    """It is never time."""
    return False


def learn_imports(folder: Path) -> None:
    """Import here what a child imports while it trains, so that no other has to; torch takes a second for it."""
    run, names = make_run(folder, "first", KINDS[0]), folder / "modules.json"

    def tell() -> None:
        atexit_of_child.append(lambda: names.write_text(json.dumps(sorted(sys.modules))))

    kill_after(fork_trainer(run, tell), never)
    for name in json.loads(names.read_text()):
        with contextlib.suppress(Exception):
            importlib.import_module(name)


class KillLoop:
    """Kills so many trainers; each of the runs that they make must end as its unbroken twin."""

    def __init__(self, folder: Path, n_kills: int, seed: int) -> None:
        self._folder, self._n_wanted, self._numbers = folder, n_kills, random.Random(seed)
        learn_imports(folder)
        self._unbroken = {kind: self._made_unbroken(kind) for kind in KINDS}
        self.n_kills, self.n_runs, self.problems = 0, 0, list[str]()
        self.where: Counter[str] = Counter()

    def _made_unbroken(self, kind: str) -> tuple[dict[str, Any], float]:
        run = make_run(self._folder, f"unbroken-{kind}", kind)
        began = time.monotonic()
        code = kill_after(fork_trainer(run), never)
        if code != 0 or problems_of(run):
            raise SystemExit(f"the unbroken {kind} ended with {code}: {problems_of(run) if code == 0 else ''}")
        return end_of(run), time.monotonic() - began

    def go(self) -> None:
        """So many kills, and on a fast disk more, until one falls into a checkpoint."""
        while not self.problems and self.n_kills < _MOST_TIMES * self._n_wanted:
            if self.n_kills >= self._n_wanted and self.where["checkpoint"]:
                return
            self._one_run(KINDS[self.n_runs % len(KINDS)])
            self.n_runs += 1

    def _one_run(self, kind: str) -> None:
        wanted, seconds = self._unbroken[kind]
        run = make_run(self._folder, f"run-{self.n_runs:05d}", kind)
        while True:
            before = _drafts(run)
            pid = fork_trainer(run)
            # First wait for the process group, or the signal would go to the server.
            while os.getpgid(pid) != pid and os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
                time.sleep(_POLL_S)
            code = kill_after(pid, self._instant(run, seconds, before))
            if code != -signal.SIGKILL:
                break
            self.n_kills += 1
            self.where[_where(run, before)] += 1
            if run.status().state == FINISHED:  # it was just about to go
                code = 0
                break
        if code != 0:
            self.problems.append(f"{run.path}: a trainer ended with {code}")
            return
        self.problems += [f"{run.path}: {what}" for what in problems_of(run)]
        found = end_of(run)
        self.problems += [f"{run.path}: {name} differs" for name in wanted if found[name] != wanted[name]]

    def _instant(self, run: RunDirectory, seconds: float, before: set[Path]) -> Callable[[float], bool]:
        """When to kill: at any time, or in the midst of a checkpoint or snapshot."""
        delay = self._numbers.uniform(0.0, 0.5 * seconds)
        if self._numbers.random() < 0.7:
            return lambda passed: passed > delay
        after = self._numbers.uniform(0.0, 0.01)
        seen: list[float] = []

        def is_time(passed: float) -> bool:
            if not seen and passed > delay / 2 and _drafts(run) - before:
                seen.append(passed)
            return bool(seen) and passed > seen[0] + after

        return is_time


def _drafts(run: RunDirectory) -> set[Path]:
    """What is half written: parts of checkpoints and snapshots."""
    return _hidden(run.checkpoints_path) | _hidden(run.snapshots_path)


def _where(run: RunDirectory, before: set[Path]) -> str:
    """What a trainer was at when it was killed, which is not what former ones had left half done."""
    folders = {path.parent for path in _drafts(run) - before}
    if run.checkpoints_path in folders:
        return "checkpoint"
    return "snapshot" if folders else run.status().state


def _hidden(folder: Path) -> set[Path]:
    try:
        return {path for path in folder.iterdir() if path.name.startswith(".")}
    except FileNotFoundError:
        return set()


def main() -> None:
    torch.set_num_threads(1)
    folder, n_kills, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    began = time.monotonic()
    loop = KillLoop(folder, n_kills, seed)
    loop.go()
    report = {
        "n_kills": loop.n_kills, "n_runs": loop.n_runs, "problems": loop.problems, "where": loop.where,
        "seconds": round(time.monotonic() - began, 1),
    }  # fmt: skip
    print(json.dumps(report))


if __name__ == "__main__":
    main()
