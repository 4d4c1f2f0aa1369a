"""The lexicon of events, ``events.toml``, compiled."""

import re
from collections.abc import Iterator
from typing import Any

from pipeline.claims.attribution.lexicon import verbs as reporting_verbs
from pipeline.errors import LexiconError
from pipeline.frozen import frozen
from pipeline.lexicons import cached, lexicon_table
from pipeline.lexicons.trie import trie


@frozen
class EventType:
    """A predicate of the contract's list: its triggers, and what its agent and object may be."""

    name: str
    verbs: frozenset[str]
    nouns: frozenset[str]
    resumes: frozenset[str]
    takes_up: frozenset[str]
    expels: frozenset[str]
    lures: frozenset[str]
    arrivals: frozenset[str]
    needs: dict[str, str]
    toward: frozenset[str]
    behind: frozenset[str]
    subjects: frozenset[str]
    objects: frozenset[str]
    object: str
    agents: bool
    things: bool
    dropped: bool
    mutual: frozenset[str]
    plans: frozenset[str]
    object_heads: tuple[str, ...]
    givers: tuple[str, ...]
    maker: bool
    possessor: bool
    places: bool
    takes_goods: bool
    listing: bool
    nouns_as_objects: bool
    funds: bool
    employer: bool
    firm_first: bool
    spoilers: frozenset[str]
    lone: bool
    intransitive: frozenset[str]
    sales: frozenset[str]
    sells: frozenset[str]
    agent_heads: tuple[str, ...]
    not_objects: tuple[str, ...]
    authority: bool
    office_drops: bool
    unheard: bool
    private: bool
    proceeds: frozenset[str]


@frozen
class Trigger:
    """A trigger word of a type where it stands."""

    type: EventType
    start: int
    end: int
    word: str


@cached
def table() -> dict[str, Any]:
    return lexicon_table("events")


@cached
def words(name: str) -> frozenset[str]:
    return frozenset(table()[name])


@cached
def near(name: str) -> tuple[str, ...]:
    return tuple(table()["near"][name])


@cached
def plain_needs() -> frozenset[str]:
    """Needs of which one of their words, and nothing else, must stand near a trigger."""
    free = {"disposed", *(name for name, found in table()["near"].items() if any(w.startswith("$") for w in found))}
    return frozenset(table()["near"]) - free


@cached
def word_tuple(name: str) -> tuple[str, ...]:
    """The words of a list for ``str.startswith`` and ``str.endswith``."""
    return tuple(table()[name])


@cached
def types() -> dict[str, EventType]:
    return {name: event_type(name, entry) for name, entry in table()["event"].items()}


def event_type(name: str, entry: dict[str, Any]) -> EventType:
    if entry["object"] not in ("required", "optional", "none", "person"):
        raise LexiconError(f"events.toml: event.{name}: object = {entry['object']!r} is not known")

    def some(key: str) -> frozenset[str]:
        return frozenset(entry.get(key, ()))

    def flag(key: str) -> bool:
        return bool(entry.get(key, False))

    return EventType(
        name=name,
        verbs=some("verbs"),
        nouns=some("nouns"),
        resumes=some("resumes"),
        takes_up=some("takes_up"),
        expels=some("expels"),
        lures=some("lures"),
        arrivals=some("arrivals"),
        needs=entry.get("needs", {}),
        toward=some("toward"),
        behind=some("behind"),
        subjects=some("subjects"),
        objects=some("objects"),
        mutual=some("mutual"),
        plans=some("plans"),
        object=entry["object"],
        object_heads=tuple(entry.get("object_heads", ())),
        givers=tuple(entry.get("givers", ())),
        agents=flag("agents"),
        things=flag("things"),
        dropped=flag("dropped"),
        maker=flag("maker"),
        possessor=flag("possessor"),
        places=flag("places"),
        takes_goods=flag("takes_goods"),
        listing=flag("listing"),
        nouns_as_objects=flag("nouns_as_objects"),
        funds=flag("funds"),
        employer=flag("employer"),
        firm_first=flag("firm_first"),
        spoilers=some("spoilers"),
        lone=flag("lone"),
        intransitive=some("intransitive"),
        sales=some("sales"),
        sells=some("sells"),
        not_objects=tuple(entry.get("not_objects", ())),
        agent_heads=tuple(entry.get("agent_heads", ())),
        authority=flag("authority"),
        office_drops=flag("office_drops"),
        unheard=flag("unheard"),
        private=flag("private"),
        proceeds=some("proceeds"),
    )


@cached
def owners() -> dict[str, list[EventType]]:
    """Each trigger word with the types that it may tell."""
    found: dict[str, list[EventType]] = {}
    for kind in types().values():
        for word in (
            kind.verbs
            | kind.nouns
            | kind.takes_up
            | kind.expels
            | kind.lures
            | kind.sales
            | kind.sells
            | frozenset(kind.givers)
        ):
            found.setdefault(word, []).append(kind)
    return found


@cached
def trigger_pattern() -> re.Pattern[str]:
    return re.compile(trie(owners()))


@cached
def pseudo_patterns() -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile(f"(?=({trie(entry['pseudo'])}))")
        for name, entry in table()["event"].items()
        if entry.get("pseudo")
    }


def triggers(folded: str, start: int, end: int) -> Iterator[Trigger]:
    """The triggers of a stretch of folded text, without the words that only hold one's letters."""
    for match in trigger_pattern().finditer(folded, start, end):
        for kind in owners()[match.group()]:
            pattern = pseudo_patterns().get(kind.name)
            around = max(start, match.start() - 8)
            traps = pattern.finditer(folded, around, min(end, match.end() + 6)) if pattern is not None else ()
            if any(t.start(1) < match.end() and t.end(1) > match.start() and longer(t, match) for t in traps):
                continue
            yield Trigger(kind, match.start(), match.end(), match.group())


def longer(trap: re.Match[str], match: re.Match[str]) -> bool:
    return len(trap.group(1)) > len(match.group())


def embeds(word: str) -> bool:
    """True for a verb behind which a clause of its own begins: 表示, 传, 允许."""
    return word in reporting_verbs() or word in words("embedding")
