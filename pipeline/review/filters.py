"""What a reviewer wants to see: a filter, from and to the address of the page, and as SQL."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode

from pipeline.language.fold import fold

UNDECIDED, ALL = "undecided", "all"
SHOWS = (UNDECIDED, ALL, "ok", "wrong", "fixed", "added")
EXACT = ("kind", "label", "certainty", "qualifier", "rule", "forum")
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Filter:
    """Empty fields let everything through.

    ``entity`` is a canonical name in any of name, subject, object and source; ``metric`` a claim's predicate;
    ``low`` and ``high`` bound the value, as numbers or in Chinese (``1.5亿``); ``q`` holds words that must all occur.
    """

    show: str = UNDECIDED
    kind: str = ""
    label: str = ""
    certainty: str = ""
    qualifier: str = ""
    rule: str = ""
    forum: str = ""
    post: str = ""
    entity: str = ""
    metric: str = ""
    low: str = ""
    high: str = ""
    q: str = ""

    @classmethod
    def of(cls, values: Mapping[str, str]) -> "Filter":
        """The filter of an address's query; unknown names are passed over."""
        known = {field.name: values.get(field.name, "").strip()[:LONGEST] for field in fields(cls)}
        if known["show"] not in SHOWS:
            known["show"] = UNDECIDED
        return cls(**known)

    def query(self, **more: str) -> str:
        """The address's query, without what is empty or usual."""
        values = {name: value for name, value in asdict(self).items() if value and (name, value) != ("show", UNDECIDED)}
        return urlencode({**values, **{name: value for name, value in more.items() if value}})

    def without(self, name: str) -> "Filter":
        return replace(self, **{name: ALL if name == "show" else ""})

    def values(self) -> dict[str, str]:
        """All fields by name."""
        return asdict(self)

    def active(self) -> dict[str, str]:
        """The fields that narrow the view, without ``show``."""
        return {name: value for name, value in asdict(self).items() if value and name != "show"}

    def words(self) -> tuple[str, ...]:
        """What a row's text must hold."""
        return tuple(dict.fromkeys(searchable(self.q).split()))

    def sql(self) -> tuple[str, list[Any]]:
        """A condition on the index's ``rows``, and its parameters; of ``q``, see ``Index.hits``."""
        parts: list[str] = []
        values: list[Any] = []

        def add(part: str, *more: Any) -> None:
            parts.append(part)
            values.extend(more)

        if self.show == UNDECIDED:
            add("review = ''")
        elif self.show == "added":
            add("added")
        elif self.show != ALL:
            add("review = ?", self.show)
        for name in EXACT:
            if value := getattr(self, name):
                add(f"{name} = ?", value)
        if self.post:
            add("post = (SELECT n FROM posts WHERE post_id = ?)", self.post)
        if self.entity:
            add("n IN (SELECT n FROM entities WHERE name = ?)", self.entity)
        if self.metric:
            add("predicate = ?", self.metric)
        if (low := number(self.low)) is not None:
            add("coalesce(high, low) >= ?", low)
        if (high := number(self.high)) is not None:
            add("coalesce(low, high) <= ?", high)
        return " AND ".join(parts) or "1", values


def searchable(text: str) -> str:
    """Text as searches compare it: without case, Traditional characters as Simplified."""
    return fold(text).lower()


def number(text: str) -> float | None:
    """A bound: ``1500``, ``1,500``, ``1.5亿``; None for what is none."""
    value = exact(text)
    return None if value is None else float(value)


def exact(text: str) -> Decimal | None:
    """A number as a person types it, in digits or in Chinese; None for what is none."""
    try:
        value = Decimal(text.replace(",", "").strip())
        return value if value.is_finite() else None
    except InvalidOperation:
        pass
    from pipeline.mentions.numerals import read_numbers

    found = next(iter(read_numbers(text)), None)
    if found is None or text[found.start : found.end] != text.strip():
        return None
    bound = found.value_min if found.value_min is not None else found.value_max
    return bound if isinstance(bound, Decimal) else None
