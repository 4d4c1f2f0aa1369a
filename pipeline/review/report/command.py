"""``taojin report``: its arguments, and what they start."""

import argparse
from pathlib import Path

from pipeline.command import Command, out_argument
from pipeline.review.report.words import LANGUAGES

ROWS = 10_000


def _report(parser: argparse.ArgumentParser) -> None:
    out_argument(parser)
    parser.add_argument("--to", metavar="DIR", help="where to write (default: DIR/report)")
    parser.add_argument("--lang", choices=LANGUAGES, default="zh", help="language of the report (default: zh)")
    parser.add_argument("--rows", type=int, default=ROWS, metavar="N", help=f"rows in the page (default: {ROWS})")
    parser.add_argument(
        "--no-font", action="store_true", help="leave the Chinese font out of the page (a smaller file)"
    )


def report(args: argparse.Namespace) -> int:
    """``taojin report``."""
    from pipeline.review.report.writing import write

    out = Path(args.out)
    to = Path(args.to) if args.to else out / "report"
    for line in write(out, to, args.lang, max(1, args.rows), not args.no_font):
        print(line)
    return 0


COMMANDS = (
    Command(
        "report",
        "write a report: one HTML file, and its plots as pictures",
        "Write report.html, which opens by a double click and loads nothing: plots, contradictions side by side, the"
        " table with search and filters, the posts with their findings highlighted; and each plot as SVG and PNG,"
        " whose Chinese needs no font. Needs the extra `report` (make report installs it).",
        ["taojin report", "taojin report --lang en --to shared", "make report"],
        _report,
        report,
    ),
)
