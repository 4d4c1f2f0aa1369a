"""What ``entity_guards.toml`` says of doubtful surfaces, made ready for matching."""

from functools import cache
from typing import Any, NamedTuple

from pipeline.mentions.entities.knowledge import KnowledgeBase
from pipeline.mentions.entities.scene import lower
from pipeline.mentions.entities.surfaces import variants


class SurfaceRule(NamedTuple):
    """What ``[[surface]]`` of ``entity_guards.toml`` says of a surface."""

    number: int
    not_before: tuple[str, ...]
    not_after: tuple[str, ...]
    default: bool
    strict: bool
    capital: bool
    prefer: str
    coded: bool


class Touching(NamedTuple):
    """Words right in front of a surface, and right behind it, that prove it."""

    before: tuple[str, ...]
    after: tuple[str, ...]


class Guards(NamedTuple):
    before: dict[str, tuple[str, ...]]
    after: dict[str, tuple[str, ...]]
    bound: frozenset[str]
    units: tuple[str, ...]
    measures: frozenset[str]
    scales: frozenset[str]
    taking: frozenset[str]
    surnames: frozenset[str]
    rules: dict[str, SurfaceRule]
    touching: dict[str, Touching]
    markets: dict[str, tuple[str, ...]]


@cache
def guards(kb: KnowledgeBase) -> Guards:
    table: dict[str, Any] = kb.guards
    rules = {}
    for number, entry in enumerate(table["surface"]):
        rule = SurfaceRule(
            number,
            lower(entry.get("not_before", ())),
            lower(entry.get("not_after", ())),
            bool(entry.get("default", False)),
            bool(entry.get("strict", False)),
            bool(entry.get("capital", False)),
            entry.get("prefer", ""),
            bool(entry.get("coded", False)),
        )
        rules.update({variant: rule for name in entry["names"] for variant in variants(name)})
    touching = {}
    for entry in table["touching"]:
        words = Touching(lower(entry.get("before", ())), lower(entry.get("after", ())))
        touching.update({variant: words for name in entry["names"] for variant in variants(name)})
    return Guards(
        {label: lower(words) for label, words in table["before"].items()},
        {label: lower(words) for label, words in table["after"].items()},
        frozenset(table["bound"]),
        tuple(table["units"]),
        frozenset(table["measures"]),
        frozenset(table["scales"]),
        frozenset(before + country for before in table["behind"] for country in table["single"]),
        frozenset(kb.patterns["surnames"]) - frozenset(kb.patterns["weak_surnames"]),
        rules,
        touching,
        {country: lower(words) for country, words in table["markets"].items()},
    )
