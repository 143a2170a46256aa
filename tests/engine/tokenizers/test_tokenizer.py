"""Text to ids and back: nothing is lost, spans are exact, and all agrees with SentencePiece itself."""

import threading

import numpy as np
import pytest
import sentencepiece
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from trained_tokenizers import mixed_text, trained_once

from playground.engine.tokenizers.tokenizer import BYTE, CONTROL, PIECE, SPACE, UNKNOWN, Tokenizer

# SentencePiece reads U+2581 as a space, and lone surrogates are no text.
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=SPACE), max_size=60)
KNOWN_TEXT = st.text(st.sampled_from(sorted(set(mixed_text()))), max_size=60)
ANY_FIXTURE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


def span_texts(tokenizer: Tokenizer, text: str) -> list[str]:
    found = tokenizer.tokens(text)
    return [text[start:end] for start, end in zip(found.starts, found.ends, strict=True)]


@ANY_FIXTURE
@given(text=ANY_TEXT | KNOWN_TEXT)
@example(text=" \n\n  \t \r\n x")
@example(text="zero\0byte \u2585 \x1f \ufffd \ufeff")
def test_any_text_comes_back_from_its_tokens(with_bytes: Tokenizer, text: str) -> None:
    assert with_bytes.decode(with_bytes.encode(text).tolist()) == text


@ANY_FIXTURE
@given(text=KNOWN_TEXT)
def test_known_characters_come_back_without_bytes_too(without_bytes: Tokenizer, text: str) -> None:
    assert without_bytes.decode(without_bytes.encode(text).tolist()) == text


@ANY_FIXTURE
@given(text=ANY_TEXT | KNOWN_TEXT)
@example(text="👩‍👩‍👧 と 猫\u0301\n")
def test_spans_tile_the_text_and_each_is_what_its_piece_says(tokenizer: Tokenizer, text: str) -> None:
    found = tokenizer.tokens(text)
    assert found.ids.tolist() == tokenizer.encode(text).tolist()
    reached, previous = 0, (0, 0)
    for kind, piece, start, end in zip(found.kinds, found.pieces, found.starts, found.ends, strict=True):
        if kind == BYTE and (start, end) == previous:
            continue  # a further byte of the same character
        assert start == reached, "no gap, no overlap"
        assert end > start
        if kind == PIECE:
            assert text[start:end] == piece.replace(SPACE, " ")
        if kind == BYTE:
            assert end == start + 1
        reached, previous = end, (start, end)
    assert reached == len(text)


@ANY_FIXTURE
@given(character=st.characters(exclude_categories=["Cs"], exclude_characters=SPACE))
@example(character="\U0001f9a9")
def test_bytes_of_a_character_share_its_span(with_bytes: Tokenizer, character: str) -> None:
    text = f"猫{character}a"
    found = with_bytes.tokens(text)
    inside = [i for i, kind in enumerate(found.kinds) if kind == BYTE and found.starts[i] == 1]
    if inside:
        spelled = bytes(int(found.pieces[i][3:5], 16) for i in inside)
        assert spelled.decode("utf-8") == character
        assert {(found.starts[i], found.ends[i]) for i in inside} == {(1, 2)}


def test_bytes_of_neighbours_are_told_apart() -> None:
    """Two characters that are both spelled as bytes keep a span each."""
    tokenizer = trained_once("characters", True)
    found = tokenizer.tokens("ꙮ𝄞ÿ")
    spans = list(zip(found.starts.tolist(), found.ends.tolist(), strict=True))
    assert spans == [(0, 1)] * 3 + [(1, 2)] * 4 + [(2, 3)] * 2


@ANY_FIXTURE
@given(text=ANY_TEXT | KNOWN_TEXT)
def test_ids_are_those_of_sentencepiece(tokenizer: Tokenizer, text: str) -> None:
    peer = sentencepiece.SentencePieceProcessor()
    peer.LoadFromSerializedProto(tokenizer.backend.data)
    assert tokenizer.encode(text).tolist() == peer.encode(text, out_type=int)


def test_ids_are_plain_numbers_that_may_be_written(tokenizer: Tokenizer) -> None:
    ids = tokenizer.encode("the cat")
    assert ids.dtype == np.int32
    ids[0] = 0
    assert tokenizer.encode("").shape == (0,)
    assert tokenizer.tokens("").starts.shape == (0,)


@ANY_FIXTURE
@given(text=ANY_TEXT | KNOWN_TEXT)
def test_a_stream_adds_up_to_the_whole(tokenizer: Tokenizer, text: str) -> None:
    ids = tokenizer.encode(text).tolist()
    stream = tokenizer.stream()
    assert "".join([stream.add(id) for id in ids]) + stream.end() == tokenizer.decode(ids)


