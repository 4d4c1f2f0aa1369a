"""``taojin diff``: which rows of two tables were added, removed or changed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.table.schema import KINDS, NAMES, Row

PASSIVE = ("row_id", "parts", "review", "note", "sentence")
"""Columns whose difference makes no other row: they follow from others, or are the reviewer's."""
COMPARED = tuple(name for name in NAMES if name not in PASSIVE)


@dataclass(frozen=True, slots=True)
class Change:
    """A row before and after; one of them is None where it was added or removed."""

    old: Row | None
    new: Row | None

    @property
    def row(self) -> Row:
        return self.new or self.old or {}

    @property
    def sign(self) -> str:
        return "+" if self.old is None else "-" if self.new is None else "~"

    def cells(self) -> Iterator[tuple[str, str, str]]:
        """The columns that differ, with both cells."""
        if self.old is not None and self.new is not None:
            for name in COMPARED:
                if self.old[name] != self.new[name]:
                    yield name, self.old[name], self.new[name]


@dataclass(slots=True)
class Difference:
    """All changes between two tables, in their order; ``same`` counts the rows that are as they were."""

    changes: list[Change] = field(default_factory=list)
    same: int = 0

    def counts(self) -> Counter[tuple[str, str]]:
        """How many changes of each kind and sign."""
        return Counter((change.row["kind"], change.sign) for change in self.changes)


def difference(old: Iterable[Row], new: Iterable[Row]) -> Difference:
    """Compare two tables.

    A row is the one of the same ``row_id``; of those that are left, the one of the same post and kind that stands in
    the same place, or else overlaps it and comes nearest.
    """
    before = {row["row_id"]: row for row in old}
    after = {row["row_id"]: row for row in new}
    found = Difference()
    for row_id in before.keys() & after.keys():
        _note(found, before[row_id], after[row_id])
    gone = _by_post(row for row_id, row in before.items() if row_id not in after)
    come = _by_post(row for row_id, row in after.items() if row_id not in before)
    for key in gone.keys() | come.keys():
        for left, right in _paired(gone.get(key, []), come.get(key, [])):
            _note(found, left, right)
    found.changes.sort(key=lambda change: _place(change.row))
    return found


def _note(found: Difference, old: Row | None, new: Row | None) -> None:
    if old is not None and new is not None and all(old[name] == new[name] for name in COMPARED):
        found.same += 1
    else:
        found.changes.append(Change(old, new))


def _by_post(rows: Iterable[Row]) -> dict[tuple[str, str], list[Row]]:
    found = defaultdict(list)
    for row in rows:
        found[row["post_id"], row["kind"]].append(row)
    return found


def _paired(old: Sequence[Row], new: Sequence[Row]) -> Iterator[tuple[Row | None, Row | None]]:
    """Pairs of rows that overlap, the most alike first; what has no partner alone."""
    pairs = sorted(
        (_distance(left, right), place, other)
        for place, left in enumerate(old)
        for other, right in enumerate(new)
        if min(int(left["end"]), int(right["end"])) > max(int(left["start"]), int(right["start"]))
    )
    lefts, rights = set(range(len(old))), set(range(len(new)))
    for _, place, other in pairs:
        if place in lefts and other in rights:
            lefts.discard(place)
            rights.discard(other)
            yield old[place], new[other]
    yield from ((old[place], None) for place in sorted(lefts))
    yield from ((None, new[place]) for place in sorted(rights))


def _distance(left: Row, right: Row) -> int:
    """How many cells differ."""
    return sum(left[name] != right[name] for name in COMPARED)


def _place(row: Row) -> tuple[str, int, str, str]:
    return row["post_id"], int(row["start"] or 0), row["kind"], row["row_id"]


def lines(found: Difference, listed: int | None = None) -> Iterator[str]:
    """Counts by kind, then each change in a line, ``listed`` of them at most."""
    counts = found.counts()
    added, removed, changed = (sum(n for (_, sign), n in counts.items() if sign == which) for which in "+-~")
    yield f"{added:,} rows added, {removed:,} removed, {changed:,} changed, {found.same:,} as before"
    for kind in KINDS:
        signs = [f"{sign}{counts[kind, sign]:,}" for sign in "+-~" if counts[kind, sign]]
        if signs:
            yield f"  {kind:9} {' '.join(signs)}"
    for change in found.changes[:listed]:
        yield line(change)
    if listed is not None and len(found.changes) > listed:
        yield f"… and {len(found.changes) - listed:,} more (--all lists them)"


def line(change: Change) -> str:
    """One change: what it is, where, and which cells differ."""
    row = change.row
    head = f"{change.sign} {row['kind']}.{row['label']} {row['post_id']} {row['text']!r}"
    cells = [f"{name}: {old or '∅'} → {new or '∅'}" for name, old, new in change.cells()]
    if not cells:
        cells = [
            f"{name}={row[name]}" for name in ("value_min", "unit", "name", "subject", "predicate", "rule") if row[name]
        ]
    return f"{head}  {'; '.join(cells)}".rstrip()
