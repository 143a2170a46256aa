"""The small widgets with sample values, for the gallery."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.contract.config import SamplingConfig
from playground.contract.fields import Setting, settings_of
from playground.contract.training_config import TrainingConfig
from playground.ui.widgets.buttons import Button, Choice
from playground.ui.widgets.card import Card, PlainLabel
from playground.ui.widgets.fields import CheckField, ComboField, LineField, NumberField, TextField
from playground.ui.widgets.page_frame import EmptyNotice, NoticeBar
from playground.ui.widgets.value_slider import ValueSlider


def buttons() -> QWidget:
    """Every kind, enabled, disabled, checked; and a choice."""
    box = QWidget()
    row = QHBoxLayout(box)
    for kind in ("plain", "primary", "quiet"):
        row.addWidget(Button(kind.capitalize(), kind))
    disabled = Button("Disabled")
    disabled.setEnabled(False)
    row.addWidget(disabled)
    row.addWidget(Choice([("step", "Step"), ("tokens", "Tokens"), ("time", "Time")]))
    return box


def fields() -> QWidget:
    """Line, number, list, mark and text."""
    card = Card("Fields")
    line = LineField("Search")
    number = NumberField(0, 1_000_000)
    number.show_value(1337)
    combo = ComboField([("unigram", "Unigram"), ("bpe", "BPE"), ("characters", "Characters")])
    check = CheckField("Byte fallback")
    check.show_value(True)
    text = TextField()
    text.setPlainText("Once there was a kite that lived by the river.\nむかし、川のそばに赤い凧が住んでいました。")
    for widget in (line, number, combo, check, text):
        card.body.addWidget(widget)
    card.resize(360, 320)
    return card


def sliders() -> QWidget:
    """A linear, a whole and a logarithmic one."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.addWidget(ValueSlider(_setting(SamplingConfig, "temperature")))
    column.addWidget(ValueSlider(_setting(SamplingConfig, "top_k"), high=200))
    column.addWidget(ValueSlider(_setting(TrainingConfig, "learning_rate")))
    box.resize(288, 160)
    return box


def notices() -> QWidget:
    """An error, a fact, a label, and what an empty page says."""
    box = QWidget()
    column = QVBoxLayout(box)
    error, fact, empty = NoticeBar(), NoticeBar(), EmptyNotice()
    error.show_error("model.n_heads is 5, which does not divide model.d_model = 128. Choose 4 heads.")
    fact.show_fact("The worker stopped and was restarted; ask again.")
    empty.show_words("Here the loss will fall while the model learns from your text.", "Start training")
    for widget in (error, fact, PlainLabel("A label shows <b>signs</b> as they are.", dim=True), empty):
        column.addWidget(widget)
    box.resize(720, 400)
    return box


def _setting(section: type, name: str) -> Setting:
    return next(each for each in settings_of(section) if each.name == name)
