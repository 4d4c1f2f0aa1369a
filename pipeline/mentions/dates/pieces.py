"""The pieces that dates are made of, and the rules that find them.

A piece is the smallest thing that names a stretch of time or a part of one (去年, 第三季度, 10月, 底, Q3, 2025-11-01).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.frozen import frozen
from pipeline.mentions.dates.numerals import small_number
from pipeline.mentions.dates.words import Meaning

Groups = Mapping[str, Any]  #: what a rule's groups match, None where one does not; "0" is the whole
Maker = Callable[[Groups, int, int], "Piece | None"]

#: Between the ends of a range, and between neighbours that share a unit.
JOIN = r"(?:--?|——?|–|~|至|到|直到)"
JOINS = "-—–~至到直"  #: what such a sign begins with
LIST = "、"
AND = "和及与/"
#: No part of a Latin word or number may touch a Latin spelling.
ALNUM = "0-9A-Za-z_"
YEAR4 = r"(?:19|20)\d\d"


@dataclass(slots=True)
class Piece:
    """One piece: its ``kind``, where it stands, and its numbers.

    ``number`` is the value (a year, a month, an offset), ``more`` a second one (the day of 9-11, a window's upper
    bound). ``unit`` is set for kinds that have several. ``flag`` holds marks of the spelling: ``short`` (two
    characters), ``words`` (Chinese numerals), ``bare`` (no unit written), ``lunar``, ``fiscal``, ``strong`` (sure).
    """

    kind: str
    start: int
    end: int
    number: int = 0
    more: int = 0
    unit: str = ""
    flag: str = ""
    meaning: Meaning = field(default=Meaning("none"), compare=False)
    year: int = 0


@frozen
class Rule:
    """``pattern`` finds a piece where one of ``leads`` (its first one or two characters) stands.

    A rule that begins with a number has ``behind``, the one or two characters that may follow that number, blanks
    aside, and ``digits``, how many Arabic digits the number may have; where these are empty, anything may be.
    """

    name: str
    leads: frozenset[str]
    pattern: str
    make: Maker
    behind: frozenset[str] = frozenset()
    digits: Collection[int] = ()


def value(text: str | None) -> int:
    return small_number(text) if text else 0


def spelling(text: str) -> str:
    """Marks of how a number is written."""
    marks = "short " if len(text) == 2 else ""
    return marks + ("" if text[:1].isdecimal() else "words")


def maker(
    kind: str, number: str = "", more: str = "", year: str = "", unit: str = "", flag: str = "", spelt: str = ""
) -> Maker:
    """A maker of pieces of one kind from named groups; ``spelt`` is the group whose spelling is marked."""

    def make(groups: Groups, start: int, end: int) -> Piece:
        marks = f"{flag} {spelling(groups[spelt])}".strip() if spelt else flag
        return Piece(
            kind,
            start,
            end,
            value(groups.get(number)),
            value(groups.get(more)),
            unit,
            marks,
            year=value(groups.get(year)),
        )

    return make


def part_maker(flag: str = "") -> Maker:
    """Makes halves, quarters, or whole years with their year, from the groups ``y``, ``h``, ``q`` and ``f``."""

    def make(groups: Groups, start: int, end: int) -> Piece:
        unit = "quarter" if groups.get("q") else "half" if groups.get("h") else "year"
        number = value(groups.get("q") or groups.get("h"))
        year = groups.get("y") or groups["z"]
        marks = f"{flag} fiscal" if groups.get("f") else flag
        return Piece("dated", start, end, number, unit=unit, flag=f"{spelling(year)} {marks}", year=value(year))

    return make


def straddling(groups: Groups, start: int, end: int) -> Piece | None:
    """A fiscal year of two calendar years (2024/25), named by the latter; None for years that are no neighbours."""
    first, last = value(groups["y"]), value(groups["z"])
    if (first + 1) % 100 != last % 100:
        return None
    return Piece("fiscal", start, end, first + 1, unit="year", flag="short" if first < 100 else "")
