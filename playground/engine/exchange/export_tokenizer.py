"""A tokenizer as files that `transformers` reads: an imported one as it came, ours as a tokenizer.json.

The conversion is tried on texts before it is given away; where it would cut one of them in another way, the
SentencePiece model is written instead.
"""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playground.engine.tokenizers.specials import MASK_PIECE
from playground.engine.tokenizers.tokenizer import BYTE, SPACE, Tokenizer

if TYPE_CHECKING:
    import tokenizers

_TRIED = (
    "The small fox went home.\nIt was  late, very late!",
    'Mia said: "What\'s that?" 12,345.67 + 8 = ?',
    "むかしむかし、あるところに女の子がいました。",
    "猫は魚を食べた。\n\n彼女は 笑った。",
    "na\u00efve caf\u00e9 \U0001f600\U0001f680 \u2026",
    "",
    " ",
    "\n",
    "a",
    "\tx = y  ",
)
_N_PIECES_TRIED = 3000
_INSIDE_NAMES, _INSIDE_UNKNOWN = r"<(?=unk>|0x[0-9A-F]{2}>)", r"<(?=unk>)"


def tokenizer_files(tokenizer: Tokenizer, n_ctx: int) -> tuple[dict[str, bytes], dict[str, Any], list[str]]:
    """Files by name, ids of special tokens for config.json, and what is not quite the same, in sentences."""
    special = tokenizer.specials
    values = {
        "bos_token_id": special.start_id,
        "eos_token_id": special.end_id,
        "pad_token_id": special.pad_id,
        "decoder_start_token_id": special.start_id,
    }
    if tokenizer.type == "imported":
        return _as_it_came(tokenizer), values, []
    converted = _converted(tokenizer)
    if not _agree(tokenizer, converted):
        model = {name: data for name, data in _as_it_came(tokenizer).items() if name == "tokenizer.model"}
        return model, values, ["The tokenizer is a SentencePiece model: tokenizer.json cannot cut every text like it."]
    described = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": n_ctx,
        "clean_up_tokenization_spaces": False,
        **({"mask_token": MASK_PIECE} if special.mask_id is not None else {}),
    }
    files = {
        "tokenizer.json": converted.to_str(pretty=True).encode("utf-8"),
        "tokenizer_config.json": (json.dumps(described, indent=2) + "\n").encode("utf-8"),
    }
    return files, values, []


def _agree(tokenizer: Tokenizer, converted: "tokenizers.Tokenizer") -> bool:
    """Whether both cut all of many texts into the same ids."""
    texts = _texts(tokenizer)
    return all(
        converted.encode(text, add_special_tokens=False).ids == tokenizer.encode(text).tolist() for text in texts
    )


def _as_it_came(tokenizer: Tokenizer) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        tokenizer.save(Path(folder))
        return {path.name: path.read_bytes() for path in Path(folder).iterdir() if path.name != "tokenizer.toml"}


def _converted(tokenizer: Tokenizer) -> "tokenizers.Tokenizer":
    """Our SentencePiece model in the terms of the `tokenizers` library: no normalization, spaces as U+2581."""
    import tokenizers
    from tokenizers import Regex, decoders, models, normalizers, pre_tokenizers

    vocabulary = tokenizer.vocabulary()
    n_pieces = tokenizer.vocab_size - (tokenizer.specials.mask_id is not None)
    pieces, scores = vocabulary.pieces[:n_pieces], vocabulary.scores[:n_pieces].tolist()
    has_bytes = bool((vocabulary.kinds == BYTE).any())
    if tokenizer.type == "bpe":
        ids = {piece: id for id, piece in enumerate(pieces)}
        model: models.Model = models.BPE(
            ids,
            _merges(pieces, scores, vocabulary.kinds.tolist()),
            unk_token=pieces[0],
            byte_fallback=has_bytes,
            fuse_unk=not has_bytes,
        )
    else:
        model = models.Unigram(list(zip(pieces, scores, strict=True)), unk_id=0, byte_fallback=has_bytes)
    made = tokenizers.Tokenizer(model)
    made.normalizer = normalizers.Replace(" ", SPACE)
    # Here the names of bytes and of the unknown piece are pieces like any other: text that spells one is cut inside it.
    made.pre_tokenizer = pre_tokenizers.Split(Regex(_INSIDE_NAMES if has_bytes else _INSIDE_UNKNOWN), "isolated")
    made.decoder = decoders.Sequence([decoders.Replace(SPACE, " "), decoders.ByteFallback(), decoders.Fuse()])
    if "\n" in pieces:  # a token of its own, whatever stands beside it
        made.add_tokens([tokenizers.AddedToken("\n", normalized=False)])
    if tokenizer.specials.mask_id is not None:
        made.add_special_tokens([tokenizers.AddedToken(MASK_PIECE, normalized=False)])
    return made


def _merges(pieces: list[str], scores: list[float], kinds: list[int]) -> list[tuple[str, str]]:
    """Every pair of pieces that makes a third, the best first: what SentencePiece's BPE goes by."""
    ids = {piece: id for id, (piece, kind) in enumerate(zip(pieces, kinds, strict=False)) if kind == 0}
    found = []
    for piece, id in ids.items():
        for cut in range(1, len(piece)):
            left, right = piece[:cut], piece[cut:]
            if left in ids and right in ids:
                found.append((-scores[id], ids[left], ids[right], left, right))
    return [(left, right) for *_, left, right in sorted(found)]


def _texts(tokenizer: Tokenizer) -> Iterator[str]:
    """Texts to try: some in both languages, and the vocabulary's own pieces side by side."""
    yield from _TRIED
    pieces = [tokenizer.piece(id).replace(SPACE, " ") for id in range(min(tokenizer.vocab_size, _N_PIECES_TRIED))
              if tokenizer.kind(id) == 0]  # fmt: skip
    for start in range(0, len(pieces), 40):
        yield "".join(pieces[start : start + 40])
        yield " ".join(pieces[start : start + 40])
