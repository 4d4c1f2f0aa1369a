"""From rows to what the cache keeps: surfaces with their flags, automata, cue words, in plain values."""

from array import array
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from pipeline.language.fold import fold
from pipeline.lexicons import Row, lexicon_rows, lexicon_table
from pipeline.mentions.entities.compounds import compounds
from pipeline.mentions.entities.lookup import automaton, lookup, spans
from pipeline.mentions.entities.rows import Entity, read, ticker_code
from pipeline.mentions.entities.surfaces import variants

# Classes of cues that are lists of ``entity_patterns.toml``.
SUFFIXES = {
    "suffix.company.strong": ("company", "strong"),
    "suffix.company.weak": ("company", "weak"),
    "suffix.institution": ("institution", "strong"),
    "suffix.office": ("institution", "weak"),
    "suffix.branch": ("company", "branches"),
    "suffix.lodging": ("lodging", "suffixes"),
    "suffix.road": ("place", "roads"),
    "suffix.district": ("place", "districts"),
    "suffix.route": ("place", "routes"),
    "suffix.line": ("place", "lines"),
    "suffix.way": ("place", "ways"),
    "suffix.estate": ("estate", "suffixes"),
    "suffix.mall": ("place", "malls"),
    "suffix.event": ("event", "suffixes"),
    "between": ("event", "between"),
}

# What a surface asks of the place where it is found.
GUARDED = 1  # evidence that the name is meant
UPPER = 2  # capital letters
TICKER = 4  # a code: evidence unless it stands in a stock tag
NOTHING = 8  # words that hold a name but are none
SHORT = 16  # one to three Han characters: jieba's words must not run across its edges
EXACT = 64  # the characters as written: 昇腾, which folded is the verb 升腾
SINGLE = 32  # the name is the last character, behind one that takes it: 对华
WORD = 128  # with NOTHING: only where jieba cuts the text so


LONGEST_SURFACE = 255  # characters; a longer one is no name


class Surface(NamedTuple):
    """A way in which entities are written; ``entities`` are indices, the likeliest first."""

    text: str
    flags: int
    entities: tuple[int, ...]


def is_han(text: str) -> bool:
    return all("㐀" <= char <= "鿿" for char in text)


def flags_of(surface: str, ambiguous: bool) -> int:
    flags = GUARDED if ambiguous else 0
    if is_han(surface):
        flags |= SHORT if len(surface) <= 3 else 0
        if len(surface) == 1:
            flags |= GUARDED
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
            if not flags & (GUARDED | TICKER | UPPER | EXACT):
                self.surfaces[at] = old._replace(flags=old.flags & ~(UPPER | TICKER | EXACT))
            return
        if flags & old.flags & GUARDED or first:
            entities = (entity, *old.entities) if first else (*old.entities, entity)
            self.surfaces[at] = Surface(text, flags | (old.flags & GUARDED), entities)
        elif row and text in self.owners and not flags & TICKER:
            self.clashes.append(Clash(text, self.owners[text], row))


def moneys() -> list[str]:
    """Names of money that begin with their country's (菲律宾比索); 元 may begin another word (澳大利亚元首)."""
    names = (row["surface"] for row in lexicon_rows("currencies/*") if row["kind"] == "name")
    return [fold(name) for name in names if len(name) > 2 and not name.endswith("元")]


def build(pairs: Sequence[tuple[Entity, Row]], guards: dict[str, Any], common: Iterable[str] = ()) -> Builder:
    """All surfaces: names and aliases, then words that hold a name but are none, then tickers.

    ``common`` are Latin words that are guarded whatever their row says.
    """
    builder = Builder()
    shipped = pairs[0][1].file.parent if pairs else None
    ruled = {variant for rule in guards.get("surface", ()) for text in rule["names"] for variant in variants(text)}
    ruled.update(word.lower() for word in common)
    blocked = {variant for text in guards.get("blocked", ()) for variant in variants(fold(text))}
    for number, (entity, row) in enumerate(pairs):
        ambiguous = ruled.union(variant for text in entity.ambiguous for variant in variants(fold(text)))
        for text in (entity.name, *entity.aliases):
            if not text:
                continue
            folded = fold(text[:LONGEST_SURFACE])
            exact = EXACT if folded != text and is_han(text) else 0
            for place, variant in enumerate(variants(folded)):
                if variant in blocked:
                    continue
                guarded = variant in ambiguous
                # A variant of ours that another entity has as its own name is no clash.
                source = row if place == 0 else None
                if place and variant in builder.index:
                    continue
                builder.add(variant, flags_of(text, guarded) | exact, number, source, row.file.parent != shipped)
    places = {entity.id: number for number, (entity, _) in enumerate(pairs)}
    for text, owner in guards.get("single", {}).items():
        for before in guards.get("behind", ()) if owner in places else ():
            builder.add(before + text, SINGLE | GUARDED, places[owner], None)
    for text in (*guards.get("nothing", ()), *sorted(blocked), *moneys()):
        builder.add(text.lower(), NOTHING, -1, None)
    plain = set(guards.get("word_like_tickers", ()))
    for number, (entity, row) in enumerate(pairs):
        for ticker in entity.tickers:
            code = ticker_code(ticker)
            if len(code) > 1 and code.lower() not in blocked:  # a single letter is found in stock tags alone
                doubtful = len(code) <= 2 or code in plain
                builder.add(code.lower(), TICKER | UPPER | (GUARDED if doubtful else 0), number, row)
    add_compounds(builder, [entity for entity, _ in pairs], guards)
    return builder


