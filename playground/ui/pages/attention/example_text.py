"""A text to look into when the person has typed none. Pure functions."""

from collections.abc import Mapping, Sequence
from typing import Any

from playground.contract.config import RunConfig
from playground.contract.model_config import ENCODER, ENCODER_DECODER

# A name and a thing come back, so that there is something to look back at; in the manner of the tales.
TALES_EXAMPLES = {
    "builtin:tales-en": "Once upon a time, there lived a girl called Mia. "
    "Mia had a red ball. She loved the ball very much.",
    "builtin:tales-ja": "むかしむかし、丘にはなという女の子がいました。"
    "はなは赤い凧を持っていました。はなは凧が大好きでした。",
}
MASKED_EXAMPLES = {
    "builtin:tales-en": "Once upon a time, there lived a girl called Mia. "
    "Mia had a red ball. She loved the <mask> very much.",
    "builtin:tales-ja": "むかしむかし、丘にはなという女の子がいました。"
    "はなは赤い凧を持っていました。はなは<mask>が大好きでした。",
}
EXAMPLE = "Mia had a red ball. Tom saw Mia. Tom said hello to Mia."
SENTENCE = "Mia read the book that Ken bought."
LONGEST = 220  # characters
_LONGEST_SENTENCE = 60
_SENTENCE_ENDS = ".!?。！？\n"


def example_of(config: RunConfig, events: Sequence[Mapping[str, Any]]) -> str:
    """For a run in whose events stand the samples and translations that it has written."""
    if config.model.kind == ENCODER_DECODER:
        return example_sentence(events)
    samples = [event.get("text") for event in events if event.get("kind") == "sample"]
    return example_text(config, samples[-1] if samples and isinstance(samples[-1], str) else "")


def example_text(config: RunConfig, sample: str) -> str:
    """For a run that last wrote `sample` ("" if it has written nothing); characters never outgrow its context."""
    source = config.data.source
    examples = MASKED_EXAMPLES if config.model.kind == ENCODER else TALES_EXAMPLES
    if source in examples:
        return examples[source]
    fitting = config.model.n_ctx if config.tokenizer.type == "characters" else LONGEST
    return beginning(sample.strip(), min(fitting, LONGEST)) or EXAMPLE


def example_sentence(events: Sequence[Mapping[str, Any]]) -> str:
    """The longest of the sentences that a run has translated while it trained, so that there is some order to see."""
    for event in reversed(events):
        sources = event.get("sources") if event.get("kind") == "translations" else None
        known = [each for each in sources if isinstance(each, str)] if isinstance(sources, list) else []
        fitting = [each for each in known if 0 < len(each) <= _LONGEST_SENTENCE]
        if fitting:
            return max(fitting, key=len)
    return SENTENCE


def beginning(text: str, most: int = LONGEST) -> str:
    """The first sentences that fit; where they would fill less than half of the room, the first words."""
    if len(text) <= most:
        return text
    head = text[:most]
    end = max(head.rfind(sign) for sign in _SENTENCE_ENDS) + 1
    if end < most // 2:
        end = max(head.rfind(" "), 0) or most
    return head[:end].rstrip()
