"""``coreference.toml``: words that stand for names, by class, and what their surroundings say."""

import re
from typing import Any, NamedTuple

from pipeline.lexicons import cached, lexicon_table
from pipeline.lexicons.trie import trie
from pipeline.records import Mention


class Kind(NamedTuple):
    """A ``[[class]]`` of ``coreference.toml``."""

    name: str
    labels: tuple[str, ...]
    reach: int
    needed: int
    position: str
    subject: bool
    nearest: bool
    makers: bool
    alone: bool
    speaker: bool
    endings: tuple[str, ...]
    holding: re.Pattern[str]
    not_before: tuple[str, ...]
    not_after: tuple[str, ...]
    only: dict[str, tuple[str, ...]]

    def fits(self, one: Mention) -> bool:
        """True for a name with one of the class's own endings or parts."""
        return one.name.endswith(self.endings) or self.holding.search(one.name) is not None


class Tables(NamedTuple):
    words: re.Pattern[str]
    kinds: dict[str, Kind]
    possessed: dict[str, tuple[str, ...]]
    openers: tuple[str, ...]
    oblique: tuple[str, ...]
    byline_before: tuple[str, ...]
    byline_after: tuple[str, ...]
    saying: tuple[str, ...]
    joints: frozenset[str]
    marks: str
    full_names: tuple[str, ...]
    indefinite: re.Pattern[str]
    copulas: tuple[str, ...]


@cached
def tables() -> Tables:
    table: dict[str, Any] = lexicon_table("coreference")
    kinds: dict[str, Kind] = {}
    for entry in table["class"]:
        kind = Kind(
            name=entry["name"],
            labels=tuple(entry["labels"]),
            reach=entry.get("reach", table["reach"]),
            needed=entry.get("count", 1),
            position=entry.get("position", ""),
            nearest=entry.get("nearest", False),
            subject=entry.get("subject", False),
            makers=entry.get("makers", False),
            alone=entry.get("alone", False),
            speaker=entry.get("speaker", False),
            endings=tuple(entry.get("endings", ())),
            holding=re.compile(trie(entry.get("holding", ()))),
            not_before=tuple(entry.get("not_before", ())),
            not_after=tuple(entry.get("not_after", ())),
            only={word: tuple(labels) for word, labels in entry.get("only", {}).items()},
        )
        pointed = (left + right for left in entry.get("pointers", ()) for right in entry.get("pointed", ()))
        for word in (*entry.get("words", ()), *pointed):
            kinds.setdefault(word, kind)
    context = table["context"]
    return Tables(
        words=re.compile(trie(kinds)),
        kinds=kinds,
        possessed={label: tuple(words) for label, words in table["possessed"].items()},
        openers=tuple(context["openers"]),
        oblique=tuple(context["oblique"]),
        byline_before=tuple(context["byline_before"]),
        byline_after=tuple(context["byline_after"]),
        saying=tuple(context["saying"]),
        joints=frozenset(context["joints"]),
        marks=context["clause_marks"],
        full_names=tuple(context["full_names"]),
        indefinite=re.compile("|".join(map(re.escape, context["indefinite"]))),
        copulas=tuple(context["copulas"]),
    )
