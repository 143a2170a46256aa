"""The side of the Generate page: how the next token is drawn, how long the text gets, the seed, facts of the last text.

Labels, helps and ranges come from the metadata of `SamplingConfig`.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from playground.contract.config import SamplingConfig
from playground.contract.fields import Setting, settings_of
from playground.ui.pages.generate.sampling_presets import SAMPLING_PRESETS
from playground.ui.theme import GRID
from playground.ui.translation import translate, translate_setting
from playground.ui.widgets.buttons import Button
from playground.ui.widgets.card import PlainLabel
from playground.ui.widgets.facts import FactList
from playground.ui.widgets.fields import CheckField, NumberField
from playground.ui.widgets.page_frame import SidePanel
from playground.ui.widgets.setting_ranges import hundredths, two_digits
from playground.ui.widgets.value_slider import ValueSlider

_HOTTEST, _MOST_K, _LEAST_P = 2.0, 100, 0.05  # ends of the sliders; more can be typed
_SHORTEST, _LONGEST = 1, 2000


class SamplingPanel(QObject):
    """Fills a side panel.

    Signals:
        value_changed (str, float): temperature, top_k, top_p, max_tokens or seed, by the person.
        preset_chosen (str): the key of a preset.
        new_seed_requested, other_seed_toggled (bool): the seed's button and mark.
        term_requested (str): a click on a glossary term.
    """

    value_changed = Signal(str, float)
    preset_chosen = Signal(str)
    new_seed_requested = Signal()
    other_seed_toggled = Signal(bool)
    term_requested = Signal(str)

    def __init__(self, panel: SidePanel) -> None:
        super().__init__(panel)
        self.sliders = _sliders()
        self.presets = {preset.key: Button() for preset in SAMPLING_PRESETS}
        self._seed_name = PlainLabel()
        self.seed = NumberField(0, 2**31 - 1)
        self.new_seed, self.other_seed = Button(), CheckField()
        self.facts = FactList()
        self._sampling = SamplingConfig()
        self._fill(panel)
        self._connect()
        self.retranslate()

    def show_sampling(self, sampling: SamplingConfig) -> None:
        """Show all settings; the preset that they are is marked."""
        self._sampling = sampling
        for name, slider in self.sliders.items():
            slider.show_value(getattr(sampling, name))
        self.seed.show_value(sampling.seed)
        for preset in SAMPLING_PRESETS:
            self.presets[preset.key].setChecked(preset.is_in(sampling))

    def show_other_seed(self, is_other: bool) -> None:
        """Whether each text gets a seed of its own."""
        self.other_seed.show_value(is_other)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Of the last text; none hides them."""
        self.facts.show_facts(facts)
        self._facts_title.setVisible(bool(facts))
        self.facts.setVisible(bool(facts))

    def retranslate(self) -> None:
        self._presets_title.setText(translate("GeneratePage", "Ways of drawing"))
        self._sampling_title.setText(translate("GeneratePage", "Sampling"))
        self._length_title.setText(translate("GeneratePage", "Tokens and seed"))
        self._seed_name.setText(translate_setting(_setting("seed").label))
        self._facts_title.setText(translate("GeneratePage", "Last text"))
        for preset in SAMPLING_PRESETS:
            self.presets[preset.key].setText(preset.name())
            self.presets[preset.key].setToolTip(preset.help())
        for slider in self.sliders.values():
            slider.retranslate()
        self.sliders["top_k"].show_value(self._sampling.top_k)
        self.sliders["top_p"].show_value(self._sampling.top_p)
        self.seed.setAccessibleName(self._seed_name.text())
        self.seed.setToolTip(translate_setting(_setting("seed").help))
        self.new_seed.setText(translate("GeneratePage", "New seed"))
        self.other_seed.setText(translate("GeneratePage", "Another seed each time"))
        self.other_seed.updateGeometry()

    def _fill(self, panel: SidePanel) -> None:
        self._presets_title = panel.add_section("")
        panel.add(_grid(list(self.presets.values())))
        self._sampling_title = panel.add_section("")
        for name in ("temperature", "top_k", "top_p"):
            panel.add(self.sliders[name])
        self._length_title = panel.add_section("")
        panel.add(self.sliders["max_tokens"])
        panel.add(_row(self._seed_name, self.seed, self.new_seed))
        panel.add(self.other_seed)
        self._facts_title = panel.add_section("")
        panel.add(self.facts)
        self.show_facts([])

    def _connect(self) -> None:
        for key, button in self.presets.items():
            button.setCheckable(True)
            button.setProperty("key", key)
            button.clicked.connect(self._on_preset)
        for name, slider in self.sliders.items():
            slider.setProperty("key", name)
            slider.value_changed.connect(self._on_slider)
            slider.term_requested.connect(self.term_requested)
        self.seed.value_changed.connect(self._on_seed)
        self.new_seed.clicked.connect(self.new_seed_requested)
        self.other_seed.clicked.connect(self.other_seed_toggled)

    def _on_preset(self) -> None:
        button = self.sender()
        assert isinstance(button, Button), "only presets are connected here"
        self.show_sampling(self._sampling)  # the marks follow what holds, not the click
        self.preset_chosen.emit(button.property("key"))

    def _on_slider(self, value: float) -> None:
        self.value_changed.emit(self.sender().property("key"), value)

    def _on_seed(self, value: int) -> None:
        self.value_changed.emit("seed", float(value))


def _sliders() -> dict[str, ValueSlider]:
    return {
        "temperature": ValueSlider(_setting("temperature"), high=_HOTTEST, snap=hundredths),
        "top_k": ValueSlider(_setting("top_k"), high=_MOST_K, format=_all_at(0.0)),
        "top_p": ValueSlider(_setting("top_p"), low=_LEAST_P, snap=hundredths, format=_all_at(1.0)),
        "max_tokens": ValueSlider(
            _setting("max_tokens"), low=_SHORTEST, high=_LONGEST, logarithmic=True, snap=two_digits
        ),
    }


def _all_at(neutral: float) -> Callable[[float], str]:
    """Writes the value at which a filter keeps everything as a word."""

    def words(value: float) -> str:
        return (
            translate("GeneratePage", "all") if value == neutral else f"{value:.3g}" if value < 1 else f"{value:,.0f}"
        )

    return words


def _setting(name: str) -> Setting:
    return next(each for each in settings_of(SamplingConfig) if each.name == name)


def _grid(buttons: list[Button]) -> QWidget:
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(4)
    for index, button in enumerate(buttons):
        grid.addWidget(button, index // 2, index % 2)
    return box


def _row(*widgets: QWidget) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GRID)
    for widget in widgets:
        row.addWidget(widget)
    return box
