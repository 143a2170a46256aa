"""The preview of the learning rate: its curve is the training's own, it tells any step, and it follows the settings."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from playground.contract.config import RunConfig
from playground.contract.schedule import learning_rate
from playground.contract.training_config import SCHEDULES, TrainingConfig
from playground.ui.charts.schedule_preview import SchedulePreview
from playground.ui.pages.train.new_run_panel import NewRunPanel
from playground.ui.theme import colours

TRAINING = TrainingConfig(max_steps=200, warmup_steps=50, learning_rate=0.002, schedule="linear")


@pytest.fixture
def preview(qtbot: QtBot) -> SchedulePreview:
    made = SchedulePreview()
    qtbot.addWidget(made)
    made.resize(256, 112)
    made.show_training(TRAINING)
    made.show()
    return made


@pytest.mark.parametrize("schedule", SCHEDULES)
@pytest.mark.parametrize(("max_steps", "warmup"), [(1, 0), (1, 5), (200, 50), (10_000_000, 2_000)])
def test_the_curve_is_the_trainings(preview: SchedulePreview, schedule: str, max_steps: int, warmup: int) -> None:
    training = TrainingConfig(max_steps=max_steps, warmup_steps=warmup, schedule=schedule)
    preview.show_training(training)
    curve = preview.array()
    assert curve is not None
    assert curve[0, 0] == 1
    assert curve[-1, 0] == max_steps
    assert len(curve) < 500
    assert curve[:, 1].tolist() == [learning_rate(int(step), training) for step in curve[:, 0]]
    assert preview.grab().width() == 256


def test_hover_tells_a_step(preview: SchedulePreview, qtbot: QtBot) -> None:
    qtbot.mouseMove(preview, QPoint(29, 60))
    words = dict(preview.point_words())
    step = int(words["Step"])
    assert 20 <= step <= 28  # about an eighth of the way
    assert words["Learning rate"] == f"{0.002 * step / 50:.3g}"
    assert words["Warmup"] == f"{step} / 50"
    qtbot.mouseMove(preview, QPoint(250, 60))
    assert dict(preview.point_words())["Step"] == "200"
    assert dict(preview.point_words())["Learning rate"] == "0.0002"
    assert "Warmup" not in dict(preview.point_words())


def test_warmup_is_shaded(preview: SchedulePreview) -> None:
    picture = preview.grab().toImage()
    soft = QColor(colours().accent_soft)
    line = [picture.pixelColor(x, 24) == soft for x in range(picture.width())]
    assert sum(line) == pytest.approx(55, abs=8)  # a quarter of the steps
    preview.show_training(TrainingConfig(warmup_steps=0))
    picture = preview.grab().toImage()
    assert not any(picture.pixelColor(x, 24) == soft for x in range(picture.width()))


def test_it_says_where_the_rate_peaks_and_ends(preview: SchedulePreview) -> None:
    assert preview.accessibleDescription() == "Warmup 50 steps, peak 0.002, at step 200 0.0002"


def test_settings_out_of_range_show_nothing(preview: SchedulePreview) -> None:
    before = preview.grab().toImage()
    preview.show_training(TrainingConfig(max_steps=0))
    assert preview.array() is None
    assert preview.point_words() == []
    assert preview.grab().toImage() != before
    preview.show_training(TRAINING)
    assert np.array_equal(preview.grab().toImage().constBits(), before.constBits())


def test_the_panel_of_a_new_run_redraws_it(qtbot: QtBot) -> None:
    panel = NewRunPanel()
    qtbot.addWidget(panel)
    for schedule in ("cosine", "constant"):
        training = replace(TRAINING, schedule=schedule)
        panel.show_draft(RunConfig(training=training), "")
        curve = panel.schedule.array()
        assert curve is not None
        assert curve[-1].tolist() == [200, learning_rate(200, training)]
