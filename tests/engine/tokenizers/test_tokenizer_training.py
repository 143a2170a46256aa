"""Training a tokenizer: the same text gives the same pieces, rare characters give way, and it can be given up."""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from typing import Any

import psutil
import pytest
from trained_tokenizers import ignore, mixed_text, trained_once

from playground.contract.config import TRAINABLE_TOKENIZERS, TokenizerConfig
from playground.contract.errors import ConfigError, TokenizerError
from playground.engine.tokenizers import sentencepiece_process
from playground.engine.tokenizers.sentencepiece_process import LogFollower, train_model
from playground.engine.tokenizers.tokenizer import BYTE, PIECE, SPACE, UNKNOWN
from playground.engine.tokenizers.training import kept_characters, train_tokenizer

RARE = "".join(chr(0x4E00 + i) for i in range(120))


def config(**values: Any) -> TokenizerConfig:
    return TokenizerConfig(**{"vocab_size": 500, **values})


def children() -> set[int]:
    return {child.pid for child in psutil.Process().children(recursive=True)}


def rare_text() -> str:
    """Each of 120 kanji, the first most often."""
    return "".join(f"the {character} cat\n" * (121 - i) for i, character in enumerate(RARE))


@pytest.mark.parametrize("type", TRAINABLE_TOKENIZERS)
def test_the_same_text_gives_the_same_model(type: str) -> None:
    again = train_tokenizer(mixed_text(), config(type=type), ignore)
    assert again.backend.data == trained_once(type, True).backend.data


@pytest.mark.parametrize("type", ["unigram", "bpe"])
def test_frequent_words_become_pieces(type: str) -> None:
    pieces = trained_once(type, True).vocabulary().pieces
    assert {f"{SPACE}slept", f"{SPACE}river", "いました"} <= set(pieces)


def test_a_word_that_always_has_a_space_behind_becomes_a_piece() -> None:
    """SentencePiece by itself proposes only pieces with different characters behind them."""
    words, rng = ["river", "mountain", "slept", "garden", "window", "yellow", "purple", "thunder"], random.Random(1)
    text = "".join(f"so {' '.join(rng.choices(words, k=8))} so.\n" for _ in range(300))
    pieces = train_tokenizer(text, config(vocab_size=330), ignore).vocabulary().pieces
    assert {SPACE + word for word in words} <= set(pieces)


def test_characters_are_all_that_the_characters_kind_has() -> None:
    found = trained_once("characters", False).vocabulary()
    known = {piece.replace(SPACE, " ") for piece in found.pieces[1:]}
    assert known == set(mixed_text())


@pytest.mark.parametrize("type", TRAINABLE_TOKENIZERS)
@pytest.mark.parametrize("byte_fallback", [True, False])
def test_the_vocabulary_is_never_larger_than_asked(type: str, byte_fallback: bool) -> None:
    tokenizer = trained_once(type, byte_fallback)
    n_meta = 1 + 1 + 256 * byte_fallback  # in the characters kind they come on top
    assert tokenizer.vocab_size <= 500 + (n_meta if type == "characters" else 0)


@pytest.mark.parametrize("type", ["unigram", "bpe"])
def test_rare_characters_give_way_to_bytes_where_the_vocabulary_is_small(type: str) -> None:
    text = rare_text()
    tokenizer = train_tokenizer(text, config(type=type, vocab_size=320), ignore)
    kinds = [BYTE in tokenizer.tokens(character).kinds for character in RARE]
    assert kinds == sorted(kinds), "the most frequent keep their pieces"
    assert not kinds[0]
    assert kinds[-1]
    assert tokenizer.vocab_size <= 320
    assert any(len(piece) > 2 and not piece.startswith("<") for piece in tokenizer.vocabulary().pieces)
    assert tokenizer.decode(tokenizer.encode(text).tolist()) == text


def test_rare_characters_give_way_in_the_characters_kind_too() -> None:
    tokenizer = train_tokenizer(rare_text(), config(type="characters", vocab_size=40), ignore)
    found = tokenizer.vocabulary()
    kept = [piece for piece, kind in zip(found.pieces, found.kinds, strict=True) if kind == PIECE]
    assert len(kept) == 41  # and the newline
    assert RARE[0] in kept
    assert RARE[-1] not in kept


