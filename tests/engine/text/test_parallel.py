"""Pairs out of files: nothing lost, and a sentence with the line where something is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.contract.errors import TextError
from playground.engine.text.parallel import read_parallel, split_pairs
from playground.engine.text.translate import translate_pairs

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
    ("text", "line", "fault"),
    [
        ("a\tb\nno tab\n", 2, "it has no tab"),
        ("a\tb\tc\n", 1, "it has 2 tabs"),
        ("a\tb\n\n\tc\n", 3, "nothing before its tab"),
        ("a\t \n", 1, "nothing after its tab"),
    ],
)
def test_a_line_that_is_no_pair_is_named(tmp_path: Path, text: str, line: int, fault: str) -> None:
    with pytest.raises(TextError, match=rf"Line {line} of .*pairs\.tsv is no pair: .*{fault}"):
        read_parallel(write(tmp_path, "pairs.tsv", text))


@given(st.lists(st.tuples(SENTENCE, SENTENCE), min_size=1, max_size=6), st.data())
def test_a_faulty_line_is_found_wherever_it_is(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str]], data: st.DataObject
) -> None:
    lines = [f"{one}\t{other}" for one, other in pairs]
    place = data.draw(st.integers(0, len(lines)))
    lines.insert(place, data.draw(st.sampled_from(["x", "x\ty\tz", "\ty", "x\t"])))
    path = write(tmp_path_factory.mktemp("pairs"), "pairs.tsv", "\n".join(lines))
    with pytest.raises(TextError, match=rf"Line {place + 1} of "):
        read_parallel(path)


def test_files_of_different_length_are_refused_with_both_counts(tmp_path: Path) -> None:
    one, other = write(tmp_path, "a.txt", "x\ny\n"), write(tmp_path, "b.txt", "x\n")
    with pytest.raises(TextError, match=r"a\.txt has 2 lines and .*b\.txt has 1"):
        read_parallel(one, other)


def test_a_line_that_is_empty_on_one_side_only_is_named(tmp_path: Path) -> None:
    one, other = write(tmp_path, "a.txt", "x\ny\n"), write(tmp_path, "b.txt", "x\n\n")
    with pytest.raises(TextError, match=r"Line 2 is empty in .*b\.txt only"):
        read_parallel(one, other)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("copy", lambda text: text),
        ("reverse", lambda text: text[::-1]),
        ("sort", lambda text: "".join(sorted(text))),
        ("addition", lambda text: str(sum(map(int, text.split("+"))))),
    ],
)
def test_tasks_are_pairs_of_question_and_answer(name: str, answer: Callable[[str], str]) -> None:
    assert all(target == answer(source) for source, target in read_parallel(f"builtin:{name}").pairs)


def test_built_in_sentences_are_all_new_in_the_part_held_out() -> None:
    pairs = read_parallel("builtin:translate-en-ja", builtin_seed=2).pairs
    assert list(pairs) == translate_pairs(2)
    train, validation = split_pairs(pairs, 0.1)
    assert (len(train), len(validation)) == (27_000, 3_000)
    assert not {source for source, _ in train} & {source for source, _ in validation}


@pytest.mark.parametrize("name", ["tales-en", "tales-ja", "brackets"])
def test_a_built_in_text_without_pairs_is_refused(name: str) -> None:
    with pytest.raises(TextError, match=r"holds no pairs\. Choose one of builtin:translate-en-ja, builtin:copy"):
        read_parallel(f"builtin:{name}")


def test_a_built_in_text_wants_no_second_file(tmp_path: Path) -> None:
    with pytest.raises(TextError, match=r"Empty data\.target"):
        read_parallel("builtin:translate-en-ja", write(tmp_path, "b.txt", "x\n"))


def test_encodings_are_those_of_every_text(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_bytes("cat\t猫\n".encode("utf-16"))
    assert read_parallel(str(path)).pairs == (("cat", "猫"),)
    path.write_bytes("cat\t猫が眠った\n".encode("shift_jis"))
    with pytest.raises(TextError, match="looks like Shift_JIS"):
        read_parallel(str(path))


def test_what_is_judged_was_never_seen() -> None:
    pairs = [("a", "1"), ("b", "2"), ("c", "3"), ("a", "1"), ("d", "4")]
    train, validation = split_pairs(pairs, 0.4)
    assert train == pairs[:3]
    assert validation == [("d", "4")]


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("12")), max_size=30), st.floats(0.01, 0.99))
def test_nothing_is_held_out_that_was_trained_on(pairs: list[tuple[str, str]], fraction: float) -> None:
    try:
        train, validation = split_pairs(pairs, fraction)
    except TextError:
        return
    assert train == pairs[: len(train)]
    assert train
    assert validation
    rest = pairs[len(train) :]
    assert validation == [pair for pair in rest if pair[0] not in dict(train)]


@pytest.mark.parametrize("pairs", [[], [("a", "1")], [("a", "1"), ("a", "2")]])
def test_too_few_pairs_are_refused(pairs: list[tuple[str, str]]) -> None:
    with pytest.raises(TextError, match="too short"):
        split_pairs(pairs, 0.5)


def test_the_hash_says_whether_the_pairs_are_the_same(tmp_path: Path) -> None:
    one = read_parallel(write(tmp_path, "a.tsv", "a\tb\n")).sha256
    assert one == read_parallel(write(tmp_path, "b.tsv", "a\tb")).sha256
    assert one != read_parallel(write(tmp_path, "c.tsv", "a\tc\n")).sha256
