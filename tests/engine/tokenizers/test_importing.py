"""Tokenizers out of folders: ids and special tokens are those that `transformers` reads from the same folder."""

import json
from pathlib import Path
from typing import Any

import pytest
from foreign_tokenizers import byte_level_bpe, sentencepiece_model, special, theirs, wordpiece, write_folder, write_json
from trained_tokenizers import mixed_text

from playground.contract.errors import TokenizerError
from playground.engine.tokenizers.importing import import_tokenizer
from playground.engine.tokenizers.specials import Specials
from playground.engine.tokenizers.tokenizer import CONTROL, Tokenizer, load_tokenizer

TEXTS = [*mixed_text().splitlines()[:60], "", " a", "don't 12345", "猫🙂 é", "  two  spaces", "A\n\nB"]


def assert_same_ids(tokenizer: Tokenizer, their: Any) -> None:
    for text in TEXTS:
        assert tokenizer.encode(text).tolist() == their.encode(text, add_special_tokens=False), text


def assert_same_specials(tokenizer: Tokenizer, their: Any) -> None:
    """Begin and end are the classifier's and the separator where a tokenizer has no others, as BERT's."""
    start = their.cls_token_id if their.bos_token_id is None else their.bos_token_id
    end = their.sep_token_id if their.eos_token_id is None else their.eos_token_id
    expected = Specials(start_id=start, end_id=end, mask_id=their.mask_token_id, pad_id=their.pad_token_id)
    assert tokenizer.specials == expected


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("gpt2", {"bos_token": "<|endoftext|>", "eos_token": "<|endoftext|>"}),
        ("llama3", {"bos_token": "<|begin_of_text|>", "eos_token": "<|end_of_text|>"}),
        ("llama", {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>"}),
        ("unigram", {"pad_token": "<pad>", "eos_token": "</s>", "unk_token": "<unk>"}),
        (
            "bert",
            {
                "cls_token": "[CLS]",
                "sep_token": "[SEP]",
                "mask_token": "[MASK]",
                "pad_token": "[PAD]",
                "unk_token": "[UNK]",
            },
        ),
    ],
)
def test_what_transformers_saved(kind: str, names: dict[str, str], tmp_path: Path) -> None:
    from transformers import PreTrainedTokenizerFast

    their = PreTrainedTokenizerFast(tokenizer_object=theirs(kind), **names)
    their.save_pretrained(tmp_path)
    tokenizer = import_tokenizer(tmp_path)
    assert tokenizer.vocab_size == len(their)
    assert_same_ids(tokenizer, their)
    assert_same_specials(tokenizer, their)


def test_a_token_that_transformers_added_is_known(tmp_path: Path) -> None:
    from transformers import PreTrainedTokenizerFast

    their = PreTrainedTokenizerFast(tokenizer_object=byte_level_bpe(), eos_token="<|endoftext|>")
    their.add_special_tokens({"pad_token": "<|pad|>", "mask_token": special("<|mask|>")})
    their.save_pretrained(tmp_path)
    tokenizer = import_tokenizer(tmp_path, 640)
    assert tokenizer.vocab_size == 640
    end = their.eos_token_id  # where no file says what begins a text, it is what ends one, as in GPT-2
    expected = Specials(start_id=end, end_id=end, pad_id=their.pad_token_id, mask_id=their.mask_token_id)
    assert tokenizer.specials == expected
    assert tokenizer.piece(their.pad_token_id) == "<|pad|>"
    assert not (tokenizer.tokens("a <|pad|><|mask|> cat").kinds == CONTROL).any()


