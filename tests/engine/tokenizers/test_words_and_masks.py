"""Where words begin, masks, and what opening another program's file may cost: of our own tokenizers and of others."""

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from foreign_tokenizers import KINDS, LOSSLESS, sentencepiece_model, theirs
from trained_tokenizers import trained_once

from playground.contract.config import TRAINABLE_TOKENIZERS
from playground.contract.errors import TokenizerError
from playground.engine.tokenizers import foreign
from playground.engine.tokenizers.backend import CONTROL, SPACE
from playground.engine.tokenizers.foreign import open_here, try_elsewhere
from playground.engine.tokenizers.specials import Specials
from playground.engine.tokenizers.tokenizer import IMPORTED, Tokenizer, load_tokenizer

ALL = [*TRAINABLE_TOKENIZERS, *KINDS]
MEMORY_LIMIT_BYTES = 256 << 20


@cache
def tokenizer_of(kind: str) -> Tokenizer:
    """One of ours, or another program's."""
    if kind in TRAINABLE_TOKENIZERS and kind != "unigram":
        return trained_once(kind, True)
    return Tokenizer(open_here("tokenizer.json", theirs(kind).to_str().encode("utf-8")), IMPORTED, Specials())


# Llama's here has pieces of several words, and single characters know no spaces.
@pytest.mark.parametrize("kind", [kind for kind in ALL if kind not in ("characters", "llama")])
def test_words_begin_after_spaces(kind: str) -> None:
    text = "so it slept while dogs ran"
    found = tokenizer_of(kind).tokens(text)
    begun = {
        text[int(start) :].lstrip().split(" ")[0]
        for id, start in zip(found.ids.tolist(), found.starts, strict=True)
        if tokenizer_of(kind).starts_word(id)
    }
    assert begun - {"so"} == {"it", "slept", "while", "dogs", "ran"}


@pytest.mark.parametrize("kind", ["characters", *LOSSLESS])
def test_line_ends_and_marks_begin_words_and_letters_alone_go_on(kind: str) -> None:
    tokenizer = tokenizer_of(kind)
    starting = {tokenizer.piece(id): tokenizer.starts_word(id) for id in range(tokenizer.vocab_size)}
    assert starting[SPACE]
    assert starting.get("\n", True)
    assert starting.get(".", True)
    assert not starting.get("a", False)
    assert starting.get("猫", True), "Japanese has no spaces: a piece is a word"


@pytest.mark.parametrize("kind", ["bpe", "gpt2", "llama"])
def test_further_bytes_of_a_character_begin_no_word(kind: str) -> None:
    tokenizer = tokenizer_of(kind)
    ids = tokenizer.encode("a𝄞").tolist()[-4:]
    assert [tokenizer.starts_word(id) for id in ids] == [True, False, False, False]


def test_parts_of_words_say_so_in_wordpiece() -> None:
    tokenizer = tokenizer_of("bert")
    assert any(tokenizer.piece(id).startswith("##") for id in range(tokenizer.vocab_size))
    for id in range(tokenizer.vocab_size):
        assert tokenizer.starts_word(id) == (not tokenizer.piece(id).startswith("##")), tokenizer.piece(id)


@pytest.mark.parametrize("kind", TRAINABLE_TOKENIZERS)
def test_a_line_end_begins_and_ends_in_our_own(kind: str) -> None:
    tokenizer = trained_once(kind, True)
    special = tokenizer.specials
    assert special == Specials(start_id=special.end_id, end_id=special.end_id)
    assert special.end_id is not None
    assert tokenizer.piece(special.end_id) == "\n"


@pytest.mark.parametrize("kind", TRAINABLE_TOKENIZERS)
def test_a_mask_of_our_own_is_saved_and_comes_back(kind: str, tmp_path: Path) -> None:
    plain = trained_once(kind, True)
    masked = plain.with_mask()
    masked.save(tmp_path)
    loaded = load_tokenizer(tmp_path)
    mask_id = plain.vocab_size
    for each in (masked, loaded):
        assert (each.vocab_size, each.specials.mask_id, each.type) == (mask_id + 1, mask_id, kind)
        assert (each.piece(mask_id), each.kind(mask_id), each.decode([mask_id])) == ("<mask>", CONTROL, "")
        assert each.specials.start_id == plain.specials.start_id
        assert each.with_mask() is each
        assert mask_id not in each.encode("a <mask> b")
        assert each.encode("a <mask> b").tolist() == plain.encode("a <mask> b").tolist()
    assert plain.specials.mask_id is None


