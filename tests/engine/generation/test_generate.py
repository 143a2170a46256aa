"""Token-by-token generation: repeatable, stoppable, and equal to doing it the slow way."""

import dataclasses
import itertools

import numpy as np
import pytest
import torch

from playground.contract.config import SamplingConfig
from playground.contract.errors import PlaygroundError, RunError
from playground.contract.model_config import ModelConfig
from playground.engine.generation.context import window_start
from playground.engine.generation.generate import fit_prompt, generate
from playground.engine.generation.samplers import draw, filtered, noise
from playground.engine.model.transformer import Transformer

CONFIG = ModelConfig(n_layers=2, n_heads=2, d_model=16, d_ff=32, n_ctx=16)
SAMPLING = SamplingConfig(max_tokens=50, temperature=1.0, seed=7)


@pytest.fixture
def model() -> Transformer:
    """A model with strong opinions."""
    model = Transformer(CONFIG, 30).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.mul_(6)
    return model


def _ids(model, prompt, sampling, **kw) -> list[int]:
    return [token.id for token in generate(model, prompt, sampling, **kw)]


def _the_slow_way(model, prompt, sampling) -> list[int]:
    """No cache: the whole window through the model for every token."""
    ids = list(prompt)
    generator = torch.Generator().manual_seed(sampling.seed)
    for _ in range(sampling.max_tokens):
        with torch.no_grad():
            logits = model(torch.tensor([ids[window_start(len(ids), model.config.n_ctx) :]]))[0, -1]
        ids.append(draw(filtered(logits, sampling).logits, noise(len(logits), generator)))
    return ids[len(prompt) :]


@pytest.mark.parametrize("changes", [{}, {"top_k": 5}, {"top_p": 0.9, "temperature": 1.3}, {"temperature": 0.0}])
def test_same_seed_same_text_with_and_without_cache(model, changes):
    sampling = dataclasses.replace(SAMPLING, **changes)
    once = _ids(model, [1, 2, 3], sampling)
    assert len(once) == 50
    assert once == _ids(model, [1, 2, 3], sampling)
    assert once == _ids(model, [1, 2, 3], sampling, n_shown=4)
    assert once == _the_slow_way(model, [1, 2, 3], sampling)


def test_another_seed_writes_another_text(model):
    assert _ids(model, [1], SAMPLING) != _ids(model, [1], dataclasses.replace(SAMPLING, seed=8))


def test_greedy_equals_transformers_generate_within_the_context(model, gpt2_twin):
    prompt = torch.tensor([[1, 2, 3]])
    expected = gpt2_twin(model).generate(
        prompt, attention_mask=torch.ones_like(prompt), max_new_tokens=13, do_sample=False
    )
    greedy = dataclasses.replace(SAMPLING, temperature=0.0, max_tokens=13)
    assert _ids(model, [1, 2, 3], greedy) == expected[0, 3:].tolist()


def test_probability_is_the_models_own_before_the_sliders(model):
    token = next(iter(generate(model, [4, 5], dataclasses.replace(SAMPLING, temperature=0.3, top_k=2), n_shown=30)))
    with torch.no_grad():
        before = model(torch.tensor([[4, 5]]))[0, -1].softmax(-1)
    assert token.probability == pytest.approx(before[token.id].item(), abs=1e-6)
    place = token.distribution.ids.tolist().index(token.id)
    assert token.distribution.before[place] == pytest.approx(token.probability)
    assert token.distribution.after[place] > 0
    assert token.distribution.n_kept == 2


def test_no_token_is_computed_before_it_is_asked_for(model, monkeypatch):
    calls = itertools.count()
    original = model.next_logits
    monkeypatch.setattr(model, "next_logits", lambda *args: (next(calls), original(*args))[1])
    tokens = generate(model, [1], SAMPLING)
    for _ in range(3):
        next(tokens)
    tokens.close()
    assert next(calls) == 3


def test_the_prompt_is_cut_at_its_front(model):
    assert fit_prompt(list(range(20)), 16) == (list(range(4, 20)), 4)
    assert fit_prompt([1, 2], 16) == ([1, 2], 0)
    long_prompt = np.arange(25, dtype=np.int32)
    assert _ids(model, long_prompt, SAMPLING) == _ids(model, long_prompt[-16:], SAMPLING)


def test_an_empty_prompt_is_explained(model):
    with pytest.raises(PlaygroundError, match="prompt is empty"):
        generate(model, [], SAMPLING)


def test_a_diverged_model_is_explained(model):
    with torch.no_grad():
        model.main.final_norm.weight.fill_(float("nan"))
    for sampling in (SAMPLING, dataclasses.replace(SAMPLING, top_k=3, top_p=0.5, temperature=0.0)):
        with pytest.raises(RunError, match="diverged"):
            next(iter(generate(model, [1], sampling, n_shown=3)))


def test_generation_in_the_middle_of_training_leaves_it_undisturbed():
    model = Transformer(dataclasses.replace(CONFIG, dropout=0.5), 30).train()
    assert _ids(model, [1], SAMPLING) == _ids(model, [1], SAMPLING)
    assert model.training
    tokens = generate(model, [1], SAMPLING)
    next(tokens)
    tokens.close()
    assert model.training
    assert not torch.is_inference_mode_enabled()
    model.loss(torch.tensor([[1, 2]]), torch.tensor([[2, 3]])).backward()
