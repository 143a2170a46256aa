"""The command line: what is parsed, and how a person's mistakes are told: exit code 2, one sentence, no traceback."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from playground import places
from playground.cli import run
from playground.contract.config import DataConfig, RunConfig
from playground.contract.run_directory import RunDirectory
from playground.version import version

Fails = Callable[..., str]


@pytest.fixture
def fails(capsys: pytest.CaptureFixture[str]) -> Fails:
    """Runs a command that must fail; gives back its one sentence."""

    def check(*arguments: str) -> str:
        capsys.readouterr()
        code = run(arguments)
        out, error = capsys.readouterr()
        assert code == 2, error
        assert error.startswith("error: ")
        assert error.count("\n") == 1
        assert "Traceback" not in out + error
        return error

    return check


def usage_error(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What argparse says; it leaves by itself."""
    with pytest.raises(SystemExit) as left:
        run(arguments)
    assert left.value.code == 2
    return capsys.readouterr().err


# ---------------------------------------------------------------- parsing


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run(["--version"])
    assert left.value.code == 0
    assert capsys.readouterr().out == f"Transformer Playground {version()}\n"


COMMANDS = ["train", "generate", "tokenize", "tokenizer", "attention", "score", "runs", "doctor", "screenshot"]


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS), ["tokenizer", "train"]], ids=" ".join)
def test_every_command_has_help(capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run([*command, "--help"])
    assert left.value.code == 0
    out = capsys.readouterr().out
    assert out.startswith("usage: playground")
    assert command or all(name in out for name in COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["trian", "x"], "invalid choice: 'trian'"),
        (["train"], "RUN"),
        (["generate"], "RUN"),
        (["score", "x"], "--file"),
        (["attention", "x", "--text", "a"], "--out"),
        (["attention", "x", "--text", "a", "--out", "a.npy", "--layer", "one"], "invalid int value: 'one'"),
        (["screenshot", "build", "a.png", "--size", "big"], "'big' is not a size; write it like 1440x900"),
        (["runs", "--jsn"], "unrecognized arguments: --jsn"),
        (["tokenizer"], "COMMAND"),
        (["tokenizer", "train", "out", "--corpus", "x", "--type", "wordpiece"], "invalid choice: 'wordpiece'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_parsed(capsys: pytest.CaptureFixture[str], arguments: list[str], words: str) -> None:
    assert words in usage_error(capsys, *arguments)


def test_parsing_needs_neither_torch_nor_qt() -> None:
    """`--help` answers at once."""
    program = (
        "import sys\nfrom playground.cli import run\n"
        "try:\n    run(['--help'])\nexcept SystemExit:\n    pass\n"
        "print(sorted({'torch', 'PySide6', 'numpy', 'sentencepiece'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


# ---------------------------------------------------------------- settings


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("training.max_step=5", "Unknown key 'max_step' in [training]. Did you mean 'max_steps'?"),
        ("trainig.max_steps=5", "Unknown key 'trainig' in the config. Did you mean 'training'?"),
        ("max_steps=5", "'max_steps=5' is not a setting. Write it like training.max_steps=500."),
        ("training.max_steps", "is not a setting"),
        ("training.max_steps=many", "training.max_steps is 'many', but must be a whole number."),
        ("training.max_steps=0", "training.max_steps is 0, but must be at least 1."),
        ("training.seed=2147483648", "training.seed is 2,147,483,648, but must be at most 2,147,483,647."),
        ("model.n_heads=3", "model.n_heads is 3, which does not divide model.d_model = 128. Choose 2 heads"),
        ("model.position=rotari", "Did you mean 'rotary'?"),
        ("model.d_model=" + "9" * 400, "model.d_model is above 10^18, but must be at most 16,384."),
        ("training.learning_rate=nan", "training.learning_rate is nan, but must be a finite number."),
    ],
)
def test_impossible_settings(fails: Fails, tmp_path: Path, given: str, words: str) -> None:
    assert words in fails("train", str(tmp_path / "r"), "--set", given)
    assert not (tmp_path / "r").exists(), "a run was made although it cannot be trained"


def test_several_mistakes_are_told_at_once(fails: Fails, tmp_path: Path) -> None:
    sentence = fails("train", str(tmp_path / "r"), "--set", "model.n_layers=0", "--set", "training.beta1=2")
    assert "model.n_layers is 0" in sentence
    assert "training.beta1 is 2" in sentence


def test_an_unknown_preset(fails: Fails, tmp_path: Path) -> None:
    assert "Unknown preset 'tinny'. Did you mean 'tiny'?" in fails("train", str(tmp_path / "r"), "--preset", "tinny")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"[model]\nn_layer = 3\n", "Did you mean 'n_layers'?"),
        (b"[model\n", "is not a valid TOML file"),
        (b"format = 2\n", "made by a newer version"),
        (b"\xff\xfe", "cannot be read"),
        (b"x = " + b"[" * 9999, "is not a valid TOML file"),
    ],
)
def test_a_config_file_that_does_not_fit(fails: Fails, tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes(content)
    sentence = fails("train", str(tmp_path / "r"), "--config", str(file))
    assert str(file) in sentence
    assert words in sentence


def test_a_config_file_that_is_not_there(fails: Fails, tmp_path: Path) -> None:
    assert "There is no config file" in fails("train", str(tmp_path / "r"), "--config", str(tmp_path / "none.toml"))
    assert "cannot be read" in fails("train", str(tmp_path / "r"), "--config", str(tmp_path))


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--temperature", "-1", "sampling.temperature is -1, but must be at least 0."),
        ("--temperature", "warm", "sampling.temperature is 'warm', but must be a number."),
        ("--top-k", "2.5", "sampling.top_k is '2.5', but must be a whole number."),
        ("--top-p", "0", "sampling.top_p is 0, but must be at least 0.01."),
        ("--max-tokens", "0", "sampling.max_tokens is 0, but must be at least 1."),
        ("--seed", "-1", "sampling.seed is -1, but must be at least 0."),
    ],
)
def test_impossible_sampling(fails: Fails, option: str, value: str, words: str) -> None:
    assert words in fails("generate", "some-run", f"{option}={value}")


