"""When a row is what the gold wants, layer by layer, and the largest one-to-one matching of the two."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from pipeline.evaluate.gold import GoldPost, Item
from pipeline.table.schema import Row

NEAR = Decimal("0.0005")
"""Relative difference below which two values are one: thirds are written with six digits."""
CONTENT = 0.6
"""Part of a statement's content, in pairs of characters, that must be in common."""
SHORTEST = 2
"""Characters of the shorter of two texts of which one holds the other."""


class Names:
    """All surfaces of each entity of the gold posts, so that any of its names answers for it."""

    def __init__(self, posts: Iterable[GoldPost]) -> None:
        self.of: dict[str, set[str]] = {}
        for post in posts:
            for surfaces in post.surfaces.values():
                for surface in surfaces:
                    self.of.setdefault(fold(surface), set()).update(map(fold, surfaces))

    def with_others(self, answers: Sequence[str]) -> list[str]:
        found = list(answers)
        for answer in answers:
            found += self.of.get(fold(answer), ())
        return found


@dataclass(frozen=True, slots=True)
class Layer:
    """A way to look at one kind (or label of claim): ``right`` tells whether a row is what an item wants.

    An ``optional`` layer is scored only where a post's gold has items of it.
    """

    name: str
    kind: str
    label: str
    right: Callable[[Item, Row, Names], bool]
    optional: bool = False

    def holds(self, kind: str, label: str) -> bool:
        return kind == self.kind and self.label in ("", label)


def fold(text: str) -> str:
    """Case, width and spaces do not matter."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def accepts(answers: Sequence[str], cell: str, loose: bool = False) -> bool:
    """Whether a cell is one of the answers; ``loose`` takes one that holds the other."""
    wanted = [fold(answer) for answer in answers if answer]
    found = fold(cell)
    if not wanted or (not found and "" in answers) or found in wanted:
        return True
    return loose and any(
        (answer in found or found in answer) and min(len(answer), len(found)) >= SHORTEST for answer in wanted
    )


def same_number(one: str, other: str) -> bool:
    if not one or not other:
        return one == other
    try:
        left, right = Decimal(one), Decimal(other)
    except InvalidOperation:
        return False
    return abs(left - right) <= NEAR * max(left, right, Decimal("0.0001"))


def same_value(item: Item, row: Row) -> bool:
    return (
        same_number(item.one("value_min"), row["value_min"])
        and same_number(item.one("value_max"), row["value_max"])
        and fold(item.one("unit")) == fold(row["unit"])
    )


def same_place(item: Item, row: Row) -> bool:
    """Whether the spans overlap, where the gold has one."""
    return item.start < 0 or min(item.end, int(row["end"])) > max(item.start, int(row["start"]))


def in_common(one: str, other: str) -> float:
    """Pairs of neighbouring characters that two texts share, over those of the longer."""
    left, right = _pairs(fold(one)), _pairs(fold(other))
    return (left & right).total() / max(left.total(), right.total())


def _pairs(text: str) -> Counter[str]:
    return Counter(text[place : place + 2] for place in range(max(1, len(text) - 1)))


def _value(item: Item, row: Row, names: Names) -> bool:
    return same_place(item, row) and same_value(item, row)


def _span(item: Item, row: Row, names: Names) -> bool:
    return same_place(item, row)


def _period(item: Item, row: Row, names: Names) -> bool:
    return same_place(item, row) and fold(item.one("period")) == fold(row["period"])


def _entity(item: Item, row: Row, names: Names) -> bool:
    return same_place(item, row) and item.label == row["label"]


def _linked(item: Item, row: Row, names: Names) -> bool:
    return _entity(item, row, names) and accepts(names.with_others(item.wanted.get("name", ())), row["name"])


def _metric(item: Item, row: Row, names: Names) -> bool:
    return (
        same_place(item, row)
        and same_value(item, row)
        and accepts(names.with_others(item.wanted.get("subject", ())), row["subject"])
        and accepts(item.wanted.get("predicate", ()), row["predicate"], loose=True)
    )


def _full(item: Item, row: Row, names: Names) -> bool:
    return (
        _metric(item, row, names)
        and all(item.one(name) == row[name] for name in ("measure", "direction", "certainty"))
        and accepts(item.wanted.get("period", ()), row["period"])
        and accepts(item.wanted.get("comparison", ()), row["comparison"], loose=True)
    )


def _statement(item: Item, row: Row, names: Names) -> bool:
    return (
        same_place(item, row)
        and accepts(names.with_others(item.wanted.get("subject", ())), row["subject"], loose=True)
        and in_common(item.one("object"), row["object"]) >= CONTENT
    )


def _event(item: Item, row: Row, names: Names) -> bool:
    return (
        same_place(item, row)
        and fold(item.one("predicate")) == fold(row["predicate"])
        and accepts(names.with_others(item.wanted.get("subject", ())), row["subject"])
        and accepts(names.with_others(item.wanted.get("object", ())), row["object"], loose=True)
    )


def _trend(item: Item, row: Row, names: Names) -> bool:
    return (
        same_place(item, row)
        and accepts(names.with_others(item.wanted.get("subject", ())), row["subject"])
        and accepts(item.wanted.get("predicate", ()), row["predicate"], loose=True)
        and item.one("direction") == row["direction"]
    )


LAYERS = (
    Layer("money", "money", "", _value),
    Layer("money.span", "money", "", _span),
    Layer("percent", "percent", "", _value),
    Layer("percent.span", "percent", "", _span),
    Layer("quantity", "quantity", "", _value),
    Layer("quantity.span", "quantity", "", _span),
    Layer("date", "date", "", _period),
    Layer("date.span", "date", "", _span),
    Layer("entity", "entity", "", _entity),
    Layer("entity.linked", "entity", "", _linked),
    Layer("metric", "claim", "metric", _metric),
    Layer("metric.full", "claim", "metric", _full),
    Layer("statement", "claim", "statement", _statement),
    Layer("event", "claim", "event", _event),
    Layer("trend", "claim", "trend", _trend, optional=True),
)
MAIN = tuple(layer for layer in LAYERS if "." not in layer.name)
"""One layer for each kind and label of claim: errors, labels and rules are counted on these."""


def matching(items: Sequence[Item], rows: Sequence[Row], right: Callable[[Item, Row], bool]) -> dict[int, int]:
    """The largest one-to-one matching (augmenting paths): place of the item → place of the row."""
    edges = [[place for place, row in enumerate(rows) if right(item, row)] for item in items]
    owner: dict[int, int] = {}

    def settle(item: int, seen: set[int]) -> bool:
        for row in edges[item]:
            if row not in seen:
                seen.add(row)
                if row not in owner or settle(owner[row], seen):
                    owner[row] = item
                    return True
        return False

    for item in range(len(items)):
        settle(item, set())
    return {item: row for row, item in owner.items()}
