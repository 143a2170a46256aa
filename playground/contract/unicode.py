"""Halves of surrogate pairs: no encoding can carry them, yet editors, file names and command lines hand them out."""


def is_unicode(text: str) -> bool:
    """Whether a text can be encoded, e.g. as UTF-8."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def without_lone_surrogates(text: str) -> str:
    """`text` with such halves as U+FFFD, and as long as before, so that all positions stay."""
    if text.isascii() or is_unicode(text):
        return text
    return "".join("\ufffd" if "\ud800" <= each <= "\udfff" else each for each in text)
