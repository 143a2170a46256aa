"""A text to look into when the person has typed none. Pure functions."""

from playground.contract.config import RunConfig

# A name and a thing come back, so that there is something to look back at; in the manner of the tales.
TALES_EXAMPLES = {
    "builtin:tales-en": "Once upon a time, there lived a girl called Mia. "
    "Mia had a red ball. She loved the ball very much.",
    "builtin:tales-ja": "むかしむかし、丘にはなという女の子がいました。"
    "はなは赤い凧を持っていました。はなは凧が大好きでした。",
}
EXAMPLE = "Mia had a red ball. Tom saw Mia. Tom said hello to Mia."
LONGEST = 220  # characters
_SENTENCE_ENDS = ".!?。！？\n"


def example_text(config: RunConfig, sample: str) -> str:
    """For a run that last wrote `sample` ("" if it has written nothing); characters never outgrow its context."""
    source = config.data.source
    if source in TALES_EXAMPLES:
        return TALES_EXAMPLES[source]
    fitting = config.model.n_ctx if config.tokenizer.type == "characters" else LONGEST
    return beginning(sample.strip(), min(fitting, LONGEST)) or EXAMPLE


def beginning(text: str, most: int = LONGEST) -> str:
    """The first sentences that fit; where they would fill less than half of the room, the first words."""
    if len(text) <= most:
        return text
    head = text[:most]
    end = max(head.rfind(sign) for sign in _SENTENCE_ENDS) + 1
    if end < most // 2:
        end = max(head.rfind(" "), 0) or most
    return head[:end].rstrip()
