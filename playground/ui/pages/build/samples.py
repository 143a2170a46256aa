"""The Build page's widgets with sample values, for the gallery."""

from PySide6.QtWidgets import QWidget

from playground.contract.config import RunConfig
from playground.contract.presets import preset
from playground.ui.charts.block_diagram import BlockDiagram
from playground.ui.charts.block_parts import parts_of
from playground.ui.charts.block_rows import ATTENTION
from playground.ui.pages.build.model_facts import ModelFacts
from playground.ui.pages.build.page import BuildPage
from playground.ui.pages.build.part_details import PartDetails


def diagram() -> QWidget:
    """The shape of GPT-2 small."""
    made = BlockDiagram()
    made.show_model(preset("gpt2-small").model, 50_257, 12)
    made.resize(1000, 520)
    return made


def facts() -> QWidget:
    made = ModelFacts()
    made.show_config(preset("tiny").applied_to(RunConfig()), 1024)
    made.resize(1000, made.sizeHint().height())
    return made


def details() -> QWidget:
    """What is said of attention."""
    made = PartDetails()
    parts = parts_of(preset("tiny").model, 1024, 12)
    made.show_part(next(part for part in parts if part.key == ATTENTION))
    made.resize(900, made.sizeHint().height())
    return made


def page() -> QWidget:
    made = BuildPage()
    config = preset("small").applied_to(RunConfig())
    made.show_config(config, config.tokenizer.vocab_size, "small")
    made.show_problems(())
    made.resize(1364, 767)
    return made
