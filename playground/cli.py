"""The command line: parsing only. Each command is a function in `playground/commands`, imported when it is called."""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from playground.cli_curves import add_curve_commands
from playground.cli_models import add_model_commands
from playground.contract.config import DataConfig, RunConfig, SamplingConfig, TokenizerConfig
from playground.contract.errors import ConfigError, PlaygroundError
from playground.contract.fields import Setting, parse_value, settings_of
from playground.contract.presets import PRESETS
from playground.idle_threads import let_threads_sleep

_BAD_INPUT, _BUG, _INTERRUPTED = 2, 1, 130
_NEWEST = -1
_LONGEST_LINE = 4000  # characters of an error
_SAMPLING_OPTIONS = {"max_tokens": "--max-tokens", "temperature": "--temperature", "top_k": "--top-k",
                     "top_p": "--top-p", "seed": "--seed"}  # fmt: skip
_TOKENIZER_OPTIONS = {"type": "--type", "vocab_size": "--vocab-size", "character_coverage": "--character-coverage"}


def run(arguments: Sequence[str]) -> int:
    """Parse and carry out; returns the exit code: 0 done, 2 bad input, 1 a fault of ours, 130 interrupted."""
    let_threads_sleep()
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except PlaygroundError as error:
        print(f"error: {_legible(str(error))}", file=sys.stderr)
        return _BAD_INPUT
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:  # the reader, e.g. `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - the last stop before the person: a sentence, and all of it in a log
        from playground.crash_log import log_bug

        print(f"error: {_legible(log_bug('command', error))}", file=sys.stderr)
        return _BUG


def _legible(sentence: str) -> str:
    """Names of files may hold commands to the terminal, which must not reach it."""
    from playground.ui.visible_text import visible

    return "\n".join(visible(line, _LONGEST_LINE) for line in sentence.splitlines())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="playground",
        description="A window around a small Transformer: tokenize, build, train, generate, look inside. "
        "Without a command the window opens.",
    )
    parser.add_argument("--version", action=_ShowVersion, nargs=0, help="show program's version number and exit")
    _add_window_options(parser)
    parser.set_defaults(command=_window)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for add in (_add_train, _add_generate, _add_tokenize, _add_tokenizer, _add_attention, _add_attention_cost,
                _add_score, _add_runs, _add_doctor, _add_screenshot):  # fmt: skip
        add(commands)
    add_model_commands(commands)
    add_curve_commands(commands)
    return parser


