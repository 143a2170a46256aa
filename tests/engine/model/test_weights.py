"""Weights on disk: what comes back, and the sentence for everything that cannot."""

import contextlib
import dataclasses

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from playground.contract.config import RunConfig
from playground.contract.errors import RunError
from playground.contract.model_config import ModelConfig
from playground.contract.run_directory import RunDirectory
from playground.engine.model.transformer import Transformer
from playground.engine.model.weights import load_model, load_weights, read_vocab_size, save_weights, saved_tensors

CONFIG = ModelConfig(n_layers=2, n_heads=2, d_model=16, d_ff=32, n_ctx=12)
IDS = torch.tensor([[1, 2, 3, 4]])


@pytest.fixture
def run(tmp_path) -> RunDirectory:
    """A run with a tokenizer of 9 pieces and no snapshots."""
    run = RunDirectory.create(tmp_path / "my-run", RunConfig(model=CONFIG))
    run.tokenizer_path.mkdir()
    (run.tokenizer_path / "tokenizer.toml").write_text('format = 1\ntype = "unigram"\nvocab_size = 9\n', "utf-8")
    run.snapshots_path.mkdir()
    return run


def test_weights_come_back_as_they_went(tmp_path):
    model, other = Transformer(CONFIG, 9, seed=1), Transformer(CONFIG, 9, seed=2)
    save_weights(model, tmp_path / "w.safetensors", {"step": "7"})
    load_weights(other, tmp_path / "w.safetensors")
    assert torch.equal(model(IDS), other(IDS))
    with safe_open(tmp_path / "w.safetensors", "pt") as file:
        assert file.metadata()["step"] == "7"


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> bytes:
    path = tmp_path_factory.mktemp("written") / "w.safetensors"
    save_weights(Transformer(CONFIG, 9, seed=1), path, {"step": "7"})
    return path.read_bytes()


@settings(max_examples=200)
@given(place=st.integers(0, 1 << 20), bit=st.integers(0, 7))
def test_no_flipped_bit_becomes_other_numbers(tmp_path_factory, written, place, bit):
    path = tmp_path_factory.mktemp("flipped") / "w.safetensors"
    data = bytearray(written)
    data[place % len(data)] ^= 1 << bit
    path.write_bytes(data)
    model, meant = Transformer(CONFIG, 9, seed=2), Transformer(CONFIG, 9, seed=1)
    n_header = len(data) - sum(4 * parameter.numel() for parameter in meant.parameters())
    if place % len(data) >= n_header:
        with pytest.raises(RunError, match=r"w\.safetensors is damaged: its numbers are not those"):
            load_weights(model, path)
        return
    with contextlib.suppress(RunError):  # unless it was in the step, or in the spaces behind the header
        load_weights(model, path)
        assert torch.equal(model(IDS), meant(IDS))


def test_files_without_a_checksum_are_read(tmp_path):
    model, other = Transformer(CONFIG, 9, seed=1), Transformer(CONFIG, 9, seed=2)
    save_file(saved_tensors(model), tmp_path / "w.safetensors")
    load_weights(other, tmp_path / "w.safetensors")
    assert torch.equal(model(IDS), other(IDS))


def test_a_tied_table_is_stored_once_and_in_float32(tmp_path):
    save_weights(Transformer(CONFIG, 9), tmp_path / "w.safetensors", {})
    tensors = load_file(tmp_path / "w.safetensors")
    assert sum(tensor.shape == (9, 16) for tensor in tensors.values()) == 1
    assert {tensor.dtype for tensor in tensors.values()} == {torch.float32}


def test_names_in_files_are_stable():
    """Files of older versions must stay readable: a new name here needs a migration."""
    model = Transformer(dataclasses.replace(CONFIG, n_layers=1, tied_embeddings=False), 9)
    assert [name for name, _ in model.named_parameters()] == [
        "token_table",
        "decoder.positions.table",
        "decoder.blocks.0.attention_norm.weight",
        "decoder.blocks.0.attention_norm.bias",
        "decoder.blocks.0.attention.qkv.weight",
        "decoder.blocks.0.attention.qkv.bias",
        "decoder.blocks.0.attention.out.weight",
        "decoder.blocks.0.attention.out.bias",
        "decoder.blocks.0.feed_forward_norm.weight",
        "decoder.blocks.0.feed_forward_norm.bias",
        "decoder.blocks.0.feed_forward.up.weight",
        "decoder.blocks.0.feed_forward.up.bias",
        "decoder.blocks.0.feed_forward.down.weight",
        "decoder.blocks.0.feed_forward.down.bias",
        "decoder.final_norm.weight",
        "decoder.final_norm.bias",
        "read_out.table.weight",
    ]


def test_names_of_files_with_one_nameless_stack_are_read(tmp_path):
    model = Transformer(dataclasses.replace(CONFIG, tied_embeddings=False), 9, seed=1)
    former = {
        name.removeprefix("decoder.").replace("read_out.table", "output"): value.contiguous()
        for name, value in model.state_dict().items()
    }
    save_file(former, tmp_path / "w.safetensors")
    other = Transformer(dataclasses.replace(CONFIG, tied_embeddings=False), 9, seed=2)
    load_weights(other, tmp_path / "w.safetensors")
    assert all(torch.equal(value, other.state_dict()[name]) for name, value in model.state_dict().items())


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_half_precision_files_are_read_as_float32(tmp_path, dtype):
    model, other = Transformer(CONFIG, 9, seed=1), Transformer(CONFIG, 9, seed=2)
    save_weights(model, tmp_path / "w.safetensors", {}, dtype=dtype)
    assert load_file(tmp_path / "w.safetensors")["token_table"].dtype == dtype
    load_weights(other, tmp_path / "w.safetensors")
    assert other.token_table.dtype == torch.float32
    assert torch.equal(other.token_table, model.token_table.to(dtype).float())


