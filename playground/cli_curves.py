"""The part of the command line that takes a run's numbers elsewhere. Parsing only."""

import argparse
from pathlib import Path
from typing import Any


def add_curve_commands(commands: Any) -> None:
    """Add them to the parser's subcommands."""
    parser = commands.add_parser(
        "tensorboard",
        help="write a run's curves and samples for TensorBoard",
        description="Writes event files to LOGDIR/NAME, with NAME as the run's; those written before are replaced.",
    )
    parser.add_argument("run", metavar="RUN")
    parser.add_argument("logdir", metavar="LOGDIR", type=Path, help="what tensorboard --logdir is given")
    parser.set_defaults(command=_tensorboard)


def _tensorboard(options: argparse.Namespace) -> int:
    from playground.commands.tensorboard import tensorboard

    return tensorboard(options.run, options.logdir)
