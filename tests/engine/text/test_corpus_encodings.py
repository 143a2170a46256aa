"""Bytes become characters: the encodings that are read, those that are named in the error, and what is no text."""

import codecs
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.contract.errors import TextError
from playground.engine.text.corpus import decode_text

JAPANESE = "猫がいました。\n犬もいました。\n"
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def with_newlines(text: str) -> str:
    """What a person sees as lines, independent of how the ends are spelled."""
    return "\n".join("\n".join(text.split("\r\n")).split("\r"))


@pytest.mark.parametrize(
    ("data", "label"),
    [
        (JAPANESE.encode("utf-8"), "UTF-8"),
        (codecs.BOM_UTF8 + JAPANESE.encode("utf-8"), "UTF-8 (BOM)"),
        (codecs.BOM_UTF16_LE + JAPANESE.encode("utf-16-le"), "UTF-16"),
        (codecs.BOM_UTF16_BE + JAPANESE.encode("utf-16-be"), "UTF-16"),
        (codecs.BOM_UTF32_LE + JAPANESE.encode("utf-32-le"), "UTF-32"),
        (codecs.BOM_UTF32_BE + JAPANESE.encode("utf-32-be"), "UTF-32"),
    ],
)
def test_unicode_encodings_are_read_and_named(data: bytes, label: str) -> None:
    assert decode_text(data, "cats.txt") == (JAPANESE, label)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"one\r\ntwo\r\n", "one\ntwo\n"),
        (b"one\rtwo\r", "one\ntwo\n"),
        (b"one\r\ntwo\rthree\nfour\n\r", "one\ntwo\nthree\nfour\n\n"),
        (b"\r\r\n\n", "\n\n\n"),
        ("a\r\nb\r".encode("utf-16"), "a\nb\n"),
    ],
)
def test_every_line_end_becomes_a_newline(data: bytes, text: str) -> None:
    assert decode_text(data, "lines.txt")[0] == text


def test_only_line_ends_are_changed() -> None:
    text = " a\tb \u3000 c\u2028d\x0be\x0cf\x85 g\u00a0\ufeff e\u0301 "
    assert decode_text(text.encode("utf-8"), "kept.txt")[0] == text


@given(text=ANY_TEXT, encoding=st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_any_text_comes_through_any_marked_encoding(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding), "any.txt")[0] == with_newlines(text)


@pytest.mark.parametrize(("codec", "name"), [("shift_jis", "Shift_JIS"), ("euc_jp", "EUC-JP")])
def test_japanese_encodings_are_named_with_the_way_out(codec: str, name: str) -> None:
    """EUC-JP was once taken for Shift_JIS, where its bytes are half-width katakana."""
    with pytest.raises(TextError) as caught:
        decode_text(JAPANESE.encode(codec), "old.txt")
    sentence = str(caught.value)
    assert re.match(r"old\.txt is not UTF-8 \(byte \d does not fit\)", sentence)
    assert f"looks like {name}" in sentence
    assert f"iconv -f {name} -t UTF-8" in sentence


def test_place_and_value_of_a_byte_that_fits_nothing_are_told() -> None:
    with pytest.raises(TextError, match=r"byte 3 \(0xFF\) does not fit\. Save it as UTF-8"):
        decode_text(b"abc\xff\xfe\xff", "noise.txt")


def test_zero_bytes_are_no_text() -> None:
    with pytest.raises(TextError, match=r"tape\.bin is no text: character 2 is a zero byte"):
        decode_text(b"ab\0cd", "tape.bin")


def test_utf16_without_a_mark_is_advised_to_carry_one() -> None:
    with pytest.raises(TextError, match="byte order mark"):
        decode_text("plain".encode("utf-16-le"), "wide.txt")


def test_binary_data_is_no_text() -> None:
    with pytest.raises(TextError, match="zero bytes"):
        decode_text(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture.png")


def test_half_a_character_after_a_mark_is_told() -> None:
    with pytest.raises(TextError, match="begins like UTF-16, but byte 4 does not fit"):
        decode_text(codecs.BOM_UTF16_LE + "a".encode("utf-16-le") + b"b", "cut.txt")
