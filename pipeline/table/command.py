"""``taojin export``: its arguments, and what they start."""

import argparse
from pathlib import Path

from pipeline.command import Command, out_argument


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "formats", nargs="+", metavar="FORMAT", help="jsonl sqlite parquet duckdb xlsx labelstudio doccano"
    )
    out_argument(parser)
    parser.add_argument("--to", metavar="DIR", help="where to write (default: beside the tables)")
    parser.add_argument("--kinds", metavar="K[,K]", help="only rows of these kinds: money,entity,…")


def export(args: argparse.Namespace) -> int:
    """``taojin export``."""
    from pipeline.table.exporting import export_tables

    out = Path(args.out)
    formats = [name for part in args.formats for name in part.split(",") if name]
    kinds = [name for name in (args.kinds or "").split(",") if name]
    for line in export_tables(out, Path(args.to) if args.to else out, formats, kinds):
        print(line)
    return 0


COMMANDS = (
    Command(
        "export",
        "write the tables for other tools",
        "Write the tables, with the reviews in them, as JSON Lines, SQLite (opens in Datasette), Parquet, DuckDB,"
        " Excel, or as tasks for Label Studio and doccano. Formats of several tools need the extra `report`"
        " (make .venv/report.ok installs it).",
        ["taojin export xlsx", "taojin export sqlite parquet --to shared", "taojin export labelstudio --kinds entity"],
        _export,
        export,
    ),
)
