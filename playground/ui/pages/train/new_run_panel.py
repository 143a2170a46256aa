"""The side of the Train page for a new run: its text, tokenizer, preset and the main settings of the training."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.contract.config import RunConfig
from playground.contract.messages import TextDescription
from playground.contract.presets import PRESETS
from playground.ui.charts.schedule_preview import SchedulePreview
from playground.ui.pages.train.start_field import StartField
from playground.ui.theme import GRID
from playground.ui.translation import translate, translate_setting
from playground.ui.visible_text import visible
from playground.ui.widgets.buttons import Button
from playground.ui.widgets.card import PlainLabel, SectionLabel
from playground.ui.widgets.fields import ComboField, LineField
from playground.ui.widgets.settings_form import SettingsForm
from playground.ui.widgets.source_field import SourceField

_TRAINING = (
    "max_steps", "batch_size", "optimizer", "learning_rate", "schedule", "warmup_steps", "mask_fraction",
    "mask_whole_words",
)  # fmt: skip
_OWN = ""  # the key of "no preset"


class NewRunPanel(QWidget):
    """Shows a draft and reports changes to it.

    Signals:
        value_changed (str, object): a setting by its dotted name.
        preset_chosen (str)
        source_chosen (str), file_requested, folder_requested: another text.
        name_edited (str): of the new run; "" leaves it to the proposed one.
        build_requested: to the page with all settings.
        term_requested (str)
    """

    value_changed = Signal(str, object)
    preset_chosen = Signal(str)
    source_chosen = Signal(str)
    file_requested = Signal()
    folder_requested = Signal()
    name_edited = Signal(str)
    build_requested = Signal()
    term_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles = [SectionLabel() for _ in range(6)]
        self.source = SourceField()
        self._text_problem = PlainLabel(wrap=True, pixels=12)
        self._text_problem.set_role("bad")
        self.start = StartField()
        self._preset = ComboField()
        self._preset_help = PlainLabel(dim=True, wrap=True, pixels=12)
        self._preset_name = "tiny"
        self._forms = {
            "tokenizer": SettingsForm("tokenizer", only=("type", "vocab_size")),
            "data": SettingsForm("data", only=("target", "examples")),
            "training": SettingsForm("training", only=_TRAINING),
            "model": SettingsForm("model", only=("dropout",)),
        }
        self.schedule = SchedulePreview()
        self.name = LineField()
        self._name_problem = PlainLabel(wrap=True, pixels=12)
        self._name_problem.set_role("bad")
        self._build = Button()
        self._lay_out()
        self._connect()
        self.retranslate()

    def show_draft(self, config: RunConfig, preset_name: str) -> None:
        """A config, and the preset that it equals ("" for none)."""
        for form in self._forms.values():
            form.show_config(config)
        self.schedule.show_training(config.training)
        if config.data.is_builtin:
            self._forms["data"].rows["target"].hide()  # a built-in text holds its own translations, or none at all
        for part in (self._titles[3], self._forms["tokenizer"]):
            part.setVisible(not config.start.run)  # else it is that of the run that it begins with
        self._preset_name = preset_name
        self._show_presets()

    def show_source(self, source: str, description: TextDescription | None) -> None:
        """`description` is None while it is not known."""
        self.source.show_source(source, description)

    def show_text_problem(self, sentence: str) -> None:
        """Why the text cannot be used; "" if it can."""
        self._text_problem.setText(sentence)
        self._text_problem.setVisible(bool(sentence))

    def show_name(self, proposed: str, problem: str) -> None:
        """The name that the run gets if none is typed, and why the typed one cannot be used ("" if it can)."""
        self.name.setPlaceholderText(visible(proposed))
        self._name_problem.setText(problem)
        self._name_problem.setVisible(bool(problem))

    def show_no_typed_name(self) -> None:
        """The proposed name holds again."""
        self.name.clear()

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Sentences by dotted names of settings."""
        for form in self._forms.values():
            form.show_problems(problems)

    def retranslate(self) -> None:
        words = (
            translate("TrainPage", "Text"),
            translate("TrainPage", "Begin with"),
            translate("TrainPage", "Preset"),
            translate("TrainPage", "Tokenizer"),
            translate("TrainPage", "Training"),
            translate("TrainPage", "Name of the run"),
        )
        for title, text in zip(self._titles, words, strict=True):
            title.setText(text)
        self.source.retranslate()
        self.start.retranslate()
        for form in self._forms.values():
            form.retranslate()
        self.schedule.retranslate()
        self._preset.setAccessibleName(translate("TrainPage", "Preset"))
        self.name.setAccessibleName(translate("TrainPage", "Name of the run"))
        self._build.setText(translate("TrainPage", "More settings on the Build page"))
        self._show_presets()

    def _show_presets(self) -> None:
        options = [(preset.name, translate_setting(preset.label)) for preset in PRESETS.values()]
        if self._preset_name == _OWN:
            options.append((_OWN, translate("TrainPage", "Own settings")))
        self._preset.show_options(options)
        self._preset.show_value(self._preset_name)
        chosen = PRESETS.get(self._preset_name)
        self._preset_help.setText(translate_setting(chosen.help) if chosen else "")
        self._preset_help.setVisible(chosen is not None)

    def _lay_out(self) -> None:
        self._text_problem.hide()
        self._name_problem.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        parts = (
            self._titles[0], self.source, self._text_problem, self._forms["data"],
            self._titles[1], self.start,
            self._titles[2], self._preset, self._preset_help,
            self._titles[3], self._forms["tokenizer"],
            self._titles[4], self._forms["training"], self.schedule, self._forms["model"], self._build,
            self._titles[5], self.name, self._name_problem,
        )  # fmt: skip
        for part in parts:
            box.addWidget(part)

    def _connect(self) -> None:
        for form in self._forms.values():
            form.value_changed.connect(self.value_changed)
            form.term_requested.connect(self.term_requested)
        self.start.value_changed.connect(self.value_changed)
        self.start.term_requested.connect(self.term_requested)
        self._preset.chosen.connect(self._on_preset)
        self.source.source_chosen.connect(self.source_chosen)
        self.source.file_requested.connect(self.file_requested)
        self.source.folder_requested.connect(self.folder_requested)
        self.name.textEdited.connect(self.name_edited)
        self._build.clicked.connect(self.build_requested)

    def _on_preset(self, name: str) -> None:
        if name != _OWN:
            self.preset_chosen.emit(name)
