"""All measured points of a chart's curves as the rows of a table, made only as they are asked for."""

from collections.abc import Iterator, Sequence
from typing import overload

from playground.ui.charts.curve import Curve

Row = tuple[str, float, float]
_CHUNK = 4096


class CurveRows(Sequence[Row]):
    """The label, x and y of each point, curve after curve; a sample of what is still being read is no measurement."""

    def __init__(self, curves: Sequence[Curve]) -> None:
        self._curves = [curve for curve in curves if not curve.is_sample]

    def __len__(self) -> int:
        return sum(map(len, self._curves))

    def __iter__(self) -> Iterator[Row]:
        for curve in self._curves:
            for first in range(0, len(curve), _CHUNK):
                part = slice(first, min(first + _CHUNK, len(curve)))
                x = (curve.x.values[part] * curve.x_factor).tolist()
                y = curve.changed(curve.y.values[part]).tolist()
                yield from zip([curve.label] * len(x), x, y, strict=True)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        place = index + len(self) if index < 0 else index
        for curve in self._curves:
            if 0 <= place < len(curve):
                return curve.label, curve.x_at(place), curve.value_at(place)
            place -= len(curve)
        raise IndexError(index)
