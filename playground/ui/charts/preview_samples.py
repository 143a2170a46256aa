"""The previews of settings with sample values, for the gallery."""

from PySide6.QtWidgets import QWidget

from playground.contract.training_config import TrainingConfig
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
