"""Axis numbers for people: 1,000 with commas, no hidden powers of ten, and round numbers on a logarithmic axis too."""

import itertools
import math

import pyqtgraph as pg

_LINEAR_BELOW_DECADES = 1.2  # a shorter logarithmic stretch gets evenly spaced round numbers
_PLAIN_BELOW = 1e8  # beyond, digits are too many to be counted
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_LARGEST_POWER = 300.0  # of ten; for a moment the axis may hold steps, not yet their logarithms


class NumberAxis(pg.AxisItem):
    """An axis of plain numbers; its grid lines are its ticks."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation)
        self.enableAutoSIPrefix(False)
        self.setStyle(tickLength=0, tickTextOffset=8, maxTickLevel=0)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:
        wanted = max(int(size / (90 if self.orientation == "bottom" else 48)), 2)
        if self.logMode:
            low, high = (10.0 ** min(max(power, -_LARGEST_POWER), _LARGEST_POWER) for power in (minVal, maxVal))
            places = [math.log10(value) for value in log_ticks(low, high, wanted)]
        else:
            places = linear_ticks(minVal, maxVal, wanted)
        return [(1.0, places)]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        if self.logMode:
            return [log_word(10**value) for value in values]
        return tick_words(list(values))


def linear_ticks(low: float, high: float, n_wanted: int) -> list[float]:
    """Multiples of 1, 2 or 5 times a power of ten from `low` to `high`, about `n_wanted` of them."""
    if not high > low:
        return [low]
    rough = (high - low) / n_wanted
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [index * step for index in range(first, last + 1)]


def log_ticks(low: float, high: float, n_wanted: int) -> list[float]:
    """Round numbers from `low` to `high` for a logarithmic axis; both above 0."""
    low = max(low, 1e-300)
    high = min(max(high, low), 1e300)
    decades = math.log10(high) - math.log10(low)
    if decades < _LINEAR_BELOW_DECADES:
        return [value for value in linear_ticks(low, high, n_wanted) if value > 0]
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    factors = (1, 2, 5) if decades * 3 <= n_wanted * 1.5 else (1,)
    stride = 1 if len(factors) > 1 else max(round(decades / n_wanted), 1)
    values = [factor * 10.0**power for power in range(first, last + 1, stride) for factor in factors]
    return [value for value in values if low * 0.999 <= value <= high * 1.001]


def tick_words(values: list[float]) -> list[str]:
    """The numbers as words, all with the decimals that the finest needs."""
    if not values:
        return []
    largest = max(abs(value) for value in values)
    if largest >= _PLAIN_BELOW or 0 < largest < 1e-3:
        return [power_word(value) for value in values]
    gaps = [abs(b - a) for a, b in itertools.pairwise(values)] or [largest or 1.0]
    n_decimals = max(0, -math.floor(math.log10(min(gaps) or 1.0) + 1e-9))
    return [f"{value:,.{n_decimals}f}" for value in values]


def log_word(value: float) -> str:
    """One number of a logarithmic axis."""
    return (
        f"{value:,.6g}"
        if 1e-4 <= value < 1e6
        else f"{value:,.0f}"
        if 1e6 <= value < _PLAIN_BELOW
        else power_word(value)
    )


def power_word(value: float) -> str:
    """Few digits times a power of ten, as it is written by hand."""
    if not value:
        return "0"
    digits, power = f"{value:.2e}".split("e")
    digits = digits.rstrip("0").rstrip(".")
    raised = f"10{str(int(power)).translate(_RAISED)}"
    return raised if digits == "1" else f"{digits}×{raised}"
