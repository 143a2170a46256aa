"""A text to look into when the person has typed none. Pure functions."""

# A name and a thing come back, so that there is something to look back at; in the manner of the tales.
TALES_EXAMPLES = {
    "builtin:tales-en": "Once upon a time, there lived a girl called Mia. "
    "Mia had a red ball. She loved the ball very much.",
    "builtin:tales-ja": "むかしむかし、丘にはなという女の子がいました。"
    "はなは赤い凧を持っていました。はなは凧が大好きでした。",
}
EXAMPLE = "Mia had a red ball. Tom saw Mia. Tom said hello to Mia."
_LONGEST = 220  # characters
_SENTENCE_ENDS = ".!?。！？\n"


def example_text(source: str, sample: str) -> str:
    """For a run that learned from `source` and last wrote `sample` ("" if it has written nothing)."""
    if source in TALES_EXAMPLES:
        return TALES_EXAMPLES[source]
    return beginning(sample.strip()) or EXAMPLE


def beginning(text: str) -> str:
    """The first sentences that fit; if not even one does, the first words."""
    if len(text) <= _LONGEST:
        return text
    head = text[:_LONGEST]
    end = max(head.rfind(sign) for sign in _SENTENCE_ENDS)
    end = end + 1 if end >= 0 else max(head.rfind(" "), 0) or _LONGEST
    return head[:end].rstrip()
