"""Other programs' tokenizers: ids, texts and spans are those of the library `tokenizers` itself."""

import unicodedata
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import sentencepiece
from foreign_tokenizers import BYTE_PIECES, KINDS, LOSSLESS, sentencepiece_model, theirs
from hypothesis import assume, example, given
from hypothesis import strategies as st
from trained_tokenizers import mixed_text

from playground.engine.tokenizers.foreign import open_here
from playground.engine.tokenizers.specials import Specials
from playground.engine.tokenizers.tokenizer import BYTE, CONTROL, IMPORTED, PIECE, UNKNOWN, Tokenizer, load_tokenizer

SPECIALS = {
    "gpt2": ("<|endoftext|>",),
    "llama3": ("<|begin_of_text|>", "<|end_of_text|>"),
    "llama": ("<unk>", "<s>", "</s>"),
    "unigram": ("<pad>", "</s>", "<unk>"),
    "bert": ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"),
}
WORDS = st.sampled_from(mixed_text().split(" ")[:400])
TEXTS = st.one_of(
    st.text(), st.lists(st.one_of(WORDS, st.text(max_size=3), st.just("🙂"), st.just("が"))).map(" ".join)
)
every_kind = pytest.mark.parametrize("kind", KINDS)
lossless = pytest.mark.parametrize("kind", LOSSLESS)


@cache
def ours(kind: str, n_unused: int = 0) -> Tokenizer:
    backend = open_here("tokenizer.json", theirs(kind).to_str().encode("utf-8"))
    return Tokenizer(backend, IMPORTED, Specials(), backend.n_pieces + n_unused)


@cache
def our_sentencepiece() -> Tokenizer:
    return Tokenizer(open_here("tokenizer.model", sentencepiece_model()), IMPORTED, Specials())


def names_no_special(kind: str, text: str) -> bool:
    return not any(spelling in text for spelling in SPECIALS[kind])


@every_kind
@given(text=TEXTS)
@example(text="👩‍👩‍👧 🇯🇵 é e\u0301 \0 \u200b \ufffd \U0010ffff")
def test_ids_are_those_of_the_library(kind: str, text: str) -> None:
    assume(names_no_special(kind, text))
    expected = theirs(kind).encode(text, add_special_tokens=False).ids
    assert ours(kind).encode(text).tolist() == expected
    assert ours(kind).tokens(text).ids.tolist() == expected


@every_kind
@given(text=TEXTS)
def test_the_text_of_ids_is_that_of_the_library(kind: str, text: str) -> None:
    tokenizer = ours(kind)
    ids = tokenizer.encode(text).tolist()
    assume(UNKNOWN not in {tokenizer.kind(id) for id in ids})
    assert tokenizer.decode(ids) == theirs(kind).decode(ids, skip_special_tokens=False)


@pytest.mark.parametrize("kind", ["gpt2", "llama3", "llama"])
@given(text=TEXTS)
@example(text=" a")
@example(text="  ")
def test_any_text_comes_back(kind: str, text: str) -> None:
    assume("▁" not in text)  # how Llama spells a space
    assert ours(kind).decode(ours(kind).encode(text)) == text


@every_kind
def test_the_training_text_has_nothing_unknown(kind: str) -> None:
    kinds = ours(kind).tokens(mixed_text()).kinds
    assert (kinds == UNKNOWN).mean() < 0.02
    assert not (kinds == CONTROL).any()


@pytest.mark.parametrize("kind", ["gpt2", "llama3", "llama"])
@given(text=TEXTS)
@example(text="🙂🙂x")
@example(text="Zé 猫")
def test_spans_tile_the_text(kind: str, text: str) -> None:
    assume("▁" not in text and names_no_special(kind, text))
    tokenizer = ours(kind)
    tokens = tokenizer.tokens(text)
    assert tokens.starts.dtype == tokens.ends.dtype == np.int32
    reached = 0
    for id, start, end in zip(tokens.ids.tolist(), tokens.starts, tokens.ends, strict=True):
        assert start in (reached, reached - 1)
        assert end >= reached
        reached = end
        data = tokenizer.decode([id], goes_on=True)
        if tokenizer.kind(id) == PIECE:
            assert text[start:end] in (data, data.removeprefix(" "))
        elif kind == "llama":
            assert end - start == 1
    assert reached == len(text)


