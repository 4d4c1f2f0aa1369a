"""The commands that read posts and tables: extract, clean, explain, numbers, compare."""

import argparse

from pipeline.command import Command, out_argument
from pipeline.run import commands


def _extract(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("raw", nargs="*", metavar="RAW", default=["raw"], help="files, folders, or - (default: raw)")
    parser.add_argument("--out", default="extracted", metavar="DIR", help="where to write (default: extracted)")
    parser.add_argument("--jobs", type=_jobs, default=0, metavar="N", help="processes (default: as the input is worth)")
    parser.add_argument(
        "--format",
        action="append",
        default=[],
        metavar="F[,F]",
        help="also jsonl, sqlite, parquet, duckdb, xlsx, labelstudio, doccano; csv is always written",
    )
    parser.add_argument("--quiet", action="store_true", help="no progress, no summary")


def _clean(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="files, folders, or -")
    parser.add_argument("--explain", action="store_true", help="show the pieces that were removed, and why")


def _explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("row_id", metavar="ROW_ID", help="the first cell of the row")
    out_argument(parser)


def _numbers(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", metavar="FILE", default=["-"], help="files, folders, or - (default: -)")


def _compare(parser: argparse.ArgumentParser) -> None:
    out_argument(parser)
    parser.add_argument("--all", action="store_true", help="also those that agree")


def _jobs(text: str) -> int:
    jobs = int(text)
    if jobs < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return jobs


COMMANDS = (
    Command(
        "extract",
        "read posts, write the tables",
        "Read saved forum pages, text dumps and JSON Lines of posts; write extractions.csv, posts.csv and rejected.csv."
        " Only what is new or changed since the last run is extracted. What reviewers wrote into the columns review"
        " and note is kept.",
        ["taojin extract", "taojin extract page.html posts.jsonl --out result", "cat posts.jsonl | taojin extract -"],
        _extract,
        commands.extract,
    ),
    Command(
        "clean",
        "show the posts of pages, without the forum's words",
        "Print each post's fields and text, as extraction sees it.",
        ["taojin clean page.html", "taojin clean --explain page.html"],
        _clean,
        commands.clean,
    ),
    Command(
        "explain",
        "show why a row is in the table",
        "Print a row with its post, its sentence with the span marked, the tokens, the rule, and its parts.",
        ["taojin explain rkpqdafhmbjgceni"],
        _explain,
        commands.explain,
    ),
    Command(
        "numbers",
        "print every number of each post",
        "Read posts; print a JSON object a line: post_id and numbers (text, start, end, value_min, value_max,"
        " qualifier).",
        ["taojin numbers posts.jsonl", 'echo \'{"text": "三点五亿"}\' | taojin numbers'],
        _numbers,
        commands.numbers,
    ),
    Command(
        "compare",
        "show where posts disagree",
        "Put the claims of one subject, metric, period and unit side by side and print those whose values differ.",
        ["taojin compare", "taojin compare --all --out result"],
        _compare,
        commands.compare,
    ),
)
