"""The side of the Build page: preset, model, and folded away tokenizer and training."""

import math
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal

from playground.contract.attention_cost_messages import AttentionShape
from playground.contract.config import RunConfig
from playground.contract.model_config import ModelConfig
from playground.contract.presets import PRESETS
from playground.ui.charts.position_picture import PositionPicture
from playground.ui.pages.build.attention_cost import AttentionCostView
from playground.ui.pages.build.row_focus import focus_row
from playground.ui.translation import translate, translate_setting
from playground.ui.widgets.card import PlainLabel
from playground.ui.widgets.fields import ComboField
from playground.ui.widgets.fold import Fold
from playground.ui.widgets.page_frame import SidePanel
from playground.ui.widgets.setting_ranges import octave_eighths
from playground.ui.widgets.setting_rows import SettingRow, SliderRow
from playground.ui.widgets.settings_form import SettingsForm

_POSITION, _HEADS = "model.position", "model.n_heads"
_LEAST_PICTURE = 200  # pixels
_ABOVE_CHOICE = 16  # pixels
_OWN = ""  # the key of "no preset"
_TOKENIZER = ("type", "vocab_size")
_TRAINING = (
    "max_steps", "batch_size", "optimizer", "learning_rate", "schedule", "warmup_steps", "decay_fraction",
    "final_learning_rate_fraction", "weight_decay", "momentum", "beta1", "beta2", "gradient_clip", "label_smoothing",
    "mask_fraction", "mask_whole_words", "attention", "seed",
)  # fmt: skip


