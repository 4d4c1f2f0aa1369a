"""The `taojin` command: arguments only, no work."""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from pipeline import __version__
from pipeline.command import Command
from pipeline.errors import TaojinError

COMMANDS = {
    "extract": "pipeline.run.command",
    "clean": "pipeline.run.command",
    "explain": "pipeline.run.command",
    "numbers": "pipeline.run.command",
    "compare": "pipeline.run.command",
    "evaluate": "pipeline.evaluate.command",
    "diff": "pipeline.evaluate.command",
    "fit": "pipeline.evaluate.command",
    "export": "pipeline.table.command",
    "learn": "pipeline.review.learn.command",
    "import": "pipeline.review.importing.command",
    "report": "pipeline.review.report.command",
    "scrape": "pipeline.scrape.command",
    "review": "pipeline.review.command",
}
"""Command → the module that tells about it, in its ``COMMANDS``; only that of the command called is imported."""


def parser(called: str | None = None) -> argparse.ArgumentParser:
    """All commands and their arguments, or those of one that is called."""
    main = argparse.ArgumentParser(
        prog="taojin",
        description="From Chinese forum posts to a table of who claims what.",
        epilog="taojin COMMAND --help tells more. Exit status: 0 all fine, 1 some input was rejected,"
        " 2 the call cannot work. TAOJIN_DEBUG=1 shows tracebacks.",
    )
    main.add_argument("--version", action="version", version=f"taojin {__version__}")
    commands = main.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in [called] if called else COMMANDS:
        command = command_of(name)
        epilog = "examples:\n" + "\n".join(f"  {example}" for example in command.examples)
        sub = commands.add_parser(
            name,
            help=command.short,
            description=command.long,
            epilog=epilog,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.arguments(sub)
        sub.add_argument("--settings", metavar="FILE", help="settings (default: taojin.toml, where there is one)")
    return main


def command_of(name: str) -> Command:
    """What its module tells of a command."""
    found: Sequence[Command] = import_module(COMMANDS[name]).COMMANDS
    return next(command for command in found if command.name == name)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    args = parser(given[0] if given and given[0] in COMMANDS else None).parse_args(given)
    _speak_utf8()
    try:
        status = int(command_of(args.command).work(args))
        sys.stdout.flush()
        return status
    except TaojinError as error:
        return _fail(str(error), error)
    except KeyboardInterrupt:
        print("\ntaojin: interrupted; the next run goes on from here", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        return _fail(f"{type(error).__name__}: {error}; TAOJIN_DEBUG=1 shows where, please report it", error)


def _fail(message: str, error: BaseException) -> int:
    if os.environ.get("TAOJIN_DEBUG"):
        raise error
    print(f"taojin: {message}", file=sys.stderr)
    return 2


def _speak_utf8() -> None:
    """Chinese text must get through a pipe, and odd file names to a terminal, whatever the locale is."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=stream.encoding if stream.isatty() else "utf-8", errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
