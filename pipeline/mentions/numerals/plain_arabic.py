"""The plainest numerals, which are most: an Arabic number with at most one scale, read by the search itself."""

import re
from decimal import Decimal
from functools import lru_cache

from pipeline.lexicons import cached
from pipeline.mentions.numerals.piece import TEN, plain
from pipeline.mentions.numerals.symbols import SCALE, UNIT, symbols

KEPT = 4096  # values that are kept by how they are written: 2025, 3.5, 100


@cached
def starts() -> re.Pattern[str]:
    """Where a numeral may begin: one character, or a plain Arabic number as a whole, which sets the last group.

    Plain is one with at most a scale (the first group), and nothing behind it that the grammar would have to look
    at. A dot begins a numeral before a digit, 上 before a scale. The pattern begins with one class of characters, so
    that the engine passes over everything else.
    """
    table = symbols()
    scales = "".join(char for char, (kind, _) in table.kinds.items() if kind == SCALE)
    more = "".join(table.kinds) + table.over + table.about + table.half + table.point
    behind = "".join(table.behind_measure)
    spaced = scales + table.over + table.dozens  # 20 多万, 40 几分钟
    letters = "".join({word[0] for word in table.latin})
    first = re.escape("".join(table.kinds) + table.half)
    large = "".join(char for char, (kind, power) in table.kinds.items() if kind in (UNIT, SCALE) and power > 1)
    plain = (
        rf"(?<=[0-9])(?>(?:[0-9]{{0,2}}(?:,[0-9]{{3}}){{1,4}}|[0-9]{{0,14}})(?:\.[0-9]{{1,10}})?([{scales}])?)"
        rf"(?![0-9.,^eE{letters}{re.escape(more)}]|[ ][{spaced}A-Za-z]|{table.measure}[{re.escape(behind)}])()"
    )
    others = rf"(?<![.{table.lower}])|(?<=\.)(?=[0-9])|(?<=[{table.lower}])(?=[{large}])"
    return re.compile(rf"[0-9.{first}{table.lower}](?:{plain}|{others})")


@lru_cache(maxsize=KEPT)
def value_of(written: str) -> Decimal:
    """The value of a plain Arabic number."""
    value = Decimal(written.replace(",", ""))
    return plain(value) if "." in written else value


@lru_cache(maxsize=KEPT)
def scaled(written: str, power: int) -> tuple[Decimal, Decimal]:
    """The value of a plain Arabic number as written, and with a scale behind it."""
    value = Decimal(written.replace(",", ""))
    return value, plain(value * TEN[power])