@pytest.mark.parametrize("lower", [True, False])
def test_berts_vocabulary_of_lines(lower: bool, tmp_path: Path) -> None:
    from transformers import BertTokenizer

    vocabulary = wordpiece().get_vocab()
    lines = sorted(vocabulary, key=vocabulary.__getitem__)
    (tmp_path / "vocab.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    write_json(tmp_path / "tokenizer_config.json", {"do_lower_case": lower})
    tokenizer = import_tokenizer(tmp_path)
    their = BertTokenizer.from_pretrained(tmp_path, do_lower_case=lower)
    assert_same_ids(tokenizer, their)
    assert_same_specials(tokenizer, their)


@pytest.mark.parametrize("with_space", [True, False])
def test_gpt2s_vocabulary_and_merges(with_space: bool, tmp_path: Path) -> None:
    from transformers import GPT2Tokenizer

    theirs("gpt2").model.save(str(tmp_path))
    write_json(tmp_path / "tokenizer_config.json", {"tokenizer_class": "GPT2Tokenizer", "add_prefix_space": with_space})
    tokenizer = import_tokenizer(tmp_path)
    their = GPT2Tokenizer.from_pretrained(tmp_path, add_prefix_space=with_space)
    assert_same_ids(tokenizer, their)
    end = theirs("gpt2").token_to_id("<|endoftext|>")
    assert tokenizer.specials == Specials(start_id=end, end_id=end)


@pytest.mark.parametrize("name", ["tokenizer.model", "spiece.model", "source.spm"])
def test_sentencepieces_own_file(name: str, tmp_path: Path) -> None:
    import sentencepiece

    (tmp_path / name).write_bytes(sentencepiece_model())
    tokenizer = import_tokenizer(tmp_path)
    their = sentencepiece.SentencePieceProcessor(model_proto=sentencepiece_model())
    for text in TEXTS:
        assert tokenizer.encode(text).tolist() == their.encode(text)
        assert tokenizer.decode(their.encode(text)) == their.decode(their.encode(text))
    assert (tokenizer.specials.start_id, tokenizer.specials.end_id, tokenizer.specials.pad_id) == (3, 1, 0)
    tokenizer.save(tmp_path / "saved")
    assert load_tokenizer(tmp_path / "saved").specials == tokenizer.specials


def test_tokens_beyond_a_sentencepiece_file_are_numbered_by_the_config(tmp_path: Path) -> None:
    (tmp_path / "tokenizer.model").write_bytes(sentencepiece_model())
    rows = {"600": {"content": "<|im_end|>", "special": True}}
    write_json(tmp_path / "tokenizer_config.json", {"eos_token": "<|im_end|>", "added_tokens_decoder": rows})
    tokenizer = import_tokenizer(tmp_path, 640)
    assert (tokenizer.specials.end_id, tokenizer.kind(600), tokenizer.decode([600])) == (600, CONTROL, "")


def test_the_newer_file_comes_first(tmp_path: Path) -> None:
    write_folder(tmp_path, "bert")
    (tmp_path / "tokenizer.model").write_bytes(sentencepiece_model())
    (tmp_path / "vocab.txt").write_text("[UNK]\n")
    assert import_tokenizer(tmp_path).backend.file_name == "tokenizer.json"


@pytest.mark.parametrize("token", ["</s>", {"content": "</s>", "lstrip": False}])
def test_special_tokens_are_texts_or_objects(token: Any, tmp_path: Path) -> None:
    write_folder(tmp_path, "llama")
    write_json(tmp_path / "special_tokens_map.json", {"eos_token": token, "bos_token": None})
    assert import_tokenizer(tmp_path).specials == Specials(start_id=None, end_id=2)


def test_special_tokens_of_the_usual_spelling_need_no_config(tmp_path: Path) -> None:
    write_folder(tmp_path, "bert")
    (tmp_path / "tokenizer_config.json").unlink()
    assert import_tokenizer(tmp_path).specials == Specials(start_id=2, end_id=3, mask_id=4, pad_id=0)


def test_the_models_config_tells_ids_where_nothing_else_does(tmp_path: Path) -> None:
    write_folder(tmp_path, "llama3")
    write_json(tmp_path / "config.json", {"bos_token_id": 600, "eos_token_id": [601, 600], "pad_token_id": -1})
    assert import_tokenizer(tmp_path).specials == Specials(start_id=600, end_id=601)


def test_a_special_token_that_the_vocabulary_lacks_is_none(tmp_path: Path) -> None:
    write_folder(tmp_path, "llama", bos_token="<nowhere>", eos_token="</s>")
    assert import_tokenizer(tmp_path).specials == Specials(start_id=None, end_id=2)


def test_source_spm_with_a_vocabulary_of_its_own_is_told(tmp_path: Path) -> None:
    (tmp_path / "source.spm").write_bytes(sentencepiece_model())
    write_json(tmp_path / "vocab.json", {"a": 0})
    with pytest.raises(TokenizerError, match=r"numbers the pieces of source\.spm anew in vocab\.json"):
        import_tokenizer(tmp_path)


def test_vocabulary_and_merges_of_another_class_are_told(tmp_path: Path) -> None:
    theirs("gpt2").model.save(str(tmp_path))
    write_json(tmp_path / "tokenizer_config.json", {"tokenizer_class": "CLIPTokenizer"})
    with pytest.raises(TokenizerError, match="'CLIPTokenizer', whose way of cutting text they do not tell"):
        import_tokenizer(tmp_path)


def test_merges_of_before_they_were_pairs_are_read(tmp_path: Path) -> None:
    write_folder(tmp_path, "gpt2")
    path = tmp_path / "tokenizer.json"
    values = json.loads(path.read_text(encoding="utf-8"))
    values["model"]["merges"] = [" ".join(merge) for merge in values["model"]["merges"]]
    write_json(path, values)
    assert import_tokenizer(tmp_path).encode(TEXTS[0]).tolist() == theirs("gpt2").encode(TEXTS[0]).ids


def test_what_the_file_puts_around_texts_or_cuts_off_does_not_count(tmp_path: Path) -> None:
    write_folder(tmp_path, "bert")
    path = tmp_path / "tokenizer.json"
    values = json.loads(path.read_text(encoding="utf-8"))
    values["truncation"] = {"direction": "Right", "max_length": 4, "strategy": "LongestFirst", "stride": 0}
    values["padding"] = {"strategy": {"Fixed": 99}, "direction": "Right", "pad_to_multiple_of": None, "pad_id": 0,
                         "pad_type_id": 0, "pad_token": "[PAD]"}  # fmt: skip
    write_json(path, values)
    text = "the cat sat on a mat and then it slept"
    expected = wordpiece().encode(text, add_special_tokens=False).ids
    assert import_tokenizer(tmp_path).encode(text).tolist() == expected
