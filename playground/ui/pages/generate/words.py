"""What the Generate page says in words: why a text ended, how likely a token was, what the bars are about."""

import math
from dataclasses import dataclass

from playground.contract.messages import NextToken
from playground.ui.charts.probability_bars import percent
from playground.ui.pages.generate.writing import WrittenToken
from playground.ui.translation import translate
from playground.ui.visible_text import visible_piece

LENGTH, STOPPED, END = "length", "stopped", "end"  # GenerationEnded.reason


@dataclass(frozen=True, kw_only=True)
class Ending:
    """How a text came about. `tokens_per_s` is 0 where the worker did not tell it."""

    reason: str
    n_tokens: int
    tokens_per_s: float
    seed: int
    step: int


def bits(probability: float) -> float:
    """Surprise: -log2 of a probability; one that was rounded to nothing counts as the smallest float32."""
    return -math.log2(max(probability, 1.2e-38))


def token_words(token: WrittenToken) -> str:
    """How likely a token was, and how much of a surprise."""
    surprise = bits(token.probability)
    words = translate("GeneratePage", "probability {0} · surprise {1} bits · id {2}")
    return words.format(percent(token.probability, 3), f"{max(surprise, 0.0):.1f}", token.id)


def token_name(token: WrittenToken) -> str:
    return visible_piece(token.text)


def reason_words(reason: str) -> str:
    """Why a text ended, in two or three words."""
    known = {
        LENGTH: translate("GeneratePage", "at the length set"),
        STOPPED: translate("GeneratePage", "stopped by you"),
        END: translate("GeneratePage", "with its end token"),
    }
    return known.get(reason, reason)


def ending_facts(ending: Ending) -> list[tuple[str, str]]:
    """Facts of the last text as rows."""
    facts = [(translate("GeneratePage", "Tokens"), f"{ending.n_tokens:,}")]
    if ending.tokens_per_s > 0:
        speed = translate("GeneratePage", "{0} tokens/s").format(speed_number(ending.tokens_per_s))
        facts.append((translate("GeneratePage", "Speed"), speed))
    facts.append((translate("GeneratePage", "Ended"), reason_words(ending.reason)))
    facts.append((translate("GeneratePage", "Seed"), f"{ending.seed:,}"))
    facts.append((translate("GeneratePage", "Model"), translate("GeneratePage", "step {0}").format(f"{ending.step:,}")))
    return facts


def ending_words(ending: Ending) -> str:
    """The last text on one line."""
    return " · ".join(
        [
            translate("GeneratePage", "{0} tokens").format(f"{ending.n_tokens:,}"),
            *([translate("GeneratePage", "{0} tokens/s").format(speed_number(ending.tokens_per_s))]
              if ending.tokens_per_s > 0 else []),
            translate("GeneratePage", "seed {0}").format(f"{ending.seed:,}"),
            reason_words(ending.reason),
        ]
    )  # fmt: skip


def speed_number(tokens_per_s: float) -> str:
    return f"{tokens_per_s:,.0f}" if tokens_per_s >= 10 else f"{tokens_per_s:.1f}"


def kept_words(distribution: NextToken) -> str:
    """How many tokens the sliders leave."""
    return translate("GeneratePage", "{0} can be drawn").format(f"{distribution.n_kept:,}")


def entropy_words(distribution: NextToken) -> str:
    """How undecided the model is."""
    return translate("GeneratePage", "entropy {0} nats").format(f"{distribution.entropy_nats:.2f}")
