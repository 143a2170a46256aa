"""Makes the Pipeline page."""

from functools import partial

from playground.ui.pages.pipeline.page import PipelinePage
from playground.ui.widgets.page_frame import PageFrame
from playground.ui.window_context import WindowContext


def build(context: WindowContext) -> PageFrame:
    page = PipelinePage()
    page.attention_requested.connect(partial(context.go_to, "attention"))
    return page