def test_loading_keeps_the_tensors_that_an_optimizer_knows(tmp_path):
    model = Transformer(CONFIG, 9, seed=1)
    save_weights(Transformer(CONFIG, 9, seed=2), tmp_path / "w.safetensors", {})
    before = list(model.parameters())
    load_weights(model, tmp_path / "w.safetensors")
    assert all(now is then for now, then in zip(model.parameters(), before, strict=True))


@pytest.mark.parametrize("kept", [0, 5, 100, 3000])
def test_a_truncated_file_is_damaged(tmp_path, kept):
    path = tmp_path / "w.safetensors"
    save_weights(Transformer(CONFIG, 9), path, {})
    path.write_bytes(path.read_bytes()[:kept])
    model = Transformer(CONFIG, 9, seed=4)
    expected = model(IDS)
    with pytest.raises(RunError, match=r"w\.safetensors is damaged"):
        load_weights(model, path)
    assert torch.equal(model(IDS), expected)


def test_a_foreign_file_is_no_weights_file(tmp_path):
    path = tmp_path / "w.safetensors"
    path.write_bytes(b"\xff" * 500)
    with pytest.raises(RunError, match="damaged or no safetensors file"):
        load_weights(Transformer(CONFIG, 9), path)


def test_a_missing_file_and_a_folder(tmp_path):
    with pytest.raises(RunError, match="does not exist"):
        load_weights(Transformer(CONFIG, 9), tmp_path / "none.safetensors")
    with pytest.raises(RunError, match="not a plain file"):
        load_weights(Transformer(CONFIG, 9), tmp_path)


def test_another_shape_is_named(tmp_path):
    save_weights(Transformer(CONFIG, 11), tmp_path / "w.safetensors", {})
    with pytest.raises(RunError, match="token_table is 11×16, but the config asks for 9×16"):
        load_weights(Transformer(CONFIG, 9), tmp_path / "w.safetensors")


def test_missing_and_foreign_names_are_named(tmp_path):
    path = tmp_path / "w.safetensors"
    save_weights(Transformer(dataclasses.replace(CONFIG, n_layers=3), 9), path, {})
    with pytest.raises(RunError, match=r"holds decoder\.blocks\.2\..* and 9 more, which this model does not have"):
        load_weights(Transformer(CONFIG, 9), path)
    save_weights(Transformer(dataclasses.replace(CONFIG, bias=False), 9), path, {})
    with pytest.raises(RunError, match=r"lacks decoder\.blocks"):
        load_weights(Transformer(CONFIG, 9), path)


def test_integers_are_no_weights(tmp_path):
    tensors = {name: value.detach().int() for name, value in Transformer(CONFIG, 9).named_parameters()}
    save_file(tensors, tmp_path / "w.safetensors")
    with pytest.raises(RunError, match="stored as int32"):
        load_weights(Transformer(CONFIG, 9), tmp_path / "w.safetensors")


@pytest.mark.parametrize("changes", [{}, {"position": "rotary", "bias": False}, {"position": "sinusoidal"}])
def test_a_snapshot_becomes_a_model_again(tmp_path, changes):
    config = dataclasses.replace(CONFIG, **changes)
    run = RunDirectory.create(tmp_path / "my-run", RunConfig(model=config))
    run.tokenizer_path.mkdir()
    (run.tokenizer_path / "tokenizer.toml").write_text("vocab_size = 9\n", "utf-8")
    run.snapshots_path.mkdir()
    saved = Transformer(config, 9, seed=5).eval()
    save_weights(saved, run.snapshot_path(40), {})
    loaded = load_model(run, 40)
    assert not loaded.training
    assert all(parameter.requires_grad for parameter in loaded.parameters())
    assert torch.equal(loaded(IDS), saved(IDS))


def test_a_missing_snapshot_says_which_there_are(run):
    with pytest.raises(RunError, match=r"no snapshot at step 1,500\. It has none yet"):
        load_model(run, 1500)
    for step in (0, 100, 2000):
        save_weights(Transformer(CONFIG, 9), run.snapshot_path(step), {})
    with pytest.raises(RunError, match=r"no snapshot at step 1,500\. Choose one of 0, 100, 2,000\."):
        load_model(run, 1500)
    for step in range(3000, 3010):
        save_weights(Transformer(CONFIG, 9), run.snapshot_path(step), {})
    with pytest.raises(RunError, match=r"one of its 13 snapshots from step 0 to 3,009\."):
        load_model(run, 1500)


def test_vocab_size_is_read_without_the_tokenizer(run):
    assert read_vocab_size(run) == 9


@pytest.mark.parametrize("content", [b"vocab_size = 'nine'", b"vocab_size = true", b"format = 1", b"=", b"\xff\xfe"])
def test_a_damaged_tokenizer_file_is_named(run, content):
    (run.tokenizer_path / "tokenizer.toml").write_bytes(content)
    with pytest.raises(RunError, match=r"tokenizer\.toml is damaged"):
        read_vocab_size(run)


def test_a_run_without_tokenizer_is_not_ready(run):
    (run.tokenizer_path / "tokenizer.toml").unlink()
    with pytest.raises(RunError, match="has no tokenizer yet"):
        load_model(run, 0)


def test_a_loaded_model_can_be_trained_on(run):
    save_weights(Transformer(CONFIG, 9), run.snapshot_path(0), {})
    model = load_model(run, 0).train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-2, fused=True)
    losses = []
    for _ in range(5):
        loss = model.loss(IDS[:, :-1], IDS[:, 1:])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < losses[0]
