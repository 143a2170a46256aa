"""The very model as a picture: what is added to the residual stream, in which shapes, with how many parameters.

Shows a config; a part can be pointed at, walked to with the arrow keys, and clicked to ask for its setting.
"""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.contract.model_config import ModelConfig
from playground.ui.charts.block_layout import BlockLayout, lay_out
from playground.ui.charts.block_ledger import LedgerPainter
from playground.ui.charts.block_painter import BlockPainter, badge_font, badge_words
from playground.ui.charts.block_parts import Part, extra_parts, parts_of
from playground.ui.charts.block_rows import ENCODER_SIDE, LAYERS, STREAM, base_key
from playground.ui.theme import colour, theme
from playground.ui.translation import translate
from playground.ui.widgets.export import PictureMenu, Table

_LEAST_HEIGHT = 250


class BlockDiagram(QWidget):
    """Give it a model; it draws itself.

    Signals:
        part_hovered (str): the key of the part under the mouse or the keyboard's mark; "" for none.
        setting_requested (str): the person wants to change this setting, by its dotted name.
    """

    part_hovered = Signal(str)
    setting_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._config, self._vocab_size, self._batch_size = ModelConfig(), 1, 1
        self._parts: tuple[Part, ...] = ()
        self._extra: tuple[Part, ...] = ()
        self._layout: BlockLayout | None = None  # made when it is needed
        self._marked = ""
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # spares painting the card under it
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(_LEAST_HEIGHT)
        self.menu = PictureMenu(self, "model", table=self.table)
        theme().changed.connect(self.update)

    def show_model(self, config: ModelConfig, vocab_size: int, batch_size: int) -> None:
        """Draw another model. An impossible one is drawn, too, with what does not fit in red."""
        self._config, self._vocab_size, self._batch_size = config, vocab_size, batch_size
        self.retranslate()

    def retranslate(self) -> None:
        self._parts = parts_of(self._config, self._vocab_size, self._batch_size)
        self._extra = extra_parts(self._config)
        self._layout = None
        if not self.part(self._marked):
            self._mark("")
        self.setAccessibleName(translate("BlockDiagram", "Diagram of the model"))
        self.setAccessibleDescription(", ".join(f"{part.name} {part.words}" for part in self._parts))
        self.update()

    def part(self, key: str) -> Part | None:
        """The part of that key as the model in view has it."""
        return next((part for part in (*self._parts, *self._extra) if part.key == key), None)

    def parts(self) -> tuple[Part, ...]:
        """All rows from top to bottom."""
        return self._parts

    def layout_now(self) -> BlockLayout:
        """Where everything lies."""
        if self._layout is None:
            badge = QFontMetricsF(badge_font()).horizontalAdvance(badge_words(self._config.n_layers)) + 16
            self._layout = lay_out(self._config, self._vocab_size, self.width(), self.height(), badge)
        return self._layout

    def table(self) -> Table:
        """The parts with their parameters, for taking along."""
        header = ("part", "shape", "formula", "parameters each", "times", "parameters")
        rows = [
            (part.name, part.words, part.formula, part.n_each, part.n_times, part.n_parameters) for part in self._parts
        ]
        return Table(header=header, rows=rows)

    def _mark(self, key: str) -> None:
        if key != self._marked:
            self._marked = key
            self.setCursor(Qt.CursorShape.PointingHandCursor if key else Qt.CursorShape.ArrowCursor)
            self.part_hovered.emit(key)
            self.update()

    def _request(self, key: str) -> None:
        if part := self.part(key):
            self.setting_requested.emit(part.setting)

    def _walk(self, step: int) -> None:
        keys = [part.key for part in self._parts]
        at = keys.index(self._marked) if self._marked in keys else (-1 if step > 0 else len(keys))
        self._mark(keys[min(max(at + step, 0), len(keys) - 1)])

    def _paint_mark(self, painter: QPainter) -> None:
        layout = self.layout_now()
        tower = layout.towers[0] if self._marked.startswith(ENCODER_SIDE) else layout.main
        if base_key(self._marked) == LAYERS:
            area = tower.badge.adjusted(-2, -2, 2, 2)
        elif base_key(self._marked) == STREAM:
            area = tower.block.adjusted(3, 3, 0, -3)
            area.setRight(tower.stream_x + 12)
            area.setLeft(tower.stream_x - 12)
        else:
            area = layout.bands[self._marked].adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(colour("accent"), 1.5) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent", 0.1))
        painter.drawRoundedRect(area, 6, 6)

    # Qt

    def sizeHint(self) -> QSize:
        return QSize(900, 420)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("panel"))
        layout = self.layout_now()
        shapes = BlockPainter(painter, layout, self._config, self._vocab_size)
        shapes.paint_ground()
        if self._marked:
            self._paint_mark(painter)
        shapes.paint()
        LedgerPainter(painter, layout, self.width(), self._config).paint(self._parts)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._layout = None
        super().resizeEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mark(self.layout_now().key_at(event.position().x(), event.position().y()))

    def leaveEvent(self, event: QEvent) -> None:
        self._mark("")
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._request(self.layout_now().key_at(event.position().x(), event.position().y()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._walk(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._marked:
            self._request(self._marked)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._mark("")
        super().focusOutEvent(event)