@ANY_FIXTURE
@given(data=st.data())
def test_a_stream_of_any_ids_adds_up_too(with_bytes: Tokenizer, data: st.DataObject) -> None:
    """A model may write bytes that spell no character."""
    ids = data.draw(st.lists(st.integers(0, with_bytes.vocab_size - 1), max_size=30))
    stream = with_bytes.stream()
    assert "".join([stream.add(id) for id in ids]) + stream.end() == with_bytes.decode(ids)


def test_a_stream_waits_for_the_rest_of_a_character(with_bytes: Tokenizer) -> None:
    ids = with_bytes.encode("𝄞").tolist()[-4:]
    stream = with_bytes.stream()
    assert [stream.add(id) for id in ids] == ["", "", "", "𝄞"]
    assert stream.end() == ""


def test_bytes_without_a_character_are_shown_as_such(with_bytes: Tokenizer) -> None:
    ids = with_bytes.encode("𝄞").tolist()[-4:]
    stream = with_bytes.stream()
    assert [stream.add(id) for id in ids[:2]] == ["", ""]
    assert stream.end() == r"\xf0\x9d"
    assert with_bytes.decode(ids[1:2]) == r"\x9d"


@ANY_FIXTURE
@given(text=ANY_TEXT | KNOWN_TEXT)
def test_bytes_are_counted_as_utf8_does(with_bytes: Tokenizer, text: str) -> None:
    assert with_bytes.n_bytes(with_bytes.encode(text).tolist()) == len(text.encode("utf-8"))


def test_characters_unknown_without_bytes_are_one_id_with_a_span(without_bytes: Tokenizer) -> None:
    found = without_bytes.tokens("猫Ωthe")
    (place,) = np.flatnonzero(found.kinds == UNKNOWN)
    assert (found.starts[place], found.ends[place]) == (1, 2)
    assert found.ids[place] == 0
    assert without_bytes.decode(found.ids.tolist()) == "猫\u2047the"


def test_lone_surrogates_are_read_as_replacement_characters(tokenizer: Tokenizer) -> None:
    """A text field may hold half an emoji for a moment."""
    found = tokenizer.tokens("a\ud83db")
    assert found.starts[0] == 0
    assert found.ends[-1] == 3
    assert tokenizer.encode("a\ud83db").tolist() == found.ids.tolist() == tokenizer.encode("a\ufffdb").tolist()


def test_the_vocabulary_lists_every_piece(tokenizer: Tokenizer) -> None:
    found = tokenizer.vocabulary()
    assert len(found.pieces) == len(found.scores) == len(found.kinds) == tokenizer.vocab_size
    assert len(set(found.pieces)) == len(found.pieces)
    assert found.type == tokenizer.type
    assert [id for id, kind in enumerate(found.kinds) if kind == UNKNOWN] == [0]
    assert CONTROL not in found.kinds
    for id in (0, 1, tokenizer.vocab_size - 1):
        assert found.pieces[id] == tokenizer.piece(id)
        assert found.kinds[id] == tokenizer.kind(id)
    n_bytes = int(np.count_nonzero(found.kinds == BYTE))
    assert n_bytes in (0, 256)


def test_a_line_end_is_a_token_of_its_own(tokenizer: Tokenizer) -> None:
    """Long texts are encoded in parts that end at line ends, which only so gives the ids of the whole."""
    assert [piece for piece in tokenizer.vocabulary().pieces if "\n" in piece] == ["\n"]
    text = mixed_text()[:3000]
    parts = [line + "\n" for line in text.split("\n")[:-1]] + [text.split("\n")[-1]]
    assert np.concatenate([tokenizer.encode(part) for part in parts]).tolist() == tokenizer.encode(text).tolist()


def test_ids_outside_the_vocabulary_are_refused(tokenizer: Tokenizer) -> None:
    with pytest.raises(IndexError):
        tokenizer.decode([tokenizer.vocab_size])
    with pytest.raises(IndexError):
        tokenizer.stream().add(tokenizer.vocab_size)


def test_threads_may_share_a_tokenizer(tokenizer: Tokenizer) -> None:
    lines = mixed_text().split("\n")
    expected = [tokenizer.encode(line).tolist() for line in lines]
    found: list[list[list[int]]] = [[], [], []]

    def encode_all(into: list[list[int]]) -> None:
        for line in lines:
            tokens = tokenizer.tokens(line)
            into.append(tokens.ids.tolist())

    threads = [threading.Thread(target=encode_all, args=(into,)) for into in found]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 3
