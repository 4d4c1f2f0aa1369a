"""The lexicons of amounts in the shape the rules want: looked up by the characters at a place, longest first."""

import re
from collections.abc import Iterable
from dataclasses import field
from decimal import Decimal
from typing import Any

from pipeline.frozen import frozen
from pipeline.lexicons import cached, lexicon_rows, lexicon_table
from pipeline.lexicons.trie import trie

ONE = Decimal(1)


@frozen
class Unit:
    """One spelling of a unit.

    ``kind`` is money, percent or quantity; ``role`` of money: name, code, symbol, local, part or coin; ``label`` is the
    mention's. A number times ``factor`` is in ``unit``. ``unless`` may not follow. ``latin`` marks a spelling that
    ends in a Latin letter, ``free`` one that is a word of its own whatever follows, ``multiple`` one whose factor is
    not 1.
    """

    surface: str
    kind: str
    unit: str
    label: str
    role: str = ""
    factor: Decimal = ONE
    unless: tuple[str, ...] = ()
    latin: bool = field(init=False)
    free: bool = field(init=False)
    multiple: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "latin", self.surface[-1:].isascii() and self.surface[-1:].isalpha())
        object.__setattr__(self, "free", not (self.unless or self.latin))
        object.__setattr__(self, "multiple", self.factor != ONE)


Lengths = tuple[tuple[int, dict[str, Unit]], ...]  # spellings of one first or last character, longest first


class Surfaces:
    """Spellings by their first character, or by their last one for what stands before a place.

    Of those at a place, the long ones are looked up by their first two characters: most places have none.
    """

    __slots__ = ("by_first", "last", "long", "short")

    def __init__(self, units: Iterable[Unit]) -> None:
        units = list(units)
        first: dict[str, dict[str, Unit]] = {}
        last: dict[str, dict[str, Unit]] = {}
        for unit in units:
            first.setdefault(unit.surface[0], {})[unit.surface] = unit
            last.setdefault(unit.surface[-1], {})[unit.surface] = unit
        self.by_first = {char: longest_first(found) for char, found in first.items()}
        self.short = {surface: unit for found in first.values() for surface, unit in found.items() if len(surface) == 1}
        long: dict[str, dict[str, Unit]] = {}
        for found in first.values():
            for surface, unit in found.items():
                if len(surface) > 1:
                    long.setdefault(surface[:2], {})[surface] = unit
        self.long = {pair: by_length(found) for pair, found in long.items()}
        self.last = {char: by_length(found) for char, found in last.items()}

    def at(self, text: str, position: int) -> Unit | None:
        """The longest spelling that begins at ``position`` and is a word of its own there."""
        for length, units in self.long.get(text[position : position + 2], ()):
            unit = units.get(text[position : position + length])
            if unit is not None and (unit.free or stands_alone(unit, text, position + length)):
                return unit
        unit = self.short.get(text[position : position + 1])
        return unit if unit is None or unit.free or stands_alone(unit, text, position + 1) else None

    def spelled(self, text: str, position: int) -> Unit | None:
        """The longest spelling that begins at ``position``, whatever stands behind it."""
        found = self.by_first.get(text[position : position + 1], ())
        return next((unit for unit in found if text.startswith(unit.surface, position)), None)

    def inside(self, text: str, position: int, opening: str) -> Unit | None:
        """The spelling whose first character, ``opening``, stands further before: 月 in 两个半月."""
        for unit in self.by_first.get(opening, ()):
            if len(unit.surface) > 1 and text.startswith(unit.surface[1:], position):
                return unit
        return None

    def before(self, text: str, position: int) -> Unit | None:
        """The longest spelling that ends at ``position`` and is a word of its own there."""
        if position <= 0:
            return None
        for length, units in self.last.get(text[position - 1], ()):
            start = position - length
            if start >= 0 and (unit := units.get(text[start:position])) and not inside_word(text, start):
                return unit
        return None


def stands_alone(unit: Unit, text: str, end: int) -> bool:
    """False where what stands behind a unit makes it a part of another word."""
    return not ((unit.unless and text.startswith(unit.unless, end)) or (unit.latin and inside_word(text, end)))


def by_length(found: dict[str, Unit]) -> Lengths:
    lengths = sorted({len(surface) for surface in found}, reverse=True)
    return tuple((n, {surface: unit for surface, unit in found.items() if len(surface) == n}) for n in lengths)