class ModelSide(QObject):
    """Fills a side panel.

    Signals:
        value_changed (str, object): a setting by its dotted name.
        preset_chosen (str)
        term_requested (str)
    """

    value_changed = Signal(str, object)
    preset_chosen = Signal(str)
    term_requested = Signal(str)

    def __init__(self, panel: SidePanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self._preset_title = panel.add_section("")
        self._preset, self._preset_help = ComboField(), PlainLabel(dim=True, wrap=True, pixels=12)
        self._preset_name = "tiny"
        self.forms = {
            "model": SettingsForm("model"),
            "tokenizer": SettingsForm("tokenizer", only=_TOKENIZER),
            "training": SettingsForm("training", only=_TRAINING),
        }
        self.positions, self.position_picture = Fold(), PositionPicture()
        self.costs, self.cost_view = Fold(), AttentionCostView()
        self._model: ModelConfig | None = None
        self._show_positions_below()
        self.costs.body.addWidget(self.cost_view)
        self.forms["model"].insert_below("n_heads", self.costs)
        self.folds = {"tokenizer": Fold(), "training": Fold()}
        panel.add(self._preset)
        panel.add(self._preset_help)
        self._model_title = panel.add_section("")
        panel.add(self.forms["model"])
        for name, fold in self.folds.items():
            fold.body.addWidget(self.forms[name])
            panel.add(fold)
        for form in self.forms.values():
            form.value_changed.connect(self.value_changed)
            form.term_requested.connect(self.term_requested)
        self._preset.chosen.connect(self._on_preset)
        self.retranslate()

    def show_config(self, config: RunConfig, preset_name: str) -> None:
        """A config, and the preset that it equals ("" for none)."""
        for form in self.forms.values():
            form.show_config(config)
        self._snap(config.model)
        self._model = config.model
        self._show_positions(self.positions.is_open)
        self.cost_view.show_shape(None if config.model.problems() else AttentionShape.of(config.model))
        if preset_name != self._preset_name:
            self._preset_name = preset_name
            self._show_presets()

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Sentences by dotted names of settings; a fold that hides one opens."""
        for section, form in self.forms.items():
            form.show_problems(problems)
            is_here = any(f"{section}.{name}" in problems for name in form.rows)
            if is_here and section in self.folds:
                self.folds[section].show_open(True)

    def row(self, dotted: str) -> SettingRow | None:
        """The row of a setting, None if it has none here."""
        section, name = dotted.split(".", 1)
        form = self.forms.get(section)
        return form.rows.get(name) if form else None

    def focus_setting(self, dotted: str) -> None:
        """Bring a setting into view and put the keyboard there."""
        if dotted == _POSITION:
            self.positions.show_open(True)
            self._show_positions(True)
        if dotted == _HEADS:
            self.costs.show_open(True)
        if row := self.row(dotted):
            focus_row(self._panel, row)
        reveal = {_POSITION: self._reveal_positions, _HEADS: self._reveal_heads}.get(dotted)
        if reveal is not None:
            QTimer.singleShot(0, self, reveal)  # once the fold has its height

    def reveal_costs(self) -> None:
        """Open what attention costs, and put the keyboard on its button."""
        self.focus_setting(_HEADS)
        self.cost_view.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def preset(self) -> str:
        return self._preset.value()

    def retranslate(self) -> None:
        self._preset_title.setText(translate("BuildPage", "Preset"))
        self._preset.setAccessibleName(self._preset_title.text())
        self._model_title.setText(translate("BuildPage", "Model"))
        self.folds["tokenizer"].show_title(translate("BuildPage", "Tokenizer"))
        self.folds["training"].show_title(translate("BuildPage", "Training"))
        self.positions.show_title(translate("BuildPage", "Picture of the positions"))
        self.position_picture.retranslate()
        self.costs.show_title(translate("AttentionCost", "Fused and explicit attention"))
        self.cost_view.retranslate()
        for form in self.forms.values():
            form.retranslate()
        self._show_presets()

    def _show_presets(self) -> None:
        options = [(preset.name, translate_setting(preset.label)) for preset in PRESETS.values()]
        if self._preset_name == _OWN:
            options.append((_OWN, translate("BuildPage", "Own settings")))
        self._preset.show_options(options)
        self._preset.show_value(self._preset_name)
        chosen = PRESETS.get(self._preset_name)
        own = translate("BuildPage", "Settings of your own; choose a preset to start anew.")
        self._preset_help.setText(translate_setting(chosen.help) if chosen else own)

    def _show_positions_below(self) -> None:
        """The picture lies under the choice that it shows, folded away until it is wanted."""
        self.position_picture.setMinimumWidth(_LEAST_PICTURE)
        self.positions.body.addWidget(self.position_picture)
        self.positions.opened.connect(self._show_positions)
        self.forms["model"].insert_below("position", self.positions)

    def _reveal_positions(self) -> None:
        self._to_top("position")

    def _reveal_heads(self) -> None:
        self._to_top("n_heads")

    def _to_top(self, name: str) -> None:
        """The setting goes to the top, so that its picture has the room below."""
        row, ground = self.forms["model"].rows[name], self._panel.widget()
        if ground is not None:
            top = row.mapTo(ground, QPoint(0, 0)).y()
            self._panel.verticalScrollBar().setValue(max(top - _ABOVE_CHOICE, 0))

    def _show_positions(self, is_open: bool) -> None:
        """What is folded away costs nothing."""
        if is_open and self._model is not None:
            self.position_picture.show_model(self._model)

    def _snap(self, model: ModelConfig) -> None:
        """The sliders of width and heads stop only where heads divide the width."""
        snaps = (
            ("d_model", width_snap(model)),
            ("n_heads", heads_snap(model)),
            ("queries_per_kv_head", sharing_snap(model)),
        )
        for name, snap in snaps:
            row = self.forms["model"].rows[name]
            assert isinstance(row, SliderRow), f"{name} has no slider"
            row.slider.set_snap(snap)

    def _on_preset(self, name: str) -> None:
        if name != _OWN:
            self.preset_chosen.emit(name)


def width_snap(model: ModelConfig) -> Callable[[float], float]:
    """To the nearest handy width that the heads divide, into even parts where positions turn or wave in pairs."""
    unit = model.n_heads * (2 if model.position == "rotary" else 1)
    unit = math.lcm(unit, 2) if model.position == "sinusoidal" else unit
    return lambda value: float(max(round(octave_eighths(value) / unit), 1) * unit)


def heads_snap(model: ModelConfig) -> Callable[[float], float]:
    """To the nearest number of heads that divides the width."""
    pair = 2 if model.position == "rotary" else 1
    sharing = model.queries_per_kv_head
    fits = [n for n in range(1, 129) if model.d_model % (n * pair) == 0 and n % sharing == 0] or [1]
    return lambda value: float(min(fits, key=lambda n: abs(n - value)))


def sharing_snap(model: ModelConfig) -> Callable[[float], float]:
    """To the nearest number of heads that can share a key head."""
    fits = [n for n in range(1, model.n_heads + 1) if model.n_heads % n == 0]
    return lambda value: float(min(fits, key=lambda n: abs(n - value)))
