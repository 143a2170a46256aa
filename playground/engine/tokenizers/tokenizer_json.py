"""A `tokenizer.json` as data: what is allowed in one, and what of it is given to the library that reads it.

The library panics on contradictions, so that every piece, id and merge is looked at here first. Nothing of the file
that puts special tokens around a text, cuts it short or fills it up is passed on.
"""

import json
from dataclasses import dataclass
from typing import Any

from playground.contract.errors import TokenizerError
from playground.engine.tokenizers.backend import N_PIECES_LIMIT, PIECE_LIMIT_BYTES

BPE, WORDPIECE, UNIGRAM = "BPE", "WordPiece", "Unigram"
_MODELS = (BPE, WORDPIECE, UNIGRAM)
_DEPTH_LIMIT = 24
_N_STEPS_LIMIT = 200  # nodes of normalizer and pre-tokenizer; the largest that are in use have some twenty
_TEXT_LIMIT = 4096  # characters of a pattern
_CHARSMAP_LIMIT = 4_000_000
_WORD_LIMIT = 1000  # WordPiece's longest word in characters
_N_MERGES_LIMIT = 2 * N_PIECES_LIMIT
_N_HOLES_LIMIT = 2000
_AFFIX_LIMIT = 8
_SCORE_LIMIT = 1e9


@dataclass(frozen=True, kw_only=True)
class TokenizerJson:
    """What a checked file says."""

    model: str  # "BPE", "WordPiece" or "Unigram"
    is_byte_level: bool  # pieces are spelled with GPT-2's alphabet of bytes
    has_byte_pieces: bool  # "<0xE3>" is a byte
    prefix: str  # WordPiece's sign of pieces that go on, else ""
    spellings: dict[int, str]  # pieces by id; there may be holes
    added: dict[int, str]  # the pieces among them that are cut out of a text before all others
    special_ids: frozenset[int]
    unknown_id: int | None
    scores: dict[int, float]
    patterns: tuple[str, ...]  # regular expressions and other texts that the steps look for
    cleaned: str  # JSON for the library

    @property
    def n_pieces(self) -> int:
        return max(self.spellings) + 1


def checked_json(data: bytes) -> TokenizerJson:
    """Read and check the file.

    Raises:
        TokenizerError: it is damaged, contradicts itself, is too large, or of a kind that is not read.
    """
    value = _object(data)
    model = value.get("model")
    _expect(isinstance(model, dict), "it has no model")
    assert isinstance(model, dict)
    kind = _model_kind(model)
    vocabulary, scores = _unigram_vocabulary(model) if kind == UNIGRAM else (_vocabulary(model), {})
    if kind == BPE:
        scores = _check_merges(model, vocabulary)
    added, special_ids = _added_tokens(value.get("added_tokens"), vocabulary)
    spellings = {id: spelling for spelling, id in vocabulary.items()} | added
    _check_ids(spellings)
    steps = {name: value.get(name) for name in ("normalizer", "pre_tokenizer")}
    patterns = _check_steps(steps)
    names = _type_names([*steps.values(), value.get("decoder")])
    prefix = _short_text(model, "continuing_subword_prefix") if kind == WORDPIECE else ""
    unknown_id = _unknown_id(model, kind, vocabulary)
    cleaned = {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": value.get("added_tokens") or [],
        **steps, "post_processor": None, "decoder": None, "model": _cleaned_model(model, kind),
    }  # fmt: skip
    return TokenizerJson(
        model=kind,
        is_byte_level=kind == BPE and "ByteLevel" in names,
        has_byte_pieces=model.get("byte_fallback") is True,
        prefix=prefix,
        spellings=spellings,
        added=added,
        special_ids=special_ids,
        unknown_id=unknown_id,
        scores=scores,
        patterns=patterns,
        cleaned=json.dumps(cleaned, ensure_ascii=False),
    )


def _object(data: bytes) -> dict[str, Any]:
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_without_doubles, parse_constant=_no_constant)
    except RecursionError:
        raise _refused("it is nested too deep") from None
    except UnicodeDecodeError:
        raise _refused("it is not UTF-8") from None
    except ValueError as error:
        raise _refused(f"it is no JSON: {error}") from None
    _expect(isinstance(value, dict), "it is no JSON object")
    assert isinstance(value, dict)
    return value


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key or piece occurs twice")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _model_kind(model: dict[str, Any]) -> str:
    kind = model.get("type")
    if kind is None:  # files of before 2021 do not say it
        kind = BPE if "merges" in model else UNIGRAM if isinstance(model.get("vocab"), list) else WORDPIECE
    _expect(kind in _MODELS, f"its model is {_short(kind)}, and {', '.join(_MODELS)} are read")
    return str(kind)


