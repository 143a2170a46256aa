"""A text in the making: the prompt, and after it each token with its probability. Plain values; knows no widget."""

from collections.abc import Sequence
from dataclasses import dataclass

from playground.contract.messages import Generated, NextToken

_KEPT_DISTRIBUTIONS = 4000  # tokens; a longer text forgets what its later tokens were drawn from


_CONTROLS = ("<unk>", "<s>", "</s>", "<pad>")


@dataclass(frozen=True, kw_only=True)
class WrittenToken:
    """One token after the prompt.

    `text` is "" while a character waits for more bytes; `probability` is the model's own, before the sliders;
    `distribution` is what it was drawn from, where that is known.
    """

    id: int
    text: str
    probability: float
    distribution: NextToken | None = None


class Writing:
    """The prompt that was gone on from, and the tokens after it."""

    def __init__(self, prompt: str = "") -> None:
        self.prompt = prompt
        self.tokens: list[WrittenToken] = []

    @property
    def text(self) -> str:
        return self.text_before(len(self.tokens))

    def text_before(self, index: int) -> str:
        """Prompt and tokens up to the token at `index`, which is left out."""
        return self.prompt + "".join(token.text for token in self.tokens[:index])

    def add(self, tokens: Sequence[WrittenToken]) -> None:
        self.tokens += tokens

    def replace_at(self, index: int, token: WrittenToken) -> None:
        """Cut the text before the token at `index` and go on with another one."""
        del self.tokens[index:]
        self.tokens.append(token)


def written_tokens(part: Generated, n_before: int) -> list[WrittenToken]:
    """The tokens of one part of an answer; the distribution belongs to its last one."""
    n_tokens = len(part.ids)
    return [
        WrittenToken(
            id=int(part.ids[index]),
            text=part.texts[index],
            probability=float(part.probabilities[index]),
            distribution=part.last if index == n_tokens - 1 and n_before < _KEPT_DISTRIBUTIONS else None,
        )
        for index in range(n_tokens)
    ]


def text_of_piece(piece: str, *, is_first: bool = False) -> str | None:
    """What a piece of the vocabulary adds to a text; None for half a character or a control token.

    `is_first` leaves out the space in front of a text's first word.
    """
    if len(piece) == 6 and piece.startswith("<0x") and piece.endswith(">"):
        code = int(piece[3:5], 16)
        return chr(code) if code < 0x80 else None
    if piece in _CONTROLS:
        return None
    text = piece.replace("▁", " ")
    return text.removeprefix(" ") if is_first else text
