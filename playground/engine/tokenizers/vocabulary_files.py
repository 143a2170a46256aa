"""The older files of a tokenizer, `vocab.txt` (BERT) and `vocab.json` with `merges.txt` (GPT-2), as a `tokenizer.json`.

What these files do not say, how a text is cut before its words are looked up, is what BERT and GPT-2 do.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from playground.contract.errors import TokenizerError

BERT_SPECIALS = {"start": "[CLS]", "end": "[SEP]", "mask": "[MASK]", "pad": "[PAD]"}
_LINE_END = re.compile("\r\n|\r|\n")
_ADVICE = "Fetch it anew, or save the tokenizer as tokenizer.json."


def wordpiece_json(path: Path, vocabulary: bytes, options: dict[str, Any]) -> bytes:
    """BERT's tokenizer (Devlin et al. 2019) with these pieces, one a line.

    Args:
        path: of the vocabulary, for what is said of it.
        options: of tokenizer_config.json; lower case, accents and the unknown piece are told there.

    Raises:
        TokenizerError: it is no UTF-8, or a line occurs twice.
    """
    lines = _LINE_END.split(_text(path, vocabulary))
    if lines and not lines[-1]:
        lines.pop()
    pieces = {line: id for id, line in enumerate(lines)}
    if len(pieces) != len(lines):
        raise TokenizerError(f"A line of {path} occurs twice. {_ADVICE}")
    unknown = token_spelling(options.get("unk_token")) or "[UNK]"
    special = {unknown, *BERT_SPECIALS.values()}
    strip_accents = options.get("strip_accents")
    normalizer = {
        "type": "BertNormalizer",
        "clean_text": True,
        "handle_chinese_chars": options.get("tokenize_chinese_chars", True) is not False,
        "strip_accents": strip_accents if isinstance(strip_accents, bool) else None,
        "lowercase": options.get("do_lower_case", True) is not False,
    }
    model = {
        "type": "WordPiece",
        "unk_token": unknown,
        "continuing_subword_prefix": "##",
        "max_input_chars_per_word": 100,
        "vocab": pieces,
    }
    return _joined(normalizer, {"type": "BertPreTokenizer"}, model, pieces, special)


def byte_level_json(
    path: Path, vocabulary: dict[str, Any], merges: bytes, options: dict[str, Any], special: Iterable[str]
) -> bytes:
    """GPT-2's tokenizer (Radford et al. 2019) with these pieces and merges.

    Args:
        path: of the merges, for what is said of them.
        options: of tokenizer_config.json.
        special: the spellings of special tokens.

    Raises:
        TokenizerError: the merges are no UTF-8.
    """
    lines = [line for line in _LINE_END.split(_text(path, merges)) if line]
    if lines and lines[0].startswith("#version"):
        lines.pop(0)
    starts_with_space = options.get("add_prefix_space") is True
    cutter = {"type": "ByteLevel", "add_prefix_space": starts_with_space, "trim_offsets": True, "use_regex": True}
    model = {
        "type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None,
        "end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": False, "ignore_merges": False,
        "vocab": vocabulary, "merges": [line.split(" ") for line in lines],
    }  # fmt: skip
    return _joined(None, cutter, model, vocabulary, set(special))


def _joined(
    normalizer: dict[str, Any] | None,
    pre_tokenizer: dict[str, Any],
    model: dict[str, Any],
    pieces: dict[str, Any],
    special: set[str],
) -> bytes:
    added = [
        {"id": pieces[spelling], "content": spelling, "single_word": False, "lstrip": False, "rstrip": False,
         "normalized": False, "special": True}
        for spelling in sorted(special & pieces.keys(), key=lambda spelling: str(pieces[spelling]))
    ]  # fmt: skip
    decoder = {"type": "WordPiece", "prefix": "##", "cleanup": True} if normalizer else pre_tokenizer
    whole = {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": added, "normalizer": normalizer,
        "pre_tokenizer": pre_tokenizer, "post_processor": None, "decoder": decoder, "model": model,
    }  # fmt: skip
    return json.dumps(whole).encode("ascii")


def _text(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TokenizerError(
            f"{path} is not UTF-8: byte {error.start} is {data[error.start]:#04x}. {_ADVICE}"
        ) from None


def token_spelling(value: Any) -> str | None:
    """A token of tokenizer_config.json: a text, or an object that holds it."""
    content = value.get("content") if isinstance(value, dict) else value
    return content if isinstance(content, str) and content else None
