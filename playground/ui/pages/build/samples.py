"""The Build page's widgets with sample values, for the gallery."""

from PySide6.QtWidgets import QWidget

from playground.contract.attention_cost_messages import AttentionCost, AttentionMeasured, AttentionShape, WayCost
from playground.contract.config import RunConfig
from playground.contract.presets import preset
from playground.ui.charts.block_diagram import BlockDiagram
from playground.ui.charts.block_parts import parts_of
from playground.ui.charts.block_rows import ATTENTION
from playground.ui.pages.build.attention_cost import AttentionCostView
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


def attention_cost() -> QWidget:
    """What was measured once on two cores, for the shape of the preset "tiny"."""
    made = AttentionCostView()
    shape = AttentionShape.of(preset("tiny").model)
    made.show_shape(shape)
    made.show_rows(shape, COSTS, AttentionMeasured(device="cpu", n_threads=1, stopped=""))
    made.resize(256, 640)
    return made


def _cost(n_tokens: int, fused: WayCost, explicit: WayCost, difference: float) -> AttentionCost:
    return AttentionCost(n_tokens=n_tokens, fused=fused, explicit=explicit, largest_difference=difference)


def _way(forward_ms: float, training_ms: float, forward_bytes: int, training_bytes: int) -> WayCost:
    return WayCost(
        forward_ms=forward_ms, training_ms=training_ms, forward_bytes=forward_bytes, training_bytes=training_bytes
    )


COSTS = (
    _cost(64, _way(0.095, 0.34, 46_336, 181_376), _way(0.185, 0.566, 139_264, 266_248), 3.6e-7),
    _cost(128, _way(0.222, 0.958, 88_320, 362_624), _way(0.435, 1.61, 557_056, 933_896), 9.5e-7),
    _cost(256, _way(0.851, 3.79, 209_408, 790_784), _way(2.73, 11.3, 2_228_224, 3_473_416), 6.0e-7),
    _cost(512, _way(3.34, 20.6, 410_112, 1_581_312), _way(11.3, 58.4, 8_912_896, 13_369_352), 7.2e-7),
    _cost(1024, _way(12.8, 55.5, 1_099_776, 3_687_424), _way(49.8, 148.0, 35_651_584, 52_428_808), 6.0e-7),
    _cost(2048, _way(43.8, 183.0, 1_640_448, 6_325_248), _way(584.0, 1546.0, 142_606_336, 207_618_056), 4.8e-7),
)
