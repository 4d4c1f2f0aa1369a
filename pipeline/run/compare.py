"""``taojin compare``: claims of one subject, metric, period and unit side by side, where posts disagree."""

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from pipeline.errors import InputError
from pipeline.lexicons import cached, lexicon_table

Row = Mapping[str, str]
KEY = ("subject", "predicate", "measure", "period", "unit", "comparison")
NEAR = Decimal("0.01")  # values within a hundredth of each other say the same


@dataclass(slots=True)
class Group:
    """The claims of one key: who, which metric, level or change, of which period, in which unit, against what."""

    key: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)

    @property
    def claim_key(self) -> str:
        """A short id of the key, the same on every run."""
        return "k" + hashlib.sha256("\x1f".join(self.key).encode()).hexdigest()[:12]

    @property
    def posts(self) -> int:
        return len({row["post_id"] for row in self.rows})

    def agrees(self) -> bool:
        """True where one value could be meant by all: every two of them overlap or nearly so."""
        spans = [span(row) for row in self.rows]
        low = max(low for low, _ in spans)
        high = min(high for _, high in spans)
        same_way = len({row["direction"] for row in self.rows if row["direction"]}) <= 1
        return low <= high * (1 + NEAR) and same_way


def span(row: Row) -> tuple[Decimal, Decimal]:
    """The least and the greatest value that a row allows."""
    low, high = row["value_min"], row["value_max"]
    return Decimal(low) if low else Decimal(0), Decimal(high) if high else Decimal("Infinity")


def claims(table: Path) -> Iterator[Row]:
    """The metric claims of a table with subject and value, in order.

    Raises:
        InputError: the file is missing or is no extraction table.
    """
    try:
        with table.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            if not {"post_id", "label", *KEY} <= set(reader.fieldnames or ()):
                raise InputError(f"{table} is no table of extractions; run `taojin extract` first")
            yield from filter(comparable, reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{table}: {error}; run `taojin extract` first") from error


def comparable(row: Row) -> bool:
    """Whether a row is a metric claim with a value, and of a subject that is the same in every post: 我 is not."""
    valued = row["value_min"] or row["value_max"]
    stated = row["label"] == "metric" and valued and row["certainty"] != "question"
    return bool(stated and row["subject"]) and row["subject"] not in persons()


@cached
def persons() -> frozenset[str]:
    """Pronouns and the like: who they mean depends on who writes."""
    return frozenset(lexicon_table("metric_cues")["persons"])


def groups(rows: Iterable[Row]) -> list[Group]:
    """Claims by key, those that two posts or more make, most posts first."""
    found: dict[tuple[str, ...], Group] = {}
    for row in rows:
        key = tuple(row[name] for name in KEY)
        found.setdefault(key, Group(key)).rows.append(row)
    shared = [group for group in found.values() if group.posts > 1]
    return sorted(shared, key=lambda group: (-group.posts, group.key))


def lines(shared: Iterable[Group], everything: bool = False) -> Iterator[str]:
    """What to print: each key with its claims; only contradicted ones unless ``everything`` is set."""
    for group in shared:
        agreed = group.agrees()
        if agreed and not everything:
            continue
        subject, predicate, measure, period, unit, comparison = group.key
        about = " ".join(part for part in (subject, predicate, measure, period, comparison) if part)
        yield f"{group.claim_key}  {about} [{unit}]  {'agree' if agreed else 'DISAGREE'}, {group.posts} posts"
        for row in sorted(group.rows, key=lambda row: (span(row), row["post_id"])):
            low, high = row["value_min"], row["value_max"]
            value = low if low == high else f"{low or '…'}–{high or '…'}"
            yield f"    {row['direction']:>4} {value:>16}  {row['certainty']:<12} {row['post_id']}  {row['text']!r}"
