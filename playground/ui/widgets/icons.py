"""Our own SVG icons out of `assets/icons`, drawn in a colour of the theme.

An icon file uses `currentColor`; it is replaced before drawing.
"""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from playground.contract.assets import assets_folder


def icon(name: str, colour: QColor, pixels: int = 20) -> QIcon:
    """The icon `assets/icons/NAME.svg` in one colour, crisp up to three times scaled screens."""
    made = QIcon()
    for scale in (1, 2, 3):
        made.addPixmap(_pixmap(name, colour.name(), pixels, scale))
    return made


@cache
def _pixmap(name: str, colour_name: str, pixels: int, scale: int) -> QPixmap:
    source = (assets_folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour_name).encode()))
    drawn = QPixmap(pixels * scale, pixels * scale)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    renderer.render(painter, QRectF(0, 0, pixels * scale, pixels * scale))
    painter.end()
    drawn.setDevicePixelRatio(scale)
    return drawn
