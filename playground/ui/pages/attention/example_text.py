"""A text to look into when the person has typed none. Pure functions."""

TALES_SOURCE = "builtin:tales-en"
TALES_EXAMPLE = "Mia had a red ball. Tom saw Mia. Tom said hello to Mia."  # a name comes back: heads can find it
_LONGEST = 220  # characters
_SENTENCE_ENDS = ".!?。！？\n"


def example_text(source: str, sample: str) -> str:
    """For a run that learned from `source` and last wrote `sample` ("" if it has written nothing)."""
    if source == TALES_SOURCE or not sample.strip():
        return TALES_EXAMPLE
    return beginning(sample.strip())


def beginning(text: str) -> str:
    """The first sentences that fit; if not even one does, the first words."""
    if len(text) <= _LONGEST:
        return text
    head = text[:_LONGEST]
    end = max(head.rfind(sign) for sign in _SENTENCE_ENDS)
    end = end + 1 if end >= 0 else max(head.rfind(" "), 0) or _LONGEST
    return head[:end].rstrip()
