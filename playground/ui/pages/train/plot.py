"""What the big chart shows besides the run in view, as values."""

from dataclasses import dataclass

from playground.ui.pages.train.series import STEP
from playground.ui.state.metrics import Metrics


@dataclass(frozen=True, kw_only=True)
class PlotChoice:
    """How the person wants the curves drawn."""

    smoothing: float = 0.9
    across: str = STEP
    log_x: bool = False
    log_y: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class OtherCurve:
    """A further run: `name` tells it from others, `label` (of foreign origin) is read, `slot` is its colour."""

    name: str
    label: str
    slot: int
    metrics: Metrics
