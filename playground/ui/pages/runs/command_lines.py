"""Commands for a terminal, each to be copied whole."""

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.ui.theme import BASE_PIXELS, GRID, token_font
from playground.ui.translation import translate
from playground.ui.widgets.buttons import Button
from playground.ui.widgets.card import PlainLabel
from playground.ui.widgets.fields import LineField
from playground.ui.widgets.fold import Fold


class CommandLine(QWidget):
    """What it does, the command itself, and a button that takes it along."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what, self.line, self.copy = PlainLabel(dim=True, pixels=12), LineField(), Button()
        self.line.setReadOnly(True)
        self.line.setFont(token_font(BASE_PIXELS - 1))
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.line, 1)
        row.addWidget(self.copy)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self._what)
        box.addLayout(row)
        self.copy.clicked.connect(self._on_copy)

    def show_command(self, what: str, command: str) -> None:
        self._what.setText(what)
        if command != self.line.text():
            self.line.setText(command)
            self.line.setCursorPosition(0)
        self.line.setAccessibleName(what)
        self.copy.setText(translate("RunsPage", "Copy"))
        self.copy.setAccessibleName(translate("RunsPage", "Copy the command: {0}").format(what))
        self.copy.updateGeometry()

    def what(self) -> str:
        return self._what.text()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.line.text())


class CommandLines(Fold):
    """All commands for the picked run."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._lines: list[CommandLine] = []
        self.retranslate()

    def show_commands(self, commands: Sequence[tuple[str, str]]) -> None:
        """What each does, and the command."""
        while len(self._lines) < len(commands):
            self._lines.append(CommandLine())
            self.body.addWidget(self._lines[-1])
        for index, line in enumerate(self._lines):
            line.setVisible(index < len(commands))
            if index < len(commands):
                line.show_command(*commands[index])

    def lines(self) -> list[CommandLine]:
        """Those that are shown."""
        return [line for line in self._lines if not line.isHidden()]

    def retranslate(self) -> None:
        self.show_title(translate("RunsPage", "Commands for a terminal"))
