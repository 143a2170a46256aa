"""The tokenizer of a folder that `transformers` wrote, read as data: no code, no template of it is ever run.

The ids of special tokens come from the spellings in tokenizer_config.json and special_tokens_map.json, looked up in the
vocabulary; where these say nothing, from the usual spellings, and then from the ids in config.json.
"""

from pathlib import Path
from typing import Any

from playground.contract.errors import ExchangeError, TokenizerError
from playground.engine.exchange.foreign_files import exists, read_file, read_json
from playground.engine.tokenizers.backend import CONTROL, N_PIECES_LIMIT, Backend
from playground.engine.tokenizers.foreign import MODEL_LIMIT_BYTES, load_foreign
from playground.engine.tokenizers.huggingface_backend import HuggingFaceBackend
from playground.engine.tokenizers.sentencepiece_backend import SentencePieceBackend
from playground.engine.tokenizers.specials import Specials
from playground.engine.tokenizers.tokenizer import IMPORTED, Tokenizer
from playground.engine.tokenizers.vocabulary_files import byte_level_json, token_spelling, wordpiece_json

_TEXT_LIMIT_BYTES = 1 << 23
_SENTENCEPIECE_FILES = ("tokenizer.model", "spiece.model", "source.spm")
_JSON, _SENTENCEPIECE = HuggingFaceBackend.file_name, SentencePieceBackend.file_name
# What the ids are called in the three files, and how they are usually spelled.
_NAMES = {"start": ("bos", "cls"), "end": ("eos", "sep"), "mask": ("mask",), "pad": ("pad",)}
_USUAL = {
    "start": ("<s>", "[CLS]", "<bos>", "<|endoftext|>"),
    "end": ("</s>", "[SEP]", "<eos>", "<|endoftext|>"),
    "mask": ("<mask>", "[MASK]"),
    "pad": ("<pad>", "[PAD]"),
}
_BYTE_LEVEL_CLASSES = ("GPT2", "Roberta", "Bart", "Longformer", "LED", "PreTrained")


def import_tokenizer(folder: Path, vocab_size: int | None = None) -> Tokenizer:
    """The tokenizer of a folder: tokenizer.json, a SentencePiece model, vocab.txt, or vocab.json with merges.txt.

    Args:
        vocab_size: rows of the model's table of tokens, where these are more than the tokenizer's pieces.

    Raises:
        TokenizerError: there is none, it is of a kind that is not read, or it is refused.
    """
    try:
        options = _options(folder, "tokenizer_config.json")
        config = _options(folder, "config.json")
        _refuse_code(folder, options, config)
        spellings = _spellings(_options(folder, "special_tokens_map.json") | options)
        name, path, data = _model_file(folder, options, spellings)
    except ExchangeError as error:
        raise TokenizerError(str(error)) from None
    try:
        backend = load_foreign(name, data)
    except TokenizerError as error:
        raise TokenizerError(f"{path} is refused. {error}") from None
    size = _size(backend, vocab_size, folder)
    return Tokenizer(backend, IMPORTED, _specials(backend, spellings, options, config, size), size)


def _options(folder: Path, name: str) -> dict[str, Any]:
    return read_json(folder, name, _TEXT_LIMIT_BYTES) if exists(folder, name) else {}


def _refuse_code(folder: Path, options: dict[str, Any], config: dict[str, Any]) -> None:
    own = config.get("auto_map")
    if options.get("auto_map") or (isinstance(own, dict) and "AutoTokenizer" in own):
        raise TokenizerError(
            f"{folder} has a tokenizer of its own Python code (auto_map), which is never run. Choose another model."
        )


