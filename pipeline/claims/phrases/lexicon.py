"""The lexicon ``phrases.toml``: the kinds of words, and nouns by what they name."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from pipeline.frozen import frozen
from pipeline.lexicons import cached, lexicon_table

MARKS = frozenset("，,；;：:。！？!?…、—–-~·()（）[]【】《》〈〉“”「」『』\"'’‘/|*#$ \t\n\r>")
KIND_OF_TAG = {
    "d": "adverb",
    "p": "prep",
    "c": "conj",
    "t": "time",
    "r": "pronoun",
    "u": "aux",
    "y": "aux",
    "f": "place",
}


@frozen
class Phrases:
    """The lexicon ``phrases.toml``, ready for lookup."""

    kinds: dict[str, str]
    kind_of: Callable[[str, str], str]
    acts: Callable[[str], bool]  # by one of the endings ``agents``
    embodies: Callable[[str], bool]  # by one of ``bodies``
    documents_by: Callable[[str], bool]  # by one of ``documents``
    agents: tuple[str, ...]
    agent_words: frozenset[str]
    bodies: tuple[str, ...]
    offices: tuple[str, ...]
    lone_offices: tuple[str, ...]
    documents: tuple[str, ...]
    name_tails: frozenset[str]
    and_others: frozenset[str]
    coordinators: frozenset[str]
    close_coordinators: frozenset[str]
    self: frozenset[str]
    hearer: frozenset[str]
    person: frozenset[str]
    singular: frozenset[str]
    body: frozenset[str]
    pointers: tuple[str, ...]
    person_pointers: tuple[str, ...]
    latter: frozenset[str]
    former_of_two: frozenset[str]
    both: frozenset[str]
    links: frozenset[str]
    adverbials: frozenset[str]
    openers: frozenset[str]
    disposals: frozenset[str]
    causes: frozenset[str]
    former: frozenset[str]
    roles: frozenset[str]
    quantifiers: frozenset[str]
    newest: frozenset[str]
    generic: frozenset[str]
    time_openers: frozenset[str]
    afterwards: frozenset[str]
    links_on: tuple[str, ...]
    takers: frozenset[str]
    concerning: frozenset[str]
    particles: frozenset[str]
    enclitics: frozenset[str]


@cached
def phrases() -> Phrases:
    table: dict[str, Any] = lexicon_table("phrases")
    kinds: dict[str, str] = {}
    pronouns = table["pronouns"]
    for kind, words in (
        ("conj", table["connectives"]),
        ("prep", table["prepositions"]),
        ("adverb", table["adverbs"]),
        ("modifier", table["modifiers"]),
        ("noun", [*table["agents"], *table["documents"], *table["name_tails"]]),
        ("pronoun", [word for name in ("self", "hearer", "person", "body", "both") for word in pronouns[name]]),
        ("noun", table["generic"]),
        ("and", table["coordinators"]),
        ("and", table["and_others"]),
        ("de", table["links"]),
    ):
        for word in words:
            kinds[word] = kind
    return Phrases(
        kinds=kinds,
        kind_of=lru_cache(maxsize=65536)(lambda word, tag: word_kind(kinds, word, tag)),
        acts=ending(table["agents"], table["no_agents"]),
        embodies=ending(table["bodies"]),
        documents_by=ending(table["documents"]),
        agents=tuple(table["agents"]),
        agent_words=frozenset(table["agents"]),
        bodies=tuple(table["bodies"]),
        offices=tuple(table["offices"]),
        lone_offices=tuple(table["lone_offices"]),
        documents=tuple(table["documents"]),
        name_tails=frozenset(table["name_tails"]),
        and_others=frozenset(table["and_others"]),
        coordinators=frozenset(table["coordinators"]),
        close_coordinators=frozenset(table["close_coordinators"]),
        self=frozenset(pronouns["self"]),
        hearer=frozenset(pronouns["hearer"]),
        person=frozenset(pronouns["person"]),
        singular=frozenset(pronouns["singular"]),
        body=frozenset(pronouns["body"]),
        pointers=tuple(pronouns["pointers"]),
        person_pointers=tuple(pronouns["person_pointers"]),
        latter=frozenset(pronouns["latter"]),
        former_of_two=frozenset(pronouns["former_of_two"]),
        both=frozenset(pronouns["both"]),
        links=frozenset(table["links"]),
        adverbials=frozenset(table["adverbials"]),
        openers=frozenset(table["openers"]),
        disposals=frozenset(table["disposals"]),
        causes=frozenset(table["causes"]),
        former=frozenset(table["former"]),
        roles=frozenset(table["roles"]),
        quantifiers=frozenset(table["quantifiers"]),
        newest=frozenset(table["newest"]),
        generic=frozenset(table["generic"]),
        time_openers=frozenset(table["time_openers"]),
        afterwards=frozenset(table["afterwards"]),
        links_on=tuple(table["links_on"]),
        concerning=frozenset(table["concerning"]),
        takers=frozenset(table["takers"]),
        particles=frozenset(table["particles"]),
        enclitics=frozenset(table["enclitics"]),
    )


def ending(words: Sequence[str], but: Sequence[str] = ()) -> Callable[[str], bool]:
    """Whether a word ends with one of hundreds and none of ``but``, asked once a word."""
    ends, never = tuple(words), tuple(but)
    return lru_cache(maxsize=65536)(lambda word: word.endswith(ends) and not (never and word.endswith(never)))


def word_kind(kinds: dict[str, str], word: str, tag: str) -> str:
    """The kind of a word: a mark, what the lexicon says, else by its part of speech."""
    if MARKS.issuperset(word):
        return "and" if word == "、" else "mark"
    known = kinds.get(word)
    if known is not None:
        return "noun" if known == "modifier" else known
    if (tag.startswith("v") and tag not in ("vn", "vd")) or tag in ("l", "i"):
        return "verb"
    return KIND_OF_TAG.get(tag[:1], "noun")


def is_agent(word: str) -> bool:
    """True for a noun that acts or speaks, by its ending: 知情人士, 高盛分析师."""
    return phrases().acts(word.removesuffix("们"))


def is_person(word: str) -> bool:
    """True for a noun that speaks and is one or more people: 老板, 网友."""
    return is_agent(word) and not phrases().embodies(word)


def is_document(word: str) -> bool:
    """True for a noun that holds what is known and does not speak: 财报, 研究."""
    return phrases().documents_by(word)
