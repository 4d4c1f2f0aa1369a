"""What each command of the command line does; each takes the parsed arguments and returns the exit status."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.command import settings_of
from pipeline.errors import InputError
from pipeline.records import Page, Post, Rejection
from pipeline.settings import Settings


def extract(args: argparse.Namespace) -> int:
    """``taojin extract``: 1 where something was rejected."""
    from pipeline.run.job import Job, run
    from pipeline.run.report import bar, lines
    from pipeline.startup import settle

    settle()
    formats = tuple(name.strip() for value in args.format for name in value.split(",") if name.strip())
    raw = tuple(dict.fromkeys(Path(path) for path in args.raw))
    job = Job(raw, Path(args.out), settings_of(args), args.jobs, formats or ("csv",))
    with bar(args.quiet) as progress:
        summary = run(job, progress)
    for message in summary.messages:
        print(f"taojin: {message}", file=sys.stderr)
    if not args.quiet:
        for line in lines(summary, job):
            print(line)
    return 1 if summary.totals.rejected else 0


def clean(args: argparse.Namespace) -> int:
    """``taojin clean``."""
    if args.explain:
        return _explain_cleaning(args)
    status = 0
    for found in _posts(args.files, settings_of(args)):
        if isinstance(found, Rejection):
            status = _rejected(found)
            continue
        for name in ("post_id", "source_file", "url", "forum", "title", "floor", "author", "posted_at", "views"):
            value = getattr(found, name)
            if value not in ("", None):
                print(f"{name}: {value}")
        if found.replies is not None:
            print(f"replies: {found.replies}")
        for quote in found.quoted:
            print(f"quoted: {' '.join(f'{quote.author} {quote.text}'.split())}")
        print(f"\n{found.text}\n" + "─" * 60)
    return status


def _explain_cleaning(args: argparse.Namespace) -> int:
    from pipeline.clean import explain
    from pipeline.run.worker import refusal

    settings = settings_of(args)
    status = 0
    for page in _pages(args.files, settings):
        if isinstance(page, Rejection):
            status = _rejected(page)
            continue
        try:
            pieces = explain(page, settings)
        except InputError as error:
            status = _rejected(refusal(page, error))
            continue
        print(f"{page.source_file}: {len(pieces)} pieces were removed")
        for marker, text in pieces:
            print(f"  {marker:<28} {' '.join(text.split())[:100]}")
    return status


def explain(args: argparse.Namespace) -> int:
    """``taojin explain``."""
    from pipeline.run.explain import explanation

    for line in explanation(args.row_id, Path(args.out), settings_of(args)):
        print(line)
    return 0


def numbers(args: argparse.Namespace) -> int:
    """``taojin numbers``."""
    from pipeline.mentions.numerals import read_numbers

    status = 0
    for post in _posts(args.files, settings_of(args)):
        if isinstance(post, Rejection):
            status = _rejected(post)
            continue
        found = [
            {
                "text": post.text[number.start : number.end],
                "start": number.start,
                "end": number.end,
                "value_min": _plain(number.value_min),
                "value_max": _plain(number.value_max),
                "qualifier": number.qualifier,
            }
            for number in read_numbers(post.text)
        ]
        print(json.dumps({"post_id": post.post_id, "numbers": found}, ensure_ascii=False))
    return status


def compare(args: argparse.Namespace) -> int:
    """``taojin compare``."""
    from pipeline.run.compare import claims, groups, lines

    for line in lines(groups(claims(Path(args.out) / "extractions.csv")), args.all):
        print(line)
    return 0


def _plain(value: object) -> str | None:
    from decimal import Decimal

    from pipeline.table.check import plain

    return plain(value) if isinstance(value, Decimal) else None


def _pages(files: Iterable[str], settings: Settings) -> Iterator[Page | Rejection]:
    from pipeline.ingest import read, sources

    for path in sources(Path(file) for file in files):
        yield from read(path, settings)


def _posts(files: Iterable[str], settings: Settings) -> Iterator[Post | Rejection]:
    from pipeline.clean import clean as clean_page
    from pipeline.run.worker import refusal

    for page in _pages(files, settings):
        if isinstance(page, Rejection):
            yield page
            continue
        try:
            yield from clean_page(page, settings)
        except InputError as error:
            yield refusal(page, error)


def _rejected(no: Rejection) -> int:
    where = f"{no.source_file}:{no.line}" if no.line else no.source_file
    print(f"taojin: {where}: {no.reason}", file=sys.stderr)
    return 1