def test_coverage_leaves_the_rarest_to_bytes() -> None:
    tokenizer = train_tokenizer("ab" * 5000 + "Ω\n", config(type="characters", character_coverage=0.999), ignore)
    assert tokenizer.tokens("a").kinds.tolist() == [0]
    assert tokenizer.tokens("Ω").kinds.tolist() == [BYTE, BYTE]


@pytest.mark.parametrize("type", TRAINABLE_TOKENIZERS)
def test_the_number_in_the_advice_works(type: str) -> None:
    with pytest.raises(TokenizerError, match="distinct characters") as caught:
        train_tokenizer(rare_text(), config(type=type, vocab_size=20, byte_fallback=False), ignore)
    words = str(caught.value).split()
    least = int(words[words.index("least") + 1].rstrip(",").replace(",", ""))
    tokenizer = train_tokenizer(rare_text(), config(type=type, vocab_size=least, byte_fallback=False), ignore)
    assert UNKNOWN not in tokenizer.tokens(rare_text()).kinds
    with pytest.raises(TokenizerError):
        train_tokenizer(rare_text(), config(type=type, vocab_size=least - 1, byte_fallback=False), ignore)


@pytest.mark.parametrize("type", TRAINABLE_TOKENIZERS)
def test_a_text_without_spaces_gives_a_tokenizer_that_can_spell_them(type: str) -> None:
    """A space was spelled with the bytes of U+2581 then, and came back as that."""
    tokenizer = train_tokenizer("12+34=46\n7+8=15\n" * 100, config(type=type, vocab_size=300), ignore)
    assert tokenizer.decode(tokenizer.encode("1 + 2 = ").tolist()) == "1 + 2 = "
    assert tokenizer.n_bytes(tokenizer.encode("1 + 2").tolist()) == 5


def test_rare_spaces_keep_their_piece() -> None:
    counts = Counter({chr(0x4E00 + i): 10 for i in range(50)} | {" ": 1})
    kept = kept_characters(counts, config(type="characters", vocab_size=20))
    assert len(kept) == 20
    assert " " in kept


@pytest.mark.parametrize("type", TRAINABLE_TOKENIZERS)
@pytest.mark.parametrize("mark", ["\u2585", "\x1f"])
def test_marks_that_sentencepiece_reserves_cost_no_text(type: str, mark: str) -> None:
    """Every line with one was left out of the training, and the mark itself never got a piece."""
    text = f"the cat {mark} sat\n" * 50
    tokenizer = train_tokenizer(text, config(type=type, vocab_size=60, byte_fallback=False), ignore)
    assert UNKNOWN not in tokenizer.tokens(text).kinds
    assert tokenizer.decode(tokenizer.encode(text).tolist()) == text


def test_sentencepieces_own_space_is_a_space() -> None:
    spaced, marked = (train_tokenizer(f"the{space}cat sat\n" * 20, config(), ignore) for space in (" ", SPACE))
    assert spaced.backend.data == marked.backend.data


@pytest.mark.parametrize("type", TRAINABLE_TOKENIZERS)
@pytest.mark.parametrize("text", ["x" * 50_000, "ab " * 30_000, "猫" * 20_000 + "\n"])
def test_huge_lines_are_no_obstacle(type: str, text: str) -> None:
    tokenizer = train_tokenizer(text, config(type=type), ignore)
    assert tokenizer.decode(tokenizer.encode(text[:5000]).tolist()) == text[:5000]


@pytest.mark.parametrize("text", ["", "\n", "\n\n\n"])
def test_no_text_no_tokenizer(text: str) -> None:
    with pytest.raises(TokenizerError, match="There is no text"):
        train_tokenizer(text, config(), ignore)


@pytest.mark.parametrize("type", TRAINABLE_TOKENIZERS)
@pytest.mark.parametrize("byte_fallback", [True, False])
def test_a_single_character_is_enough(type: str, byte_fallback: bool) -> None:
    tokenizer = train_tokenizer("a", config(type=type, byte_fallback=byte_fallback), ignore)
    assert tokenizer.decode(tokenizer.encode("aaa").tolist()) == "aaa"


def test_an_impossible_config_is_refused_first() -> None:
    with pytest.raises(ConfigError, match=r"tokenizer\.vocab_size is 299"):
        train_tokenizer("a", config(vocab_size=299), ignore)


@pytest.mark.parametrize("type", TRAINABLE_TOKENIZERS)
def test_progress_rises_from_nothing_to_the_whole(type: str) -> None:
    told: list[float] = []
    train_tokenizer(mixed_text() * 3, config(type=type), told.append)
    assert told[0] == 0.0
    assert told[-1] == 1.0
    assert told == sorted(told)
    assert all(0.0 <= fraction <= 1.0 for fraction in told)
    assert len(set(told)) > 3


