"""Heads of all three kinds, the stream's sizes, the lifted mask, what is read: against the model's own modules."""

import dataclasses
from typing import cast

import numpy as np
import pytest
import torch

from playground.contract.config import TokenizerConfig
from playground.contract.errors import PlaygroundError, TextError
from playground.contract.messages import CLEAREST, CROSS, ENCODER_PART, SELF
from playground.contract.model_config import DECODER, ENCODER, ENCODER_DECODER, ModelConfig
from playground.engine.insight.causal_mask import with_causal_mask
from playground.engine.insight.heads import all_weights, clarity, clearest_head, head_attention, losses_of, overview
from playground.engine.insight.reading import read_pair, read_text
from playground.engine.insight.surprise import next_token_losses, surprise, translation_surprise
from playground.engine.model.stack import Block
from playground.engine.model.trace import encoder_layers, layers
from playground.engine.model.transformer import Transformer
from playground.engine.tokenizers.tokenizer import Tokenizer
from playground.engine.tokenizers.training import train_tokenizer

IDS = torch.tensor([3, 1, 4, 1, 5])
SOURCE = torch.tensor([9, 2, 6, 5, 3, 5, 8])
LETTERS = "abcdefg xyz=\n" * 30


def made(kind: str, **changes: object) -> Transformer:
    shape: dict[str, object] = {"n_layers": 2, "n_encoder_layers": 3, "n_heads": 2, "d_model": 16, "d_ff": 24}
    config = dataclasses.replace(ModelConfig(kind=kind, n_ctx=24), **{**shape, **changes})  # type: ignore[arg-type]
    model = Transformer(config, 12, seed=3).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.mul_(4)
    return model


@pytest.fixture(scope="module")
def letters() -> Tokenizer:
    return train_tokenizer(
        LETTERS, TokenizerConfig(type="characters", vocab_size=40, byte_fallback=False), lambda _: None
    )