@pytest.mark.parametrize("value", ["-1", "100000", "true", '"5"', "1.0"])
def test_a_damaged_special_id_is_told(value: str, tmp_path: Path) -> None:
    tokenizer_of("gpt2").with_mask().save(tmp_path)
    path = tmp_path / "tokenizer.toml"
    path.write_text(re.sub("mask_id = .*", f"mask_id = {value}", path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(TokenizerError, match=r"tokenizer\.toml is damaged: mask_id is "):
        load_tokenizer(tmp_path)


@pytest.mark.parametrize("value", ['"../tokenizer.json"', '"/etc/passwd"', "7", '"vocab.txt"'])
def test_a_model_file_of_another_name_is_not_opened(value: str, tmp_path: Path) -> None:
    tokenizer_of("gpt2").save(tmp_path)
    path = tmp_path / "tokenizer.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"tokenizer.json"', value), encoding="utf-8")
    with pytest.raises(TokenizerError, match=r"it may be tokenizer\.model or tokenizer\.json"):
        load_tokenizer(tmp_path)


def test_the_library_is_imported_only_when_it_is_needed() -> None:
    script = (
        "import sys, playground.engine.tokenizers.importing, playground.engine.tokenizers.training\n"
        "print([name for name in ('tokenizers', 'transformers', 'torch') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def changed(kind: str, **steps: Any) -> bytes:
    return json.dumps({**json.loads(theirs(kind).to_str()), **steps}).encode("utf-8")


def split_by(pattern: str) -> dict[str, Any]:
    return {"type": "Split", "pattern": {"Regex": pattern}, "behavior": "Isolated", "invert": False}


def growing(n_times: int) -> dict[str, Any]:
    step = {"type": "Replace", "pattern": {"String": "a"}, "content": "aa"}
    return {"type": "Sequence", "normalizers": [step] * n_times}


@pytest.mark.parametrize("pattern", ["(a+)+$", "(x+x+)+y", "(a|a)*b", r"(\w+\s?)*:", "^(([a-z])+.)+[A-Z]([a-z])+$"])
def test_patterns_that_try_all_ways_are_found(pattern: str) -> None:
    with pytest.raises(TokenizerError, match=r"retry-limit|not ready after|too long"):
        try_elsewhere("tokenizer.json", changed("gpt2", pre_tokenizer=split_by(pattern)))


@pytest.mark.skipif(sys.platform != "linux", reason="/proc and rlimits of Linux")
@pytest.mark.parametrize("n_times", [12, 25])
def test_texts_that_grow_do_not_exhaust_the_memory(n_times: int) -> None:
    """The largest that any child of a fresh process had, by its own account."""
    script = (
        "import resource, sys\n"
        "from playground.engine.tokenizers.foreign import try_elsewhere\n"
        "try:\n"
        "    try_elsewhere('tokenizer.json', sys.stdin.buffer.read())\n"
        "except ValueError as error:\n"
        "    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, error)\n"
    )
    data = changed("gpt2", normalizer=growing(n_times))
    done = subprocess.run([sys.executable, "-c", script], input=data, capture_output=True, check=True)
    kilobytes, told = done.stdout.decode("utf-8").split(" ", 1)
    assert int(kilobytes) << 10 < MEMORY_LIMIT_BYTES
    assert "broke the process" in told or "memory" in told


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "signal 11: a fault"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "signal 9: too long or too much memory"),
        ("raise SystemExit(3)", "it ended with code 3"),
        ("print('nonsense')", "broke the process"),
        ("", "broke the process"),
    ],
)
def test_a_process_that_dies_of_a_file_is_told(script: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreign, "module_command", lambda *_: [sys.executable, "-c", script])
    with pytest.raises(TokenizerError, match=re.escape(told)):
        try_elsewhere("tokenizer.model", sentencepiece_model())


def test_a_process_that_does_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreign, "module_command", lambda *_: [sys.executable, "-c", "import time; time.sleep(60)"])
    monkeypatch.setattr(foreign, "_LIMIT_S", 0.5)
    with pytest.raises(TokenizerError, match="not ready after"):
        try_elsewhere("tokenizer.model", sentencepiece_model())


def test_what_was_tried_once_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    monkeypatch.setattr(foreign, "try_elsewhere", lambda name, data: tried.append(name))
    monkeypatch.setattr(foreign, "_passed", set())
    for _ in range(3):
        foreign.load_foreign("tokenizer.model", sentencepiece_model())
    assert tried == ["tokenizer.model"]


def test_a_panic_of_the_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        """As the library's, which is no `Exception`."""

    class Panicking:
        def encode(self, text: str, add_special_tokens: bool) -> None:
            raise PanicException("called `Option::unwrap()` on a `None` value")

    tokenizer = Tokenizer(open_here("tokenizer.json", theirs("gpt2").to_str().encode("utf-8")), IMPORTED, Specials())
    monkeypatch.setattr(tokenizer.backend, "_tokenizer", Panicking())
    for cut in (tokenizer.encode, tokenizer.tokens):
        with pytest.raises(TokenizerError, match=r"cannot cut this text: called `Option.*Choose another"):
            cut("x")


def test_somebody_who_stops_is_not_taken_for_a_panic(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped:
        def encode(self, text: str, add_special_tokens: bool) -> None:
            raise KeyboardInterrupt

    tokenizer = Tokenizer(open_here("tokenizer.json", theirs("gpt2").to_str().encode("utf-8")), IMPORTED, Specials())
    monkeypatch.setattr(tokenizer.backend, "_tokenizer", Stopped())
    with pytest.raises(KeyboardInterrupt):
        tokenizer.encode("x")