class GivenUpError(Exception):
    """Somebody no longer wants the tokenizer."""


@pytest.mark.parametrize("after", [1, 2, 5])
def test_giving_up_ends_at_once_and_leaves_no_process(after: int) -> None:
    n_told = 0

    def give_up(progress: float) -> None:
        nonlocal n_told
        n_told += 1
        if n_told == after:
            raise GivenUpError

    before = children()
    with pytest.raises(GivenUpError):
        train_tokenizer(mixed_text() * 10, config(), give_up)
    assert children() <= before
    assert n_told == after


def test_a_silent_phase_does_not_keep_somebody_who_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The default text is worked on for seconds without a line in the log; a stop was only heard after them."""
    silent = "import time; time.sleep(60)"
    monkeypatch.setattr(sentencepiece_process, "module_command", lambda *_: [sys.executable, "-c", silent])
    began = time.monotonic()

    def give_up(progress: float) -> None:
        raise GivenUpError

    before = children()
    with pytest.raises(GivenUpError):
        train_model({}, ["a"], 10, give_up)
    assert time.monotonic() - began < 30
    assert children() <= before


@pytest.mark.skipif(sys.platform == "win32", reason="process groups of POSIX")
def test_ctrl_c_at_a_terminal_does_not_reach_sentencepiece() -> None:
    """It is sent to the whole group: SentencePiece died of it, and the stop that was wanted looked like a fault."""
    before = children()
    groups: set[int] = set()

    def look(progress: float) -> None:
        groups.update(os.getpgid(pid) for pid in children() - before)

    train_tokenizer(mixed_text(), config(), look)
    assert groups
    assert os.getpgid(0) not in groups


@pytest.mark.skipif(sys.platform == "win32", reason="parents of POSIX")
def test_sentencepiece_ends_with_a_trainer_that_is_killed() -> None:
    """It went on for minutes on a large text, for nobody."""
    script = (
        "import random\n"
        "from playground.contract.config import TokenizerConfig\n"
        "from playground.engine.tokenizers.training import train_tokenizer\n"
        "text = ''.join(random.choices('abcdefghijklmnop  ', k=3_000_000))\n"
        "train_tokenizer(text, TokenizerConfig(), lambda progress: print(progress, flush=True))\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        while float(parent.stdout.readline()) < 0.15:
            pass
        (child,) = psutil.Process(parent.pid).children()
        parent.kill()
    child.wait(timeout=10)


def test_sentencepieces_own_words_are_in_the_sentence() -> None:
    options = {"model_type": "unigram", "vocab_size": 8000, "hard_vocab_limit": True}
    with pytest.raises(TokenizerError, match=r"could not train the tokenizer: .*(?i:vocab).*Choose another"):
        train_model(options, ["one short line"], 8000, ignore)


def test_a_killed_trainer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    kill = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    monkeypatch.setattr(sentencepiece_process, "module_command", lambda *_: [sys.executable, "-c", kill])
    with pytest.raises(TokenizerError, match=r"ended by signal 9\. Perhaps memory ran out"):
        train_model({}, ["a" * 1000] * 1000, 10, ignore)


def test_the_log_is_followed_and_never_goes_back() -> None:
    follower = LogFollower(n_pieces=1000, n_wanted=100)
    lines = [
        "fed: 500",
        "something else",
        "unigram_model_trainer.cc(268) LOG(INFO) Initialized 1000 seed sentencepieces",
        "unigram_model_trainer.cc(564) LOG(INFO) EM sub_iter=0 size=1000 obj=10",
        "unigram_model_trainer.cc(564) LOG(INFO) EM sub_iter=0 size=316 obj=10",
        "fed: 1000",
        "unigram_model_trainer.cc(564) LOG(INFO) EM sub_iter=1 size=100 obj=10",
    ]
    told = [follower.fraction_after(line) for line in lines]
    assert [fraction is None for fraction in told] == [False, True, False, True, False, True, False]
    fractions = [fraction for fraction in told if fraction is not None]
    assert fractions == sorted(fractions)
    assert fractions[0] == pytest.approx(0.075)
    assert fractions[2] == pytest.approx((0.3 + 0.99) / 2, abs=0.01)  # half the way, in the logarithm
    assert fractions[3] == pytest.approx(0.99)
