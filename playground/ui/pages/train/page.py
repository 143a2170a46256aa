"""The Train page: prepare a new run, or watch and steer the one in view.

Shows what it is given and reports what the person does; asks nobody and reads nothing.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from playground.ui.pages.train.controls import SHORTCUTS, Control, control_help, control_label
from playground.ui.pages.train.new_run_panel import NewRunPanel
from playground.ui.pages.train.new_run_picture import NewRunPicture
from playground.ui.pages.train.run_panel import RunPanel
from playground.ui.pages.train.run_picture import RunPicture
from playground.ui.translation import translate
from playground.ui.widgets.buttons import Button, Choice
from playground.ui.widgets.page_frame import PageFrame

NEW_RUN, THIS_RUN = "new", "run"


class TrainPage(PageFrame):
    """Two modes, chosen at the side's top: the settings of a new run, or the run in view.

    Signals:
        mode_requested (str): `NEW_RUN` or `THIS_RUN`.
        control_requested (str): a key of `controls.py`.
        shown, hidden: the page came into view or left it.
        language_changed: after all words were shown anew; sentences that depend on the run must be given again.
    """

    mode_requested = Signal(str)
    control_requested = Signal(str)
    shown = Signal()
    hidden = Signal()
    language_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mode = Choice([(NEW_RUN, NEW_RUN), (THIS_RUN, THIS_RUN)])
        self.new_panel, self.run_panel = NewRunPanel(), RunPanel()
        self.new_picture, self.run_picture = NewRunPicture(), RunPicture()
        self._pictures = QStackedWidget()
        self._buttons: dict[str, Button] = {}
        self._controls: list[Control] = []
        for picture in (self.new_picture, self.run_picture):
            self._pictures.addWidget(picture)
        self.body.addWidget(self._pictures, 1)
        for part in (self._mode, self.new_panel, self.run_panel):
            self.side.add(part)
        self._mode.chosen.connect(self.mode_requested)
        self.retranslate()
        self.show_mode(NEW_RUN)

    def mode(self) -> str:
        return self._mode.value()

    def show_mode(self, mode: str) -> None:
        """Turn to the settings of a new run, or to the run in view."""
        self._mode.show_value(mode)
        self.new_panel.setVisible(mode == NEW_RUN)
        self.run_panel.setVisible(mode == THIS_RUN)
        self._pictures.setCurrentWidget(self.new_picture if mode == NEW_RUN else self.run_picture)
        self.side.verticalScrollBar().setValue(0)

    def show_has_run(self, has_run: bool) -> None:
        """Whether there is a run in view to turn to."""
        button = self._mode.button(THIS_RUN)
        button.setEnabled(has_run)
        button.setToolTip("" if has_run else translate("TrainPage", "There is no run in view yet."))

    def show_heading(self, title: str, words: str) -> None:
        """Both may hold names of foreign origin."""
        self.heading.show_title(title)
        self.heading.show_words(words)

    def show_controls(self, controls: Sequence[Control]) -> None:
        """The buttons, from left to right. A button that stays keeps its place under the mouse and its focus."""
        if list(controls) == self._controls:
            return
        self._controls = list(controls)
        kept = [control.key for control in controls]
        for key in [key for key in self._buttons if key not in kept]:
            button = self._buttons.pop(key)
            self.buttons.removeWidget(button)
            button.hide()
            button.deleteLater()
        for place, control in enumerate(controls):
            if control.key not in self._buttons:
                self._buttons[control.key] = self._make_button(control.key)
            self.buttons.insertWidget(place, self._buttons[control.key])
        self._label_buttons()

    def can(self, key: str) -> bool:
        """Whether that button is there and may be pressed."""
        return any(control.key == key and not control.why_not for control in self._controls)

    def button(self, key: str) -> Button:
        return self._buttons[key]

    def retranslate(self) -> None:
        self._mode.show_labels(
            [(NEW_RUN, translate("TrainPage", "New run")), (THIS_RUN, translate("TrainPage", "This run"))]
        )
        for part in (self.new_panel, self.run_panel, self.new_picture, self.run_picture):
            part.retranslate()
        self._label_buttons()

    def _make_button(self, key: str) -> Button:
        button = Button()
        button.setProperty("control", key)
        button.clicked.connect(self._on_clicked)
        return button

    def _on_clicked(self) -> None:
        self.control_requested.emit(self.sender().property("control"))

    def _label_buttons(self) -> None:
        for control in self._controls:
            button = self._buttons[control.key]
            button.set_kind("primary" if control.is_primary else "plain")
            button.setText(control_label(control.key))
            button.updateGeometry()
            button.setEnabled(not control.why_not)
            shortcut = SHORTCUTS[control.key].replace("Return", translate("TrainPage", "Enter"))
            button.setToolTip(control.why_not or f"{control_help(control.key)} ({shortcut})")

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.language_changed.emit()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.hidden.emit()
