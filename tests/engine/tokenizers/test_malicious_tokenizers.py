"""Tokenizers that somebody broke, by accident or on purpose: each is refused with a sentence, soon."""

import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from foreign_tokenizers import theirs, write_folder, write_json
from refusals import LIMIT_S, refusal

from playground.contract.errors import TokenizerError
from playground.engine.tokenizers.importing import import_tokenizer
from playground.engine.tokenizers.tokenizer import load_tokenizer

Values = dict[str, Any]

GPT2 = "gpt2"
REDOS = "(?:a|a)*(?:a|aa)+$x"


def model(values: Values) -> Values:
    found: Values = values["model"]
    return found


def merge_of_missing_pieces(values: Values) -> None:
    model(values)["merges"].append(["nowhere", "else"])


def merge_without_a_result(values: Values) -> None:
    model(values)["merges"].append(["Q", "Q"])


def merge_of_one_piece(values: Values) -> None:
    model(values)["merges"].append("Q")


def merges_of_numbers(values: Values) -> None:
    model(values)["merges"] = [[1, 2]]


def merges_of_a_text(values: Values) -> None:
    model(values)["merges"] = "a b"


def huge_id(values: Values) -> None:
    model(values)["vocab"]["huge"] = 1 << 62


def large_hole(values: Values) -> None:
    model(values)["vocab"]["far"] = 900_000


def negative_id(values: Values) -> None:
    model(values)["vocab"]["below"] = -1


def id_of_true(values: Values) -> None:
    model(values)["vocab"]["yes"] = True


def id_of_a_fraction(values: Values) -> None:
    model(values)["vocab"]["half"] = 7.5


def id_twice(values: Values) -> None:
    model(values)["vocab"]["again"] = 5


def long_piece(values: Values) -> None:
    model(values)["vocab"]["a" * 100_000] = len(model(values)["vocab"])


def nul_piece(values: Values) -> None:
    model(values)["vocab"]["a\0b"] = len(model(values)["vocab"])


def vocabulary_of_a_list(values: Values) -> None:
    model(values)["vocab"] = [["a", 1.0]]


def no_vocabulary(values: Values) -> None:
    model(values)["vocab"] = {}
    model(values)["merges"] = []
    values["added_tokens"] = []


def no_model(values: Values) -> None:
    del values["model"]


def unknown_model(values: Values) -> None:
    model(values)["type"] = "WordLevel"


def pieces_with_endings(values: Values) -> None:
    model(values)["end_of_word_suffix"] = "</w>"


def unknown_piece_that_is_missing(values: Values) -> None:
    model(values)["unk_token"] = "<nowhere>"


def added_token_in_anothers_place(values: Values) -> None:
    values["added_tokens"].append({**values["added_tokens"][0], "id": 300, "content": "<thief>"})


def added_token_of_two_ids(values: Values) -> None:
    values["added_tokens"].append({**values["added_tokens"][0], "id": 700})


def added_token_far_out(values: Values) -> None:
    values["added_tokens"].append({**values["added_tokens"][0], "id": 1 << 31, "content": "<far>"})


def empty_added_token(values: Values) -> None:
    values["added_tokens"].append({**values["added_tokens"][0], "id": 600, "content": ""})


def added_token_of_a_number(values: Values) -> None:
    values["added_tokens"].append(7)


def regular_expression_without_end(values: Values) -> None:
    values["pre_tokenizer"] = {
        "type": "Split", "pattern": {"Regex": REDOS}, "behavior": "Isolated", "invert": False
    }  # fmt: skip


def regular_expression_that_is_none(values: Values) -> None:
    values["normalizer"] = {"type": "Replace", "pattern": {"Regex": "((("}, "content": ""}


def texts_that_grow(values: Values) -> None:
    grown = {"type": "Replace", "pattern": {"Regex": "."}, "content": "ab" * 2000}
    values["normalizer"] = {"type": "Sequence", "normalizers": [grown] * 6}


def thousand_steps(values: Values) -> None:
    values["normalizer"] = {"type": "Sequence", "normalizers": [{"type": "NFC"}] * 1000}


def deep_steps(values: Values) -> None:
    step: Values = {"type": "NFC"}
    for _ in range(100):
        step = {"type": "Sequence", "normalizers": [step]}
    values["normalizer"] = step


def unknown_step(values: Values) -> None:
    values["pre_tokenizer"] = {"type": "Shell", "command": "true"}


def damaged_table_of_characters(values: Values) -> None:
    values["normalizer"] = {"type": "Precompiled", "precompiled_charsmap": "////fwAAAAA="}


