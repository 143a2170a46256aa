"""The picture of positions: its numbers are the formulas', it tells any of them, and each kind has its own."""

import math
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from playground.contract.model_config import ENCODER, POSITIONS, ModelConfig
from playground.contract.position_tables import sinusoidal_table
from playground.ui.charts.position_painting import plot_box
from playground.ui.charts.position_picture import PositionPicture
from playground.ui.theme import colours

MODEL = ModelConfig(d_model=32, n_heads=4, n_ctx=16)


@pytest.fixture
def picture(qtbot: QtBot) -> PositionPicture:
    made = PositionPicture()
    qtbot.addWidget(made)
    made.resize(320, 460)
    made.show()
    return made


def point_at(picture: PositionPicture, qtbot: QtBot, view: int, across: float, down: float) -> dict[str, str]:
    """Move the mouse to a place in a view, and read what the card says."""
    area = plot_box(picture.view_box(view))
    place = QPointF(area.left() + across * area.width(), area.top() + down * area.height())
    qtbot.mouseMove(picture, place.toPoint())
    return dict(picture.point_words())


def test_sines_are_drawn_and_told(picture: PositionPicture, qtbot: QtBot) -> None:
    picture.show_model(replace(MODEL, position="sinusoidal"))
    shown = picture.array()
    assert shown is not None
    np.testing.assert_allclose(shown, sinusoidal_table(16, 32))
    words = point_at(picture, qtbot, 0, 2.5 / 32, 3.5 / 16)
    assert words == {"Position": "3", "Dimension": "2", "Value": f"{math.sin(3 / 10_000 ** (2 / 32)):.4g}"}
    qtbot.mouseMove(picture, QPoint(2, 2))
    assert picture.point_words() == []


def test_colours_say_the_sign(picture: PositionPicture) -> None:
    picture.show_model(replace(MODEL, position="learned"))
    picture.show_table(np.array([[1.0, -1.0], [0.0, 0.5]]))
    area = plot_box(picture.view_box(0))
    image = picture.grab().toImage()

    def shade(across: float, down: float) -> QColor:
        return image.pixelColor(int(area.left() + across * area.width()), int(area.top() + down * area.height()))

    assert shade(0.25, 0.25) == QColor(colours().validation)
    assert shade(0.75, 0.25) == QColor(colours().train)
    assert shade(0.25, 0.75) == QColor(colours().panel)


def test_learned_positions_wait_for_their_table(picture: PositionPicture) -> None:
    picture.show_model(MODEL)
    assert "16 × 32 numbers" in picture.sentence()
    assert picture.array() is None
    table = np.random.default_rng(1).normal(size=(16, 32))
    picture.show_table(table)
    shown = picture.array()
    assert shown is not None
    assert shown.tolist() == table.tolist()
    picture.show_model(replace(MODEL, n_ctx=8))
    assert picture.array() is None


def test_rotation_and_its_likeness(picture: PositionPicture, qtbot: QtBot) -> None:
    picture.show_model(replace(MODEL, position="rotary"))
    words = point_at(picture, qtbot, 0, 1.5 / 4, 5.5 / 16)
    assert words == {"Position": "5", "Pair of numbers": "1", "Cosine": f"{math.cos(5 / 10):.4g}"}
    words = point_at(picture, qtbot, 1, 5 / 15, 0.5)
    likeness = sum(math.cos(5 / 10**pair) for pair in range(4)) / 4
    assert words == {"Distance (tokens)": "5", "Cosine": f"{likeness:.4g}"}


def test_a_line_of_alibi_chooses_the_head(picture: PositionPicture, qtbot: QtBot) -> None:
    picture.show_model(replace(MODEL, position="alibi"))  # slopes 1/4, 1/16, 1/64, 1/256
    assert point_at(picture, qtbot, 1, 2.5 / 16, 10.5 / 16)["Added"] == "-2"
    assert point_at(picture, qtbot, 1, 10.5 / 16, 2.5 / 16)["Added"] == "masked"
    words = point_at(picture, qtbot, 0, 12 / 15, 0.2)
    assert words == {"H2": "", "Distance (tokens)": "12", "Added": "-0.75"}
    assert point_at(picture, qtbot, 1, 2.5 / 16, 10.5 / 16)["Added"] == "-0.5"


def test_an_encoder_looks_both_ways(picture: PositionPicture, qtbot: QtBot) -> None:
    picture.show_model(replace(MODEL, position="alibi", kind=ENCODER))
    assert point_at(picture, qtbot, 1, 10.5 / 16, 2.5 / 16)["Added"] == "-2"


def test_without_positions_a_sentence_says_what_is_lost(picture: PositionPicture) -> None:
    picture.show_model(replace(MODEL, position="none"))
    assert "how far away" in picture.sentence()
    picture.show_model(replace(MODEL, position="none", kind=ENCODER))
    assert "order is lost" in picture.sentence()
    assert picture.array() is None


@pytest.mark.parametrize("position", POSITIONS)
def test_large_models_stay_small_pictures(picture: PositionPicture, position: str) -> None:
    picture.show_model(ModelConfig(d_model=16_384, n_heads=128, n_ctx=8192, position=position))
    picture.show_table(np.zeros((8192, 512), dtype=np.float32))
    shown = picture.array()
    assert shown is None or max(shown.shape) <= 128
    assert picture.grab().width() == 320
    assert picture.minimumSizeHint().width() == 280


def test_what_cannot_be_built_shows_nothing(picture: PositionPicture) -> None:
    picture.show_model(ModelConfig(n_heads=5, position="rotary"))
    assert picture.sentence() == ""
    assert picture.array() is None
    assert list(picture.table().rows) == []


def test_the_table_to_take_along(picture: PositionPicture) -> None:
    picture.show_model(replace(MODEL, position="alibi"))
    table = picture.table()
    rows = list(table.rows)
    assert table.header == ("head", "distance", "value")
    assert len(rows) == 4 * 16
    assert rows[16 + 12] == (2, 12, -0.75)