@lossless
@pytest.mark.parametrize("character", ["é", "☃", "🂡", "\U0010ffff"])
def test_the_bytes_of_a_character_share_its_span(kind: str, character: str) -> None:
    tokenizer = ours(kind)
    tokens = tokenizer.tokens(f"the {character}{character} the")
    spans = [span for span, id in zip(zip(tokens.starts, tokens.ends, strict=True), tokens.ids, strict=True)
             if tokenizer.kind(id) == BYTE]  # fmt: skip
    if spans:
        assert set(spans) == {(4, 5), (5, 6)}
        assert spans.count((4, 5)) == spans.count((5, 6))
    else:
        assert character == "é"  # the text that was learned from has it


@given(text=TEXTS)
def test_spans_without_capitals_and_accents_are_of_the_text_as_written(text: str) -> None:
    tokenizer = ours("bert")
    tokens = tokenizer.tokens(text)
    assert (tokens.starts <= tokens.ends).all()
    assert not len(tokens.ends) or tokens.ends.max() <= len(text)
    for piece, start, end, kind in zip(tokens.pieces, tokens.starts, tokens.ends, tokens.kinds, strict=True):
        if kind == PIECE and text[start:end].isascii():
            assert text[start:end].lower() == piece.removeprefix("##")


def test_bert_joins_what_goes_on_and_puts_spaces_elsewhere() -> None:
    tokenizer = ours("bert")
    ids = tokenizer.encode("The dogs SLEPT.")
    assert tokenizer.decode(ids) == "the dogs slept ."
    assert tokenizer.decode(ids, goes_on=True) == " the dogs slept ."
    pieces = [tokenizer.piece(id) for id in ids.tolist()]
    assert any(piece.startswith("##") for piece in tokenizer.vocabulary().pieces)
    assert [tokenizer.starts_word(id) for id in ids.tolist()] == [not piece.startswith("##") for piece in pieces]


@every_kind
@given(text=TEXTS)
def test_a_stream_adds_up_to_the_whole(kind: str, text: str) -> None:
    tokenizer = ours(kind)
    ids = tokenizer.encode(text).tolist()
    for goes_on in (False, True):
        stream = tokenizer.stream(goes_on=goes_on)
        assert "".join([stream.add(id) for id in ids]) + stream.end() == tokenizer.decode(ids, goes_on=goes_on)


@pytest.mark.parametrize("kind", ["gpt2", "llama3"])
@given(data=st.data())
def test_ids_that_split_characters_are_shown_byte_by_byte(kind: str, data: st.DataObject) -> None:
    tokenizer = ours(kind)
    ids = data.draw(st.lists(st.integers(0, tokenizer.vocab_size - 1)))
    shown = tokenizer.decode(ids)
    stream = tokenizer.stream()
    assert "".join([stream.add(id) for id in ids]) + stream.end() == shown
    lenient = theirs(kind).decode(ids, skip_special_tokens=True)
    if "\ufffd" not in lenient:
        assert shown == lenient


def test_a_stream_waits_for_the_rest_of_a_character() -> None:
    tokenizer = ours("llama")
    stream = tokenizer.stream(goes_on=False)
    told = [stream.add(id) for id in tokenizer.encode("🂡").tolist()]
    assert [piece for piece in told if piece] == ["🂡"]
    assert told[-1] == "🂡"


@pytest.mark.parametrize("kind", ["gpt2", "llama3"])
@given(text=TEXTS)
def test_bytes_are_counted_as_utf8_does(kind: str, text: str) -> None:
    assert ours(kind).n_bytes(ours(kind).encode(text)) == len(text.encode("utf-8"))


@every_kind
def test_what_looks_like_a_special_token_is_text(kind: str) -> None:
    tokenizer = ours(kind)
    for spelling in SPECIALS[kind]:
        text = f"a {spelling}{spelling} cat"
        tokens = tokenizer.tokens(text)
        assert CONTROL not in tokens.kinds.tolist()
        assert tokenizer.encode(text).tolist() == tokens.ids.tolist()
        if kind != "bert":
            assert tokenizer.decode(tokens.ids) == text


@every_kind
def test_special_tokens_stand_for_no_text(kind: str) -> None:
    tokenizer = ours(kind)
    for spelling in SPECIALS[kind]:
        id = theirs(kind).token_to_id(spelling)
        if tokenizer.kind(id) == UNKNOWN:
            assert tokenizer.decode([id]) == "\u2047"
        else:
            assert (tokenizer.kind(id), tokenizer.decode([id]), tokenizer.piece(id)) == (CONTROL, "", spelling)


