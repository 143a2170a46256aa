"""Small tokenizers of other programs, each trained once by the program itself."""

import io
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import sentencepiece
import tokenizers
from tokenizers import AddedToken, decoders, models, normalizers, pre_tokenizers, processors, trainers
from trained_tokenizers import mixed_text

VOCAB_SIZE = 600
BYTE_PIECES = [f"<0x{byte:02X}>" for byte in range(256)]
LLAMA3_PATTERN = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)


def byte_level_bpe() -> tokenizers.Tokenizer:
    """As GPT-2: its alphabet of bytes, one special token that begins and ends a text."""
    made = tokenizers.Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    made.post_processor = processors.ByteLevel(trim_offsets=False)
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    return _trained(
        made,
        trainers.BpeTrainer(
            vocab_size=VOCAB_SIZE, initial_alphabet=alphabet, special_tokens=["<|endoftext|>"], show_progress=False
        ),
    )


def llama3_bpe() -> tokenizers.Tokenizer:
    """As Llama 3 and Qwen2: a pattern of its own, then bytes; a template puts the begin before every text."""
    made = tokenizers.Tokenizer(models.BPE(ignore_merges=True))
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(tokenizers.Regex(LLAMA3_PATTERN), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    made.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    _trained(made, trainers.BpeTrainer(vocab_size=VOCAB_SIZE, initial_alphabet=alphabet, show_progress=False))
    made.add_special_tokens(["<|begin_of_text|>", "<|end_of_text|>"])
    begin = made.token_to_id("<|begin_of_text|>")
    made.post_processor = processors.TemplateProcessing(
        single="<|begin_of_text|> $A", special_tokens=[("<|begin_of_text|>", begin)]
    )
    return made


def llama_bpe() -> tokenizers.Tokenizer:
    """As Llama 2 and Mistral: U+2581, one space put before every text, bytes for what is unknown."""
    made = tokenizers.Tokenizer(models.BPE(unk_token="<unk>", byte_fallback=True, fuse_unk=True))
    made.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    made.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)]
    )
    special = ["<unk>", "<s>", "</s>"]
    _trained(made, trainers.BpeTrainer(vocab_size=300, special_tokens=special, show_progress=False))
    values = json.loads(made.to_str())
    pieces = [*special, *BYTE_PIECES, *(piece for piece in values["model"]["vocab"] if piece not in special)]
    values["model"]["vocab"] = {piece: id for id, piece in enumerate(pieces)}
    return tokenizers.Tokenizer.from_str(json.dumps(values))


def unigram() -> tokenizers.Tokenizer:
    """As T5 with bytes: U+2581 by Metaspace."""
    made = tokenizers.Tokenizer(models.Unigram())
    made.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    made.decoder = decoders.Sequence(
        [decoders.ByteFallback(), decoders.Metaspace(prepend_scheme="always"), decoders.Fuse()]
    )
    special = ["<pad>", "</s>", "<unk>"]
    _trained(
        made,
        trainers.UnigramTrainer(vocab_size=300, special_tokens=special, unk_token="<unk>", show_progress=False),
    )
    values = json.loads(made.to_str())
    values["model"]["vocab"] += [[piece, -20.0] for piece in BYTE_PIECES]
    values["model"]["byte_fallback"] = True
    return tokenizers.Tokenizer.from_str(json.dumps(values))


def wordpiece() -> tokenizers.Tokenizer:
    """As BERT, without capitals."""
    made = tokenizers.Tokenizer(models.WordPiece(unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.decoder = decoders.WordPiece(prefix="##", cleanup=False)
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    _trained(made, trainers.WordPieceTrainer(vocab_size=VOCAB_SIZE, special_tokens=special, show_progress=False))
    ends = [(piece, made.token_to_id(piece)) for piece in ("[CLS]", "[SEP]")]
    made.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=ends)
    return made


KINDS: dict[str, Callable[[], tokenizers.Tokenizer]] = {
    "gpt2": byte_level_bpe,
    "llama3": llama3_bpe,
    "llama": llama_bpe,
    "unigram": unigram,
    "bert": wordpiece,
}
LOSSLESS = ("gpt2", "llama3", "llama", "unigram")


@cache
def theirs(kind: str) -> tokenizers.Tokenizer:
    """The library's own, of one of `KINDS`; it cuts what looks like a special token as text, as ours is to do."""
    made = KINDS[kind]()
    made.encode_special_tokens = True
    return made


@cache
def sentencepiece_model() -> bytes:
    """As T5's: NFKC, runs of spaces made one, a space put first, special tokens of its own."""
    written = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(mixed_text().splitlines()),
        model_writer=written,
        vocab_size=600,
        byte_fallback=True,
        pad_id=0,
        eos_id=1,
        unk_id=2,
        bos_id=3,
        user_defined_symbols=["<mask>"],
        minloglevel=2,
    )
    return written.getvalue()


def write_folder(folder: Path, kind: str, **options: Any) -> Path:
    """A folder with the tokenizer.json of a kind, and tokenizer_config.json."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokenizer.json").write_text(theirs(kind).to_str(), encoding="utf-8")
    write_json(folder / "tokenizer_config.json", options)
    return folder


def write_json(path: Path, value: Any) -> None:
    """Write any value as JSON."""
    path.write_text(json.dumps(value), encoding="utf-8")


def special(content: str) -> AddedToken:
    """A special token."""
    return AddedToken(content, special=True, normalized=False)


def _trained(made: tokenizers.Tokenizer, trainer: Any) -> tokenizers.Tokenizer:
    made.train_from_iterator(mixed_text().splitlines(keepends=True), trainer)
    return made
