"""The Generate page with made-up values, for the gallery."""

import numpy as np
from PySide6.QtWidgets import QWidget

from playground.contract.config import SamplingConfig
from playground.contract.messages import NextToken
from playground.ui.pages.generate.page import GeneratePage
from playground.ui.pages.generate.sampling_presets import sampling_preset
from playground.ui.pages.generate.words import LENGTH, Ending
from playground.ui.pages.generate.writing import WrittenToken

_PROMPT = "Once there was a red"
_TEXT = (
    (" kite", 0.06), (" that", 0.7), (" lived", 0.42), (" by", 0.81), (" the", 0.95), (" river", 0.31), (".", 0.9),
    (" Mina", 0.02), (" found", 0.2), (" the", 0.66), (" kite", 0.58), (" under", 0.04), (" the", 0.93), (" old", 0.31),
    (" bridge", 0.5), (".", 0.97), ("\n", 0.12), ("むかし", 0.01), ("、", 0.9), ("川", 0.3), ("の", 0.8),
    ("そば", 0.55),
)  # fmt: skip


def generate_page() -> QWidget:
    """A finished text, coloured by surprise, with one token picked."""
    made = GeneratePage()
    made.show_model()
    made.show_prompt(_PROMPT)
    made.sampling.show_sampling(sampling_preset("balanced").applied_to(SamplingConfig()))
    made.show_text(_PROMPT, [WrittenToken(id=i + 40, text=text, probability=p) for i, (text, p) in enumerate(_TEXT)])
    made.text.show_tinted(True)
    made.text.show_chosen(13)
    made.next.show_title("‘␣old’")
    made.next.show_distribution(_distribution(), 53)
    made.show_ending(Ending(reason=LENGTH, n_tokens=len(_TEXT), tokens_per_s=1420.0, seed=7, step=1250))
    made.resize(1360, 720)
    return made


def _distribution() -> NextToken:
    pieces = ["▁old", "▁wide", "▁stone", "▁little", "▁red", "▁tree", "▁big", "▁long", "▁new", "▁blue"]
    before = np.array([0.31, 0.22, 0.14, 0.09, 0.06, 0.03, 0.02, 0.02, 0.01, 0.01], dtype=np.float32)
    after = np.where(np.arange(10) < 7, before ** (1 / 0.8), 0).astype(np.float32)
    return NextToken(
        ids=np.arange(53, 63, dtype=np.int32),
        pieces=pieces,
        before=before,
        after=after / after.sum(),
        cut_by=[""] * 7 + ["top_p"] * 3,
        n_kept=7,
        entropy_nats=2.1,
    )
