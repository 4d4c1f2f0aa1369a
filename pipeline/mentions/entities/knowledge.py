"""The knowledge base: entities of ``lexicons/entities/*.csv``, their surfaces, and the automaton that finds them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from typing import Any, NamedTuple

import ahocorasick

from pipeline.lexicons import HOME, Row, lexicon_rows, lexicon_table
from pipeline.mentions.context import FiscalYear
from pipeline.mentions.entities import store
from pipeline.mentions.entities.surfaces import encoded, variants

LABELS = ("ORG", "PERSON", "PRODUCT", "GPE", "LOC", "EVENT", "LAW")
COLUMNS = ("id", "name", "label", "aliases", "ticker", "parent", "country", "fiscal_year_end", "note", "ambiguous")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
FISCAL = re.compile(r"(0[1-9]|1[0-2])-(?:(\d\d)|last-(" + "|".join(WEEKDAYS) + "))")

# Classes of cues that are lists of ``entity_patterns.toml``.
SUFFIXES = {
    "suffix.company.strong": ("company", "strong"),
    "suffix.company.weak": ("company", "weak"),
    "suffix.institution": ("institution", "strong"),
    "suffix.office": ("institution", "weak"),
    "suffix.lodging": ("lodging", "suffixes"),
    "suffix.road": ("place", "roads"),
    "suffix.district": ("place", "districts"),
    "suffix.event": ("event", "suffixes"),
    "between": ("event", "between"),
}

# What a surface asks of the place where it is found.
GUARDED = 1  # evidence that the name is meant
UPPER = 2  # capital letters
TICKER = 4  # a code: evidence unless it stands in a stock tag
NOTHING = 8  # words that hold a name but are none
SHORT = 16  # one to three Han characters: jieba's words must not run across its edges
SINGLE = 32  # one Han character: only behind a word that takes it


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


class Surface(NamedTuple):
    """A way in which entities are written; ``entities`` are indices, the likeliest first."""

    text: str
    flags: int
    entities: tuple[int, ...]


class Hit(NamedTuple):
    """A surface where it stands."""

    start: int
    end: int
    surface: int


def fiscal_year(cell: str) -> FiscalYear | None:
    """``09-30`` or ``01-last-Sun``; None for anything else."""
    match = FISCAL.fullmatch(cell)
    if not match:
        return None
    month, day, weekday = match.groups()
    return FiscalYear((int(month), int(day or 31)), WEEKDAYS.index(weekday) if weekday else None)


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


def is_han(text: str) -> bool:
    return all("㐀" <= char <= "鿿" for char in text)


def flags_of(surface: str, ambiguous: bool) -> int:
    flags = GUARDED if ambiguous else 0
    if is_han(surface):
        flags |= SHORT if len(surface) <= 3 else 0
        if len(surface) == 1:
            flags |= SINGLE | GUARDED
    elif surface.isascii() and surface.isupper() and len(surface) <= 2:
        flags |= UPPER
    return flags


class Clash(NamedTuple):
    """A surface of two entities that is not declared ambiguous in both."""

    surface: str
    first: Row
    second: Row


class Builder:
    """Collects the surfaces of entities, in order."""

    def __init__(self) -> None:
        self.index: dict[str, int] = {}
        self.surfaces: list[Surface] = []
        self.owners: dict[str, Row] = {}
        self.clashes: list[Clash] = []

    def add(self, text: str, flags: int, entity: int, row: Row | None, first: bool = False) -> None:
        at = self.index.get(text)
        if at is None:
            self.index[text] = len(self.surfaces)
            self.surfaces.append(Surface(text, flags, () if entity < 0 else (entity,)))
            if row:
                self.owners[text] = row
            return
        old = self.surfaces[at]
        if entity in old.entities:
            if not flags & (GUARDED | TICKER | UPPER):
                self.surfaces[at] = old._replace(flags=old.flags & ~(UPPER | TICKER))
            return
        if flags & old.flags & GUARDED or first:
            entities = (entity, *old.entities) if first else (*old.entities, entity)
            self.surfaces[at] = Surface(text, flags | (old.flags & GUARDED), entities)
        elif row and text in self.owners and not flags & TICKER:
            self.clashes.append(Clash(text, self.owners[text], row))


def build(pairs: Sequence[tuple[Entity, Row]], guards: dict[str, Any]) -> Builder:
    """All surfaces: names and aliases, then words that hold a name but are none, then tickers."""
    builder = Builder()
    shipped = pairs[0][1].file.parent if pairs else None
    ruled = {variant for rule in guards.get("surface", ()) for text in rule["names"] for variant in variants(text)}
    for number, (entity, row) in enumerate(pairs):
        ambiguous = ruled.union(variant for text in entity.ambiguous for variant in variants(text))
        for text in (entity.name, *entity.aliases):
            if not text:
                continue
            for place, variant in enumerate(variants(text)):
                guarded = variant in ambiguous
                # A variant of ours that another entity has as its own name is no clash.
                owner = row if place == 0 else None
                if place and variant in builder.index:
                    continue
                builder.add(variant, flags_of(text, guarded), number, owner, row.file.parent != shipped)
    for text in guards.get("nothing", ()):
        builder.add(text.lower(), NOTHING, -1, None)
    plain = set(guards.get("word_like_tickers", ()))
    for number, (entity, row) in enumerate(pairs):
        for ticker in entity.tickers:
            code = ticker_code(ticker)
            if code:
                doubtful = len(code) <= 2 or code in plain
                builder.add(code.lower(), TICKER | UPPER | (GUARDED if doubtful else 0), number, row)
    return builder


def automaton(words: Iterable[str]) -> Any:
    """An automaton whose values are the words' places in the sequence."""
    found = ahocorasick.Automaton(ahocorasick.STORE_INTS)
    for number, word in enumerate(words):
        found.add_word(encoded(word), number)
    if len(found):
        found.make_automaton()
    return found