CONTRADICTIONS: list[tuple[Callable[[Values], None], str]] = [
    (merge_of_missing_pieces, r"merge \d+ needs the piece 'nowhere', which is missing"),
    (merge_without_a_result, r"merge \d+ needs the piece 'QQ', which is missing"),
    (merge_of_one_piece, r"merge \d+ is 'Q', and no pair"),
    (merges_of_numbers, "merge 0 is a list, and no pair"),
    (merges_of_a_text, "it has no list of merges"),
    (huge_id, "the id of 'huge' is 4611686018427387904, and ids go from 0 to 999,999"),
    (large_hole, "its ids go up to 900,000, and it has only 601 pieces"),
    (negative_id, "the id of 'below' is -1"),
    (id_of_true, "the id of 'yes' is True"),
    (id_of_a_fraction, r"the id of 'half' is 7\.5"),
    (id_twice, "two pieces have the same id"),
    (long_piece, "a piece has 100,000 characters, and 512 are the most"),
    (nul_piece, "holds a NUL"),
    (vocabulary_of_a_list, "its vocabulary is no object"),
    (no_vocabulary, "it has no pieces"),
    (no_model, "it has no model"),
    (unknown_model, "its model is 'WordLevel', and BPE, WordPiece, Unigram are read"),
    (pieces_with_endings, "end_of_word_suffix"),
    (unknown_piece_that_is_missing, "its unknown piece '<nowhere>' is not in its vocabulary"),
    (added_token_in_anothers_place, "the id 300 of '<thief>' belongs to another piece"),
    (added_token_of_two_ids, "the id 700 of '<|endoftext|>' belongs to another piece"),
    (added_token_far_out, "the id of '<far>' is 2147483648"),
    (empty_added_token, "the added token 600 is empty"),
    (added_token_of_a_number, "an added token is 7"),
    (regular_expression_without_end, r"not ready after 10 seconds|broke the process|cannot cut this text"),
    (regular_expression_that_is_none, "damaged"),
    (texts_that_grow, r"broke the process|not ready after|memory"),
    (thousand_steps, "its steps before the cutting are too many"),
    (deep_steps, "its steps before the cutting are too many"),
    (unknown_step, "damaged"),
    (damaged_table_of_characters, "damaged|broke the process"),
]


@pytest.mark.parametrize(("change", "expected"), CONTRADICTIONS, ids=[change.__name__ for change, _ in CONTRADICTIONS])
def test_a_file_that_contradicts_itself(change: Callable[[Values], None], expected: str, tmp_path: Path) -> None:
    values = json.loads(theirs(GPT2).to_str())
    change(values)
    write_json(tmp_path / "tokenizer.json", values)
    told = refusal(tmp_path)
    assert re.search(expected, told), told


def test_the_unchanged_file_is_read(tmp_path: Path) -> None:
    assert import_tokenizer(write_folder(tmp_path, GPT2)).vocab_size == 600


NOISE = {
    "empty": b"",
    "cut off": b'{"version": "1.0", "model": {"type": "BPE", "vocab": {"a": 0',
    "deep": b"[" * 1_000_000,
    "deep object": b'{"model":' * 20_000 + b"1" + b"}" * 20_000,
    "a list": b"[1, 2, 3]",
    "no UTF-8": b'{"model": "\xff\xfe"}',
    "UTF-16": '{"model": {}}'.encode("utf-16"),
    "no number": b'{"model": {"type": "BPE", "vocab": {"a": NaN}, "merges": []}}',
    "a key twice": b'{"model": {"type": "BPE", "vocab": {"a": 0, "a": 1}, "merges": []}}',
    "a number of a million digits": b'{"model": ' + b"9" * 1_000_000 + b"}",
}


JSON_FILES = ("tokenizer.json", "tokenizer_config.json", "vocab.json")


@pytest.mark.parametrize(("name", "what"), [(name, what) for name in JSON_FILES for what in NOISE])
def test_what_is_no_json(name: str, what: str, tmp_path: Path) -> None:
    if name == "tokenizer_config.json":
        write_folder(tmp_path, GPT2)
    (tmp_path / "merges.txt").write_text("a b\n")
    (tmp_path / name).write_bytes(NOISE[what])
    assert name in refusal(tmp_path)


UNIGRAM_ROWS: list[tuple[Any, str]] = [
    ([], "its vocabulary is no list"),
    ([["a", 0.0], ["a", 0.0]], "a piece occurs twice"),
    ([["a", "high"]], "the score of piece 0 is 'high'"),
    ([["a", 1e300]], "the score of piece 0 is"),
    ([["a"]], "piece 0 is no pair"),
    ([[7, 1.0]], "the piece 7 is no text"),
]


@pytest.mark.parametrize(("rows", "expected"), UNIGRAM_ROWS)
def test_a_unigram_vocabulary_of_nonsense(rows: Any, expected: str, tmp_path: Path) -> None:
    write_json(tmp_path / "tokenizer.json", {"model": {"type": "Unigram", "unk_id": 0, "vocab": rows}})
    assert expected in refusal(tmp_path)


@pytest.mark.parametrize("id", [-1, 1, 1 << 63, "0", True])
def test_an_unknown_piece_that_is_none(id: Any, tmp_path: Path) -> None:
    write_json(tmp_path / "tokenizer.json", {"model": {"type": "Unigram", "unk_id": id, "vocab": [["a", 0.0]]}})
    assert "its unknown piece has the id" in refusal(tmp_path)


def test_a_saved_tokenizer_that_was_exchanged_is_tried_too(tmp_path: Path) -> None:
    import_tokenizer(write_folder(tmp_path / "from", GPT2)).save(tmp_path / "to")
    values = json.loads((tmp_path / "to" / "tokenizer.json").read_text(encoding="utf-8"))
    regular_expression_without_end(values)
    write_json(tmp_path / "to" / "tokenizer.json", values)
    started = time.monotonic()
    with pytest.raises(TokenizerError, match=r"tokenizer\.json is damaged"):
        load_tokenizer(tmp_path / "to")
    assert time.monotonic() - started < LIMIT_S
