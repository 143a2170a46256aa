"""What every page has: a heading with buttons, one big picture, settings at the side, and words when it is empty."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from playground.ui.theme import GRID, SIDE_PANEL_WIDTH, colour, theme
from playground.ui.widgets.buttons import Button
from playground.ui.widgets.card import PlainLabel, SectionLabel
from playground.ui.widgets.heading import Heading
from playground.ui.widgets.scroll_bar import use_thin_scroll_bars

_EMPTY_WIDTH = 520  # pixels of the sentence on an empty page


class PageFrame(QWidget):
    """A page's skeleton. Subclasses fill `body` (the picture), `buttons` (right of the heading) and `side`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = Heading()
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(GRID)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self.side = SidePanel()
        self.empty = EmptyNotice()
        self.notice = NoticeBar()
        self._stack = QStackedWidget()
        self._build_frame()

    def show_empty(self, sentence: str, button: str) -> None:
        """Instead of the picture, say what will be here and offer the one button that fills it."""
        self.empty.show_words(sentence, button)
        self._stack.setCurrentIndex(1)

    def show_filled(self) -> None:
        """Show the picture."""
        self._stack.setCurrentIndex(0)

    def _build_frame(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addLayout(self.buttons)
        picture = QWidget()
        picture.setLayout(self.body)
        self.body.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(picture)
        self._stack.addWidget(self.empty)
        centre = QVBoxLayout()
        centre.setContentsMargins(20, 14, 20, 16)
        centre.setSpacing(12)
        centre.addLayout(top)
        centre.addWidget(self.notice)
        centre.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(centre, 1)
        row.addWidget(self.side)


class SidePanel(QScrollArea):
    """The settings of a page, in one column that scrolls when it must."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(SIDE_PANEL_WIDTH)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        use_thin_scroll_bars(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = _PanelGround()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(16, 14, 16, 16)
        self._column.setSpacing(GRID)
        self._column.addStretch(1)
        self.setWidget(inside)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Append a widget; one with `stretch` takes the height that is left."""
        self._column.insertWidget(self._column.count() - 1, widget, stretch)
        if stretch:
            self._column.setStretch(self._column.count() - 1, 0)

    def add_section(self, title: str) -> PlainLabel:
        """A small heading; returned so that it can change its language."""
        label = SectionLabel(title)
        self.add(label)
        return label


class _PanelGround(QWidget):
    def __init__(self) -> None:
        super().__init__()
        theme().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("panel"))
        painter.setPen(colour("line"))
        painter.drawLine(0, 0, 0, self.height())


class EmptyNotice(QWidget):
    """One sentence and one button in the middle of an empty page."""

    filled_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = PlainLabel(dim=True, wrap=True, pixels=15)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setFixedWidth(_EMPTY_WIDTH)
        self._button = Button(kind="primary")
        self._button.clicked.connect(self.filled_requested)
        box = QVBoxLayout(self)
        box.setSpacing(16)
        box.addStretch(2)
        box.addWidget(self._words, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(3)

    def show_words(self, sentence: str, button: str) -> None:
        self._words.setText(sentence)
        self._words.setFixedHeight(self._words.heightForWidth(_EMPTY_WIDTH))  # a centred label is not asked for it
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self._button.updateGeometry()


class NoticeBar(QWidget):
    """A sentence across the page's top: an error or a fact, until it is closed or replaced.

    Signals:
        button_clicked: of the button that came with the fact.
    """

    button_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role = "bad"
        self._words = PlainLabel(wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.button = Button()
        self.button.clicked.connect(self.button_clicked)
        self._close = Button("✕", kind="quiet")
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 4, 4)
        row.addWidget(self._words, 1)
        row.addWidget(self.button)
        row.addWidget(self._close)
        self.hide()

    def show_error(self, sentence: str, button: str = "") -> None:
        """`button` offers something to do about it."""
        self._show(sentence, "bad", button)

    def show_fact(self, sentence: str, button: str = "") -> None:
        """`button` offers something to do about it."""
        self._show(sentence, "accent", button)

    def text(self) -> str:
        return self._words.text() if not self.isHidden() else ""

    def _show(self, sentence: str, role: str, button: str = "") -> None:
        self._role = role
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.button.updateGeometry()
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colour(self._role, 0.6))
        painter.setBrush(colour(self._role, 0.10))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)
