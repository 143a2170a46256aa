"""What the model wrote at each evaluation: the newest text, and a way back through the earlier ones."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QWidget

from playground.ui.pages.train.sample_texts import DIM, RIGHT, Sample
from playground.ui.theme import colour, theme
from playground.ui.translation import translate
from playground.ui.visible_text import visible
from playground.ui.widgets.buttons import Button
from playground.ui.widgets.card import Card, PlainLabel
from playground.ui.widgets.fields import TextField

_LINE_LIMIT = 4000


class SampleCard(Card):
    """Shows the newest sample until the person looks back; `moment_requested` wants the snapshot of a sample's step."""

    moment_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._samples: list[Sample] = []
        self._index = -1  # which one is shown; -1: the newest, whichever that is
        self._name = PlainLabel(dim=True)
        self._earlier, self._later = Button("‹", kind="quiet"), Button("›", kind="quiet")
        self._text = TextField(framed=False)
        self._text.setReadOnly(True)
        self._earlier.clicked.connect(self._on_earlier)
        self._later.clicked.connect(self._on_later)
        theme().changed.connect(self._colour)
        self._lay_out()
        self.retranslate()

    def show_samples(self, samples: list[Sample]) -> None:
        """All samples of the run, rising steps; one that is being looked back at stays."""
        if samples[: len(self._samples)] != self._samples:
            self._index = -1
        self._samples = list(samples)
        self._show()

    def shown(self) -> Sample | None:
        return self._samples[self._index] if self._samples else None

    def retranslate(self) -> None:
        self._earlier.setToolTip(translate("TrainPage", "Earlier sample"))
        self._later.setToolTip(translate("TrainPage", "Later sample"))
        for button in (self._earlier, self._later):
            button.setAccessibleName(button.toolTip())
        self._text.setAccessibleName(translate("TrainPage", "Text that the model wrote"))
        self._text.setPlaceholderText(translate("TrainPage", "At each evaluation the model writes a few lines here."))
        self._show()

    def _show(self) -> None:
        sample = self.shown()
        self._earlier.setEnabled(self._place() > 0)
        self._later.setEnabled(self._index != -1)
        if sample is None:
            self._name.setText(translate("TrainPage", "Sample"))
            self._text.clear()
            return
        name = translate("TrainPage", "Sample at step {0}").format(f"{sample.step:,}")
        if sample.n_judged:
            right = translate("TrainPage", "{0} of {1} right").format(f"{sample.n_right:,}", f"{sample.n_judged:,}")
            name = f"{name} · {right}"
        self._name.setText(name)
        lines = "\n".join(visible(line, _LINE_LIMIT) for line in sample.text.split("\n"))
        if lines != self._text.toPlainText():
            self._text.setPlainText(lines)
        self._colour()

    def _colour(self) -> None:
        """Colour the marked parts; made visible, a text may be longer than its marks know, and is left plain then."""
        sample, document = self.shown(), self._text.document()
        whole = QTextCursor(document)
        whole.select(QTextCursor.SelectionType.Document)
        plain = QTextCharFormat()
        plain.setForeground(colour("text"))
        whole.setCharFormat(plain)
        if sample is None or self._text.toPlainText() != sample.text:
            return
        for mark in sample.marks:
            part = QTextCursor(document)
            part.setPosition(_utf16(sample.text[: mark.start]))
            part.setPosition(_utf16(sample.text[: mark.end]), QTextCursor.MoveMode.KeepAnchor)
            form = QTextCharFormat()
            form.setForeground(colour("dim" if mark.kind == DIM else "good" if mark.kind == RIGHT else "bad"))
            part.setCharFormat(form)

    def _place(self) -> int:
        return len(self._samples) - 1 if self._index == -1 else self._index

    def _on_earlier(self) -> None:
        self._look_at(self._place() - 1)

    def _on_later(self) -> None:
        self._look_at(self._place() + 1)

    def _look_at(self, index: int) -> None:
        is_newest = index >= len(self._samples) - 1
        self._index = -1 if is_newest else max(index, 0)
        self._show()
        sample = self.shown()
        if sample is not None:
            self.moment_requested.emit(sample.step)

    def _lay_out(self) -> None:
        for button in (self._earlier, self._later):
            button.setFixedSize(26, 24)
        self.body.setContentsMargins(14, 8, 8, 8)
        self.body.setSpacing(4)
        top = QHBoxLayout()
        top.setSpacing(2)
        top.addWidget(self._name, 1)
        top.addWidget(self._earlier)
        top.addWidget(self._later)
        self.body.addLayout(top)
        self.body.addWidget(self._text, 1)


def _utf16(text: str) -> int:
    """How long Qt takes a text to be."""
    return len(text.encode("utf-16-le")) // 2
