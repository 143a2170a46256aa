"""Whole texts: files, folders of files, and the built-in ones, as one Python string each; and their split.

Knows encodings and what is no text. Knows nothing of tokens.
"""

import codecs
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from playground.contract.errors import TextError
from playground.contract.messages import TextDescription
from playground.engine.text import tales, tales_ja, tasks, translate

BUILTIN = {
    "tales-en": tales.tales_en,
    "tales-ja": tales_ja.tales_ja,
    "copy": tasks.copy_text,
    "reverse": tasks.reverse_text,
    "sort": tasks.sort_text,
    "brackets": tasks.brackets_text,
    "addition": tasks.addition_text,
    "translate-en-ja": translate.translate_text,
}
BUILTIN_NAMES = tuple(BUILTIN)

FILE_ENDINGS = (".txt", ".text", ".md")
SIZE_LIMIT_BYTES = 1 << 30
_PREVIEW_CHARACTERS = 4000
_SEPARATOR = "\n"
_CUT_WINDOW = 2000  # characters around the wanted cut in which a line end is looked for

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_ENCODINGS = (("shift_jis", "Shift_JIS"), ("euc_jp", "EUC-JP"))
_HALF_WIDTH_KATAKANA = re.compile("[\uff61-\uff9f]")


@dataclass(frozen=True, kw_only=True)
class Corpus:
    """A text in memory. Line ends are newlines, whatever the files had."""

    source: str
    text: str
    size_bytes: int  # of the files as they lie on the disk
    n_files: int
    encoding: str

    @property
    def sha256(self) -> str:
        """Of the text in UTF-8, so that it says whether a model has seen the same characters."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()


def read_corpus(source: str, *, builtin_seed: int = 1) -> Corpus:
    """Read a text file, a folder of text files (joined in the order of their names), or `builtin:NAME`.

    Files are UTF-8, or UTF-16 or UTF-32 with a byte order mark.

    Raises:
        TextError: there is none, it cannot be read, or it is no text.
    """
    if source.startswith("builtin:"):
        return _builtin(source, builtin_seed)
    path = _path(source)
    files = _files_in(path) if _is_folder(path) else [path]
    parts, encodings, size = [], [], 0
    for file in files:
        data = _read_bytes(file, SIZE_LIMIT_BYTES - size)
        size += len(data)
        text, encoding = decode_text(data, str(file))
        parts.append(text)
        encodings.append(encoding)
    text = _SEPARATOR.join(parts)
    if not text.strip():
        raise TextError(f"{path} is empty. Choose a file with some text in it.")
    kinds = list(dict.fromkeys(encodings))
    return Corpus(source=source, text=text, size_bytes=size, n_files=len(files), encoding=", ".join(kinds))


def decode_text(data: bytes, name: str) -> tuple[str, str]:
    """The characters of a file's bytes, with newlines as line ends, and the encoding's name.

    Args:
        name: of the file, for the error's sentence.

    Raises:
        TextError: the bytes are no text in an encoding that is read.
    """
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise TextError(_undecodable(data, name, encoding, error.start)) from None
    if "\0" in text:
        place = text.index("\0")
        raise TextError(
            f"{name} is no text: character {place:,} is a zero byte. Choose a text file; "
            "if it is UTF-16, save it with a byte order mark or as UTF-8."
        )
    label = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8 (BOM)", "utf-16": "UTF-16", "utf-32": "UTF-32"}[encoding]
    return text.replace("\r\n", "\n").replace("\r", "\n"), label


def describe(corpus: Corpus) -> TextDescription:
    """Facts of a text for people."""
    text = corpus.text
    return TextDescription(
        source=corpus.source,
        size_bytes=corpus.size_bytes,
        n_characters=len(text),
        n_distinct_characters=len(set(text)),
        n_lines=text.count("\n") + (not text.endswith("\n")),
        n_files=corpus.n_files,
        encoding=corpus.encoding,
        preview=text[:_PREVIEW_CHARACTERS],
    )


def split_corpus(text: str, validation_fraction: float) -> tuple[str, str]:
    """Cut into a training part and a validation part, the last `validation_fraction` of the characters.

    The parts do not overlap and together are the whole text. The cut lies after a line end if one is near.
    """
    wanted = round(len(text) * (1.0 - validation_fraction))
    window = min(_CUT_WINDOW, len(text) // 50)
    before = text.rfind("\n", wanted - window, wanted) + 1
    cut = before if before > 0 else wanted
    return text[:cut], text[cut:]


def require_length(n_train_tokens: int, n_validation_tokens: int, n_ctx: int) -> None:
    """Check that both parts are long enough to learn from and to judge by.

    Raises:
        TextError: with what to change.
    """
    if n_train_tokens <= n_ctx:
        raise TextError(
            f"The text is too short: its training part has {n_train_tokens:,} tokens, and a context of {n_ctx:,} "
            f"needs at least {n_ctx + 1:,}. Choose a longer text, or set model.n_ctx to less than {n_train_tokens:,}."
        )
    if n_validation_tokens < 2:
        raise TextError(
            f"The text is too short: its validation part has {n_validation_tokens} tokens, and 2 are the least. "
            "Choose a longer text, or raise data.validation_fraction."
        )


def _builtin(source: str, seed: int) -> Corpus:
    name = source.removeprefix("builtin:")
    if name not in BUILTIN:
        known = ", ".join(f"builtin:{known}" for known in BUILTIN_NAMES)
        raise TextError(f"There is no built-in text {name!r}. Choose one of {known}.")
    text = BUILTIN[name](seed)
    return Corpus(source=source, text=text, size_bytes=len(text.encode("utf-8")), n_files=1, encoding="UTF-8")


def _path(source: str) -> Path:
    try:
        return Path(source).expanduser()
    except RuntimeError:  # "~somebody" who has no home here
        return Path(source)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError as error:
        raise TextError(f"Cannot read {path}: {error.strerror or error}. Check its name and permissions.") from error


def _files_in(folder: Path) -> list[Path]:
    try:
        found = [path for path in folder.rglob("*") if path.suffix.lower() in FILE_ENDINGS and path.is_file()]
    except OSError as error:
        raise TextError(f"Cannot read the folder {folder}: {error.strerror or error}.") from error
    files = sorted(path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts))
    if not files:
        endings = ", ".join(FILE_ENDINGS)
        raise TextError(
            f"The folder {folder} holds no text file (looked for {endings}). Choose another folder or a file."
        )
    return files


def _read_bytes(path: Path, limit_bytes: int) -> bytes:
    try:
        if not path.exists():
            raise TextError(f"There is no file {path}. Check the name.")
        if not path.is_file():
            raise TextError(f"{path} is not a plain file. Choose a text file or a folder of them.")
        size = path.stat().st_size
        if size > limit_bytes:
            raise TextError(
                f"{path} brings the text to more than {SIZE_LIMIT_BYTES / 2**30:.0f} GB, the most that is read. "
                "Choose a part of it."
            )
        with path.open("rb") as file:
            return file.read(limit_bytes + 1)
    except OSError as error:
        raise TextError(f"Cannot read {path}: {error.strerror or error}. Check its permissions.") from error


def _undecodable(data: bytes, name: str, encoding: str, place: int) -> str:
    if encoding != "utf-8":
        label = encoding.upper().removesuffix("-SIG")
        return f"{name} begins like {label}, but byte {place:,} does not fit. Save it as UTF-8."
    if b"\0" in data[:8192]:
        return f"{name} is no text (byte {place:,} is not UTF-8, and there are zero bytes). Choose a text file."
    if other := _other_encoding(data):
        return (
            f"{name} is not UTF-8 (byte {place:,} does not fit); it looks like {other}. "
            f"Convert it first: iconv -f {other} -t UTF-8 FILE > NEW."
        )
    return f"{name} is not UTF-8: byte {place:,} (0x{data[place]:02X}) does not fit. Save it as UTF-8 first."


def _other_encoding(data: bytes) -> str:
    """The likeliest of the others that the bytes fit, "" if they fit none.

    EUC-JP often fits Shift_JIS too, and reads as a row of half-width katakana then.
    """
    fits = {label: decoded for codec, label in _OTHER_ENCODINGS if (decoded := _decoded(data, codec))}
    return min(fits, key=lambda label: len(_HALF_WIDTH_KATAKANA.findall(fits[label])), default="")


def _decoded(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return ""
