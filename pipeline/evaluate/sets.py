"""The sets of gold posts that ``taojin evaluate`` scores, and what it prints of each."""

import argparse
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import InputError
from pipeline.evaluate import gold, reviewed
from pipeline.evaluate.difference import difference
from pipeline.evaluate.difference import lines as change_lines
from pipeline.evaluate.running import LastTime, as_json, extracted, moves
from pipeline.evaluate.scores import evaluate, fault_lines, lines
from pipeline.settings import Settings

WORKSHOP = Path(".taojin") / "evaluate"
LISTED = 20


@dataclass(frozen=True, slots=True)
class Set:
    """Gold posts under a title; ``last`` is where their last evaluation is kept."""

    title: str
    posts: list[gold.GoldPost]
    last: LastTime


def sets(paths: Sequence[Path], out: Path, only_reviews: bool, settings: Settings) -> Iterator[Set]:
    """What to score.

    Raises:
        InputError: gold posts or tables cannot be read, or nothing was reviewed where only that was asked for.
    """
    if paths:
        yield _set(", ".join(map(str, paths)), gold.read(paths), out)
        return
    if not only_reviews:
        yield _set("the gold posts of Taojin", gold.read(gold.own()), out)
        if settings.cases and Path(settings.cases).is_dir():
            yield _set(f"your cases in {settings.cases}", gold.read([Path(settings.cases)]), out)
    posts = reviewed_posts(out)
    if posts:
        yield _set(f"the reviewed rows of {out}", posts, out)
    elif only_reviews:
        raise InputError(f"{out}: nothing was reviewed there; say `make review`, or write verdicts into the table")


def reviewed_posts(out: Path) -> list[gold.GoldPost]:
    """The reviewed posts as gold posts."""
    return [gold.parsed(f"{out / 'reviews.csv'}", case) for case in reviewed.cases(out)]


def _set(title: str, posts: list[gold.GoldPost], out: Path) -> Set:
    name = hashlib.blake2b(title.encode(), digest_size=6).hexdigest()
    return Set(title, posts, LastTime(out / WORKSHOP / name))


def show(chosen: Set, settings: Settings, args: argparse.Namespace) -> int:
    """Score a set and print it; 1 where a layer fell since the last time."""
    by_post = extracted(chosen.posts, settings)
    rows = [row for post_id in sorted(by_post) for row in by_post[post_id]]
    report = evaluate(chosen.posts, by_post)
    before, scores_before = chosen.last.rows(), chosen.last.scores()
    fallen = any(name in scores_before and s.f1 < scores_before[name].f1 - 1e-9 for name, s in report.layers.items())
    if args.json:
        print(json.dumps({"set": chosen.title, **as_json(report)}, ensure_ascii=False))
    else:
        print(f"== {chosen.title}")
        for line in lines(report):
            print(line)
        if args.errors:
            print("\nerrors (- missed, + wrong)")
            for line in fault_lines(report.faults):
                print(line)
        if before is not None:
            print("\nsince the last time")
            for line in change_lines(difference(before, rows), None if args.changes else LISTED if args.errors else 0):
                print(line.replace("--all", "--changes"))
            for line in moves(scores_before, report.layers):
                print(line)
        print()
    chosen.last.keep(rows, report)
    return int(fallen)
