"""What the worker answers about the insides of all three kinds, on small random models saved as runs."""

import dataclasses
from collections.abc import Callable

import numpy as np
import pytest
import torch

from playground.answers.inside import read_head, score, trace_text
from playground.answers.models import model_at
from playground.answers.ticket import Ticket
from playground.contract.config import RunConfig, TokenizerConfig
from playground.contract.errors import PlaygroundError, TextError
from playground.contract.messages import CLEAREST, CROSS, ENCODER_PART, PARTS, SELF, ReadHead, Score, Trace
from playground.contract.model_config import DECODER, ENCODER, ENCODER_DECODER, ModelConfig
from playground.contract.run_directory import RunDirectory
from playground.engine.generation.translate import translated_ids
from playground.engine.insight.heads import clarity
from playground.engine.model.transformer import Transformer
from playground.engine.model.weights import save_weights
from playground.engine.tokenizers.training import train_tokenizer

STEP = 7
MakeRun = Callable[..., str]


def ticket() -> Ticket:
    return Ticket(1, lambda number, part: None)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> MakeRun:
    """Makes a run of a kind with random weights, large enough that its attention is not even."""
    tokenizer = train_tokenizer(
        "abcdefgh xyz\n" * 30, TokenizerConfig(type="characters", vocab_size=40, byte_fallback=False), lambda _: None
    )

    def make(kind: str, **changes: object) -> str:
        shape = {"n_layers": 2, "n_encoder_layers": 3, "n_heads": 2, "d_model": 16, "d_ff": 24, "n_ctx": 16, **changes}
        config = dataclasses.replace(ModelConfig(kind=kind), **shape)  # type: ignore[arg-type]
        run = RunDirectory.create(tmp_path_factory.mktemp(kind) / "run", RunConfig(model=config))
        own = tokenizer.with_mask() if kind == ENCODER else tokenizer
        own.save(run.tokenizer_path)
        model = Transformer(config, own.vocab_size, seed=5)
        with torch.no_grad():
            for parameter in model.parameters():
                parameter.mul_(5)
        run.snapshots_path.mkdir(exist_ok=True)
        save_weights(model, run.snapshot_path(STEP), {})
        return str(run.path)

    return make


def test_without_a_translation_the_model_s_own_is_shown(made: MakeRun) -> None:
    run = made(ENCODER_DECODER)
    model, tokenizer = model_at(run, STEP)
    own = translated_ids(model, tokenizer, "abc", 15)
    seen = trace_text(Trace(run=run, step=STEP, text="", source="abc", part=CROSS), ticket())
    newline = int(tokenizer.encode("\n")[0])
    assert seen.tokens.ids.tolist() == [newline, *own]
    assert seen.columns.ids.tolist() == [*tokenizer.encode("abc").tolist(), newline]
    assert seen.is_own_target
    assert seen.target == tokenizer.decode(own)
    assert seen.thumbnails.shape == (2, 2, len(own) + 1, 4)
    assert seen.tokens.pieces[0] == seen.end_piece == "\n"
    assert (seen.part, seen.is_causal, seen.n_layers) == (CROSS, False, 2)


def test_a_typed_translation_is_read_as_it_is(made: MakeRun) -> None:
    run = made(ENCODER_DECODER)
    seen = trace_text(Trace(run=run, step=STEP, text="xyz", source="abc"), ticket())
    assert not seen.is_own_target
    assert "".join(seen.tokens.pieces) == "\nxyz"
    assert seen.is_causal
    assert len(seen.losses) == 5, "the mark of end is judged as well"
    model, tokenizer = model_at(run, STEP)
    ids = torch.tensor([seen.tokens.ids.tolist()])
    with torch.no_grad():
        logits = model(ids, memory=model.encode(torch.tensor([seen_source(tokenizer, "abc")])))[0]
    targets = torch.tensor([*seen.tokens.ids[1:].tolist(), seen.tokens.ids[0]])
    expected = torch.nn.functional.cross_entropy(logits, targets, reduction="none")
    np.testing.assert_allclose(seen.losses[1:], expected, rtol=1e-4, atol=1e-5)


def seen_source(tokenizer: object, text: str) -> list[int]:
    newline = int(tokenizer.encode("\n")[0])  # type: ignore[attr-defined]
    return [*tokenizer.encode(text).tolist(), newline]  # type: ignore[attr-defined]


@pytest.mark.parametrize("part", PARTS)
def test_a_head_fits_its_overview(made: MakeRun, part: str) -> None:
    run = made(ENCODER_DECODER)
    seen = trace_text(Trace(run=run, step=STEP, text="", source="abcd", part=part), ticket())
    for layer, head in np.ndindex(seen.n_layers, seen.n_heads):
        request = ReadHead(run=run, step=STEP, text="", source="abcd", part=part, layer=layer, head=head)
        found = read_head(request, ticket())
        assert found.row_ids.tolist() == seen.tokens.ids.tolist()
        assert found.weights.shape == (len(seen.tokens.ids), len(seen.columns.ids))
        np.testing.assert_allclose(seen.thumbnails[layer, head], found.weights * 255, atol=0.51)