@pytest.mark.parametrize("kind", ["llama", "unigram"])
def test_byte_pieces_are_bytes(kind: str) -> None:
    tokenizer = ours(kind)
    for byte, piece in enumerate(BYTE_PIECES):
        id = theirs(kind).token_to_id(piece)
        assert (tokenizer.kind(id), tokenizer.piece(id), tokenizer.n_bytes([id])) == (BYTE, piece, 1)
        assert tokenizer.decode([id], goes_on=True) == (chr(byte) if byte < 128 else f"\\x{byte:02x}")


@every_kind
def test_rows_beyond_the_pieces_are_unused(kind: str) -> None:
    n_pieces = theirs(kind).get_vocab_size()
    tokenizer = ours(kind, 40)
    assert tokenizer.vocab_size == n_pieces + 40
    last = tokenizer.vocab_size - 1
    assert (tokenizer.piece(last), tokenizer.kind(last), tokenizer.n_bytes([last])) == (f"<unused {last}>", CONTROL, 0)
    vocabulary = tokenizer.vocabulary()
    assert vocabulary.type == IMPORTED
    assert len(vocabulary.pieces) == len(vocabulary.scores) == len(vocabulary.kinds) == tokenizer.vocab_size
    assert len(set(vocabulary.pieces)) == tokenizer.vocab_size
    with pytest.raises(IndexError):
        tokenizer.decode([tokenizer.vocab_size])


@every_kind
def test_a_mask_can_be_added(kind: str) -> None:
    plain = ours(kind, 3)
    masked = plain.with_mask()
    assert masked.vocab_size == plain.vocab_size + 1
    assert masked.specials.mask_id == plain.vocab_size
    assert masked.kind(plain.vocab_size) == CONTROL
    assert masked.piece(plain.vocab_size) == "<mask>"
    assert masked.with_mask() is masked
    text = "the cat <mask> sat"
    assert masked.encode(text).tolist() == plain.encode(text).tolist()


@every_kind
def test_it_comes_back_the_same(kind: str, tmp_path: Path) -> None:
    tokenizer = ours(kind, 3).with_mask()
    tokenizer.save(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tokenizer.json", "tokenizer.toml"]
    loaded = load_tokenizer(tmp_path)
    assert (loaded.type, loaded.vocab_size, loaded.specials) == (IMPORTED, tokenizer.vocab_size, tokenizer.specials)
    assert loaded.vocabulary().pieces == tokenizer.vocabulary().pieces
    text = mixed_text()[:2000]
    assert loaded.encode(text).tolist() == tokenizer.encode(text).tolist()


def test_a_sentencepiece_model_comes_back_with_its_special_tokens(tmp_path: Path) -> None:
    backend = open_here("tokenizer.model", sentencepiece_model())
    mask_id = backend.id_of("<mask>")
    tokenizer = Tokenizer(backend, IMPORTED, Specials(start_id=3, end_id=1, pad_id=0, mask_id=mask_id), 640)
    tokenizer.save(tmp_path)
    loaded = load_tokenizer(tmp_path)
    assert (loaded.type, loaded.vocab_size, loaded.specials) == (IMPORTED, 640, tokenizer.specials)
    assert mask_id not in loaded.encode("a <mask> sat").tolist()
    assert loaded.decode(loaded.encode("a <mask> sat")) == "a <mask> sat"


@given(text=TEXTS)
def test_sentencepiece_keeps_what_its_file_does_to_a_text(text: str) -> None:
    their = sentencepiece.SentencePieceProcessor(model_proto=sentencepiece_model())
    ids = our_sentencepiece().encode(text).tolist()
    assert ids == their.encode(text)
    shown = our_sentencepiece().decode(ids)
    assert "\ufffd" in their.decode(ids) or shown == their.decode(ids)
    if text.isascii() and text.isprintable():
        assert shown == unicodedata.normalize("NFKC", " ".join(text.split()))


def test_replacing_one_kind_by_another_leaves_one_file(tmp_path: Path) -> None:
    ours("gpt2").save(tmp_path)
    our_sentencepiece().save(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tokenizer.model", "tokenizer.toml"]
    ours("bert").save(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tokenizer.json", "tokenizer.toml"]
    assert load_tokenizer(tmp_path).vocab_size == ours("bert").vocab_size
