"""The Train page and its parts with sample values, for the gallery."""

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from playground.contract import run_directory
from playground.contract.config import RunConfig
from playground.contract.messages import TextDescription
from playground.contract.presets import preset
from playground.contract.run_directory import DataFacts
from playground.ui.pages.train.compare_list import Comparable, CompareList
from playground.ui.pages.train.controls import RunSituation, new_run_controls, run_controls
from playground.ui.pages.train.happenings import samples_of
from playground.ui.pages.train.page import THIS_RUN, TrainPage
from playground.ui.pages.train.plot import RunNumbers
from playground.ui.pages.train.run_marks import happenings_of
from playground.ui.pages.train.run_picture import RunPicture
from playground.ui.pages.train.sample_card import SampleCard
from playground.ui.pages.train.sample_texts import Sample
from playground.ui.pages.train.settings_table import RunColumn, SettingsTable
from playground.ui.state.metrics import Metrics
from playground.ui.state.run_differences import differing_settings

_TALE = "Once there was a red kite that lived by the river. Mina found the kite under the old bridge."
_MAX_STEPS, _VOCAB_SIZE = 1000, 1024


def sample_card() -> QWidget:
    """What the model wrote at three evaluations."""
    card = SampleCard()
    card.show_samples([Sample(step=step, text=_TALE) for step in (100, 200, 300)])
    card.resize(420, 200)
    return card


def compare_list() -> QWidget:
    """Two runs that are drawn, one that could be, one that cannot."""
    runs = CompareList()
    runs.show_runs(
        [
            Comparable(path=Path("/runs/no warmup"), slot=0),
            Comparable(path=Path("/runs/猫の話"), slot=1),
            Comparable(path=Path("/runs/a run whose name is much too long for the side of the page")),
            Comparable(path=Path("/runs/one too many"), why_not="At most 4 runs are drawn beside this one."),
        ]
    )
    runs.resize(256, 110)
    return runs


def settings_table() -> QWidget:
    """Three runs and what differs between them."""
    configs = [RunConfig() for _ in range(3)]
    configs[1] = replace(configs[1], training=replace(configs[1].training, learning_rate=1e-3, warmup_steps=0))
    configs[2] = replace(configs[2], model=replace(configs[2].model, norm="layer"))
    table = SettingsTable()
    table.show_runs(
        [
            RunColumn(name="tales-en tiny", role="train", last_loss=1.91, last_validation=2.01, best_validation=2.0),
            RunColumn(name="no warmup", role="other-0", last_loss=2.4, last_validation=2.62, best_validation=2.6),
            RunColumn(name="猫の話", role="other-1", last_loss=1.88),
        ],
        differing_settings(configs),
    )
    table.resize(520, 190)
    return table


def run_picture() -> QWidget:
    """A training that is two thirds done."""
    picture = RunPicture()
    _fill(picture)
    picture.resize(1000, 640)
    return picture


def training_page() -> QWidget:
    """The page while a run is in training."""
    page = TrainPage()
    page.show_has_run(True)
    page.show_mode(THIS_RUN)
    page.show_heading("Training on tales-en", "620 of 1,000 steps · 38 s left · 21,400 tokens/s")
    page.show_controls(run_controls(RunSituation(has_run=True, state=run_directory.TRAINING)))
    page.run_panel.show_facts([("Parameters", "918,656"), ("Text", "tales-en, 2.2 MB"), ("Device", "CPU")])
    page.run_panel.show_active(True)
    _fill(page.run_picture)
    page.resize(1364, 744)
    return page


def new_run_page() -> QWidget:
    """The page before a training."""
    config = preset("tiny").applied_to(RunConfig())
    text = TextDescription(
        source=config.data.source, size_bytes=2_203_210, n_characters=2_203_210, n_distinct_characters=53,
        n_lines=6255, n_files=1, encoding="utf-8", preview=_TALE,
    )  # fmt: skip
    page = TrainPage()
    page.show_heading("Train a new model", "1,000 steps on tales-en")
    page.show_controls(new_run_controls(""))
    page.new_panel.show_draft(config, "tiny")
    page.new_panel.show_source(text.source, text)
    page.new_panel.show_name("tales-en tiny", "")
    page.new_picture.show_text(text.source, text)
    page.new_picture.show_draft(config, _VOCAB_SIZE, True)
    page.resize(1364, 744)
    return page


def _fill(picture: RunPicture) -> None:
    metrics = Metrics()
    for step in range(1, 621):
        loss = 1.9 + 5.0 * math.exp(-step / 120)
        metrics.extend(
            [
                {
                    "kind": "train", "step": step, "loss": loss + 0.1 * math.sin(step * 1.7), "tokens": 768 * step,
                    "learning_rate": 3e-3 * min(step / 50, 1.0), "gradient_norm": 0.4 + 2 / step,
                    "elapsed_s": step / 28, "tokens_per_s": 21_400.0,
                }
            ]
        )  # fmt: skip
        if step % 100 == 0:
            metrics.extend([{"kind": "evaluation", "step": step, "validation_loss": loss + 0.1}])
    config = replace(RunConfig(), training=replace(RunConfig().training, max_steps=_MAX_STEPS))
    facts = DataFacts(unigram_entropy=5.31, n_train_tokens=480_000)
    picture.show_run(RunNumbers(metrics=metrics, config=config, facts=facts, vocab_size=_VOCAB_SIZE))
    events: list[dict[str, Any]] = [{"kind": "rate_changed", "step": 300, "factor": 0.5}]
    events += [{"kind": "sample", "step": step, "text": _TALE} for step in (100, 200, 300, 400, 500, 600)]
    picture.show_happenings(
        happenings_of(events, samples_of(events), [0, 100, 200, 400, 500, 600], [(400, "kites, slower")])
    )
    picture.show_moment(500)
    picture.samples.show_samples([Sample(step=step, text=_TALE) for step in (100, 200, 300, 400, 500, 600)])
