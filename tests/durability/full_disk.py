"""Trains on true small disks until each is full, makes room, and goes on; prints what was said and what differs.

unshare --map-root-user --mount python full_disk.py FOLDER KILOBYTES...
"""

import json
import subprocess
import sys
from pathlib import Path

import torch
from hard_runs import end_of, make_run, problems_of

from playground.contract.errors import PlaygroundError
from playground.contract.run_directory import RunDirectory
from playground.engine.training import events
from playground.engine.training.trainer import train_run


def trained(run: RunDirectory) -> tuple[int, str]:
    """The newest checkpoint that was told, and the sentence that ended the training; "" if it is finished."""
    kept = 0
    try:
        for event in train_run(run, resume=True):
            if isinstance(event, events.CheckpointSaved):
                kept = event.step
    except PlaygroundError as error:
        return kept, str(error)
    return kept, ""


def on_a_disk_of(kilobytes: int, folder: Path) -> dict[str, object]:
    """Train there until it is full, then with room enough."""
    place = folder / f"disk-{kilobytes}"
    place.mkdir()
    _mount(place, kilobytes)
    try:
        run = make_run(place, "run", "decoder")
        kept, sentence = trained(run)
        status = run.status()
        newest = max(run.checkpoint_steps(), default=0)
        _mount(place, 64_000, "remount,")
        _, then = trained(run) if sentence else (0, "")
        return {
            "sentence": sentence, "status": status.message, "kept": kept, "newest": newest, "then": then,
            "problems": problems_of(run), "end": end_of(run),
        }  # fmt: skip
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def _mount(place: Path, kilobytes: int, options: str = "") -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"{options}size={kilobytes}k", "none", str(place)], check=True)


def main() -> None:
    torch.set_num_threads(1)
    folder = Path(sys.argv[1])
    sizes = [64_000, *map(int, sys.argv[2:])]
    print(json.dumps({size: on_a_disk_of(size, folder) for size in sizes}))


if __name__ == "__main__":
    main()