def test_the_clearest_head_is_chosen_on_request(made: MakeRun) -> None:
    run = made(ENCODER_DECODER)

    def ask(layer: int, head: int) -> ReadHead:
        return ReadHead(run=run, step=STEP, text="xy", source="abcd", part=CROSS, layer=layer, head=head)

    every = [read_head(ask(layer, head), ticket()) for layer, head in np.ndindex(2, 2)]
    best = max(every, key=lambda each: float(clarity(torch.from_numpy(each.weights))))
    chosen = read_head(ask(CLEAREST, CLEAREST), ticket())
    assert (chosen.layer, chosen.head) == (best.layer, best.head)


def test_lifting_the_mask_gives_both_losses(made: MakeRun) -> None:
    run = made(DECODER)
    masked = trace_text(Trace(run=run, step=STEP, text="abcab"), ticket())
    lifted = trace_text(Trace(run=run, step=STEP, text="abcab", causal_mask=False), ticket())
    assert masked.is_causal
    assert not lifted.is_causal
    assert len(masked.other_losses) == 0
    np.testing.assert_allclose(lifted.other_losses, masked.losses)
    assert np.abs(lifted.losses - masked.losses).max() > 1e-3
    upper = np.triu_indices(5, 1)
    head = read_head(ReadHead(run=run, step=STEP, text="abcab", layer=0, head=0, causal_mask=False), ticket())
    assert (head.weights[upper] > 0).all()
    again = read_head(ReadHead(run=run, step=STEP, text="abcab", layer=0, head=0), ticket())
    assert not again.weights[upper].any(), "the model that is remembered keeps its mask"


def test_a_model_trained_without_a_mask_can_be_given_one(made: MakeRun) -> None:
    run = made(DECODER, causal_mask=False)
    masked = trace_text(Trace(run=run, step=STEP, text="abcab"), ticket())
    assert masked.is_causal
    assert len(masked.other_losses) == 5


def test_an_encoder_reads_masks_and_predicts_no_next_token(made: MakeRun) -> None:
    run = made(ENCODER)
    seen = trace_text(Trace(run=run, step=STEP, text="ab<mask>d"), ticket())
    assert seen.tokens.pieces == ["a", "b", "<mask>", "d"]
    assert len(seen.losses) == len(seen.other_losses) == 0
    assert not seen.is_causal
    lifted = trace_text(Trace(run=run, step=STEP, text="ab<mask>d", causal_mask=False), ticket())
    assert np.array_equal(lifted.thumbnails, seen.thumbnails), "it has no causal mask to lift"


@pytest.mark.parametrize(
    ("kind", "changes", "words"),
    [
        (DECODER, {"part": CROSS}, "no 'cross' attention"),
        (ENCODER, {"part": ENCODER_PART}, "no 'encoder' attention"),
        (ENCODER, {"text": ""}, "no text"),
        (DECODER, {"part": "side"}, "no part 'side'"),
        (ENCODER_DECODER, {"source": ""}, "no sentence"),
        (ENCODER_DECODER, {"source": "a" * 16}, "at most 16"),
        (ENCODER_DECODER, {"source": "a", "text": "x" * 16}, "at most 16"),
    ],
)
def test_what_cannot_be_looked_into_is_explained(made: MakeRun, kind: str, changes: dict[str, str], words: str) -> None:
    request = Trace(run=made(kind), step=STEP, **{"text": "ab", **changes})  # type: ignore[arg-type]
    with pytest.raises(PlaygroundError, match=words):
        trace_text(request, ticket())


def test_a_translation_is_scored_like_the_decoder_s_cross_entropy(made: MakeRun) -> None:
    run = made(ENCODER_DECODER)
    scored = score(Score(run=run, step=STEP, text="xyz", source="abc"), ticket())
    seen = trace_text(Trace(run=run, step=STEP, text="xyz", source="abc", part=SELF), ticket())
    np.testing.assert_allclose(scored.losses, seen.losses[:4], rtol=1e-4, atol=1e-5)
    assert scored.loss == pytest.approx(float(seen.losses[1:4].mean()), rel=1e-4)
    with pytest.raises(TextError, match="translation"):
        score(Score(run=run, step=STEP, text="", source="abc"), ticket())


def test_an_encoder_cannot_be_asked_for_a_text_s_surprise(made: MakeRun) -> None:
    with pytest.raises(PlaygroundError, match="fills in masks"):
        score(Score(run=made(ENCODER), step=STEP, text="abc"), ticket())