def longest_first(found: dict[str, Unit]) -> tuple[Unit, ...]:
    return tuple(sorted(found.values(), key=lambda unit: -len(unit.surface)))


def inside_word(text: str, position: int) -> bool:
    """True where a Latin word goes on across ``position``."""
    if position <= 0 or position >= len(text):
        return False
    left, right = text[position - 1], text[position]
    return left.isascii() and right.isascii() and left.isalpha() and right.isalpha()


@cached
def currencies() -> Surfaces:
    """All names, codes and symbols of money."""
    rows = lexicon_rows("currencies/*")
    return Surfaces(
        Unit(
            row["surface"],
            "money",
            row["code"],
            "amount",
            row["kind"],
            Decimal(row["factor"] or 1),
            row.items("unless"),
        )
        for row in rows
        if row["kind"] != "drop"
    )


@cached
def percents() -> dict[str, Any]:
    return lexicon_table("percent")


@cached
def cue_table() -> dict[str, Any]:
    return lexicon_table("amounts")


@cached
def suffixes() -> Surfaces:
    """Whatever may stand behind a number: money, percent signs and units."""
    units = [percent_unit(surface) for surface in percents()["signs"]]
    units += [
        Unit(surface, "quantity", row["unit"], row["label"], "", ONE, row.items("unless"))
        for row in lexicon_rows("units")
        for surface in row.items("surfaces")
    ]
    money = [unit for found in currencies().by_first.values() for unit in found]
    shared = {unit.surface for unit in units} & {unit.surface for unit in money}
    units = [unit for unit in units if unit.surface not in shared]  # 块: money decides, see money.py
    return Surfaces(units + money)


def percent_unit(surface: str) -> Unit:
    """A sign of ``percent.toml`` as a unit."""
    sign = percents()["signs"][surface]
    unless = tuple(sign.get("unless", ()))
    return Unit(surface, "percent", sign["unit"], sign["label"], "", Decimal(sign["factor"]), unless)


@cached
def counters() -> Surfaces:
    """The units of things alone: for 块 as a count, and for prices per something."""
    return Surfaces(
        Unit(surface, "quantity", row["unit"], row["label"], "", ONE, row.items("unless"))
        for row in lexicon_rows("units")
        for surface in row.items("surfaces")
    )


@cached
def words(path: str) -> tuple[str, ...]:
    """A list of ``amounts.toml`` by ``table.key``, longest first."""
    table, key = path.split(".")
    return tuple(sorted(cue_table()[table][key], key=len, reverse=True))


@cached
def lists() -> dict[str, tuple[str, ...]]:
    """Every list of ``amounts.toml`` as ``words`` gives it, by its path: for rules that ask often."""
    table = cue_table()
    return {
        f"{name}.{key}": words(f"{name}.{key}")
        for name, entries in table.items()
        for key, listed in entries.items()
        if isinstance(listed, list)
    }


@cached
def by_edge(path: str, last: bool) -> dict[str, tuple[str, ...]]:
    """The words of a list by their last or first character, longest first: few of them are worth a look."""
    index: dict[str, list[str]] = {}
    for word in words(path):
        index.setdefault(word[-1 if last else 0], []).append(word)
    return {char: tuple(found) for char, found in index.items()}


@cached
def holding(*paths: str) -> re.Pattern[str]:
    """The words of some lists as a pattern: the longest at a place."""
    return re.compile(trie(word for path in paths for word in words(path)))


@cached
def holding_back(*paths: str) -> re.Pattern[str]:
    """The words of some lists, read backwards: in a text read so, the first of them is the last of the text."""
    return re.compile(trie(word[::-1] for path in paths for word in words(path)))


@cached
def edges(path: str, last: bool = False) -> frozenset[str]:
    """The first (or last) characters of a list of ``amounts.toml``: what stands elsewhere is none of its words."""
    return frozenset(word[-1 if last else 0] for word in words(path))


def minus_before(text: str, start: int) -> bool:
    """True where a minus stands before a symbol or 百分之: -$5, but not 3-$5."""
    if not start or text[start - 1] not in cue_table()["marks"]["minus"]:
        return False
    return start == 1 or not (text[start - 2].isascii() and text[start - 2].isalnum())