def _model_file(folder: Path, options: dict[str, Any], spellings: dict[str, str | None]) -> tuple[str, Path, bytes]:
    """The name under which the file is opened, where it came from, and its bytes.

    Raises:
        ExchangeError: a file cannot be read.
        TokenizerError: there is none, or it is of a kind that is not read.
    """
    if exists(folder, _JSON):
        return _JSON, folder / _JSON, read_file(folder, _JSON, MODEL_LIMIT_BYTES)
    for name in _SENTENCEPIECE_FILES:
        if exists(folder, name):
            if name == "source.spm" and exists(folder, "vocab.json"):
                raise TokenizerError(
                    f"{folder} numbers the pieces of source.spm anew in vocab.json, which is not read. "
                    "Save the tokenizer as tokenizer.json with `transformers`."
                )
            return _SENTENCEPIECE, folder / name, read_file(folder, name, MODEL_LIMIT_BYTES)
    if exists(folder, "vocab.txt"):
        path = folder / "vocab.txt"
        return _JSON, path, wordpiece_json(path, read_file(folder, path.name, _TEXT_LIMIT_BYTES), options)
    if exists(folder, "vocab.json") and exists(folder, "merges.txt"):
        _check_byte_level(folder, options)
        vocabulary = read_json(folder, "vocab.json", _TEXT_LIMIT_BYTES)
        merges = read_file(folder, "merges.txt", _TEXT_LIMIT_BYTES)
        special = {*filter(None, spellings.values()), *(each for usual in _USUAL.values() for each in usual)}
        data = byte_level_json(folder / "merges.txt", vocabulary, merges, options, special)
        return _JSON, folder / "vocab.json", data
    raise TokenizerError(
        f"{folder} has no tokenizer: no {_JSON}, {', '.join(_SENTENCEPIECE_FILES)}, vocab.txt, or vocab.json with "
        "merges.txt. Choose a folder that `save_pretrained` wrote."
    )


def _check_byte_level(folder: Path, options: dict[str, Any]) -> None:
    name = options.get("tokenizer_class")
    if isinstance(name, str) and not name.startswith(_BYTE_LEVEL_CLASSES):
        raise TokenizerError(
            f"{folder} has only vocab.json and merges.txt for {name[:60]!a}, whose way of cutting text they do not "
            "tell. Save the tokenizer as tokenizer.json with `transformers`."
        )


def _size(backend: Backend, vocab_size: int | None, folder: Path) -> int:
    size = backend.n_pieces if vocab_size is None else vocab_size
    if not backend.n_pieces <= size <= N_PIECES_LIMIT:
        raise TokenizerError(
            f"The tokenizer of {folder} has {backend.n_pieces:,} pieces, and the model's table {size:,} rows: they do "
            "not belong together. Fetch the folder anew."
        )
    return size


def _spellings(values: dict[str, Any]) -> dict[str, str | None]:
    """What the files call the special tokens; None where they say that there is none, absent where they say nothing."""
    found: dict[str, str | None] = {}
    for what, names in _NAMES.items():
        told = [values[f"{name}_token"] for name in names if f"{name}_token" in values]
        if told:
            found[what] = next(filter(None, map(token_spelling, told)), None)
    return found


def _specials(
    backend: Backend, spellings: dict[str, str | None], options: dict[str, Any], config: dict[str, Any], size: int
) -> Specials:
    added = _added_ids(options, size)
    found: dict[str, int | None] = {}
    for what in _NAMES:
        if what in spellings:
            spelling = spellings[what]
            id = None if spelling is None else backend.id_of(spelling)
            found[what] = added.get(spelling) if id is None and spelling else id
        else:
            found[what] = _usual_id(backend, what)
            if found[what] is None:
                found[what] = _id_in_config(config, what, size)
    return Specials(start_id=found["start"], end_id=found["end"], mask_id=found["mask"], pad_id=found["pad"])


def _usual_id(backend: Backend, what: str) -> int | None:
    """The id of a usual spelling; a mask need not be called special by the model file, as ALBERT's is not."""
    ids = [backend.id_of(spelling) for spelling in _USUAL[what]]
    return next((id for id in ids if id is not None and (what == "mask" or backend.kind(id) == CONTROL)), None)


def _id_in_config(config: dict[str, Any], what: str, size: int) -> int | None:
    for name in _NAMES[what]:
        value = config.get(f"{name}_token_id")
        id = value[0] if isinstance(value, list) and value else value
        if type(id) is int and id >= 0:  # -1 is how some say that there is none
            if id >= size:
                raise TokenizerError(
                    f"config.json gives {name}_token_id {id:,}, and ids go from 0 to {size - 1:,}. Fetch it anew."
                )
            return id
    return None


def _added_ids(options: dict[str, Any], size: int) -> dict[str, int]:
    """Tokens beyond the model file's, by spelling, as tokenizer_config.json numbers them."""
    rows = options.get("added_tokens_decoder")
    found: dict[str, int] = {}
    for key, value in rows.items() if isinstance(rows, dict) else ():
        spelling = token_spelling(value)
        if spelling and key.isascii() and key.isdigit() and len(key) < 8 and int(key) < size:
            found[spelling] = int(key)
    return found
