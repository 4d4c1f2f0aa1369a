"""The knowledge base: entities by id, ticker and surface, and where surfaces stand in a text."""

from collections.abc import Iterator
from functools import cache, cached_property
from typing import Any

from pipeline.mentions.context import FiscalYear
from pipeline.mentions.entities import store
from pipeline.mentions.entities.compile import compiled, entity_of
from pipeline.mentions.entities.lookup import Hit, Lookup, spans
from pipeline.mentions.entities.rows import Entity, currency_of_country, currency_of_exchange, fiscal_year


class KnowledgeBase:
    """The entities, and where their surfaces stand in a text. Made by ``knowledge_base``.

    Surfaces and entities are numbers; ``flags`` has the flags of each surface (``compile``).
    """

    def __init__(self, parts: dict[str, Any]) -> None:
        self.ids: dict[str, int] = {one: number for number, one in enumerate(parts["ids"].split("\n"))}
        self.lines: list[str] = parts["lines"].split("\n")
        self.lookup = Lookup(*parts["lookup"])
        self.flags: bytes = parts["flags"]
        self.firsts: Any = parts["firsts"]
        self.shared: dict[int, tuple[int, ...]] = parts["shared"]
        self.countries: dict[str, str] = parts["countries"]
        self.codes: tuple[str, Any] = parts["codes"], parts["coded"]
        self.branded: frozenset[str] = parts["branded"]
        self.guards: dict[str, Any] = parts["guards"]
        self.patterns: dict[str, Any] = parts["patterns"]
        self.cue_machine = parts["cues"]
        self.cue_lengths: bytes = parts["cue_lengths"]
        self.cue_classes: list[tuple[str, ...]] = parts["cue_classes"]
        self.read: dict[int, Entity] = {}

    @property
    def by_id(self) -> dict[str, Entity]:
        """Every entity."""
        return {one: self.at(number) for one, number in self.ids.items()}

    @cached_property
    def surfaces(self) -> dict[str, int]:
        return {text: number for number, text in enumerate(self.lookup.texts.split("\n"))}

    @cached_property
    def tickers(self) -> dict[str, int]:
        codes, numbers = self.codes
        return dict(zip(codes.split("\n"), numbers, strict=True))

    def at(self, number: int) -> Entity:
        entity = self.read.get(number)
        if entity is None:
            entity = self.read[number] = entity_of(self.lines[number])
        return entity

    def entity(self, entity_id: str) -> Entity | None:
        number = self.ids.get(entity_id)
        return None if number is None else self.at(number)

    def parent(self, entity_id: str) -> Entity | None:
        """The maker of a product, the owner of a company, the employer of a person."""
        entity = self.entity(entity_id)
        return self.entity(entity.parent) if entity else None

    def country(self, code: str) -> Entity | None:
        """The country of an ISO 3166 code: ``CN`` is 中国."""
        return self.entity(self.countries.get(code, ""))

    def fiscal_year(self, entity_id: str) -> FiscalYear | None:
        entity = self.entity(entity_id)
        return fiscal_year(entity.fiscal_year_end) if entity else None

    def shares_in(self, entity_id: str) -> str:
        """The currency in which a company's shares trade; empty for none and for several."""
        found = self.currencies(entity_id)
        return found.pop() if len(found) == 1 else ""

    def reports_in(self, entity_id: str) -> str:
        """The currency of a company whose shares trade at home; empty where they trade abroad alone."""
        entity = self.entity(entity_id)
        home = currency_of_country(entity.country) if entity else ""
        return home if home in self.currencies(entity_id) else ""

    def currencies(self, entity_id: str) -> set[str]:
        """The currencies in which a company's shares trade."""
        entity = self.entity(entity_id)
        return {currency_of_exchange(ticker) for ticker in entity.tickers} - {""} if entity else set()

    def owners(self, surface: int) -> tuple[int, ...]:
        """The entities of a surface, the likeliest first; none for words that only hold a name."""
        first = self.firsts[surface]
        return self.shared.get(surface) or ((first,) if first >= 0 else ())

    def named(self, surface: str) -> Entity | None:
        """The likeliest entity of a surface (lowered), whatever stands around it."""
        number = self.surfaces.get(surface)
        owners = () if number is None else self.owners(number)
        return self.at(owners[0]) if owners else None

    def by_ticker(self, code: str) -> Entity | None:
        number = self.tickers.get(code.upper())
        return None if number is None else self.at(number)

    def hits(self, text: str) -> Iterator[Hit]:
        return self.lookup.hits(text)

    def cue_hits(self, text: str) -> Iterator[Hit]:
        return spans(self.cue_machine, self.cue_lengths, text)


@cache
def knowledge_base(user: str = "") -> KnowledgeBase:
    """The knowledge base, compiled once and then read from the user's cache folder.

    ``user`` is the folder of the user's own lexicons (``Settings.lexicons``), empty for none.

    Raises:
        LexiconError: a line of a CSV file cannot be used; file and line are given.
    """
    return KnowledgeBase(store.load_or_make(user, lambda: compiled(user)))
