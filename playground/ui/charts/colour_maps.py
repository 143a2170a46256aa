"""The colour maps of matrices: perceptually even ones that also work for colour-blind people, as lookup tables.

The tables are pyqtgraph's, which takes them from matplotlib; it is imported when the first table is asked for.
"""

from functools import cache

import numpy as np

COLOUR_MAPS = ("viridis", "cividis", "inferno")
N_COLOURS = 256


@cache
def lookup_table(name: str) -> np.ndarray:
    """The map's colours from low to high, (256, 3) uint8 red, green, blue; an unknown name means viridis."""
    import pyqtgraph as pg

    found = pg.colormap.get(name if name in COLOUR_MAPS else COLOUR_MAPS[0])
    return np.asarray(found.getLookupTable(nPts=N_COLOURS, alpha=False), dtype=np.uint8)
