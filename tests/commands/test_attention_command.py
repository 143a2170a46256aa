"""`playground attention`: numbers that are attention, and pictures that are pictures."""

import csv
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from playground.cli import run
from playground.contract.run_directory import RunDirectory

Says = Callable[..., str]
TEXT = "abc=abc"
N = len(TEXT)


def assert_is_attention(weights: np.ndarray) -> None:
    """Each row a distribution over what lies before it (Vaswani et al. 2017, eq. 1, masked)."""
    np.testing.assert_allclose(weights.sum(-1), 1.0, atol=1e-5)
    assert weights.min() >= 0
    assert not np.triu(weights, 1).any()


def test_all_heads_as_an_array(trained: RunDirectory, tmp_path: Path, says: Says) -> None:
    out = tmp_path / "a.npy"
    assert f"{out}: {N} tokens" in says("attention", trained.path, "--text", TEXT, "--out", out)
    weights = np.load(out)
    assert weights.shape == (2, 2, N, N)
    assert weights.dtype == np.float32
    assert_is_attention(weights)


def test_one_head_is_one_of_them(trained: RunDirectory, tmp_path: Path, says: Says) -> None:
    one, every = tmp_path / "one.npy", tmp_path / "every.npy"
    says("attention", trained.path, "--text", TEXT, "--layer", 2, "--head", 1, "--out", one)
    says("attention", trained.path, "--text", TEXT, "--out", every)
    np.testing.assert_allclose(np.load(one), np.load(every)[1, 0], atol=1e-6)


def test_a_table_says_which_token_looks_at_which(trained: RunDirectory, tmp_path: Path, says: Says) -> None:
    says("attention", trained.path, "--text", TEXT, "--out", tmp_path / "a.csv")
    says("attention", trained.path, "--text", TEXT, "--out", tmp_path / "a.npy")
    weights = np.load(tmp_path / "a.npy")
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 2 * 2 * N * (N + 1) // 2
    for row in rows:
        layer, head, i, j = (int(row[name]) - 1 for name in ("layer", "head", "query_index", "key_index"))
        assert (row["query"], row["key"]) == (TEXT[i], TEXT[j])
        assert float(row["weight"]) == pytest.approx(float(weights[layer, head, i, j]), rel=1e-5, abs=1e-12)


@pytest.mark.parametrize("chosen", [(), ("--layer", 1, "--head", 2)], ids=["all", "one"])
def test_a_picture(
    trained: RunDirectory, tmp_path: Path, says: Says, qapp: QApplication, chosen: tuple[str, ...]
) -> None:
    out = tmp_path / "a.png"
    says("attention", trained.path, "--text", TEXT, *chosen, "--out", out)
    image = QImage(str(out))
    assert max(image.width(), image.height()) >= 900
    assert min(image.width(), image.height()) >= 300
    colours = {image.pixel(x, y) for x in range(0, image.width(), 9) for y in range(0, image.height(), 9)}
    assert len(colours) > 10, "the picture is empty"


@pytest.mark.parametrize("chosen", [(), ("--layer", 1, "--head", 2)], ids=["all", "one"])
def test_a_drawing(
    trained: RunDirectory, tmp_path: Path, says: Says, qapp: QApplication, chosen: tuple[str, ...]
) -> None:
    out = tmp_path / "a.svg"
    says("attention", trained.path, "--text", TEXT, *chosen, "--out", out)
    root = ElementTree.parse(out).getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert sum(1 for _ in root.iter()) > 10


def test_a_longer_text_keeps_its_end(trained: RunDirectory, tmp_path: Path, says: Says) -> None:
    out = tmp_path / "a.npy"
    said = says("attention", trained.path, "--text", "ab=ab\n" * 5, "--out", out)
    assert "16 tokens (the first 14 do not fit into the context)" in said
    assert np.load(out).shape == (2, 2, 16, 16)


