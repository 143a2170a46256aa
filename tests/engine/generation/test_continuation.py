"""Going on by every kind of model: translations begin and end with their marks, also where the context ends."""

import itertools

import pytest
import torch

from playground.contract.config import SamplingConfig, TokenizerConfig
from playground.contract.errors import PlaygroundError
from playground.contract.model_config import ModelConfig
from playground.engine.generation.continuation import end_id_of, go_on
from playground.engine.generation.translate import source_frame, translated_ids
from playground.engine.model.transformer import Transformer
from playground.engine.tokenizers.specials import Specials
from playground.engine.tokenizers.tokenizer import Tokenizer
from playground.engine.tokenizers.training import train_tokenizer

SOURCES = ["".join(letters) for letters in itertools.product("abcdef", repeat=3)]
GREEDY = SamplingConfig(temperature=0.0, max_tokens=50)


@pytest.fixture(scope="module")
def letters() -> Tokenizer:
    config = TokenizerConfig(type="characters", vocab_size=64, byte_fallback=False)
    return train_tokenizer("abcdef\n", config, lambda progress: None)


def model_of(kind: str, tokenizer: Tokenizer) -> Transformer:
    config = ModelConfig(kind=kind, n_layers=1, n_encoder_layers=1, n_heads=2, d_model=16, d_ff=16, n_ctx=8)
    model = Transformer(config, tokenizer.vocab_size, seed=2).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.mul_(8.0)
    return model


def test_a_translation_is_what_greedy_reading_without_a_cache_gives(letters: Tokenizer) -> None:
    model = model_of("encoder_decoder", letters)
    end = letters.specials.end_id
    memory = model.encode(torch.tensor([source_frame(letters, letters.encode("abc"))]))
    wanted = [letters.specials.start_id]
    with torch.no_grad():
        while len(wanted) <= 8 and (len(wanted) == 1 or wanted[-1] != end):
            wanted.append(int(model(torch.tensor([wanted]), memory=memory)[0, -1].argmax()))
    assert translated_ids(model, letters, "abc", 50) == [id for id in wanted[1:] if id != end]


def test_what_is_written_goes_on_as_it_would_have_gone_on(letters: Tokenizer) -> None:
    model = model_of("encoder_decoder", letters)
    source = next(text for text in SOURCES if len(list(go_on(model, letters, "", text, GREEDY))) > 3)
    whole = [token.id for token in go_on(model, letters, "", source, GREEDY)]
    first = letters.decode(whole[:2])
    assert [token.id for token in go_on(model, letters, first, source, GREEDY)] == whole[2:]


def test_a_full_context_is_told_and_is_no_fault_of_ours(letters: Tokenizer) -> None:
    model = model_of("encoder_decoder", letters)
    assert len(list(go_on(model, letters, "abcdefa", "abc", GREEDY))) == 1
    with pytest.raises(PlaygroundError, match="fills the context of 8 tokens"):
        next(go_on(model, letters, "abcdefab", "abc", GREEDY))


def test_sources_that_cannot_be_read_and_kinds_that_cannot_write_are_told(letters: Tokenizer) -> None:
    model = model_of("encoder_decoder", letters)
    for source, words in (("", "nothing to translate"), ("abcdefabc", "reads at most 8")):
        with pytest.raises(PlaygroundError, match=words):
            go_on(model, letters, "", source, GREEDY)
    with pytest.raises(PlaygroundError, match="is an encoder"):
        go_on(model_of("encoder", letters), letters, "a", "", GREEDY)
    assert end_id_of(model_of("decoder", letters), letters) is None


def test_marks_frame_a_text_once() -> None:
    bert, ours, none = Specials(start_id=1, end_id=2), Specials(start_id=5, end_id=5), Specials()
    assert (bert.begins, bert.ends) == ([1], [2])
    assert (ours.begins, ours.ends) == ([], [5])
    assert (none.begins, none.ends) == ([], [])
