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
from playground.contract.messages import CROSS, SELF, HeadAttention, Tokens
from playground.contract.model_config import ENCODER_DECODER

if TYPE_CHECKING:
    from playground.engine.insight.reading import Reading
    from playground.engine.model.transformer import Transformer
    from playground.engine.tokenizers.tokenizer import Tokenizer

ENDINGS = (".npy", ".csv", ".png", ".svg")
_PICTURE_SIDE = 900
_THUMBNAIL = 64


def attention(
    run: str, text: str, layer: int, head: int, out: Path, step: int = NEWEST, *,
    source: str = "", part: str = "", causal_mask: bool = True,
) -> int:  # fmt: skip
    """Write the attention of one head, or of all, to a file; returns the exit code.

    Args:
        text: of an encoder-decoder the translation; "" for the model's own.
        layer, head: counted from 1; 0 for all. A head's file holds its weights (T, S), all heads' (L, H, T, S).
        out: its ending says what is written: .npy, .csv, .png or .svg.
        source: the sentence that an encoder-decoder translates.
        part: "encoder", "self" (the decoder) or "cross"; "" for the decoder, or for "cross" if there is a source.
        causal_mask: False to lift the mask of a decoder that was trained with one.

    Raises:
        ConfigError: no such layer, head or ending.
        PlaygroundError: the model has no such part.
        TextError: there are no tokens.
        RunError, TokenizerError, StorageError: as the parts.
    """
    _check_ending(out)
    trained, tokenizer, _ = open_model(run, step)
    from playground.engine.insight.causal_mask import with_causal_mask
    from playground.engine.insight.heads import part_shape
    from playground.engine.insight.reading import check_part

    part = part or (CROSS if trained.config.kind == ENCODER_DECODER else SELF)
    check_part(trained.config, part)
    _check_head(layer, head, *part_shape(trained, part))
    reading = _read(trained, tokenizer, argument_text(text), argument_text(source))
    model = trained if causal_mask else with_causal_mask(trained, causal_mask=False)
    seen = _Seen(model, reading, part, tokenizer)
    data = _all_heads(seen, out) if not layer else _one_head(seen, layer, head, out)
    storage.write_bytes(out, data)
    cut = f" (the first {reading.n_dropped:,} do not fit into the context)" if reading.n_dropped else ""
    across = f" at {len(seen.columns):,} of the source" if part == CROSS else ""
    print(f"{out}: {len(seen.rows):,} tokens{across}{cut}")
    return 0


class _Seen:
    """A model, what it reads, and the words of the tokens that ask and are looked at."""

    def __init__(self, model: "Transformer", reading: "Reading", part: str, tokenizer: "Tokenizer") -> None:
        import torch

        from playground.ui.visible_text import visible_piece

        end_id = tokenizer.specials.end_id
        self.end = "" if end_id is None else visible_piece(tokenizer.piece(end_id))
        self.model, self.part = model, part
        self.ids = torch.from_numpy(reading.tokens.ids)
        self.source = None if reading.source is None else torch.from_numpy(reading.source.ids)
        self.rows, self.columns = (_words(tokens) for tokens, _ in (reading.rows(part), reading.columns(part)))

    @property
    def is_causal(self) -> bool:
        return self.part == SELF and self.model.main.is_causal


def _read(model: "Transformer", tokenizer: "Tokenizer", text: str, source: str) -> "Reading":
    from playground.engine.generation.translate import translated_ids
    from playground.engine.insight.reading import read_pair, read_source, read_text

    config = model.config
    if config.kind != ENCODER_DECODER:
        if source:
            raise TextError(f"--source is for a model that translates; this one is of the kind {config.kind!r}.")
        if not text:
            raise TextError("The text is empty, so there is nothing to look at. Give some with --text.")
        return read_text(config, tokenizer, text)
    if not source:
        raise TextError("This model translates, so it needs a sentence. Give one with --source.")
    read_source(config, tokenizer, source)  # says what is wrong with it before anything is translated
    target = text or translated_ids(model, tokenizer, source, config.n_ctx - 1)
    return read_pair(config, tokenizer, source, target)


def _one_head(seen: _Seen, layer: int, head: int, out: Path) -> bytes:
    from playground.engine.insight.heads import head_attention

    found = head_attention(seen.model, seen.ids, layer - 1, head - 1, seen.source, seen.part)
    if out.suffix == ".npy":
        return _npy(found.weights)
    if out.suffix == ".csv":
        return _csv({(layer, head): found.weights}, seen)
    return _head_picture(found, seen, out.suffix)


def _all_heads(seen: _Seen, out: Path) -> bytes:
    from playground.engine.insight.heads import all_weights, overview

    if out.suffix in (".png", ".svg"):
        found = overview(seen.model, seen.ids, _THUMBNAIL, seen.source, seen.part)
        return _grid_picture(found.thumbnails, out.suffix, is_causal=seen.is_causal)
    weights = all_weights(seen.model, seen.ids, seen.source, seen.part)  # (L, H, T, S)
    if out.suffix == ".npy":
        return _npy(weights)
    n_layers, n_heads = weights.shape[:2]
    return _csv({(i + 1, j + 1): weights[i, j] for i in range(n_layers) for j in range(n_heads)}, seen)


def _words(tokens: Tokens) -> list[str]:
    from playground.ui.visible_text import visible_piece

    return [visible_piece(piece) for piece in tokens.pieces]


def _npy(array: np.ndarray) -> bytes:
    file = io.BytesIO()
    np.save(file, array, allow_pickle=False)
    return file.getvalue()


def _csv(heads: dict[tuple[int, int], np.ndarray], seen: _Seen) -> bytes:
    """Every cell that is not masked."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["layer", "head", "query_index", "query", "key_index", "key", "weight"])
    for (layer, head), weights in heads.items():
        for i, row in enumerate(weights):
            for j in range(i + 1 if seen.is_causal else len(row)):
                writer.writerow([layer, head, i + 1, seen.rows[i], j + 1, seen.columns[j], f"{row[j]:.6g}"])
    return file.getvalue().encode("utf-8")


def _head_picture(found: HeadAttention, seen: _Seen, ending: str) -> bytes:
    _application()
    from playground.ui.charts.heatmap import Heatmap

    picture = Heatmap()
    if seen.part == CROSS:
        picture.show_tokens(seen.rows, None, seen.columns, [*seen.rows[1:], seen.end])
    else:
        picture.show_tokens(seen.rows)
    picture.show_head(found)
    picture.resize(_PICTURE_SIDE, _PICTURE_SIDE)
    return _drawn(picture, ending)


def _grid_picture(thumbnails: np.ndarray, ending: str, *, is_causal: bool) -> bytes:
    _application()
    from playground.ui.charts.head_grid import HeadGrid

    picture = HeadGrid()
    picture.show_thumbnails(thumbnails, is_causal=is_causal)
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
