"""What the report tells, gathered in one pass over the tables."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from pipeline.errors import InputError
from pipeline.run.compare import Group, comparable, groups
from pipeline.table.exporting import posts_with_rows
from pipeline.table.formats import read_table
from pipeline.table.schema import CERTAINTIES, Row
from pipeline.table.text import LONGEST_CELL

SILENT = ("question", "denied")
"""Certainties of claims that do not say that their value holds."""


@dataclass(frozen=True, slots=True)
class Point:
    """A level of a metric: what a claim says it was (or will be) in a period."""

    subject: str
    low: Decimal
    high: Decimal
    start: date
    end: date
    certainty: str


@dataclass(slots=True)
class Shown:
    """A post with its rows, for the table and the highlights."""

    post: Row
    rows: list[Row]


@dataclass(slots=True)
class Facts:
    """All that the report counts. Posts are counted once, by the copy whose text the offsets count in."""

    posts: int = 0
    rows: int = 0
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    reviews: Counter[str] = field(default_factory=Counter)
    certainty: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    entities: Counter[tuple[str, str]] = field(default_factory=Counter)
    forums: Counter[str] = field(default_factory=Counter)
    days: Counter[tuple[date, str]] = field(default_factory=Counter)
    undated: int = 0
    cleaners: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    copies: int = 0
    rejected: Counter[tuple[str, str]] = field(default_factory=Counter)
    levels: dict[tuple[str, str], list[Point]] = field(default_factory=lambda: defaultdict(list))
    unplaced: int = 0
    groups: list[Group] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)

    @property
    def contradicted(self) -> list[Group]:
        """Keys whose claims cannot all be true, those of the most posts first."""
        return [group for group in self.groups if not group.agrees()]

    @property
    def shown_rows(self) -> int:
        return sum(len(shown.rows) for shown in self.shown)


def gather(out: Path, most_rows: int) -> Facts:
    """Read the tables of an output folder; ``most_rows`` are kept for the page, of whole posts.

    Raises:
        InputError: a table is missing or cannot be read.
    """
    facts = Facts()
    claims: list[Row] = []
    kept = Shelf(most_rows)
    for copies, rows in posts_with_rows(read_table(out, "posts"), read_table(out, "extractions")):
        post = copies[-1]
        facts.copies += len(copies) - 1
        _count_post(facts, post)
        mentioned = set()
        for row in rows:
            _count_row(facts, row)
            if row["review"] == "wrong":
                continue
            if row["kind"] == "entity":
                mentioned.add((row["name"], row["label"]))
            elif row["label"] == "metric":
                _place(facts, row)
                if comparable(row):
                    claims.append(row)
        facts.entities.update(mentioned)
        kept.put(post, rows)
    facts.groups = groups(claims)
    facts.shown = kept.all()
    for stage, reason in _rejections(out):
        facts.rejected[stage, reason] += 1
    return facts


def _count_post(facts: Facts, post: Row) -> None:
    facts.posts += 1
    facts.forums[post["forum"]] += 1
    facts.cleaners[post["cleaner"]] += 1
    if post["status"]:
        facts.states[post["status"]] += 1
    if post["duplicate_of"]:
        facts.states["repost"] += 1
    try:
        facts.days[date.fromisoformat(post["posted_at"][:10]), post["forum"]] += 1
    except ValueError:
        facts.undated += 1


def _count_row(facts: Facts, row: Row) -> None:
    facts.rows += 1
    facts.kinds[row["kind"], row["label"]] += 1
    facts.reviews[row["review"]] += 1
    if row["kind"] == "claim" and row["certainty"] in CERTAINTIES and row["review"] != "wrong":
        facts.certainty[row["label"]][row["certainty"]] += 1


def _place(facts: Facts, row: Row) -> None:
    """Take a level with a value and a time into the course of its metric."""
    if row["measure"] != "level" or row["certainty"] in SILENT or not (row["value_min"] or row["value_max"]):
        return
    if not (row["period_start"] and row["period_end"]):
        facts.unplaced += 1
        return
    low, high = row["value_min"] or row["value_max"], row["value_max"] or row["value_min"]
    start, end = date.fromisoformat(row["period_start"]), date.fromisoformat(row["period_end"])
    point = Point(row["subject"], Decimal(low), Decimal(high), start, end, row["certainty"])
    facts.levels[row["predicate"], row["unit"]].append(point)


class Shelf:
    """The posts that the page shows: those with reviewed rows, then those with the most claims, while there is room."""

    def __init__(self, most_rows: int) -> None:
        self.room = most_rows
        self.posts: list[tuple[tuple[int, int, int], int, Shown]] = []
        self.count = self.size = 0

    def put(self, post: Row, rows: list[Row]) -> None:
        self.count += 1
        claims = sum(row["kind"] == "claim" for row in rows)
        rank = (any(row["review"] for row in rows), claims, len(rows))
        self.posts.append(((int(rank[0]), *rank[1:]), self.count, Shown(post, rows)))
        self.size += max(1, len(rows))
        if self.size > 2 * self.room:
            self._shrink()

    def _shrink(self) -> None:
        self.posts.sort(key=lambda entry: (entry[0], -entry[1]), reverse=True)
        kept: list[tuple[tuple[int, int, int], int, Shown]] = []
        size = 0
        for entry in self.posts:
            width = max(1, len(entry[2].rows))
            if kept and size + width > self.room:
                break
            kept.append(entry)
            size += width
        self.posts, self.size = kept, size

    def all(self) -> list[Shown]:
        """The posts in the order in which they came."""
        if self.size > self.room:
            self._shrink()
        return [shown for _, _, shown in sorted(self.posts, key=lambda entry: entry[1])]


def _rejections(out: Path) -> Iterator[tuple[str, str]]:
    path = out / "rejected.csv"
    if not path.exists():
        return
    csv.field_size_limit(LONGEST_CELL)
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                yield row["stage"], row["reason"]
    except (OSError, UnicodeDecodeError, csv.Error, KeyError) as error:
        raise InputError(f"{path}: {error}; run `taojin extract` again") from error


def top(counts: Counter[str], most: int) -> tuple[list[tuple[str, int]], int]:
    """The most frequent, and how many the others are together."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return ordered[:most], sum(count for _, count in ordered[most:])


def median(values: Iterable[Decimal]) -> Decimal:
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