def _vocabulary(model: dict[str, Any]) -> dict[str, int]:
    vocabulary = model.get("vocab")
    _expect(isinstance(vocabulary, dict), "its vocabulary is no object of pieces and ids")
    assert isinstance(vocabulary, dict)
    _expect(len(vocabulary) <= N_PIECES_LIMIT, f"it has {len(vocabulary):,} pieces, and {N_PIECES_LIMIT:,} are read")
    for spelling, id in vocabulary.items():
        _check_piece(spelling, id)
    _expect(len(set(vocabulary.values())) == len(vocabulary), "two pieces have the same id")
    return vocabulary


def _unigram_vocabulary(model: dict[str, Any]) -> tuple[dict[str, int], dict[int, float]]:
    rows = model.get("vocab")
    _expect(isinstance(rows, list) and bool(rows), "its vocabulary is no list of pieces and scores")
    assert isinstance(rows, list)
    _expect(len(rows) <= N_PIECES_LIMIT, f"it has {len(rows):,} pieces, and {N_PIECES_LIMIT:,} are read")
    vocabulary: dict[str, int] = {}
    scores: dict[int, float] = {}
    for id, row in enumerate(rows):
        if not isinstance(row, list) or len(row) != 2:
            raise _refused(f"piece {id} is no pair of a piece and a score")
        spelling, score = row
        _check_piece(spelling, id)
        if type(score) not in (int, float) or not abs(score) < _SCORE_LIMIT:
            raise _refused(f"the score of piece {id} is {_short(score)}")
        vocabulary[spelling], scores[id] = id, float(score)
    _expect(len(vocabulary) == len(rows), "a piece occurs twice")
    return vocabulary, scores


def _check_piece(spelling: Any, id: Any) -> None:
    if not isinstance(spelling, str):
        raise _refused(f"the piece {_short(spelling)} is no text")
    if len(spelling) > PIECE_LIMIT_BYTES:
        raise _refused(f"a piece has {len(spelling):,} characters, and {PIECE_LIMIT_BYTES} are the most")
    if "\0" in spelling:
        raise _refused(f"the piece {_short(spelling)} holds a NUL, which no text has")
    if type(id) is not int or not 0 <= id < N_PIECES_LIMIT:
        raise _refused(f"the id of {_short(spelling)} is {_short(id)}, and ids go from 0 to {N_PIECES_LIMIT - 1:,}")


def _check_ids(spellings: dict[int, str]) -> None:
    _expect(bool(spellings), "it has no pieces")
    highest = max(spellings)
    _expect(
        highest < len(spellings) + _N_HOLES_LIMIT,
        f"its ids go up to {highest:,}, and it has only {len(spellings):,} pieces",
    )


def _check_merges(model: dict[str, Any], vocabulary: dict[str, int]) -> dict[int, float]:
    """Scores by id: minus the rank of the merge that makes the piece, as SentencePiece gives them."""
    for name in ("continuing_subword_prefix", "end_of_word_suffix"):
        _expect(not model.get(name), f"its pieces carry {_short(model.get(name))} ({name}), which is not read")
    merges = model.get("merges")
    _expect(isinstance(merges, list), "it has no list of merges")
    assert isinstance(merges, list)
    _expect(len(merges) <= _N_MERGES_LIMIT, f"it has {len(merges):,} merges, and {_N_MERGES_LIMIT:,} are read")
    scores: dict[int, float] = {}
    for rank, merge in enumerate(merges):
        pair = merge.split(" ") if isinstance(merge, str) else merge
        if type(pair) is not list or len(pair) != 2 or type(pair[0]) is not str or type(pair[1]) is not str:
            raise _refused(f"merge {rank} is {_short(merge)}, and no pair of pieces")
        left, right = pair
        if left not in vocabulary or right not in vocabulary or left + right not in vocabulary:
            missing = next(each for each in (left, right, left + right) if each not in vocabulary)
            raise _refused(f"merge {rank} needs the piece {_short(missing)}, which is missing")
        if not left or not right:
            raise _refused(f"merge {rank} is {_short(merge)}, and no pair of pieces")
        scores.setdefault(vocabulary[left + right], -float(rank))
    return scores


