"""``taojin import``: its arguments, and what they start."""

import argparse
import sys
from pathlib import Path

from pipeline.command import Command, out_argument, settings_of


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="JSON of Label Studio, or JSON Lines of doccano")
    out_argument(parser)
    parser.add_argument("--kinds", default="", metavar="K[,K]", help="what was annotated (default: kinds in the files)")
    parser.add_argument("--reviewer", default="", metavar="NAME", help="who decided (default: the tool's annotator)")
    parser.add_argument("--ok", action="store_true", help="rows that were left as they were are ok")


def take(args: argparse.Namespace) -> int:
    """``taojin import``: 1 where something was refused."""
    from pipeline.review.importing.taking import lines
    from pipeline.review.importing.taking import take as take_files

    kinds = [kind for kind in args.kinds.split(",") if kind]
    files = [Path(file) for file in args.files]
    counts, messages = take_files(files, Path(args.out), settings_of(args), kinds, args.reviewer, args.ok)
    for message in messages:
        print(f"taojin: {message}", file=sys.stderr)
    for line in lines(counts):
        print(line)
    return 1 if messages else 0


COMMANDS = (
    Command(
        "import",
        "take back what annotators did in Label Studio or doccano",
        "Compare annotated posts with the rows that were exported: a span that was removed makes its row wrong, another"
        " label a correction, a new or moved span an added row. The decisions go into reviews.csv and are in the table"
        " after the next `taojin extract`; importing a file again changes nothing.",
        ["taojin import project-1.json", "taojin import --ok --reviewer wang doccano.jsonl"],
        _import,
        take,
    ),
)
