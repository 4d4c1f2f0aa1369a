"""What the command line knows of a command; each room that has some tells them in a module of its own."""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.settings import Settings, load


@dataclass(frozen=True, slots=True)
class Command:
    """One command of ``taojin``.

    Attributes:
        name: what the user types.
        short: a line for the list of commands.
        long: a paragraph for ``--help``.
        examples: calls, as they would be typed.
        arguments: adds its arguments to a parser; ``--settings`` is added to every command.
        work: does it, importing what it needs, and returns the exit status.
    """

    name: str
    short: str
    long: str
    examples: Sequence[str]
    arguments: Callable[[argparse.ArgumentParser], None]
    work: Callable[[argparse.Namespace], int]


def settings_of(args: argparse.Namespace) -> Settings:
    """The settings that the call names, else those of the working folder."""
    from pathlib import Path

    return load(Path(args.settings) if args.settings else None)


def out_argument(parser: argparse.ArgumentParser) -> None:
    """Add ``--out`` for commands that read the tables."""
    parser.add_argument("--out", default="extracted", metavar="DIR", help="where the tables are (default: extracted)")
