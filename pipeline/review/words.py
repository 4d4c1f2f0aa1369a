"""The words of the page in Chinese and English, from ``words.toml``."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.table.check import plain

LANGUAGES = ("zh", "en")


class Words:
    """One language: ``words("accept")``, ``words.value("money")``, ``words.column("unit")``."""

    def __init__(self, name: str, table: Mapping[str, Any]) -> None:
        self.name, self.table = name, table
        self.scales = [(Decimal(size), word) for size, word in table["scales"].items()]

    def __call__(self, key: str, **values: object) -> str:
        text: str = self.table[key]
        return text.format(**values) if values else text

    def column(self, name: str) -> str:
        return str(self.table["columns"].get(name, name))

    def value(self, cell: str) -> str:
        """What a cell with a closed set of values means; others as they are."""
        return str(self.table["values"].get(cell, cell))

    def show(self, name: str) -> str:
        return str(self.table["shows"][name])

    def keys(self) -> Mapping[str, str]:
        found: Mapping[str, str] = self.table["keys"]
        return found

    def number(self, cell: str) -> str:
        """A decimal as it is said: 350.8亿, 35.08 billion; small or uneven ones with their digits grouped."""
        value = Decimal(cell)
        for size, word in self.scales:
            scaled = value / size
            if scaled >= 1 and (exponent(scaled)) >= -4:
                return f"{grouped(plain(scaled))}{word}"
        return grouped(cell)


def exponent(value: Decimal) -> int:
    found = value.normalize().as_tuple().exponent
    return found if isinstance(found, int) else 0


def grouped(cell: str) -> str:
    """Digits in groups of three."""
    whole, dot, rest = cell.partition(".")
    return f"{int(whole or 0):,}{dot}{rest}"


@cache
def words_of(language: str) -> Words:
    """The words of a language; Chinese for one that is not there."""
    tables = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
    name = language if language in LANGUAGES else LANGUAGES[0]
    return Words(name, tables[name])
