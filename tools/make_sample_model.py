"""Makes the model that comes with the program: `python tools/make_sample_model.py` (some ten minutes on two cores).

Trains a small run on the built-in tales, and keeps what people look at in `assets/sample-model`: config, tokenizer,
curve, events and a few snapshots in bfloat16. No checkpoint is kept, so it cannot be trained further.
"""

import dataclasses
import json
import shutil
import sys
import tempfile
from pathlib import Path

import torch

from playground.contract import storage
from playground.contract.config import RunConfig
from playground.contract.presets import preset
from playground.contract.run_directory import RunDirectory, Status
from playground.engine.model.weights import load_model, save_weights
from playground.engine.training.events import Evaluated
from playground.engine.training.trainer import train_run

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "assets" / "sample-model"
KEPT_STEPS = 10
SETTINGS = {
    "training.max_steps": 3500,
    "training.batch_size": 16,
    "training.learning_rate": 4e-3,
    "training.warmup_steps": 100,
    "training.evaluate_every": 250,
    "training.checkpoint_every": 3500,
    "training.max_snapshots": KEPT_STEPS,
}


def main() -> int:
    """Train and pack; returns the exit code."""
    config = preset("tiny").applied_to(RunConfig()).with_values(SETTINGS)
    with tempfile.TemporaryDirectory() as folder:
        run = RunDirectory.create(Path(folder) / "sample-model", config)
        for event in train_run(run):
            if isinstance(event, Evaluated):
                print(f"step {event.step:,}  validation loss {event.loss:.4f}", flush=True)
        shutil.rmtree(TARGET, ignore_errors=True)
        pack(run, RunDirectory(TARGET))
    print(f"{TARGET}: {sum(path.stat().st_size for path in TARGET.rglob('*') if path.is_file()) / 1e6:.1f} MB")
    return 0


def pack(run: RunDirectory, target: RunDirectory) -> None:
    """Copy a finished run without what only its training needed, weights in half the bits."""
    for folder in (target.path, target.snapshots_path):
        storage.make_folder(folder)
    for path in (run.config_path, run.data_path, run.metrics_path, run.events_path):
        shutil.copyfile(path, target.path / path.name)
    shutil.copytree(run.tokenizer_path, target.tokenizer_path)
    for step in run.snapshot_steps():
        model = load_model(run, step)
        save_weights(model, target.snapshot_path(step), {"step": str(step)}, torch.bfloat16)
    status = dataclasses.replace(run.status(), pid=Status().pid, host=Status().host)
    storage.write_text(target.status_path, json.dumps(dataclasses.asdict(status), indent=1) + "\n")


if __name__ == "__main__":
    sys.exit(main())