def _added_tokens(rows: Any, vocabulary: dict[str, int]) -> tuple[dict[int, str], frozenset[int]]:
    """Pieces by id, and the ids of those among them that are special."""
    _expect(rows is None or isinstance(rows, list), "its added tokens are no list")
    added: dict[int, str] = {}
    special = set()
    taken = {id: spelling for spelling, id in vocabulary.items()}
    for row in rows or []:
        _expect(isinstance(row, dict), f"an added token is {_short(row)}")
        spelling, id = row.get("content"), row.get("id")
        _check_piece(spelling, id)
        _expect(bool(spelling), f"the added token {id} is empty")
        is_own = vocabulary.get(spelling, id) == id and taken.get(id, spelling) == spelling
        _expect(is_own and id not in added, f"the id {id} of {_short(spelling)} belongs to another piece")
        added[id] = spelling
        if row.get("special") is True:
            special.add(id)
    _expect(len(set(added.values())) == len(added), "an added token occurs twice")
    return added, frozenset(special)


def _check_steps(steps: dict[str, Any]) -> tuple[str, ...]:
    """What the steps before the cutting look for in a text."""
    found: list[str] = []
    n_nodes = 0
    waiting: list[tuple[Any, str, int]] = [(value, name, 1) for name, value in steps.items()]
    while waiting:
        value, name, depth = waiting.pop()
        n_nodes += 1
        _expect(depth <= _DEPTH_LIMIT and n_nodes <= _N_STEPS_LIMIT, "its steps before the cutting are too many")
        if isinstance(value, dict):
            waiting += [(each, key, depth + 1) for key, each in value.items()]
        elif isinstance(value, list):
            waiting += [(each, name, depth + 1) for each in value]
        elif isinstance(value, str) and name == "precompiled_charsmap":
            _expect(len(value) <= _CHARSMAP_LIMIT, "its table of characters is too large")
        elif isinstance(value, str):
            _expect(len(value) <= _TEXT_LIMIT, f"a pattern has {len(value):,} characters")
            if name != "type":
                found.append(value)
    return tuple(found)


def _type_names(values: list[Any]) -> set[str]:
    names: set[str] = set()
    waiting = list(values)
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            names.add(str(value.get("type")))
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return names


def _unknown_id(model: dict[str, Any], kind: str, vocabulary: dict[str, int]) -> int | None:
    if kind == UNIGRAM:
        id = model.get("unk_id")
        is_id = id is None or (type(id) is int and 0 <= id < len(vocabulary))
        _expect(is_id, f"its unknown piece has the id {_short(id)}")
        return id
    spelling = model.get("unk_token")
    if kind == BPE and not spelling:
        return None
    is_piece = isinstance(spelling, str) and spelling in vocabulary
    _expect(is_piece, f"its unknown piece {_short(spelling)} is not in its vocabulary")
    return vocabulary[str(spelling)]


def _cleaned_model(model: dict[str, Any], kind: str) -> dict[str, Any]:
    found = {**model, "type": kind}
    if kind == BPE:
        found |= {"dropout": None, "unk_token": model.get("unk_token") or None}
    if kind == WORDPIECE:
        limit = model.get("max_input_chars_per_word", 100)
        _expect(type(limit) is int and 0 < limit <= _WORD_LIMIT, f"its longest word has {_short(limit)} characters")
        found["max_input_chars_per_word"] = limit
    return found


def _short_text(model: dict[str, Any], name: str) -> str:
    value = model.get(name, "##")
    _expect(isinstance(value, str) and len(value) <= _AFFIX_LIMIT, f"its {name} is {_short(value)}")
    return str(value)


def _short(value: Any) -> str:
    """A value for a sentence, cut where it is long."""
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    text = ascii(value[:40] if isinstance(value, str) else value)
    return text if len(text) <= 60 else text[:57] + "..."


def _expect(holds: bool, what: str) -> None:
    if not holds:
        raise _refused(what)


def _refused(what: str) -> TokenizerError:
    return TokenizerError(f"The tokenizer is damaged or not of a kind that is read: {what}. Choose another one.")
