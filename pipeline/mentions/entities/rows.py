"""The rows of ``lexicons/entities/*.csv``: what an entity is, and what is wrong with a line."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.lexicons import HOME, Row, cached, lexicon_table
from pipeline.mentions.context import FiscalYear

LABELS = ("ORG", "PERSON", "PRODUCT", "GPE", "LOC", "EVENT", "LAW")
COLUMNS = ("id", "name", "label", "aliases", "ticker", "parent", "country", "fiscal_year_end", "note", "ambiguous")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
RECEIPT = 5  # letters of the ticker of a receipt that is sold over the counter
FISCAL = re.compile(r"(0[1-9]|1[0-2])-(?:(\d\d)|last-(" + "|".join(WEEKDAYS) + "))")


class Entity(NamedTuple):
    """One row of the knowledge base."""

    id: str
    name: str
    label: str
    aliases: tuple[str, ...] = ()
    tickers: tuple[str, ...] = ()
    parent: str = ""
    country: str = ""
    fiscal_year_end: str = ""
    note: str = ""
    ambiguous: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


def fiscal_year(cell: str) -> FiscalYear | None:
    """``09-30`` or ``01-last-Sun``; None for anything else."""
    match = FISCAL.fullmatch(cell)
    if not match:
        return None
    month, day, weekday = match.groups()
    return FiscalYear((int(month), int(day or 31)), WEEKDAYS.index(weekday) if weekday else None)


@cached
def currencies() -> dict[str, dict[str, str]]:
    """The currencies of ``exchanges`` and of ``countries``."""
    table = lexicon_table("amounts")
    return {of: table[of] for of in ("exchanges", "countries")}


def currency_of_exchange(ticker: str) -> str:
    """The currency of the exchange that a ticker names (``NVDA.US``); empty where unknown.

    Receipts sold over the counter (``TCEHY.US``) tell nothing of where a company's shares trade.
    """
    code, _, exchange = ticker.partition(".")
    if len(code) == RECEIPT and code.endswith("Y"):
        return ""
    return currencies()["exchanges"].get(exchange, "")


def currency_of_country(country: str) -> str:
    """The money of the countries that have an exchange we know, by their ISO 3166 code."""
    return currencies()["countries"].get(country, "")


def read(rows: Iterable[Row]) -> list[tuple[Entity, Row]]:
    """The rows as entities; a later row of a known id (a user's) adds aliases and replaces what it fills in.

    Raises:
        LexiconError: with file and line.
    """
    found: dict[str, tuple[Entity, Row]] = {}
    for row in rows:
        missing = [column for column in COLUMNS if column not in row.cells]
        if missing:
            raise row.error(f"no column {missing[0]!r}; the header is {','.join(COLUMNS)}")
        known = found.get(row["id"])
        if known and known[1].file.parent == row.file.parent:
            if row.file.is_relative_to(HOME):
                continue  # a defect of ours that the tests name; no reason to stop a run
            if row["name"]:
                raise row.error(f"id {row['id']!r} is taken by {known[1].file}:{known[1].line}")
        entity = checked(row, known[0] if known else None)
        found[entity.id] = (entity, row)
    return list(found.values())


def checked(row: Row, known: Entity | None) -> Entity:
    cells = row.cells
    for column in ("id",) if known else ("id", "name", "label"):
        if not cells[column]:
            raise row.error(f"{column} is empty")
    label = cells["label"] or (known.label if known else "")
    if label not in LABELS:
        raise row.error(f"label {label!r} is none of {' '.join(LABELS)}")
    year = cells["fiscal_year_end"]
    if year and not fiscal_year(year):
        raise row.error(f"fiscal_year_end {year!r} is neither MM-DD nor like 01-last-Sun")
    old = known or Entity("", "", "")
    return Entity(
        row["id"],
        cells["name"] or old.name,
        label,
        tuple(dict.fromkeys(old.aliases + row.items("aliases"))),
        row.items("ticker") or old.tickers,
        cells["parent"] or old.parent,
        cells["country"] or old.country,
        year or old.fiscal_year_end,
        cells["note"] or old.note,
        tuple(dict.fromkeys(old.ambiguous + row.items("ambiguous"))),
    )


def ticker_code(ticker: str) -> str:
    """The letters of an alphabetic ticker (``BABA.US`` → ``BABA``), empty for a numeric one."""
    code = ticker.rpartition(".")[0] or ticker
    return code if code.isascii() and not any(char.isdigit() for char in code) and code.upper() == code else ""
