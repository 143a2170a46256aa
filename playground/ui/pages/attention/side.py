"""The side of the Attention page: the text, which head, the colours, and what was measured."""

from PySide6.QtCore import QObject, Signal

from playground.contract.messages import TraceOverview
from playground.ui.charts.colour_maps import COLOUR_MAPS
from playground.ui.pages.attention.head_shares import HeadShares, share_facts
from playground.ui.pages.attention.stepper import Stepper
from playground.ui.translation import translate
from playground.ui.widgets.facts import FactList
from playground.ui.widgets.fields import CheckField, ComboField
from playground.ui.widgets.live_text import LiveTextField
from playground.ui.widgets.page_frame import SidePanel

EDIT_MS = 150
TEXT_LIMIT = 20_000  # characters; of a longer text the end is taken
_TEXT_HEIGHT = 104


class AttentionSide(QObject):
    """Fills a side panel.

    Signals:
        text_changed: the person has typed, and has paused for `EDIT_MS`.
        layer_requested (int), head_requested (int): counted from 0.
        colours_requested (str, bool): another colour map, or faint weights brightened or not.
        term_requested (str): the glossary key of a label.
    """

    text_changed = Signal()
    layer_requested = Signal(int)
    head_requested = Signal(int)
    colours_requested = Signal(str, bool)
    term_requested = Signal(str)

    def __init__(self, panel: SidePanel) -> None:
        super().__init__(panel)
        self._overview: TraceOverview | None = None
        self._shares: HeadShares | None = None
        self._titles = [panel.add_section("")]
        self.field = LiveTextField(EDIT_MS, after_pause=True)
        self.field.setFixedHeight(_TEXT_HEIGHT)
        panel.add(self.field)
        self._text_facts = FactList()
        panel.add(self._text_facts)
        self._titles.append(panel.add_section(""))
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

    def text(self) -> str:
        """What was typed, without half characters."""
        return self.field.text()[-TEXT_LIMIT:]

    def show_text(self, text: str) -> None:
        """Replace it; no signal is sent."""
        self.field.show_text(text)

    def show_example(self, text: str) -> None:
        """What is looked into while nothing is typed."""
        self.field.setPlaceholderText(text)

    def show_overview(self, overview: TraceOverview) -> None:
        """Facts of the text."""
        self._overview = overview
        self._show_facts()

    def show_head(self, layer: int, n_layers: int, head: int, n_heads: int) -> None:
        """Counted from 0."""
        self.layer.show_value(layer, n_layers)
        self.head.show_value(head, n_heads)

    def show_shares(self, shares: HeadShares) -> None:
        """What was measured of the head."""
        self._shares = shares
        self._show_facts()

    def show_colours(self, name: str, *, lifted: bool) -> None:
        self.colour_map.show_value(name)
        self.lifted.show_value(lifted)

    def text_facts(self) -> list[tuple[str, str]]:
        """What is said of the text now."""
        return self._text_facts.facts()

    def head_facts(self) -> list[tuple[str, str]]:
        """What is said of the head now."""
        return self._head_facts.facts()

    def retranslate(self) -> None:
        titles = (
            translate("AttentionPage", "Text"),
            translate("AttentionPage", "Head"),
            translate("AttentionPage", "Colours"),
            translate("AttentionPage", "Where this head's weight goes"),
        )
        for label, words in zip(self._titles, titles, strict=True):
            label.setText(words)
        self.field.setAccessibleName(translate("AttentionPage", "Text to look into"))
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
        self._show_facts()

    def _connect(self) -> None:
        self.field.text_edited.connect(self.text_changed)
        self.layer.value_requested.connect(self.layer_requested)
        self.head.value_requested.connect(self.head_requested)
        self.layer.name.term_requested.connect(self.term_requested)
        self.head.name.term_requested.connect(self.term_requested)
        self.colour_map.chosen.connect(self._on_colours)
        self.lifted.clicked.connect(self._on_colours)

    def _show_facts(self) -> None:
        if self._overview is not None:
            self._text_facts.show_facts(_text_facts(self._overview))
        if self._shares is not None:
            self._head_facts.show_facts(share_facts(self._shares))

    def _on_colours(self) -> None:
        self.colours_requested.emit(self.colour_map.value(), self.lifted.isChecked())


def _text_facts(overview: TraceOverview) -> list[tuple[str, str]]:
    facts = [(translate("AttentionPage", "Tokens"), f"{len(overview.tokens.ids):,}")]
    if overview.n_dropped:
        left_out = translate("AttentionPage", "Left out at the front")
        facts.append((left_out, f"{overview.n_dropped:,}"))
    if len(overview.losses) > 1:
        mean = translate("AttentionPage", "{0} nats a token").format(f"{float(overview.losses[1:].mean()):.2f}")
        facts.append((translate("AttentionPage", "Surprise"), mean))
    return facts
