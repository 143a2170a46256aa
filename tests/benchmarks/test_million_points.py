"""A run of a million steps in the real window: how soon there is a picture, how steadily it is read, how it moves.

Prints figures and asserts nothing timed. Run by hand:
`python -m pytest -m benchmark tests/benchmarks/test_million_points.py`.
The window is drawn offscreen, in a process of its own. `PLAYGROUND_BENCHMARK_STEPS` sets how long the run is.
"""

import json
import math
import os
import random
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from playground.contract import run_directory
from playground.contract.child_process import child_environment
from playground.contract.config import RunConfig
from playground.contract.run_directory import DataFacts, RunDirectory, Status

pytestmark = pytest.mark.benchmark

N_STEPS = int(os.environ.get("PLAYGROUND_BENCHMARK_STEPS", "1000000"))
_WATCHER = Path(__file__).with_name("million_points_window.py")


def test_a_run_of_a_million_steps(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = long_run(tmp_path / "home" / "runs" / "long", N_STEPS, seed=0)
    others = [long_run(tmp_path / "home" / "runs" / name, N_STEPS, seed=index + 1) for index, name in enumerate("ab")]
    alone, together = watched(tmp_path, [run]), watched(tmp_path, [run, *others])
    assert alone["n_points"] == N_STEPS
    assert together["n_points"] == 3 * N_STEPS
    with capsys.disabled():
        size = RunDirectory(run).metrics_path.stat().st_size
        print(f"\n{N_STEPS:,} steps, {size / 1e6:.0f} MB; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        for name, found in (("one run", alone), ("three runs", together)):
            print(f"{name}:")
            print(f"  first picture: {found['first_picture_s']:.2f} s after opening (goal 1.00 s)")
            print(f"  all points: {found['all_points_s']:.1f} s")
            print(f"  longest gap while reading: {gaps_words(found)}")
            for gesture in ("pan", "zoom", "hover", "append", "smoothing"):
                print(f"  {gesture}: {frame_words(found[gesture])}")
            print(f"  memory: {found['resident_mb']:.0f} MB resident")


def long_run(path: Path, n_steps: int, seed: int) -> Path:
    """As a trainer leaves it, with noise, a spike now and then, and an evaluation every 500 steps."""
    config = RunConfig()
    config = replace(config, training=replace(config.training, max_steps=n_steps))
    run = RunDirectory.create(path, config)
    noise = random.Random(seed)
    with run.metrics_path.open("w", encoding="utf-8") as file:
        for step in range(1, n_steps + 1):
            file.writelines(json.dumps(line, separators=(",", ":")) + "\n" for line in lines_of(step, n_steps, noise))
    write_events(run, n_steps)
    run.write_data_facts(DataFacts(source=config.data.source, n_train_tokens=536_666, unigram_entropy=5.6))
    status = Status(state=run_directory.FINISHED, step=n_steps, max_steps=n_steps, vocab_size=1024, device="cpu")
    run.write_status(status)
    return path


def write_events(run: RunDirectory, n_steps: int) -> None:
    """Two thousand samples and two hundred snapshots along the way."""
    with run.events_path.open("w", encoding="utf-8") as file:
        for step in range(0, n_steps + 1, max(n_steps // 2000, 1)):
            file.write(json.dumps({"kind": "sample", "step": step, "text": "Once there was a kite. " * 12}) + "\n")
    run.snapshots_path.mkdir()
    for step in range(0, n_steps + 1, max(n_steps // 200, 1)):
        run.snapshot_path(step).touch()


def lines_of(step: int, n_steps: int, noise: random.Random) -> list[dict[str, Any]]:
    level = 1.9 + 5 * math.exp(-16 * step / n_steps)
    loss = level + noise.gauss(0, 0.08) + 2 * (noise.random() < 1e-5)
    elapsed = 0.0337 * step
    train = {
        "kind": "train", "seq": step, "segment": 0, "step": step, "loss": loss,
        "learning_rate": 3e-3 * min(step / 2000, 1) * (1 - 0.9 * step / n_steps),
        "gradient_norm": abs(noise.gauss(0.5, 0.1)), "weight_norm": 40 + math.log(step), "tokens": 1024 * step,
        "elapsed_s": elapsed, "tokens_per_s": 16_715 + noise.gauss(0, 300),
    }  # fmt: skip
    if step % 500:
        return [train]
    judged = {
        "kind": "evaluation", "seq": step, "segment": 0, "step": step, "perplexity": math.exp(level + 0.05),
        "bits_per_byte": 0.4 * level, "accuracy": 0.5, "exact": 0.0, "validation_loss": level + 0.05,
        "elapsed_s": elapsed,
    }  # fmt: skip
    return [train, judged]


def watched(folder: Path, runs: Sequence[Path]) -> dict[str, Any]:
    """What the window's process measured."""
    home = folder / "home"
    environment = {**child_environment(), "QT_QPA_PLATFORM": "offscreen", "PLAYGROUND_HOME": str(home)}
    command = [sys.executable, str(_WATCHER), *map(str, runs)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def gaps_words(found: dict[str, Any]) -> str:
    return (
        f"{found['longest_gap_ms']:.0f} ms (goal 50 ms), most work in one {found['most_work_ms']:.0f} ms; "
        f"of {found['n_beats']:,} gaps {found['n_over_16_ms']} were longer than 16 ms, "
        f"{found['n_work_over_16_ms']} by its own work"
    )


def frame_words(frames_ms: Sequence[tuple[float, float]]) -> str:
    waited, worked = (sorted(times) for times in zip(*frames_ms, strict=True))
    return f"a frame {spread_words(waited)} (goal 16 ms), of which work {spread_words(worked)}"


def spread_words(ordered: Sequence[float]) -> str:
    p95 = ordered[min(int(0.95 * len(ordered)), len(ordered) - 1)]
    return f"median {statistics.median(ordered):.1f} ms, p95 {p95:.1f}, most {ordered[-1]:.1f}"
