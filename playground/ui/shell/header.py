"""The line above every page: the run in view, the moment in view, the training in progress, and the window's switches.

A view: shows what it is told and reports wishes. The menu of runs belongs to the window.
"""

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from playground.ui.shell.training_status import TrainingStatus
from playground.ui.shell.words import TrainingWords, moment_words
from playground.ui.theme import GRID, colour, interface_font, theme
from playground.ui.translation import translate
from playground.ui.visible_text import visible
from playground.ui.widgets.buttons import Button
from playground.ui.widgets.card import PlainLabel
from playground.ui.widgets.fields import paint_chevron
from playground.ui.widgets.icons import icon

HEIGHT = 48
_NAME_WIDTH = 260  # pixels at most for a run's name


class RunButton(Button):
    """The name of the run in view, elided when long; a press opens the menu of runs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(interface_font(bold=True)).horizontalAdvance(self.text())
        return QSize(min(width, _NAME_WIDTH) + 44, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 120), self.sizeHint().height())

    def _paint_content(self, painter: QPainter) -> None:
        painter.setFont(interface_font(bold=True))
        area = self.rect().adjusted(12, 0, -30, 0)
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        paint_chevron(painter, QPointF(self.width() - 17, self.height() / 2), is_open=True)


class Header(QWidget):
    """Run, moment, training, switches."""

    runs_requested = Signal()
    training_requested = Signal()
    palette_requested = Signal()
    language_requested = Signal()
    theme_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.run = RunButton()
        self._moment = PlainLabel(dim=True)
        self._training = TrainingStatus()
        self._palette = Button("Ctrl K")
        self._language = Button()
        self._theme = Button()
        self._run_name = ""
        self._at: tuple[int, int] | None = None
        self._lay_out()
        self._connect()
        self._recolour()
        self.retranslate()

    def show_run(self, name: str) -> None:
        """The run in view; "" for none."""
        self._run_name = name
        self.run.setText(visible(name, 120) if name else translate("Header", "Choose a run"))
        self.run.updateGeometry()

    def show_moment(self, step: int, max_steps: int) -> None:
        """The snapshot in view."""
        self._at = (step, max_steps)
        self._moment.setText(moment_words(step, max_steps))

    def show_no_moment(self) -> None:
        """There is no snapshot yet."""
        self._at = None
        self._moment.setText("")

    def show_training(self, words: TrainingWords) -> None:
        self._training.show_words(words)

    def show_no_training(self) -> None:
        self._training.show_words(TrainingWords())

    def retranslate(self) -> None:
        self.show_run(self._run_name)
        if self._at:
            self.show_moment(*self._at)
        self.run.setToolTip(
            translate("Header", "The run in view. Every page shows this model (Ctrl+Shift+O opens another).")
        )
        self.run.setAccessibleName(translate("Header", "Run in view"))
        self._palette.setToolTip(translate("Header", "Everything that can be done, by name (Ctrl+K)"))
        self._palette.setAccessibleName(translate("Header", "Command palette"))
        # Each button names the language it switches to, in that language.
        self._language.setText(translate("Header", "日本語"))
        self._language.setToolTip(translate("Header", "Show the interface in Japanese (Ctrl+Shift+L)"))
        self._language.updateGeometry()
        self._theme.setToolTip(translate("Header", "Light or dark (Ctrl+Shift+D)"))
        self._theme.setAccessibleName(translate("Header", "Theme"))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(GRID)
        row.addWidget(self.run)
        row.addSpacing(GRID)
        row.addWidget(self._moment)
        row.addStretch(1)
        row.addWidget(self._training)
        row.addSpacing(GRID)
        for button in (self._palette, self._language, self._theme):
            row.addWidget(button)

    def _connect(self) -> None:
        self.run.clicked.connect(self.runs_requested)
        self._training.clicked.connect(self.training_requested)
        self._palette.clicked.connect(self.palette_requested)
        self._language.clicked.connect(self.language_requested)
        self._theme.clicked.connect(self.theme_requested)
        theme().changed.connect(self._recolour)

    def _recolour(self) -> None:
        self._theme.setIcon(icon("theme", colour("text"), 16))
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("panel"))
        painter.setPen(colour("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