def test_cross_attention_by_hand() -> None:
    """softmax(Q K^T / sqrt(D)) of the first layer, from its own matrices (Vaswani et al. 2017, eq. 1)."""
    model = made(ENCODER_DECODER, position="none", n_heads=1)
    found = head_attention(model, IDS, 0, 0, SOURCE, CROSS)
    assert found.weights.shape == (5, 7)
    assert found.row_ids.tolist() == IDS.tolist()
    assert model.decoder is not None
    block = cast(Block, model.decoder.blocks[0])
    assert block.cross_attention is not None
    assert block.cross_attention_norm is not None
    weight, bias = block.cross_attention.qkv.weight, block.cross_attention.qkv.bias
    with torch.no_grad():
        memory = model.encode(SOURCE[None]).hidden[0]
        x = next(layers(model, IDS, SOURCE)).after_attention
        queries = torch.nn.functional.linear(block.cross_attention_norm(x), weight[:16], bias[:16])
        keys = torch.nn.functional.linear(memory, weight[16:32], bias[16:32])
        scores = queries @ keys.T / 4.0
    np.testing.assert_allclose(found.scores, scores.numpy(), rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(found.weights, torch.softmax(scores, -1).numpy(), atol=1e-5)


def test_each_part_has_its_own_shape() -> None:
    model = made(ENCODER_DECODER)
    shapes = {part: overview(model, IDS, 64, SOURCE, part).thumbnails.shape for part in (ENCODER_PART, SELF, CROSS)}
    assert shapes == {ENCODER_PART: (3, 2, 7, 7), SELF: (2, 2, 5, 5), CROSS: (2, 2, 5, 7)}
    assert overview(model, IDS, 4, SOURCE, CROSS).thumbnails.shape == (2, 2, 4, 4)


def test_the_encoder_s_heads_are_those_of_its_trace() -> None:
    model = made(ENCODER_DECODER)
    third = list(encoder_layers(model, SOURCE))[2]
    found = head_attention(model, IDS, 2, 1, SOURCE, ENCODER_PART)
    assert np.array_equal(found.weights, third.weights[1].numpy())
    assert found.row_ids.tolist() == SOURCE.tolist()
    assert found.weights[0, -1] > 0, "an encoder hides nothing"


def test_an_encoder_has_heads_but_no_losses() -> None:
    model = made(ENCODER)
    seen = overview(model, IDS, 64)
    assert len(seen.losses) == 0
    assert (seen.thumbnails[..., 0, 4] > 0).any()


def test_losses_of_a_translation_are_those_of_the_model_s_logits() -> None:
    model = made(ENCODER_DECODER)
    with torch.no_grad():
        logits = model(IDS[None], memory=model.encode(SOURCE[None]))[0]
    expected = [0.0, *(-torch.log_softmax(logits, -1)[i - 1, IDS[i]].item() for i in range(1, 5))]
    for part in (SELF, CROSS):
        np.testing.assert_allclose(overview(model, IDS, 8, SOURCE, part).losses, expected, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(losses_of(model, IDS, SOURCE), expected, rtol=1e-4, atol=1e-5)
    found = translation_surprise(model, SOURCE, IDS, n_bytes=4)
    assert found.loss == pytest.approx(sum(expected) / 4, rel=1e-4)


@pytest.mark.parametrize(("kind", "part"), [(DECODER, CROSS), (ENCODER, ENCODER_PART), (DECODER, "nothing")])
def test_a_part_that_is_not_there_is_explained(kind: str, part: str) -> None:
    with pytest.raises(PlaygroundError, match=r"self"):
        overview(made(kind), IDS, 8, None, part)


def test_clarity_is_mutual_information() -> None:
    """ln 3 for three rows that look at three places, 0 for rows that all look at one, or everywhere."""
    weights = torch.stack([torch.eye(3), torch.tensor([[0.0, 1.0, 0.0]]).repeat(3, 1), torch.full((3, 3), 1 / 3)])
    np.testing.assert_allclose(clarity(weights), [np.log(3), 0.0, 0.0], atol=1e-6)


def test_the_clearest_head_is_found_among_all() -> None:
    model = made(ENCODER_DECODER)
    weights = all_weights(model, IDS, SOURCE, CROSS)
    best = np.array([[clarity(torch.from_numpy(head)) for head in layer] for layer in weights])
    layer, head = clearest_head(model, IDS, SOURCE, CROSS)
    assert best[layer, head] == best.max()
    found = head_attention(model, IDS, CLEAREST, CLEAREST, SOURCE, CROSS)
    assert (found.layer, found.head) == (layer, head)


# The residual stream.


def test_in_a_layer_with_the_norm_before_sizes_are_what_is_added() -> None:
    model = made(ENCODER_DECODER)
    sizes = overview(model, IDS, 8, SOURCE, CROSS).stream
    assert [len(each) for each in (sizes.stream, sizes.attention, sizes.cross, sizes.feed_forward)] == [3, 2, 2, 2]
    assert not sizes.is_norm_after
    traced = list(layers(model, IDS, SOURCE))
    block = cast(Block, model.main.blocks[1])
    with torch.no_grad():
        added = block.feed_forward(block.feed_forward_norm(traced[1].after_cross))
    assert sizes.feed_forward[1] == pytest.approx(float(added.norm(dim=-1).mean()), rel=1e-4)
    assert sizes.stream[2] == pytest.approx(float(traced[1].hidden.norm(dim=-1).mean()), rel=1e-5)


def test_before_the_first_layer_the_stream_is_the_embedding() -> None:
    model = made(DECODER, position="rotary")
    sizes = overview(model, IDS, 8).stream
    assert sizes.stream[0] == pytest.approx(float(model.token_table.detach()[IDS].norm(dim=-1).mean()), rel=1e-5)
    assert len(sizes.cross) == 0


def test_with_the_norm_after_the_stream_has_the_length_of_the_norm() -> None:
    """An RMS norm with weights of one gives vectors of length sqrt(d_model)."""
    model = made(ENCODER, norm="rms", norm_place="after")
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "norm" in name:
                parameter.fill_(1.0)
    sizes = overview(model, IDS, 8).stream
    assert sizes.is_norm_after
    np.testing.assert_allclose(sizes.stream[1:], 4.0, rtol=1e-3)


def test_the_encoder_s_stream_is_shown_for_the_encoder() -> None:
    sizes = overview(made(ENCODER_DECODER), IDS, 8, SOURCE, ENCODER_PART).stream
    assert (len(sizes.stream), len(sizes.cross)) == (4, 0)


# The mask.


@pytest.mark.parametrize("position", ["learned", "rotary", "alibi"])
def test_a_lifted_mask_is_a_model_of_the_same_weights_without_it(position: str) -> None:
    model = made(DECODER, position=position)
    fresh = Transformer(dataclasses.replace(model.config, causal_mask=False), 12).eval()
    fresh.load_state_dict(model.state_dict())
    lifted = with_causal_mask(model, causal_mask=False)
    with torch.no_grad():
        assert torch.equal(lifted(IDS[None]), fresh(IDS[None]))
        masked = model(IDS[None])
    assert not torch.allclose(masked, lifted(IDS[None]))
    assert model.main.is_causal, "the model itself stays as it is"
    assert lifted.token_table is model.token_table, "no weight is copied"
    assert head_attention(lifted, IDS, 0, 0).weights[0, 4] > 0


def test_a_mask_that_is_there_is_left_alone() -> None:
    model, encoder = made(DECODER), made(ENCODER)
    assert with_causal_mask(model, causal_mask=True) is model
    assert with_causal_mask(encoder, causal_mask=False) is encoder


# What is read.


def test_a_pair_is_read_as_in_training(letters: Tokenizer) -> None:
    config = ModelConfig(kind=ENCODER_DECODER, n_ctx=24)
    newline = int(letters.encode("\n")[0])
    reading = read_pair(config, letters, "abc", "xy")
    assert reading.tokens.ids.tolist() == [newline, *letters.encode("xy").tolist()]
    assert reading.source is not None
    assert reading.source.ids.tolist() == [*letters.encode("abc").tolist(), newline]
    assert reading.rows(ENCODER_PART) == reading.columns(CROSS)
    own = read_pair(config, letters, "abc", letters.encode("xy").tolist())
    assert own.tokens.ids.tolist() == reading.tokens.ids.tolist()
    assert own.text == "xy"


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [("", "x", "no sentence"), ("a" * 24, "x", "sentence has 25"), ("a", "x" * 24, "translation has 25")],
)
def test_a_pair_that_cannot_be_read_is_explained(letters: Tokenizer, source: str, target: str, words: str) -> None:
    with pytest.raises(TextError, match=words):
        read_pair(ModelConfig(kind=ENCODER_DECODER, n_ctx=24), letters, source, target)


def test_a_mask_in_the_text_is_one_token(letters: Tokenizer) -> None:
    config, masking = ModelConfig(kind=ENCODER, n_ctx=24), letters.with_mask()
    reading = read_text(config, masking, "ab<mask>c")
    mask_id = masking.specials.mask_id
    assert reading.tokens.ids.tolist() == [*letters.encode("ab").tolist(), mask_id, int(letters.encode("c")[0])]
    assert reading.tokens.starts.tolist() == [0, 1, 2, 8]
    with pytest.raises(TextError, match="no mask"):
        read_text(config, letters, "ab<mask>c")


def test_where_words_hold_their_space_a_mask_holds_it_too() -> None:
    text = "the cat saw the dog. the dog saw the cat. " * 40
    words = train_tokenizer(
        text, TokenizerConfig(type="unigram", vocab_size=30, byte_fallback=False), lambda _: None
    ).with_mask()
    whole = words.tokens("the cat saw the dog.")
    seen = read_text(ModelConfig(kind=ENCODER, n_ctx=24), words, "the cat <mask> the dog.").tokens
    place = whole.pieces.index("▁saw")
    expected = whole.ids.tolist()
    expected[place] = words.specials.mask_id
    assert seen.ids.tolist() == expected


@pytest.mark.parametrize("kind", [ENCODER, ENCODER_DECODER])
def test_only_a_decoder_is_surprised_by_a_text(kind: str) -> None:
    with pytest.raises(PlaygroundError, match="Score a text with a decoder"):
        surprise(made(kind), IDS, 5)


def test_losses_of_one_token_are_none() -> None:
    assert next_token_losses(torch.zeros(1, 12), torch.tensor([3])).tolist() == [0.0]
