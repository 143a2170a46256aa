"""Our training step and our generation against `transformers`' GPT-2, side by side on two threads.

Both take turns, so that whatever else the machine does hits both; medians are compared. Run by hand:
`python -m pytest -m benchmark tests/benchmarks/test_step_speed.py`.
"""

import dataclasses
import os
import statistics
import time
from collections.abc import Callable

import pytest
import torch

os.environ.setdefault("HF_HUB_OFFLINE", "1")

from playground.contract.config import SamplingConfig
from playground.contract.presets import preset
from playground.engine.generation.generate import generate
from playground.engine.model.transformer import Transformer

VOCAB_SIZE = 65
N_STEPS = 80
N_TEXTS = 6
N_WARMUP = 10
N_NEW_TOKENS = 60

pytestmark = pytest.mark.benchmark


@pytest.fixture(autouse=True)
def _two_threads():
    threads = torch.get_num_threads()
    torch.set_num_threads(2)
    yield
    torch.set_num_threads(threads)


def _gpt2(n_ctx: int) -> torch.nn.Module:
    from transformers import GPT2Config, GPT2LMHeadModel

    shape = preset("nanogpt-cpu").model
    config = GPT2Config(
        vocab_size=VOCAB_SIZE, n_positions=n_ctx, n_embd=shape.d_model, n_layer=shape.n_layers, n_head=shape.n_heads,
        n_inner=shape.d_ff, resid_pdrop=0.0, embd_pdrop=0.0, attn_pdrop=0.0, bos_token_id=None, eos_token_id=None,
    )  # fmt: skip
    return GPT2LMHeadModel(config)


def _step(
    model: torch.nn.Module, optimizer: torch.optim.Optimizer, loss: Callable[[], torch.Tensor]
) -> Callable[[], None]:
    def step() -> None:
        loss().backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)

    return step


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _medians(ours: Callable[[], object], theirs: Callable[[], object], rounds: int) -> tuple[float, float]:
    pairs = [(_seconds(ours), _seconds(theirs)) for _ in range(rounds)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


@pytest.mark.parametrize("bias", [False, True])
def test_a_training_step_is_at_least_as_fast_as_transformers(bias, capsys):
    recipe = preset("nanogpt-cpu")
    model = Transformer(dataclasses.replace(recipe.model, bias=bias), VOCAB_SIZE)
    peer = _gpt2(recipe.model.n_ctx).train()
    generator = torch.Generator().manual_seed(0)
    batch = torch.randint(VOCAB_SIZE, (recipe.training.batch_size, recipe.model.n_ctx + 1), generator=generator)
    ids, targets = batch[:, :-1], batch[:, 1:]
    ours = _step(model, torch.optim.AdamW(model.parameters(), fused=True), lambda: model.loss(ids, targets))
    # Their labels are shifted inside, so one target of 64 is lost to them; the forward pass is the same size.
    theirs = _step(peer, torch.optim.AdamW(peer.parameters()), lambda: peer(input_ids=ids, labels=ids).loss)
    _medians(ours, theirs, N_WARMUP)
    our_s, their_s = _medians(ours, theirs, N_STEPS)
    with capsys.disabled():
        print(
            f"\ntraining step, bias={bias}: ours {our_s * 1e3:.1f} ms, transformers {their_s * 1e3:.1f} ms, "
            f"ratio {their_s / our_s:.2f}"
        )
    assert our_s <= their_s


@pytest.mark.parametrize("temperature", [0.0, 0.8])
def test_generation_is_at_least_twice_as_fast_as_transformers(temperature, capsys):
    shape = preset("nanogpt-cpu").model
    model, peer = Transformer(shape, VOCAB_SIZE).eval(), _gpt2(shape.n_ctx).eval()
    sampling = SamplingConfig(max_tokens=N_NEW_TOKENS, temperature=temperature)
    prompt = torch.tensor([[1, 2, 3]])
    options = {"do_sample": True, "temperature": temperature, "top_k": 0} if temperature else {"do_sample": False}

    def ours() -> None:
        assert len(list(generate(model, [1, 2, 3], sampling))) == N_NEW_TOKENS

    def theirs() -> None:
        written = peer.generate(
            prompt, attention_mask=torch.ones_like(prompt), max_new_tokens=N_NEW_TOKENS, pad_token_id=0, **options
        )
        assert written.shape[1] == 3 + N_NEW_TOKENS

    _medians(ours, theirs, 2)
    our_s, their_s = _medians(ours, theirs, N_TEXTS)
    with capsys.disabled():
        print(
            f"\ngeneration, temperature {temperature}: ours {N_NEW_TOKENS / our_s:,.0f} tokens/s, "
            f"transformers {N_NEW_TOKENS / their_s:,.0f} tokens/s, ratio {their_s / our_s:.2f}"
        )
    assert our_s * 2 <= their_s
