"""Models fetched from a hub, which here is a server on this machine."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hub_server import COMMIT, Hub, hub_server

from playground.contract.errors import CancelledError, ExchangeError, RunError
from playground.engine.exchange import hub as engine
from playground.engine.exchange.hub import fetch
from playground.engine.exchange.import_from_hub import import_from_hub

N_WEIGHT_BYTES = 25_000_000  # some chunks of the library


def nothing(n_done: int, n_total: int) -> None:
    pass


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    from huggingface_hub import constants

    model = tmp_path / "hub" / "someone" / "small-model"
    model.mkdir(parents=True)
    for name in ("config.json", "tokenizer.json", "tokenizer_config.json"):
        (model / name).write_text("{}", encoding="utf-8")
    (model / "model.safetensors").write_bytes(b"w" * N_WEIGHT_BYTES)
    for name in ("pytorch_model.bin", "modeling_own.py", "README.md", "training_args.bin"):
        (model / name).write_text("not to be fetched", encoding="utf-8")
    with hub_server(tmp_path / "hub") as running:
        monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
        monkeypatch.setattr(constants, "ENDPOINT", running.url)
        monkeypatch.setattr(
            constants, "HUGGINGFACE_CO_URL_TEMPLATE", running.url + "/{repo_id}/resolve/{revision}/{filename}"
        )
        yield running


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "fetched"
    folder.mkdir()
    return folder


def test_only_what_an_import_reads_is_fetched(hub: Hub, into: Path) -> None:
    assert fetch("hub:someone/small-model", into, nothing) == f"hub:someone/small-model@{COMMIT}"
    assert sorted(hub.fetched) == ["config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"]
    assert hub.fetched[-1] == "model.safetensors"
    assert (into / "model.safetensors").stat().st_size == N_WEIGHT_BYTES
    assert not (into / "model.safetensors").is_symlink()


def test_progress_rises_to_the_whole(hub: Hub, into: Path) -> None:
    told: list[tuple[int, int]] = []
    fetch("hub:someone/small-model", into, lambda *each: told.append(each))
    n_all = N_WEIGHT_BYTES + 6
    assert told[-1] == (n_all, n_all)
    assert [n_done for n_done, _ in told] == sorted(n_done for n_done, _ in told)
    assert len([n_done for n_done, _ in told if 1000 < n_done < n_all]) >= 1


def test_it_can_be_given_up_in_the_middle(hub: Hub, into: Path) -> None:
    def give_up(n_done: int, n_total: int) -> None:
        if n_done > 1000:
            raise CancelledError("Cancelled.")

    with pytest.raises(CancelledError):
        fetch("hub:someone/small-model", into, give_up)
    assert not (into / "model.safetensors").exists()


def test_parts_are_fetched_when_there_is_an_index(hub: Hub, into: Path) -> None:
    model = hub.folder / "someone" / "small-model"
    (model / "model.safetensors").rename(model / "model-00001-of-00002.safetensors")
    (model / "model-00002-of-00002.safetensors").write_bytes(b"second")
    (model / "other.safetensors").write_bytes(b"not named")
    names = {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}
    (model / "model.safetensors.index.json").write_text(json.dumps({"weight_map": names}), encoding="utf-8")
    fetch("hub:someone/small-model", into, nothing)
    assert {path.name for path in into.glob("*.safetensors")} == set(names.values())


@pytest.mark.parametrize(
    "name", ["../config.json", "/etc/passwd", "a/b.safetensors", "pytorch_model.bin", "no.safetensors", 7]
)
def test_an_index_that_leads_elsewhere_is_refused(hub: Hub, into: Path, name: object) -> None:
    model = hub.folder / "someone" / "small-model"
    (model / "model.safetensors").unlink()
    (model / "model.safetensors.index.json").write_text(json.dumps({"weight_map": {"a": name}}), encoding="utf-8")
    with pytest.raises(ExchangeError, match="which is no safetensors file beside it"):
        fetch("hub:someone/small-model", into, nothing)


def test_a_model_of_pickles_is_not_fetched(hub: Hub, into: Path) -> None:
    (hub.folder / "someone" / "small-model" / "model.safetensors").unlink()
    with pytest.raises(
        ExchangeError, match=r"has no model\.safetensors but pytorch_model\.bin, a format that can carry"
    ):
        fetch("hub:someone/small-model", into, nothing)
    assert hub.fetched == []


def test_what_does_not_fit_is_not_fetched(hub: Hub, into: Path) -> None:
    hub.stated_sizes["model.safetensors"] = 10**18
    with pytest.raises(ExchangeError, match=r"has 1,000,000,000\.0 GB, and .* are free where"):
        fetch("hub:someone/small-model", into, nothing)
    hub.stated_sizes["tokenizer.json"] = 10**18
    with pytest.raises(ExchangeError, match=r"tokenizer\.json has 1,000,000,000,000,000,000 bytes"):
        fetch("hub:someone/small-model", into, nothing)
    assert hub.fetched == []


@pytest.mark.parametrize(
    "name", ["", "small-model", "a/b/c", "../..", "someone/../x", "a b/c", "-/x", "x/" + "y" * 200]
)
def test_names_are_looked_at_before_anything_is_asked(into: Path, name: str) -> None:
    with pytest.raises(ExchangeError, match="is no name of a model"):
        fetch(f"hub:{name}", into, nothing)


def test_an_unknown_model_is_said_to_be_unknown(hub: Hub, into: Path) -> None:
    with pytest.raises(ExchangeError, match="The hub has no model someone/else"):
        fetch("hub:someone/else", into, nothing)


def test_a_connection_that_breaks_is_one_sentence(hub: Hub, into: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import file_download

    monkeypatch.setattr(file_download.time, "sleep", lambda seconds: None)  # between its attempts
    hub.cut_off.add("model.safetensors")
    with pytest.raises(ExchangeError, match="the connection breaks every time"):
        fetch("hub:someone/small-model", into, nothing)


def test_more_than_was_said_is_not_taken(hub: Hub, into: Path) -> None:
    hub.stated_sizes["model.safetensors"] = N_WEIGHT_BYTES - 1
    with pytest.raises(ExchangeError, match=r"model\.safetensors is larger than the hub says it is"):
        fetch("hub:someone/small-model", into, nothing)


def test_without_a_hub_it_is_one_sentence(into: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(ExchangeError, match="Cannot fetch hub:someone/small-model"):
        fetch("hub:someone/small-model", into, nothing)


def test_without_the_extra_it_says_how_to_install_it(into: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    with pytest.raises(ExchangeError, match=r'pip install "transformer-playground\[hub\]"'):
        fetch("hub:someone/small-model", into, nothing)


def test_a_folder_is_no_model_on_the_hub() -> None:
    assert engine.is_on_hub("hub:someone/small-model")
    assert not engine.is_on_hub("models/hub")


def test_a_refusal_names_the_model_and_leaves_nothing_behind(hub: Hub, tmp_path: Path) -> None:
    config = hub.folder / "someone" / "small-model" / "config.json"
    config.write_text('{"model_type": "gpt2", "auto_map": {"AutoModel": "modeling_own.Own"}}', encoding="utf-8")
    runs = tmp_path / "runs"
    with pytest.raises(ExchangeError, match=r"hub:someone/small-model/config\.json names code of its own"):
        import_from_hub("hub:someone/small-model", runs / "new", nothing)
    assert list(runs.iterdir()) == []


def test_nothing_is_fetched_for_a_run_that_is_there(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    with pytest.raises(RunError, match="is there already"):
        import_from_hub("hub:someone/small-model", tmp_path / "new", nothing)
    assert hub.fetched == []
