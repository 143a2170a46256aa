"""The Runs page and its table with sample values, for the gallery."""

import math
import time
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QWidget

from playground.contract import run_directory
from playground.contract.config import RunConfig
from playground.contract.exchange_messages import ModelTable
from playground.contract.presets import preset
from playground.ui.pages.runs.page import RunsPage
from playground.ui.pages.runs.run_table import RunTable
from playground.ui.state.run_details import RunDetails, nearest_preset
from playground.ui.state.run_origin import FULL, Origin
from playground.ui.state.run_summary import DAMAGED, RunSummary

_STATES = (
    ("tales-en tiny", run_directory.TRAINING, 620),
    ("a longer warmup", run_directory.PAUSED, 410),
    ("猫の話", run_directory.FINISHED, 1000),
    ("tales-en tiny 2", run_directory.STOPPED, 300),
    ("too fast", run_directory.FAILED, 130),
    ("left alone", run_directory.INTERRUPTED, 240),
    ("planned", run_directory.NEW, 0),
    ("scratched", DAMAGED, 0),
)


def run_table() -> QWidget:
    """A run in each state."""
    table = RunTable()
    table.show_runs(_runs())
    table.show_in_view(_runs()[0].path)
    table.resize(1000, 420)
    return table


def runs_page() -> QWidget:
    """The page with a run picked."""
    config = preset("tiny").applied_to(RunConfig()).with_values({"training.max_steps": 400, "model.n_layers": 2})
    nearest, differences = nearest_preset(config)
    page = RunsPage()
    page.show_runs(_runs())
    page.show_in_view(_runs()[0].path)
    page.table.show_first_chosen()
    sample = "Once there was a red kite that lived by the river. Mina found the kite under the old bridge."
    details = RunDetails(
        path=_runs()[0].path,
        config=config,
        preset=nearest,
        differences=differences,
        sample=sample,
        sample_step=600,
        origin=Origin(source=str(_runs()[3].path), how=FULL, step=300),
        last_snapshot=600,
    )
    page.show_details(details, "")
    page.show_model(600, _table(), True)
    page.resize(1364, 744)
    return page


def _table() -> ModelTable:
    return ModelTable(
        path="/runs/tales-en tiny int8",
        names=["before", "int8"],
        sizes_bytes=np.array([3_700_000, 960_000]),
        perplexities=np.array([6.882, 6.891]),
        tokens_per_s=np.array([1480.0, 1130.0]),
        words=[],
    )


def _runs() -> tuple[RunSummary, ...]:
    return tuple(_run(index, *each) for index, each in enumerate(_STATES))


def _run(index: int, name: str, state: str, n_steps: int) -> RunSummary:
    path, changed_at = Path("/runs") / name, time.time() - 900 * index * index
    if state == DAMAGED:
        return RunSummary(path=path, state=state, problem="config.toml is damaged.", changed_at=changed_at)
    return RunSummary(
        path=path,
        state=state,
        step=n_steps,
        max_steps=1000,
        kind=("decoder", "encoder", "encoder_decoder")[index % 3],
        validation_loss=_loss(n_steps) if n_steps else math.nan,
        best_loss=_loss(n_steps) if n_steps else math.nan,
        best_step=n_steps,
        note="half the learning rate, as Mina proposed" if index == 1 else "",
        origin=Origin(source="/runs/tales-en tiny", how=FULL, step=600) if index in (1, 4) else None,
        host="gpu7" if state == run_directory.TRAINING else "",
        n_parameters=918_656 * n_steps // max(n_steps, 1),
        source="builtin:tales-en",
        changed_at=changed_at,
        size_bytes=1_200_000 * (index + 1),
        losses=tuple((float(step), _loss(step)) for step in range(0, n_steps, 20)),
    )


def _loss(step: int) -> float:
    return 1.9 + 5.0 * math.exp(-step / 120)