# ---------------------------------------------------------------- texts

TINY = ("tokenizer.vocab_size=300", "model.n_layers=1", "model.d_model=16", "model.n_heads=2", "training.max_steps=1")


def settings(*more: str) -> list[str]:
    return [part for assignment in (*TINY, *more) for part in ("--set", assignment)]


BAD_TEXTS = {
    "empty": (b"", "is empty. Choose a file with some text in it."),
    "blank": (b" \n\t\n", "is empty. Choose a file with some text in it."),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "is no text"),
    "zero bytes": (b"abc\0def", "is no text: character 3 is a zero byte."),
    "invalid UTF-8": ("日本語".encode() + b"\xff\xff", "is not UTF-8: byte 9 (0xFF) does not fit."),
    "Shift_JIS": ("これは日本語の文章です。\n".encode("shift_jis") * 20, "iconv -f Shift_JIS -t UTF-8"),
    "EUC-JP": ("これは日本語の文章です。\n".encode("euc_jp") * 20, "is not UTF-8"),
    "half UTF-16": (b"\xff\xfea\0b", "begins like UTF-16, but byte"),
}


@pytest.mark.parametrize(("data", "words"), BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_a_text_that_is_none(fails: Fails, tmp_path: Path, data: bytes, words: str) -> None:
    """And nothing is left behind, so that the same command with another text works."""
    text, target = tmp_path / "text.txt", tmp_path / "r"
    text.write_bytes(data)
    assert words in fails("train", str(target), "--corpus", str(text), *settings())
    assert not target.exists()
    assert words in fails("tokenizer", "train", str(tmp_path / "t"), "--corpus", str(text))
    assert not (tmp_path / "t").exists()


def test_a_text_that_is_not_there(fails: Fails, tmp_path: Path) -> None:
    sentence = fails("train", str(tmp_path / "r"), "--corpus", str(tmp_path / "none.txt"), *settings())
    assert "There is no file" in sentence
    assert not (tmp_path / "r").exists()
    assert "holds no text file" in fails("train", str(tmp_path / "r"), "--corpus", str(tmp_path), *settings())
    assert "There is no built-in text 'tale'" in fails("train", str(tmp_path / "r"), "--corpus", "builtin:tale")


def test_a_text_that_may_not_be_read(fails: Fails, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The superuser may read everything, so the system's refusal is put in its place."""
    text = tmp_path / "text.txt"
    text.write_text("words " * 1000)
    text.chmod(0)
    opened = Path.open

    def refusing(path: Path, *arguments: str, **more: str) -> object:
        if path == text:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *arguments, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refusing)
    sentence = fails("train", str(tmp_path / "r"), "--corpus", str(text), *settings())
    assert f"Cannot read {text}: Permission denied. Check its permissions." in sentence


def test_a_name_that_is_no_text(fails: Fails, tmp_path: Path) -> None:
    """A file's name may be any bytes; those that are not UTF-8 arrive as half characters, which no config can hold."""
    sentence = fails("train", str(tmp_path / "r"), "--corpus", str(tmp_path / "book\udcff.txt"), *settings())
    assert "which is not UTF-8. Rename it first." in sentence
    assert not (tmp_path / "r").exists()


def test_a_pipe_is_no_text(fails: Fails, tmp_path: Path) -> None:
    """Reading it would wait for ever."""
    os.mkfifo(tmp_path / "pipe.txt")
    sentence = fails("train", str(tmp_path / "r"), "--corpus", str(tmp_path / "pipe.txt"), *settings())
    assert "is not a plain file" in sentence


def test_a_text_that_is_too_short(fails: Fails, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("A short text. " * 5)
    sentence = fails("train", str(tmp_path / "r"), "--corpus", str(text), *settings("model.n_ctx=512"))
    assert "The text is too short: its training part has" in sentence
    assert "needs at least 513" in sentence
    assert RunDirectory(tmp_path / "r").state() == "failed"
    assert RunDirectory(tmp_path / "r").status().message in sentence


def test_one_huge_line_is_a_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A megabyte without a single line end."""
    text = tmp_path / "line.txt"
    text.write_text("the quick brown fox jumps over the lazy dog " * 24_000)
    code = run(["tokenizer", "train", str(tmp_path / "t"), "--corpus", str(text), "--vocab-size", "400", "--json"])
    out, error = capsys.readouterr()
    assert (code, error) == (0, "")
    assert json.loads(out)["vocab_size"] > 256
    assert run(["tokenize", "--tokenizer", str(tmp_path / "t"), "the quick fox", "--json"]) == 0
    tokens = json.loads(capsys.readouterr().out)["tokens"]
    assert [token["piece"].strip(" ▁") for token in tokens if token["end"] > token["start"]] == ["the", "quick", "fox"]


# ---------------------------------------------------------------- runs


@pytest.mark.parametrize(
    "arguments",
    [
        ["generate", "none"],
        ["tokenize", "none", "text"],
        ["attention", "none", "--text", "a", "--out", "a.npy"],
        ["screenshot", "build", "a.png", "--run", "none"],
        ["--run", "none"],
        ["tokenize", "A whole text where the name of a run belongs. " * 9, "text"],
    ],
    ids=lambda arguments: " ".join(arguments)[:40],
)
def test_a_run_that_is_not_there(fails: Fails, arguments: list[str]) -> None:
    sentence = fails(*arguments)
    assert "There is no run" in sentence
    assert str(places.runs_folder()) in sentence


def test_resuming_what_is_not_there(fails: Fails, tmp_path: Path) -> None:
    assert "holds no run to resume. Check the name." in fails("train", str(tmp_path / "none"), "--resume")


def test_resuming_keeps_the_settings(fails: Fails, tmp_path: Path) -> None:
    RunDirectory.create(tmp_path / "r", RunConfig())
    for given in (["--preset", "tiny"], ["--set", "training.learning_rate=5e-4"], ["--corpus", "builtin:copy"]):
        assert "A run that goes on keeps its settings" in fails("train", str(tmp_path / "r"), "--resume", *given)


def test_a_config_that_is_there_is_not_overwritten(fails: Fails, tmp_path: Path) -> None:
    made = RunDirectory.create(tmp_path / "r", RunConfig())
    assert "already holds a config" in fails("train", str(made.path), "--set", "training.max_steps=5")
    assert made.config() == RunConfig()


def test_a_run_without_a_snapshot(fails: Fails, tmp_path: Path) -> None:
    RunDirectory.create(tmp_path / "r", RunConfig())
    sentence = fails("generate", str(tmp_path / "r"))
    assert f"has no snapshot yet. Train it first: playground train {tmp_path / 'r'}" in sentence


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("config.toml", b"[model"),
        ("config.toml", b"\0\0\0\0"),
        ("data.json", b"{"),
        ("data.json", b'{"size_bytes": "many"}'),
    ],
)
def test_a_damaged_run(fails: Fails, tmp_path: Path, name: str, content: bytes) -> None:
    RunDirectory.create(tmp_path / "r", RunConfig(data=DataConfig(source="builtin:copy")))
    (tmp_path / "r" / name).write_bytes(content)
    for arguments in (["train", str(tmp_path / "r")], ["train", str(tmp_path / "r"), "--resume"]):
        assert name in fails(*arguments)


def test_a_run_where_none_can_be_made(fails: Fails, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    sentence = fails("train", str(tmp_path / "file" / "r"), "--corpus", "builtin:copy")
    assert "Cannot create the folder" in sentence
    assert "The name is too long" in fails("train", str(tmp_path / ("x" * 300)), "--corpus", "builtin:copy")


def test_tokenize_wants_one_tokenizer(fails: Fails, tmp_path: Path) -> None:
    assert "Give either RUN or --tokenizer DIR" in fails("tokenize", "text")
    assert "Give either RUN or --tokenizer DIR" in fails("tokenize", "--tokenizer", str(tmp_path), "run", "text")
    assert str(tmp_path) in fails("tokenize", "--tokenizer", str(tmp_path), "text")


# ---------------------------------------------------------------- faults of ours, and interruptions


def test_a_fault_of_ours_is_one_sentence_and_a_log(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(folder: Path | None, as_json: bool) -> int:
        raise ZeroDivisionError("deep inside")

    monkeypatch.setattr("playground.commands.runs.runs", broken)
    assert run(["runs"]) == 1
    error = capsys.readouterr().err
    log = places.log_file("command")
    assert error == f"error: Something unexpected went wrong (ZeroDivisionError). The details are in {log}.\n"
    assert "deep inside" in log.read_text(encoding="utf-8")
    assert "Traceback" in log.read_text(encoding="utf-8")


def test_a_fault_whose_log_cannot_be_written_is_told_whole(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], playground_home: Path
) -> None:
    def broken(folder: Path | None, as_json: bool) -> int:
        raise ZeroDivisionError("deep inside")

    playground_home.write_text("a file where the folder should be")
    monkeypatch.setattr("playground.commands.runs.runs", broken)
    assert run(["runs"]) == 1
    error = capsys.readouterr().err
    assert "deep inside" in error
    assert error.endswith(f"and its log {places.log_file('command')} cannot be written.\n")


def test_ctrl_c_says_nothing_more(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(folder: Path | None, as_json: bool) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("playground.commands.runs.runs", interrupted)
    assert run(["runs"]) == 130
    assert capsys.readouterr() == ("", "")


def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    """`playground runs | head -1` with very many runs."""
    for i in range(1500):
        folder = tmp_path / f"a-run-with-a-name-that-is-rather-long-{i:05d}"
        folder.mkdir()
        (folder / "config.toml").write_text("[")
    command = f"{sys.executable} -m playground runs {tmp_path} | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""
