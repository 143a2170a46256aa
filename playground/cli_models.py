"""The part of the command line for finished models: quantize, merge, import, export, verify. Parsing only."""

import argparse
from pathlib import Path
from typing import Any

_NEWEST = -1


def add_model_commands(commands: Any) -> None:
    """Add them to the parser's subcommands."""
    _add_quantize(commands)
    _add_merge(commands)
    _add_import(commands)
    _add_export(commands)
    _add_verify(commands)


def _add_quantize(commands: Any) -> None:
    parser = commands.add_parser("quantize", help="a smaller copy of a run's model, and what it costs")
    parser.add_argument("run", metavar="RUN")
    parser.add_argument("out", metavar="OUT", type=Path, help="the folder of the new run")
    parser.add_argument("--bits", type=int, choices=(8, 4), default=8, help="of each weight (8)")
    _add_step(parser)
    parser.add_argument("--json", action="store_true", help="for machines: one JSON list")
    parser.set_defaults(command=_quantize)


def _quantize(options: argparse.Namespace) -> int:
    from playground.commands.derive import quantize

    return quantize(options.run, options.step, options.bits, options.out, options.json)


def _add_merge(commands: Any) -> None:
    parser = commands.add_parser("merge", help="make a LoRA run a plain model")
    parser.add_argument("run", metavar="RUN")
    parser.add_argument("out", metavar="OUT", type=Path, help="the folder of the new run")
    _add_step(parser)
    parser.set_defaults(command=_merge)


def _merge(options: argparse.Namespace) -> int:
    from playground.commands.derive import merge

    return merge(options.run, options.step, options.out)


def _add_import(commands: Any) -> None:
    parser = commands.add_parser("import", help="make a run of a Hugging Face folder")
    parser.add_argument(
        "folder", metavar="HF_FOLDER", help="with config.json, safetensors and tokenizer files; or hub:OWNER/NAME"
    )
    parser.add_argument("run", metavar="RUN", type=Path, help="the folder of the new run")
    parser.set_defaults(command=_import)


def _import(options: argparse.Namespace) -> int:
    from playground.commands.exchange import import_model

    return import_model(options.folder, options.run)


def _add_export(commands: Any) -> None:
    parser = commands.add_parser("export", help="write a run as a folder that transformers reads")
    parser.add_argument("run", metavar="RUN")
    parser.add_argument("folder", metavar="HF_FOLDER", type=Path)
    _add_step(parser)
    parser.set_defaults(command=_export)


def _export(options: argparse.Namespace) -> int:
    from playground.commands.exchange import export_folder

    return export_folder(options.run, options.step, options.folder)


def _add_verify(commands: Any) -> None:
    parser = commands.add_parser(
        "verify",
        help="whether a run can go on exactly",
        description="Trains the last stretch between two checkpoints again, and compares every number bit for bit.",
    )
    parser.add_argument("run", metavar="RUN")
    parser.add_argument("--json", action="store_true", help="for machines: one JSON object")
    parser.set_defaults(command=_verify)


def _verify(options: argparse.Namespace) -> int:
    from playground.commands.verify import verify

    return verify(options.run, options.json)


def _add_step(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--step", type=int, default=_NEWEST, help="of the snapshot; the newest if left out")