def test_an_earlier_snapshot_looks_elsewhere(trained: RunDirectory, tmp_path: Path, says: Says) -> None:
    for step in (0, 30):
        says("attention", trained.path, "--text", TEXT, "--step", step, "--out", tmp_path / f"{step}.npy")
    assert np.abs(np.load(tmp_path / "0.npy") - np.load(tmp_path / "30.npy")).max() > 1e-3


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (("--out", "a.jpg"), "The file a.jpg must end in one of .npy, .csv, .png, .svg."),
        (("--out", "a"), "must end in one of"),
        (("--layer", "3", "--head", "1"), "There is no layer 3; this model has layers 1 to 2."),
        (("--layer", "1", "--head", "-1"), "There is no head -1; this model has heads 1 to 2."),
        (("--layer", "1"), "Give both --layer and --head, or neither for all heads."),
        (("--text", ""), "The text is empty"),
        (("--out", "gone/a.npy"), "Cannot write gone/a.npy. The folder is gone."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_drawn(
    trained: RunDirectory,
    tmp_path: Path,
    fails: Says,
    monkeypatch: pytest.MonkeyPatch,
    changes: tuple[str, ...],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert words in fails("attention", trained.path, "--text", TEXT, "--out", "a.npy", *changes)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def reverser(tmp_path_factory: pytest.TempPathFactory, new_run: list[str]) -> RunDirectory:
    """A few steps of an encoder-decoder that should write words backwards."""
    folder = tmp_path_factory.mktemp("reverser")
    pairs = folder / "pairs.txt"
    pairs.write_text(
        "".join(f"{word}\t{word[::-1]}\n" for word in ("abc", "kxw", "de", "fghi") * 300), encoding="utf-8"
    )
    changes = ("--corpus", pairs, "--set", "model.kind=encoder_decoder", "--set", "model.n_encoder_layers=3",
               "--set", "training.max_steps=4", "--set", "data.validation_fraction=0.1")  # fmt: skip
    settings = [str(part) for part in (*new_run[2:], *changes)]
    # A source that is trained on is not judged, so the last lines bring a word of their own.
    with pairs.open("a", encoding="utf-8") as file:
        file.write("gad\tdag\n" * 100)
    assert run(["train", str(folder / "run"), *settings]) == 0
    return RunDirectory(folder / "run")


def test_cross_attention_has_rows_of_the_target_and_columns_of_the_source(
    reverser: RunDirectory, tmp_path: Path, says: Says
) -> None:
    out = tmp_path / "a.npy"
    said = says("attention", reverser.path, "--source", "abcd", "--text", "dc", "--out", out)
    assert f"{out}: 3 tokens at 5 of the source" in said
    weights = np.load(out)
    assert weights.shape == (2, 2, 3, 5)
    np.testing.assert_allclose(weights.sum(-1), 1.0, atol=1e-5)
    for part, shape in (("encoder", (3, 2, 5, 5)), ("self", (2, 2, 3, 3))):
        says("attention", reverser.path, "--source", "abcd", "--text", "dc", "--part", part, "--out", out)
        assert np.load(out).shape == shape


def test_a_table_of_cross_attention_names_both_texts(reverser: RunDirectory, tmp_path: Path, says: Says) -> None:
    out = tmp_path / "a.csv"
    says("attention", reverser.path, "--source", "ab", "--text", "ba", "--layer", 1, "--head", 1, "--out", out)
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["query"], row["key"]) for row in rows] == [(query, key) for query in "⏎ba" for key in "ab⏎"]


def test_without_a_translation_the_model_writes_its_own(
    reverser: RunDirectory, tmp_path: Path, says: Says, qapp: QApplication
) -> None:
    out = tmp_path / "a.png"
    said = says("attention", reverser.path, "--source", "abcd", "--layer", 2, "--head", 1, "--out", out)
    assert "at 5 of the source" in said
    assert not QImage(str(out)).isNull()


def test_a_lifted_mask_shows_later_tokens(trained: RunDirectory, tmp_path: Path, says: Says) -> None:
    out = tmp_path / "a.npy"
    says("attention", trained.path, "--text", TEXT, "--no-mask", "--out", out)
    weights = np.load(out)
    assert (weights[..., 0, 1:] > 0).all()
    np.testing.assert_allclose(weights.sum(-1), 1.0, atol=1e-5)
    says("attention", trained.path, "--text", TEXT, "--no-mask", "--out", tmp_path / "a.csv")
    assert len((tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()) == 1 + 2 * 2 * N * N


def test_what_a_kind_cannot_show(trained: RunDirectory, reverser: RunDirectory, tmp_path: Path, fails: Says) -> None:
    out = tmp_path / "a.npy"
    assert "no 'cross' attention" in fails("attention", trained.path, "--text", TEXT, "--part", "cross", "--out", out)
    assert "--source is for" in fails("attention", trained.path, "--text", TEXT, "--source", "a", "--out", out)
    assert "Give one with --source" in fails("attention", reverser.path, "--text", "a", "--out", out)
    assert "at most 16" in fails("attention", reverser.path, "--source", "a" * 16, "--out", out)
    assert not out.exists()
