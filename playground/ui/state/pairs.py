"""Whether a text holds the pairs of source and target that an encoder-decoder learns from. No Qt widgets."""

from playground.contract.config import RunConfig
from playground.contract.messages import TextDescription
from playground.contract.model_config import ENCODER_DECODER
from playground.ui.translation import translate


def pairs_problem(config: RunConfig, text: TextDescription | None) -> str:
    """Why the text cannot be used, in a sentence; "" if it can, or if that is not known yet.

    `text` describes `config.data.source`, None while it is not known. Only its beginning is looked at: the trainer
    reads all of it and names the first line that is no pair.
    """
    data = config.data
    if config.model.kind != ENCODER_DECODER or data.target or data.has_builtin_pairs:
        return ""
    if data.is_builtin:
        return translate(
            "TrainPage",
            "An encoder-decoder learns from pairs, and this text holds none. Choose one with translations, or another "
            "kind on the Build page.",
        )
    line = _first_without_pair(text) if text is not None else 0
    if not line:
        return ""
    words = translate(
        "TrainPage",
        "An encoder-decoder learns from pairs, but line {0} has no tab between a source and its target. Choose another "
        "text, name a file with the translations, or choose another kind on the Build page.",
    )
    return words.format(line)


def _first_without_pair(text: TextDescription) -> int:
    """The number of the first line of the preview that is no pair, 0 if there is none; the last may be cut."""
    lines = text.preview.split("\n")
    whole = lines if text.n_characters <= len(text.preview) else lines[:-1]
    return next((number for number, line in enumerate(whole, 1) if line.strip() and "\t" not in line), 0)
