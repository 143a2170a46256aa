"""A run as a folder for `transformers`: `AutoModel` and `AutoTokenizer` read it, and say what our model says."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import torch
import transformers
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.contract.config import RunConfig, TokenizerConfig
from playground.contract.errors import ExchangeError
from playground.contract.model_config import ModelConfig
from playground.contract.run_directory import DataFacts, RunDirectory
from playground.engine.exchange.export_folder import export_folder, obstacles
from playground.engine.exchange.export_tokenizer import tokenizer_files
from playground.engine.exchange.finished_run import write_finished_run
from playground.engine.exchange.import_folder import import_folder
from playground.engine.model.transformer import Transformer
from playground.engine.model.weights import load_model, save_weights
from playground.engine.tokenizers.tokenizer import Tokenizer, load_tokenizer
from playground.engine.tokenizers.training import train_tokenizer

TALES = (
    "Once upon a time, a small fox lived in the old forest. The fox was small, and the forest was old.\n\n"
    "むかしむかし、あるところに 小さな女の子がいました。猫は魚を食べた。\n"
    '  She said: "What\'s that?" It cost 12,345.67 yen…\tand it was late, very late!\n'
) * 12
TEXTS = [
    "Once upon a time,\n the fox",
    "むかし 猫😀\n\n",
    "  a  b ",
    " \n",
    "\t<unk> <0x41> x",
    "naïve café ﬁ １２",
    "\u200dé e\u0301",
]
SMALL: dict[str, Any] = {"n_layers": 2, "n_encoder_layers": 1, "n_heads": 2, "d_model": 16, "d_ff": 24, "n_ctx": 32}
MODELS: dict[str, dict[str, Any]] = {
    "GPT-2": {},
    "Llama": {"position": "rotary", "norm": "rms", "activation": "swiglu", "bias": False, "queries_per_kv_head": 2},
    "BERT": {
        "kind": "encoder", "norm_place": "after", "activation": "gelu_exact", "embedding_norm": True,
        "output_transform": True, "output_bias": True, "norm_epsilon": 1e-12,
    },
    "BART": {"kind": "encoder_decoder", "norm_place": "after", "embedding_norm": True, "activation": "gelu_exact"},
}  # fmt: skip
IDS = torch.tensor([[5, 6, 7, 8, 9, 10]])


@cache
def trained(kind: str, byte_fallback: bool) -> Tokenizer:
    config = TokenizerConfig(type=kind, vocab_size=420 if byte_fallback else 200, byte_fallback=byte_fallback)
    return train_tokenizer(TALES, config, lambda fraction: None)


def made_run(path: Path, values: dict[str, Any], kind: str = "unigram", *, has_mask: bool = False) -> RunDirectory:
    tokenizer = trained(kind, True)
    tokenizer = tokenizer.with_mask() if has_mask else tokenizer
    config = RunConfig(model=ModelConfig(**{**SMALL, **values}), tokenizer=TokenizerConfig(vocab_size=420))
    model = Transformer(config.model, tokenizer.vocab_size)
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(torch.randn(parameter.shape, generator=generator) * 0.2)
    return write_finished_run(
        path, config, tokenizer, DataFacts(), lambda to: save_weights(model, to, {}), step=7,
        n_parameters=model.n_parameters, happening={"kind": "made"},
    )  # fmt: skip


def as_theirs(tokenizer: Tokenizer, folder: Path) -> Any:
    """What AutoTokenizer makes of our files."""
    files, _, notes = tokenizer_files(tokenizer, 32)
    assert notes == []
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return transformers.AutoTokenizer.from_pretrained(folder)


@pytest.mark.parametrize("byte_fallback", [True, False])
@pytest.mark.parametrize("kind", ["unigram", "bpe", "characters"])
def test_auto_tokenizer_gives_our_ids(tmp_path: Path, kind: str, byte_fallback: bool) -> None:
    ours = trained(kind, byte_fallback)
    theirs = as_theirs(ours, tmp_path)
    assert len(theirs) == ours.vocab_size
    for text in [*TEXTS, TALES]:
        ids = theirs(text)["input_ids"]
        assert ids == ours.encode(text).tolist(), text
        if byte_fallback:
            assert theirs.decode(ids) == ours.decode(ids)


@pytest.mark.parametrize("kind", ["unigram", "bpe", "characters"])
def test_any_text_gets_our_ids(tmp_path_factory: pytest.TempPathFactory, kind: str) -> None:
    ours = trained(kind, True)
    theirs = as_theirs(ours, tmp_path_factory.mktemp("tokenizer"))
    alphabet = st.one_of(st.sampled_from(TALES), st.characters(exclude_categories=["Cs"]))

    @settings(max_examples=150, deadline=None)
    @given(st.text(alphabet, max_size=60))
    def agree(text: str) -> None:
        assert theirs(text)["input_ids"] == ours.encode(text).tolist()

    agree()


@pytest.mark.parametrize("family", MODELS)
def test_auto_model_says_what_our_run_says(tmp_path: Path, family: str) -> None:
    run = made_run(tmp_path / "run", MODELS[family], has_mask=family == "BERT")
    report = export_folder(run, 7, tmp_path / "folder")
    assert (report.family, report.notes) == (family, ())
    auto = {"BERT": "AutoModelForMaskedLM", "BART": "AutoModelForSeq2SeqLM"}.get(family, "AutoModelForCausalLM")
    theirs = getattr(transformers, auto).from_pretrained(tmp_path / "folder").eval()
    ours = load_model(run, 7)
    with torch.no_grad():
        if family == "BART":
            found = theirs(input_ids=IDS, decoder_input_ids=IDS[:, :4]).logits
            wanted = ours(IDS[:, :4], memory=ours.encode(IDS))
        else:
            found, wanted = theirs(IDS).logits, ours(IDS)
    assert wanted.std() > 0.05
    assert (found - wanted).abs().max() <= 1e-4
    tokenizer = transformers.AutoTokenizer.from_pretrained(tmp_path / "folder")
    assert tokenizer("a small fox")["input_ids"] == load_tokenizer(run.tokenizer_path).encode("a small fox").tolist()


@pytest.mark.parametrize("family", MODELS)
def test_out_and_in_again_is_the_same_run(tmp_path: Path, family: str) -> None:
    run = made_run(tmp_path / "run", MODELS[family], "bpe", has_mask=family == "BERT")
    export_folder(run, 7, tmp_path / "folder")
    report = import_folder(tmp_path / "folder", tmp_path / "again")
    assert report.run.snapshot_steps() == [0]
    assert report.run.state() == "finished"
    ours, again = load_model(run, 7), load_model(report.run, 0)
    with torch.no_grad():
        memory = None if family != "BART" else ours.encode(IDS)
        assert (ours(IDS, memory=memory) - again(IDS, memory=memory)).abs().max() <= 1e-5
    one, other = load_tokenizer(run.tokenizer_path), load_tokenizer(report.run.tokenizer_path)
    assert one.specials.mask_id == other.specials.mask_id
    for text in TEXTS:
        assert one.encode(text).tolist() == other.encode(text).tolist(), text
    (happening, _) = report.run.events_tail().read()
    assert (happening["kind"], happening["family"], len(happening["sha256"])) == ("imported", family, 64)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"position": "sinusoidal"}, r"GPT-2 is the nearest, but: model\.position is 'sinusoidal', and GPT-2 knows"),
        ({"position": "alibi"}, "model.position is 'alibi'"),
        ({"activation": "relu_squared"}, "model.activation is 'relu_squared'"),
        ({"norm": "batch"}, "model.norm is 'batch'"),
        ({**MODELS["Llama"], "query_key_norm": True}, r"Llama is the nearest, but: model\.query_key_norm is True"),
        ({**MODELS["BART"], "embedding_norm": False}, r"BART is the nearest, but: model\.embedding_norm is False"),
    ],
)  # fmt: skip
def test_what_no_family_can_express_is_named(tmp_path: Path, values: dict[str, Any], words: str) -> None:
    run = made_run(tmp_path / "run", values)
    with pytest.raises(ExchangeError, match=words):
        export_folder(run, 7, tmp_path / "folder")
    assert not (tmp_path / "folder").exists()


def test_each_family_says_what_stands_in_its_way() -> None:
    found = obstacles(ModelConfig())
    assert found["GPT-2"] == []
    assert any("model.kind" in sentence for sentence in found["BERT"])
    assert any("model.norm" in sentence for sentence in found["Llama"])


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    run = made_run(tmp_path / "run", {})
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ExchangeError, match="is there already and not empty"):
        export_folder(run, 7, folder)
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]
