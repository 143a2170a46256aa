"""`playground attention`: numbers that are attention, and pictures that are pictures."""

import csv
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

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
