"""Under the grid of heads: what a token looks at, or the residual stream of all layers; one of both at a time."""

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from playground.contract.messages import StreamSizes
from playground.ui.charts.stream_chart import StreamChart
from playground.ui.pages.attention.query_bars import QueryBars
from playground.ui.translation import translate
from playground.ui.widgets.buttons import Choice
from playground.ui.widgets.card import Card, PlainLabel

BARS, STREAM = "bars", "stream"


class LowerCard(Card):
    """Two pictures and a choice between them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.bars, self.stream = QueryBars(), StreamChart()
        self.choice = Choice([(BARS, ""), (STREAM, "")])
        self._meaning = PlainLabel(dim=True, wrap=True)
        self._is_norm_after = False
        stream = QWidget()
        column = QVBoxLayout(stream)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._meaning)
        column.addWidget(self.stream, 1)
        self._pictures = QStackedWidget()
        self._pictures.addWidget(self.bars)
        self._pictures.addWidget(stream)
        self.body.addWidget(self.choice)
        self.body.addWidget(self._pictures, 1)
        self.choice.chosen.connect(self.show_picture)
        self.retranslate()

    def show_stream(self, sizes: StreamSizes) -> None:
        """The stream of the model in view."""
        self._is_norm_after = sizes.is_norm_after
        self.stream.show_sizes(sizes)
        self._explain()

    def show_picture(self, key: str) -> None:
        """`BARS` or `STREAM`."""
        self.choice.show_value(key)
        self._pictures.setCurrentIndex(int(key == STREAM))

    def meaning(self) -> str:
        """The sentence that says what the stream's bars measure."""
        return self._meaning.text()

    def retranslate(self) -> None:
        looks, stream = translate("AttentionPage", "Looks at"), translate("AttentionPage", "Residual stream")
        self.choice.show_labels([(BARS, looks), (STREAM, stream)])
        self.bars.setAccessibleName(translate("AttentionPage", "What a token looks at"))
        self.stream.setAccessibleName(stream)
        self._explain()
        self.bars.update()
        self.stream.update()

    def _explain(self) -> None:
        adds = translate("AttentionPage", "Mean length of a token's vector, and of what each part adds to it")
        changes = translate(
            "AttentionPage", "Mean length of a token's vector, and of its change by each part with the norm after it"
        )
        self._meaning.setText(changes if self._is_norm_after else adds)
