"""Where the words of an event are written: beside its line, and never over others."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from playground.ui.charts.curve_marks import EVENT, STRIP, Mark, Marks

AREA = QRectF(0, 0, 400, 120)
LINE = 200
WORDS_TOP = int(AREA.bottom()) - STRIP - 17


def written(taken: list[QRectF], x: float = LINE) -> tuple[bool, bool]:
    """Whether there is anything to the left and to the right of an event's line."""
    marks = Marks(lambda places: np.asarray(places, dtype=np.float64))
    marks.show([Mark(x, EVENT, "paused")])
    image = QImage(400, 120, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    painter = QPainter(image)
    marks.paint(painter, AREA, taken)
    painter.end()
    bits = np.asarray(image.constBits()).reshape(120, 400, 4)[WORDS_TOP : WORDS_TOP + 16, :, :3]
    is_dark = bits.min(axis=(0, 2)) < 200
    return bool(is_dark[: int(x) - 2].any()), bool(is_dark[int(x) + 3 :].any())


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("taken", "where"),
    [
        ([], (False, True)),
        ([QRectF(210, WORDS_TOP, 60, 16)], (True, False)),
        ([QRectF(210, 0, 60, 16)], (False, True)),
        ([QRectF(210, WORDS_TOP - 8, 60, 16), QRectF(150, WORDS_TOP + 8, 60, 16)], (False, False)),
    ],
)
def test_words_of_an_event_give_way(taken: list[QRectF], where: tuple[bool, bool]) -> None:
    assert written(taken) == where


def test_words_stay_inside(qapp: QApplication) -> None:
    assert written([], x=395) == (True, False)
    assert written([QRectF(330, WORDS_TOP, 60, 16)], x=395) == (False, False)