class _ShowVersion(argparse.Action):
    """Looks the version up only when it is asked for: that takes a tenth of the window's whole start."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from playground.version import version

        print(f"Transformer Playground {version()}")
        parser.exit()


def _add_window_options(parser: argparse.ArgumentParser) -> None:
    from_window = parser.add_argument_group("window")
    from_window.add_argument("--run", metavar="RUN", help="the run to put in view")
    from_window.add_argument("--page", metavar="PAGE", help="the page to open")
    from_window.add_argument("--theme", choices=("light", "dark"), help="for this time")
    from_window.add_argument("--language", choices=("en", "ja"), help="for this time")


def _window(options: argparse.Namespace) -> int:
    from playground.commands.window import window

    return window(_run_path(options.run), options.page, options.theme, options.language)


def _add_train(commands: Any) -> None:
    parser = commands.add_parser("train", help="train a run, or go on with one", description=_TRAIN_HELP)
    parser.add_argument("run", metavar="RUN", type=Path, help="the run's folder; made if it is not there")
    parser.add_argument("--corpus", metavar="TEXT", help="a text file, a folder of them, or builtin:NAME")
    parser.add_argument("--config", metavar="FILE", type=Path, help="a TOML file with settings")
    parser.add_argument("--preset", metavar="NAME", help=f"one of {', '.join(PRESETS)}")
    parser.add_argument("--from", dest="base", metavar="RUN[@STEP]", help="fine-tune this run's model")
    parser.add_argument("--lora", action="store_true", help="with --from: train small adapters only")
    parser.add_argument("--set", metavar="SECTION.NAME=VALUE", action="append", default=[], help="one setting; repeat")
    parser.add_argument("--resume", action="store_true", help="go on from the newest checkpoint")
    parser.add_argument("--restart", action="store_true", help="forget what it learned, and train it anew")
    parser.add_argument("--background", action="store_true", help="give way to other programs")
    _add_json(parser, "one JSON object per event")
    parser.set_defaults(command=_train)


_TRAIN_HELP = (
    "Settings come from the preset or the run after --from, then the config file, then --corpus, then --set. "
    "Ctrl+C saves a checkpoint and stops; --resume goes on from it, longer with --set training.max_steps=N. "
    "Under torchrun many processes train the run together."
)


def _train(options: argparse.Namespace) -> int:
    from playground.commands.train import train

    config = _run_config(options)
    return train(options.run, config, options.resume, options.restart, options.json, options.background)


def _run_config(options: argparse.Namespace) -> RunConfig | None:
    """The config of a new run; None when no setting was given."""
    from playground.contract.config_file import apply_assignments, read_config
    from playground.contract.presets import preset

    if not (options.corpus or options.config or options.preset or options.set or options.base or options.lora):
        return None
    if options.resume:
        return _resumed_config(options)
    config = RunConfig()
    if options.preset:
        config = preset(options.preset).applied_to(config)
    if options.base:
        config = _fine_tuning(options.base, config)
    elif options.lora:
        raise ConfigError(["--lora trains adapters of another run's model. Name that run with --from RUN."])
    if options.lora:
        config = config.with_values({"start.method": "lora"})
    if options.config:
        config = read_config(options.config, config)
    if options.corpus:
        config = config.with_values({"data.source": _source(options.corpus)})
    return apply_assignments(config, options.set).checked()


def _resumed_config(options: argparse.Namespace) -> RunConfig:
    """The config of a run that goes on, with what may be changed of it."""
    from playground.contract.config_file import apply_assignments
    from playground.contract.going_on import config_now
    from playground.contract.run_directory import RunDirectory

    if options.corpus or options.config or options.preset or options.base or options.lora:
        raise ConfigError(["A run that goes on keeps its settings. Leave out all but --resume and --set."])
    return apply_assignments(config_now(RunDirectory(options.run)), options.set)


def _fine_tuning(base: str, config: RunConfig) -> RunConfig:
    """A config that goes on from RUN[@STEP]."""
    from playground.commands.opening import find_run, pick_step
    from playground.contract.fine_tuning import fine_tuned

    name, at, number = base.rpartition("@")
    has_step = bool(at) and number.replace(",", "").isdigit()
    run = find_run(name if has_step else base)
    return fine_tuned(run, pick_step(run, int(number.replace(",", "")) if has_step else _NEWEST), config)


def _source(corpus: str) -> str:
    """Absolute, so that the run can be resumed from anywhere."""
    return corpus if corpus.startswith("builtin:") else str(Path(corpus).expanduser().absolute())


def _add_generate(commands: Any) -> None:
    parser = commands.add_parser("generate", help="go on from a prompt")
    parser.add_argument("run", metavar="RUN")
    parser.add_argument("--prompt", default="", help="what to go on from; a new line if left out")
    _add_settings(parser, settings_of(SamplingConfig), _SAMPLING_OPTIONS)
    _add_step(parser)
    _add_json(parser, "one JSON object at the end")
    parser.set_defaults(command=_generate)


def _generate(options: argparse.Namespace) -> int:
    from playground.commands.generate import generate

    sampling = SamplingConfig(**_given_settings(options, settings_of(SamplingConfig), _SAMPLING_OPTIONS, "sampling"))
    return generate(options.run, options.prompt, sampling, options.step, options.json)


def _add_tokenize(commands: Any) -> None:
    parser = commands.add_parser("tokenize", help="cut a text into tokens")
    parser.add_argument("run", metavar="RUN", nargs="?", help="whose tokenizer to use")
    parser.add_argument("text", metavar="TEXT")
    parser.add_argument("--tokenizer", metavar="DIR", type=Path, help="a tokenizer's folder, instead of RUN")
    _add_json(parser, "one JSON object")
    parser.set_defaults(command=_tokenize)


def _tokenize(options: argparse.Namespace) -> int:
    from playground.commands.tokenize import tokenize

    if (options.run is None) == (options.tokenizer is None):
        raise ConfigError(["Give either RUN or --tokenizer DIR, then the text."])
    return tokenize(options.run, options.tokenizer, options.text, options.json)


def _add_tokenizer(commands: Any) -> None:
    tokenizer = commands.add_parser("tokenizer", help="train a tokenizer")
    inner = tokenizer.add_subparsers(title="commands", metavar="COMMAND", required=True)
    parser = inner.add_parser("train", help="train a tokenizer on a text")
    parser.add_argument("out", metavar="OUT", type=Path, help="the folder to write it to")
    parser.add_argument("--corpus", metavar="TEXT", required=True, help="a text file, a folder, or builtin:NAME")
    parser.add_argument("--builtin-seed", type=int, default=DataConfig().builtin_seed, help="of a built-in text")
    parser.add_argument("--no-byte-fallback", action="store_true", help="unknown characters become one unknown token")
    _add_settings(parser, settings_of(TokenizerConfig), _TOKENIZER_OPTIONS)
    _add_json(parser, "one JSON object")
    parser.set_defaults(command=_train_tokenizer)


def _train_tokenizer(options: argparse.Namespace) -> int:
    from playground.commands.tokenize import train_tokenizer

    values = _given_settings(options, settings_of(TokenizerConfig), _TOKENIZER_OPTIONS, "tokenizer")
    config = TokenizerConfig(**values, byte_fallback=not options.no_byte_fallback)
    data = DataConfig(source=_source(options.corpus), builtin_seed=options.builtin_seed)
    return train_tokenizer(data, config, options.out, options.json)


def _add_attention(commands: Any) -> None:
    parser = commands.add_parser("attention", help="what the heads look at, as numbers or a picture")
    parser.add_argument("run", metavar="RUN")
    parser.add_argument("--text", default="", help="of a model that translates the translation; its own if left out")
    parser.add_argument("--source", default="", help="the sentence to translate")
    parser.add_argument(
        "--part", choices=("encoder", "self", "cross"), default="", help="which attention of a model that translates"
    )
    parser.add_argument("--no-mask", action="store_true", help="lift the causal mask that the model was trained with")
    parser.add_argument("--layer", type=int, default=0, help="counted from 1; all if left out")
    parser.add_argument("--head", type=int, default=0, help="counted from 1; all if left out")
    parser.add_argument("--out", metavar="FILE", type=Path, required=True, help="ends in .npy, .csv, .png or .svg")
    _add_step(parser)
    parser.set_defaults(command=_attention)


def _attention(options: argparse.Namespace) -> int:
    from playground.commands.attention import attention

    return attention(
        options.run, options.text, options.layer, options.head, options.out, options.step,
        source=options.source, part=options.part, causal_mask=not options.no_mask,
    )  # fmt: skip


def _add_attention_cost(commands: Any) -> None:
    parser = commands.add_parser("attention-cost", help="time and memory of fused and of explicit attention")
    of = parser.add_mutually_exclusive_group()
    of.add_argument("--preset", default="tiny", metavar="NAME", help="whose model (tiny)")
    of.add_argument("--run", default="", metavar="RUN", help="a run's model instead")
    parser.add_argument("--longest", type=int, default=2048, metavar="N", help="the longest context, in tokens (2048)")
    _add_json(parser, "one JSON object")
    parser.set_defaults(command=_attention_cost)


def _attention_cost(options: argparse.Namespace) -> int:
    from playground.commands.attention_cost import attention_cost

    return attention_cost(options.preset, options.run, options.longest, options.json)


def _add_score(commands: Any) -> None:
    parser = commands.add_parser("score", help="loss, perplexity and bits per byte of a text")
    parser.add_argument("run", metavar="RUN")
    parser.add_argument("--file", metavar="FILE", type=Path, required=True, help="a text file or a folder of them")
    _add_step(parser)
    _add_json(parser, "one JSON object")
    parser.set_defaults(command=_score)


def _score(options: argparse.Namespace) -> int:
    from playground.commands.score import score

    return score(options.run, options.file, options.step, options.json)


def _add_runs(commands: Any) -> None:
    parser = commands.add_parser("runs", help="list runs")
    parser.add_argument("folder", metavar="DIR", nargs="?", type=Path, help="your own runs if left out")
    _add_json(parser, "one JSON list")
    parser.set_defaults(command=_runs)


def _runs(options: argparse.Namespace) -> int:
    from playground.commands.runs import runs

    return runs(options.folder, options.json)


def _add_doctor(commands: Any) -> None:
    parser = commands.add_parser("doctor", help="what this machine lacks, and how to install it")
    _add_json(parser, "one JSON list")
    parser.set_defaults(command=_doctor)


def _doctor(options: argparse.Namespace) -> int:
    from playground.commands.doctor import doctor

    return doctor(options.json)


def _add_screenshot(commands: Any) -> None:
    parser = commands.add_parser("screenshot", help="a picture of a page, without a display")
    parser.add_argument("page", metavar="PAGE")
    parser.add_argument("out", metavar="OUT.png", type=Path)
    parser.add_argument("--run", metavar="RUN", help="the run in view; the sample model if left out")
    parser.add_argument("--preset", default="", metavar="NAME", help="of the model on the Build page")
    parser.add_argument("--theme", default="light")
    parser.add_argument("--language", default="en")
    parser.add_argument("--size", type=_size, default=(1440, 900), metavar="WxH")
    parser.add_argument("--scale", type=float, default=1.0, help="device pixels per pixel")
    parser.set_defaults(command=_screenshot)


def _screenshot(options: argparse.Namespace) -> int:
    from playground.commands.screenshot import screenshot

    path = _run_path(options.run)
    return screenshot(
        options.page, options.out, path, options.theme, options.language, options.size, options.scale, options.preset
    )


def _size(text: str) -> tuple[int, int]:
    width, by, height = text.lower().partition("x")
    if not (by and width.isdigit() and height.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a size; write it like 1440x900")
    return int(width), int(height)


def _run_path(name: str | None) -> Path | None:
    if name is None:
        return None
    from playground.commands.opening import find_run

    return find_run(name).path


def _add_step(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--step", type=int, default=_NEWEST, help="of the snapshot; the newest if left out")


def _add_json(parser: argparse.ArgumentParser, what: str) -> None:
    parser.add_argument("--json", action="store_true", help=f"for machines: {what}")


def _add_settings(parser: argparse.ArgumentParser, settings: Iterable[Setting], options: dict[str, str]) -> None:
    """An option for each of these settings; label, help, range and default come from the config."""
    for setting in settings:
        if setting.name not in options:
            continue
        help = f"{setting.help} ({setting.default})".replace("%", "%%")
        choices = setting.choices or None
        name = setting.name.upper()
        parser.add_argument(options[setting.name], dest=setting.name, choices=choices, metavar=name, help=help)


def _given_settings(
    options: argparse.Namespace, settings: Iterable[Setting], names: dict[str, str], section: str
) -> dict[str, Any]:
    """The values of those settings that were given.

    Raises:
        ConfigError: with every one that does not parse.
    """
    values, problems = {}, []
    for setting in settings:
        text = getattr(options, setting.name, None) if setting.name in names else None
        if text is None:
            continue
        try:
            values[setting.name] = parse_value(text, setting, section)
        except ConfigError as error:
            problems += error.problems
    if problems:
        raise ConfigError(problems)
    return values
