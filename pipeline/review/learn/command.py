"""``taojin learn``: its arguments, and what they start."""

import argparse
import sys
from pathlib import Path

from pipeline.command import Command, out_argument, settings_of

FOLDER = "my-words"


def _learn(parser: argparse.ArgumentParser) -> None:
    out_argument(parser)
    parser.add_argument("--accept", metavar="FILE", help="take over the lines that are left in FILE, a diff of before")
    parser.add_argument("--no-cases", action="store_true", help="keep no cases")


def learn(args: argparse.Namespace) -> int:
    """``taojin learn``."""
    from pipeline.review.learn.teaching import asked, diff, found, take, teach

    settings = settings_of(args)
    folder = Path(settings.lexicons or FOLDER)
    if args.accept:
        lines = take(Path(args.accept), folder, settings)
    else:
        out = Path(args.out)
        if not args.no_cases:
            for line in teach(out, Path(settings.cases)):
                print(line, file=sys.stderr)
        proposals = found(out, settings)
        lines = asked(proposals, folder, settings) if sys.stdin.isatty() and sys.stdout.isatty() else diff(proposals)
    for line in lines:
        print(line)
    return 0


COMMANDS = (
    Command(
        "learn",
        "turn reviews into cases and proposals for your lexicons",
        "Write the reviewed rows as cases into your cases folder (`cases` in taojin.toml), where `taojin evaluate` runs"
        " them, and propose lines for your own lexicons: aliases, metrics, words that are none. On a terminal each"
        " line is asked for (y/n); else the proposals are printed as a diff: delete what you do not want, and give it"
        " back with --accept. Nothing is applied unasked.",
        ["taojin learn", "taojin learn > lines.diff", "taojin learn --accept lines.diff"],
        _learn,
        learn,
    ),
)