def add_compounds(builder: Builder, entities: Sequence[Entity], guards: dict[str, Any]) -> None:
    """Words that hold a name of Han characters that nothing else guards."""
    plain = [one for one in builder.surfaces if not one.flags & ~(SHORT | EXACT) and is_han(one.text)]
    machine, lengths = automaton(one.text for one in plain), [len(one.text) for one in plain]
    persons = [entities[one.entities[0]].label == "PERSON" for one in plain]
    found = compounds(
        lambda word: [(start, end, persons[number]) for start, end, number in spans(machine, lengths, word)],
        builder.index,
        frozenset((*guards["bound"], *guards["behind"])),
        frozenset(guards["heads"]),
    )
    for word in list(found):
        builder.add(word, NOTHING | WORD, -1, None)


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


COUNTRIES = "places_countries"  # the file whose rows are the countries of ISO 3166


def compiled(user: str = "") -> dict[str, Any]:
    """What the cache keeps: plain values and the automata."""
    pairs = read(lexicon_rows("entities/*", user))
    guards = lexicon_table("entity_guards", user)
    patterns = lexicon_table("entity_patterns", user)
    latin = patterns["latin"]
    builder = build(pairs, guards, [*latin["common"], *latin["tails"], *guards["word_like_tickers"]])
    cues = cue_words(guards, patterns)
    surfaces = builder.surfaces
    codes = tickers(entity for entity, _ in pairs)
    return {
        "ids": "\n".join(entity.id for entity, _ in pairs),
        "lines": "\n".join(line_of(entity) for entity, _ in pairs),
        "lookup": tuple(lookup([surface.text for surface in surfaces])),
        "flags": bytes(surface.flags for surface in surfaces),
        "firsts": array("i", [surface.entities[0] if surface.entities else -1 for surface in surfaces]),
        "shared": {number: one.entities for number, one in enumerate(surfaces) if len(one.entities) > 1},
        "countries": {
            one.country: one.id for one, row in reversed(pairs) if row.file.stem == COUNTRIES and one.country
        },
        "codes": "\n".join(codes),
        "coded": array("i", codes.values()),
        "branded": branded([entity for entity, _ in pairs]),
        "guards": guards,
        "patterns": patterns,
        "cue_lengths": bytes(map(len, cues)),
        "cue_classes": [tuple(names) for names in cues.values()],
        "cues": automaton(cues),
    }


def line_of(entity: Entity) -> str:
    """An entity as one line, made an entity again only when it is asked for."""
    cells = ("|".join(cell) if isinstance(cell, tuple) else cell for cell in entity)
    return "\t".join(" ".join(cell.split()) for cell in cells)


def entity_of(line: str) -> Entity:
    cells: list[Any] = line.split("\t")
    for place in PLURAL:
        cells[place] = tuple(filter(None, cells[place].split("|")))
    return Entity(*cells)


PLURAL = tuple(Entity._fields.index(name) for name in ("aliases", "tickers", "ambiguous"))


def tickers(entities: Iterable[Entity]) -> dict[str, int]:
    """Places of entities by ticker, with and without its market, upper case; leading zeros also left out."""
    found: dict[str, int] = {}
    for number, entity in enumerate(entities):
        for ticker in entity.tickers:
            code = ticker.rpartition(".")[0] or ticker
            for key in (ticker.upper(), code.upper(), code.upper().lstrip(".0")):
                found.setdefault(key, number)
    return found


def branded(entities: Sequence[Entity]) -> frozenset[str]:
    """Makers whose products are called by their name: 宝马X1, but H100."""
    names = {entity.id: entity.name for entity in entities}
    return frozenset(
        entity.parent
        for entity in entities
        if entity.label == "PRODUCT" and entity.name.startswith(names.get(entity.parent, "\n"))
    )


def clashes(user: str = "") -> list[Clash]:
    """Surfaces that two entities share without saying so; the first of them wins at run time."""
    return build(read(lexicon_rows("entities/*", user)), lexicon_table("entity_guards", user)).clashes