def spans(machine: Any, lengths: Sequence[int], text: str) -> Iterator[Hit]:
    """Every place of every word, nested ones included; ``text`` is lowered."""
    if not len(machine):
        return
    for last, number in machine.iter(encoded(text)):
        if last & 1:  # a hit that ends inside a character is none
            end = (last + 1) >> 1
            yield Hit(end - lengths[number], end, number)


def cue_words(guards: dict[str, Any], patterns: dict[str, Any]) -> dict[str, list[str]]:
    """Every cue, lower case, with the classes it belongs to."""
    lists = [(name, words) for name, words in patterns["cues"].items()]
    lists += [(name, patterns[table][key]) for name, (table, key) in SUFFIXES.items()]
    lists += [(f"guard.{name}", words) for name, words in guards["cues"].items()]
    for number, rule in enumerate(guards["surface"]):
        lists += [(f"near.{number}", rule.get("near", ())), (f"not_near.{number}", rule.get("not_near", ()))]
    cues: dict[str, list[str]] = {}
    for name, words in lists:
        for word in words:
            cues.setdefault(word.lower(), []).append(name)
    return cues


def compiled(user: str = "") -> dict[str, Any]:
    """What the cache keeps: plain values and the automata."""
    pairs = read(lexicon_rows("entities/*", user))
    guards = lexicon_table("entity_guards", user)
    patterns = lexicon_table("entity_patterns", user)
    builder = build(pairs, guards)
    cues = cue_words(guards, patterns)
    return {
        "entities": [tuple(entity) for entity, _ in pairs],
        "surfaces": [tuple(surface) for surface in builder.surfaces],
        "automaton": automaton(surface.text for surface in builder.surfaces),
        "guards": guards,
        "patterns": patterns,
        "cue_words": list(cues),
        "cue_classes": [tuple(names) for names in cues.values()],
        "cues": automaton(cues),
    }


class KnowledgeBase:
    """The entities, and where their surfaces stand in a text. Made by ``knowledge_base``."""

    def __init__(self, parts: dict[str, Any]) -> None:
        self.rows: list[tuple[Any, ...]] = parts["entities"]
        self.surfaces: list[tuple[str, int, tuple[int, ...]]] = parts["surfaces"]
        self.lengths = [len(surface[0]) for surface in self.surfaces]
        self.machine = parts["automaton"]
        self.guards: dict[str, Any] = parts["guards"]
        self.patterns: dict[str, Any] = parts["patterns"]
        self.cue_machine = parts["cues"]
        self.cue_lengths = [len(word) for word in parts["cue_words"]]
        self.cue_classes: list[tuple[str, ...]] = parts["cue_classes"]

    @cached_property
    def by_id(self) -> dict[str, Entity]:
        return {row[0]: Entity(*row) for row in self.rows}

    @cached_property
    def by_ticker(self) -> dict[str, Entity]:
        """Entities by ticker, with and without its market, upper case; leading zeros also left out."""
        found: dict[str, Entity] = {}
        for entity in self.by_id.values():
            for ticker in entity.tickers:
                code = ticker.rpartition(".")[0] or ticker
                for key in (ticker.upper(), code.upper(), code.upper().lstrip(".0")):
                    found.setdefault(key, entity)
        return found

    @cached_property
    def by_surface(self) -> dict[str, int]:
        return {surface[0]: number for number, surface in enumerate(self.surfaces)}

    def entity(self, entity_id: str) -> Entity | None:
        return self.by_id.get(entity_id)

    def parent(self, entity_id: str) -> Entity | None:
        """The maker of a product, the owner of a company, the employer of a person."""
        entity = self.by_id.get(entity_id)
        return self.by_id.get(entity.parent) if entity else None

    def fiscal_year(self, entity_id: str) -> FiscalYear | None:
        entity = self.by_id.get(entity_id)
        return fiscal_year(entity.fiscal_year_end) if entity else None

    def at(self, number: int) -> Entity:
        return self.by_id[self.rows[number][0]]

    def named(self, surface: str) -> Entity | None:
        """The likeliest entity of a surface, whatever stands around it."""
        number = self.by_surface.get(surface)
        if number is None or not self.surfaces[number][2]:
            return None
        return self.at(self.surfaces[number][2][0])

    def hits(self, text: str) -> Iterator[Hit]:
        return spans(self.machine, self.lengths, text)

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


def clashes(user: str = "") -> list[Clash]:
    """Surfaces that two entities share without saying so; the first of them wins at run time."""
    return build(read(lexicon_rows("entities/*", user)), lexicon_table("entity_guards", user)).clashes
