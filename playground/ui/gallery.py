"""Opens one widget alone, with sample values: `python -m playground.ui.gallery [NAME] [--out PNG]`.

Each entry names a function without arguments that returns the widget. Add a line for each new widget.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QWidget

GALLERY = {
    "buttons": "playground.ui.widgets.samples:buttons",
    "fields": "playground.ui.widgets.samples:fields",
    "sliders": "playground.ui.widgets.samples:sliders",
    "notices": "playground.ui.widgets.samples:notices",
    "rail": "playground.ui.shell.samples:rail",
    "header": "playground.ui.shell.samples:header",
    "timeline": "playground.ui.shell.samples:timeline",
    "timeline-empty": "playground.ui.shell.samples:timeline_without_run",
    "palette": "playground.ui.shell.samples:palette",
    "attention-page": "playground.ui.pages.attention.samples:attention_page",
    "attention-page-cross": "playground.ui.pages.attention.samples:cross_attention_page",
    "query-bars": "playground.ui.pages.attention.samples:query_bars",
    "stream-chart": "playground.ui.pages.attention.samples:stream_chart",
    "head-grid": "playground.ui.charts.attention_samples:head_grid",
    "head-grid-144": "playground.ui.charts.attention_samples:head_grid_of_144",
    "heatmap": "playground.ui.charts.attention_samples:heatmap",
    "heatmap-256": "playground.ui.charts.attention_samples:heatmap_of_256",
    "heatmap-cross": "playground.ui.charts.attention_samples:heatmap_of_cross",
    "schedule-preview": "playground.ui.charts.preview_samples:schedule_preview",
    "positions": "playground.ui.charts.preview_samples:positions",
    "token-map": "playground.ui.pages.tokenize.samples:token_map",
    "token-map-empty": "playground.ui.pages.tokenize.samples:token_map_without_model",
    "token-neighbours": "playground.ui.pages.tokenize.samples:neighbour_list",
    "glossary-page": "playground.ui.shell.samples:glossary_page",
    "generate-page": "playground.ui.pages.generate.samples:generate_page",
    "block-diagram": "playground.ui.pages.build.samples:diagram",
    "model-facts": "playground.ui.pages.build.samples:facts",
    "part-details": "playground.ui.pages.build.samples:details",
    "attention-cost": "playground.ui.pages.build.samples:attention_cost",
    "build-page": "playground.ui.pages.build.samples:page",
    "sample-card": "playground.ui.pages.train.samples:sample_card",
    "compare-list": "playground.ui.pages.train.samples:compare_list",
    "settings-table": "playground.ui.pages.train.samples:settings_table",
    "run-picture": "playground.ui.pages.train.samples:run_picture",
    "train-page": "playground.ui.pages.train.samples:training_page",
    "train-page-new": "playground.ui.pages.train.samples:new_run_page",
    "run-table": "playground.ui.pages.runs.samples:run_table",
    "runs-page": "playground.ui.pages.runs.samples:runs_page",
}


def make(name: str) -> QWidget:
    """The widget of that name, with its sample values; there must be an application."""
    module, function = GALLERY[name].split(":")
    return cast(Callable[[], QWidget], getattr(importlib.import_module(module), function))()


def main(arguments: Sequence[str] | None = None) -> int:
    """Show a widget, save its picture, or list the names; returns the exit code."""
    options = _parser().parse_args(arguments)
    if not options.name:
        print("\n".join(GALLERY))
        return 0
    if options.out:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from playground.ui.app import make_application
    from playground.ui.theme import theme
    from playground.ui.translation import Language

    application = make_application()
    theme().use(options.theme)
    language = Language()  # kept, for the translators live as long as it
    language.use(options.language)
    widget = make(options.name)
    widget.setWindowTitle(options.name)
    widget.show()
    if not options.out:
        return application.exec()
    application.processEvents()
    return 0 if widget.grab().save(str(options.out)) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m playground.ui.gallery", description=__doc__.splitlines()[0])
    parser.add_argument("name", nargs="?", choices=sorted(GALLERY), metavar="NAME", help="leave out to list all")
    parser.add_argument("--out", type=Path, metavar="PNG", help="save a picture instead of opening a window")
    parser.add_argument("--theme", default="light", choices=("light", "dark"))
    parser.add_argument("--language", default="en", choices=("en", "ja"))
    return parser


if __name__ == "__main__":
    sys.exit(main())
