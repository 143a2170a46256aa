"""The side of the Attention page: what is looked into, which head, the colours, and what was measured."""

from PySide6.QtCore import QObject, Signal

from playground.contract.messages import TraceOverview
from playground.ui.charts.colour_maps import COLOUR_MAPS
from playground.ui.pages.attention.cross_shares import CrossShares, cross_facts
from playground.ui.pages.attention.head_shares import HeadShares, share_facts
from playground.ui.pages.attention.reading import ReadingSection
from playground.ui.pages.attention.stepper import Stepper
from playground.ui.translation import translate
from playground.ui.widgets.facts import FactList
from playground.ui.widgets.fields import CheckField, ComboField
from playground.ui.widgets.page_frame import SidePanel


class AttentionSide(QObject):
    """Fills a side panel.

    Signals:
        layer_requested (int), head_requested (int): counted from 0.
        colours_requested (str, bool): another colour map, or faint weights brightened or not.
        term_requested (str): the glossary key of a label.
    """

    layer_requested = Signal(int)
    head_requested = Signal(int)
    colours_requested = Signal(str, bool)
    term_requested = Signal(str)

    def __init__(self, panel: SidePanel) -> None:
        super().__init__(panel)
        self._shares: HeadShares | CrossShares | None = None
        self.reading = ReadingSection(panel)
        self._titles = [panel.add_section("")]
        self.layer, self.head = Stepper("n_layers"), Stepper("head")
        panel.add(self.layer)
        panel.add(self.head)
        self._titles.append(panel.add_section(""))
        self.colour_map = ComboField([(name, name) for name in COLOUR_MAPS])
        self.lifted = CheckField()
        panel.add(self.colour_map)
        panel.add(self.lifted)
        self._titles.append(panel.add_section(""))
        self._head_facts = FactList()
        panel.add(self._head_facts)
        self._connect()
        self.retranslate()

    def show_overview(self, overview: TraceOverview) -> None:
        """Facts of the texts."""
        self.reading.show_overview(overview)

    def show_head(self, layer: int, n_layers: int, head: int, n_heads: int) -> None:
        """Counted from 0."""
        self.layer.show_value(layer, n_layers)
        self.head.show_value(head, n_heads)

    def show_shares(self, shares: HeadShares | CrossShares) -> None:
        """What was measured of the head."""
        self._shares = shares
        self._head_facts.show_facts(cross_facts(shares) if isinstance(shares, CrossShares) else share_facts(shares))

    def show_colours(self, name: str, *, lifted: bool) -> None:
        self.colour_map.show_value(name)
        self.lifted.show_value(lifted)

    def text_facts(self) -> list[tuple[str, str]]:
        """What is said of the texts now."""
        return self.reading.facts()

    def head_facts(self) -> list[tuple[str, str]]:
        """What is said of the head now."""
        return self._head_facts.facts()

    def retranslate(self) -> None:
        titles = (
            translate("AttentionPage", "Head"),
            translate("AttentionPage", "Colours"),
            translate("AttentionPage", "Where this head's weight goes"),
        )
        for label, words in zip(self._titles, titles, strict=True):
            label.setText(words)
        self.reading.retranslate()
        self.layer.show_name(
            translate("AttentionPage", "Layer"),
            translate("AttentionPage", "Previous layer"),
            translate("AttentionPage", "Next layer"),
        )
        self.head.show_name(
            translate("AttentionPage", "Head"),
            translate("AttentionPage", "Previous head"),
            translate("AttentionPage", "Next head"),
        )
        self.colour_map.setAccessibleName(translate("AttentionPage", "Colour map"))
        self.lifted.setText(translate("AttentionPage", "Brighten faint weights"))
        self.lifted.setToolTip(translate("AttentionPage", "Colours follow the square root of the weight"))
        if self._shares is not None:
            self.show_shares(self._shares)

    def _connect(self) -> None:
        self.layer.value_requested.connect(self.layer_requested)
        self.head.value_requested.connect(self.head_requested)
        self.layer.name.term_requested.connect(self.term_requested)
        self.head.name.term_requested.connect(self.term_requested)
        self.colour_map.chosen.connect(self._on_colours)
        self.lifted.clicked.connect(self._on_colours)

    def _on_colours(self) -> None:
        self.colours_requested.emit(self.colour_map.value(), self.lifted.isChecked())
