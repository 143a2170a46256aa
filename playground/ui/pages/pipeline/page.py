"""The Pipeline page: says what it will show, and leads to where the same values can be seen today."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from playground.ui.translation import translate
from playground.ui.widgets.page_frame import PageFrame


class PipelinePage(PageFrame):
    """One sentence and one button."""

    attention_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.side.hide()
        self.empty.filled_requested.connect(self.attention_requested)
        self.retranslate()

    def retranslate(self) -> None:
        self.heading.show_title(translate("PipelinePage", "Pipeline"))
        self.heading.show_words(translate("PipelinePage", "A text on its way through the model, stage by stage."))
        self.show_empty(
            translate(
                "PipelinePage",
                "A later version will walk a text through the model here, stage by stage with its real values, as "
                "a compiler explorer shows a compiler's passes. What each head looks at is on the Attention page "
                "already.",
            ),
            translate("PipelinePage", "Open the Attention page"),
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
