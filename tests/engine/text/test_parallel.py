"""Pairs out of files: nothing lost, and a sentence with the line where something is wrong."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.contract.errors import TextError
from playground.engine.text.parallel import read_parallel, split_pairs

SENTENCE = st.text(st.characters(codec="utf-8", exclude_characters="\t\n\r\0\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"),
                   min_size=1, max_size=12).filter(lambda text: bool(text.strip()))  # fmt: skip


def write(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


@given(st.lists(st.tuples(SENTENCE, SENTENCE), min_size=1, max_size=6))
def test_lines_with_a_tab_are_pairs(tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str]]) -> None:
    folder = tmp_path_factory.mktemp("pairs")
    text = "".join(f"{one}\t{other}\n" for one, other in pairs)
    found = read_parallel(write(folder, "pairs.tsv", text))
    assert found.pairs == tuple((one.strip(), other.strip()) for one, other in pairs)
    sources = write(folder, "a.txt", "".join(f"{one}\n" for one, _ in pairs))
    targets = write(folder, "b.txt", "".join(f"{other}\n" for _, other in pairs))
    two = read_parallel(sources, targets)
    assert two.pairs == found.pairs
    assert two.n_files == 2


def test_blank_lines_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    found = read_parallel(write(tmp_path, "pairs.tsv", "a\tb\r\n\r\nc\td"))
    assert found.pairs == (("a", "b"), ("c", "d"))


@pytest.mark.parametrize(
    ("text", "line"), [("a\tb\nno tab\n", 2), ("a\tb\tc\n", 1), ("a\tb\n\n\tc\n", 3), ("a\t \n", 1)]
)
def test_a_line_that_is_no_pair_is_named(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(TextError, match=rf"Line {line} of .*pairs\.tsv is no pair"):
        read_parallel(write(tmp_path, "pairs.tsv", text))


def test_files_of_different_length_are_refused_with_both_counts(tmp_path: Path) -> None:
    one, other = write(tmp_path, "a.txt", "x\ny\n"), write(tmp_path, "b.txt", "x\n")
    with pytest.raises(TextError, match=r"a\.txt has 2 lines and .*b\.txt has 1"):
        read_parallel(one, other)


def test_a_line_that_is_empty_on_one_side_only_is_named(tmp_path: Path) -> None:
    one, other = write(tmp_path, "a.txt", "x\ny\n"), write(tmp_path, "b.txt", "x\n\n")
    with pytest.raises(TextError, match=r"Line 2 is empty in .*b\.txt only"):
        read_parallel(one, other)


def test_tasks_are_pairs_of_question_and_answer() -> None:
    found = read_parallel("builtin:reverse")
    assert all(target == source[::-1] for source, target in found.pairs[:100])
    assert read_parallel("builtin:translate-en-ja").pairs[0][1].endswith("。")


def test_a_text_without_pairs_is_refused() -> None:
    with pytest.raises(TextError, match="is no pair"):
        read_parallel("builtin:tales-en")


def test_what_is_judged_was_never_seen() -> None:
    pairs = [("a", "1"), ("b", "2"), ("c", "3"), ("a", "1"), ("d", "4")]
    train, validation = split_pairs(pairs, 0.4)
    assert train == pairs[:3]
    assert validation == [("d", "4")]


@pytest.mark.parametrize("pairs", [[("a", "1")], [("a", "1"), ("a", "2")]])
def test_too_few_pairs_are_refused(pairs: list[tuple[str, str]]) -> None:
    with pytest.raises(TextError, match="too short"):
        split_pairs(pairs, 0.5)


def test_the_hash_says_whether_the_pairs_are_the_same(tmp_path: Path) -> None:
    one = read_parallel(write(tmp_path, "a.tsv", "a\tb\n")).sha256
    assert one == read_parallel(write(tmp_path, "b.tsv", "a\tb")).sha256
    assert one != read_parallel(write(tmp_path, "c.tsv", "a\tc\n")).sha256
