"""`playground attention`: what the heads of a run look at in a text, as numbers or as a picture."""

import csv
import io
import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from playground.commands.opening import NEWEST, argument_text, open_model
from playground.contract import storage
from playground.contract.errors import ConfigError, TextError
from playground.contract.messages import HeadAttention, Tokens

if TYPE_CHECKING:
    from torch import Tensor

    from playground.engine.model.transformer import Transformer

ENDINGS = (".npy", ".csv", ".png", ".svg")
_PICTURE_SIDE = 900
_THUMBNAIL = 64


def attention(run: str, text: str, layer: int, head: int, out: Path, step: int = NEWEST) -> int:
    """Write the attention of one head, or of all, to a file; returns the exit code.

    Args:
        layer, head: counted from 1; 0 for all. A head's file holds its weights (T, T), all heads' (L, H, T, T).
        out: its ending says what is written: .npy, .csv, .png or .svg.

    Raises:
        ConfigError: no such layer, head or ending.
        TextError: there are no tokens.
        RunError, TokenizerError, StorageError: as the parts.
    """
    _check_ending(out)
    model, tokenizer, _ = open_model(run, step)
    _check_head(layer, head, model.config.n_layers, model.config.n_heads)
    tokens = tokenizer.tokens(argument_text(text))
    if not len(tokens.ids):
        raise TextError("The text is empty, so there is nothing to look at. Give some with --text.")
    import torch

    kept = tokens.last(model.config.n_ctx)
    n_dropped = len(tokens.ids) - len(kept.ids)
    ids, words = torch.from_numpy(kept.ids), _words(kept)
    data = _all_heads(model, ids, words, out) if not layer else _one_head(model, ids, words, layer, head, out)
    storage.write_bytes(out, data)
    cut = f" (the first {n_dropped:,} do not fit into the context)" if n_dropped else ""
    print(f"{out}: {len(ids):,} tokens{cut}")
    return 0


def _one_head(model: "Transformer", ids: "Tensor", words: list[str], layer: int, head: int, out: Path) -> bytes:
    from playground.engine.insight.heads import head_attention

    found = head_attention(model, ids, layer - 1, head - 1)
    if out.suffix == ".npy":
        return _npy(found.weights)
    if out.suffix == ".csv":
        return _csv({(layer, head): found.weights}, words)
    return _head_picture(found, words, out.suffix)


def _all_heads(model: "Transformer", ids: "Tensor", words: list[str], out: Path) -> bytes:
    from playground.engine.insight.heads import overview
    from playground.engine.model.trace import layers

    if out.suffix in (".png", ".svg"):
        return _grid_picture(overview(model, ids, _THUMBNAIL).thumbnails, out.suffix)
    weights = np.stack([traced.weights.numpy() for traced in layers(model, ids)])  # (L, H, T, T)
    if out.suffix == ".npy":
        return _npy(weights)
    n_layers, n_heads = weights.shape[:2]
    return _csv({(i + 1, j + 1): weights[i, j] for i in range(n_layers) for j in range(n_heads)}, words)


def _words(tokens: Tokens) -> list[str]:
    from playground.ui.visible_text import visible_piece

    return [visible_piece(piece) for piece in tokens.pieces]


def _npy(array: np.ndarray) -> bytes:
    file = io.BytesIO()
    np.save(file, array, allow_pickle=False)
    return file.getvalue()


def _csv(heads: dict[tuple[int, int], np.ndarray], words: list[str]) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["layer", "head", "query_index", "query", "key_index", "key", "weight"])
    for (layer, head), weights in heads.items():
        for i, row in enumerate(weights):
            for j in range(i + 1):
                writer.writerow([layer, head, i + 1, words[i], j + 1, words[j], f"{row[j]:.6g}"])
    return file.getvalue().encode("utf-8")


def _head_picture(found: HeadAttention, words: list[str], ending: str) -> bytes:
    _application()
    from playground.ui.charts.heatmap import Heatmap

    picture = Heatmap()
    picture.show_tokens(words)
    picture.show_head(found)
    picture.resize(_PICTURE_SIDE, _PICTURE_SIDE)
    return _drawn(picture, ending)


def _grid_picture(thumbnails: np.ndarray, ending: str) -> bytes:
    _application()
    from playground.ui.charts.head_grid import HeadGrid

    picture = HeadGrid()
    picture.show_thumbnails(thumbnails)
    picture.resize(_PICTURE_SIDE, _PICTURE_SIDE)
    return _drawn(picture, ending)


def _application() -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from playground.ui.app import make_application

    make_application()


def _drawn(picture: object, ending: str) -> bytes:
    from PySide6.QtWidgets import QWidget

    from playground.ui.widgets.export import png_bytes, svg_bytes

    assert isinstance(picture, QWidget)
    picture.ensurePolished()
    return svg_bytes(picture) if ending == ".svg" else png_bytes(picture)


def _check_ending(out: Path) -> None:
    if out.suffix not in ENDINGS:
        raise ConfigError([f"The file {out} must end in one of {', '.join(ENDINGS)}."])


def _check_head(layer: int, head: int, n_layers: int, n_heads: int) -> None:
    problems = []
    if (layer == 0) != (head == 0):
        problems.append("Give both --layer and --head, or neither for all heads.")
    if not 0 <= layer <= n_layers:
        problems.append(f"There is no layer {layer}; this model has layers 1 to {n_layers}.")
    if not 0 <= head <= n_heads:
        problems.append(f"There is no head {head}; this model has heads 1 to {n_heads}.")
    if problems:
        raise ConfigError(problems)
