"""The previews of settings with sample values, for the gallery."""

import numpy as np
from PySide6.QtWidgets import QGridLayout, QWidget

from playground.contract.model_config import ModelConfig
from playground.contract.training_config import TrainingConfig
from playground.ui.charts.position_picture import PositionPicture
from playground.ui.charts.schedule_preview import SchedulePreview
from playground.ui.widgets.card import Card


def schedule_preview() -> QWidget:
    """All schedules, one below the other."""
    card = Card()
    for schedule, warmup in (("cosine", 50), ("warmup_stable_decay", 300), ("inverse_square_root", 100)):
        preview = SchedulePreview()
        preview.show_training(TrainingConfig(schedule=schedule, warmup_steps=warmup))
        card.body.addWidget(preview)
    card.resize(288, 420)
    return card


def positions() -> QWidget:
    """All kinds of positions side by side, and the table of a model that has learned one."""
    card = Card()
    grid = QGridLayout()
    grid.setSpacing(24)
    card.body.addLayout(grid)
    for index, position in enumerate(("sinusoidal", "rotary", "alibi", "learned", "none")):
        picture = PositionPicture()
        picture.show_model(ModelConfig(position=position, n_heads=8))
        if position == "learned":
            picture.show_table(np.random.default_rng(1).normal(0.0, 0.02, (64, 128)))
        grid.addWidget(picture, index // 3, index % 3)
    card.resize(1100, 820)
    return card
