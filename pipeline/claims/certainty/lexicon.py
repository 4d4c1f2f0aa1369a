"""The cues of ``certainty.toml``: their words, classes, scopes, and the order of certainties."""

import re
from collections.abc import Sequence
from typing import Any

from pipeline.frozen import frozen
from pipeline.lexicons import cached, lexicon_table
from pipeline.lexicons.trie import trie


@frozen
class Cue:
    """A group of cues of one class; ``claims`` empty for all labels. ``deeds`` asks that the next verb is, or is not,
    one that somebody decides on (将裁员, not 将增长).
    """

    certainty: str
    direction: str
    scope: str
    claims: frozenset[str]
    without: frozenset[str]
    before: tuple[str, ...]
    near: bool
    not_after: tuple[str, ...]
    not_before: tuple[str, ...]
    deeds: bool | None
    apart: bool


@cached
def lexicon() -> dict[str, Any]:
    return lexicon_table("certainty")


@cached
def cues() -> dict[str, list[Cue]]:
    """Each cue word with the groups that it is in."""
    found: dict[str, list[Cue]] = {}
    for group in lexicon()["cue"]:
        cue = Cue(
            group["class"],
            group["direction"],
            group["scope"],
            frozenset(group.get("claims", ())),
            frozenset(group.get("except", ())),
            tuple(group.get("before", ())),
            bool(group.get("near", False)),
            tuple(group.get("not_after", ())),
            tuple(group.get("not_before", ())),
            group.get("deeds"),
            bool(group.get("apart", False)),
        )
        for word in group["words"]:
            found.setdefault(word, []).append(cue)
    return found


@cached
def cue_pattern() -> re.Pattern[str]:
    return re.compile(trie([*cues(), *lexicon()["pseudo"]]))


@cached
def terminator_pattern() -> re.Pattern[str]:
    return re.compile(trie(lexicon()["terminators"]))


@cached
def past_pattern() -> re.Pattern[str]:
    return re.compile(f"(?:而|但|较)?(?:{trie(lexicon()['pasts'])})")


@cached
def continuing() -> tuple[str, ...]:
    return tuple(lexicon()["continuing"])


@cached
def part_words() -> tuple[str, ...]:
    return tuple(lexicon()["parts"])


@cached
def views() -> tuple[str, ...]:
    return tuple(lexicon()["views"])


@cached
def rank() -> dict[str, int]:
    return {name: index for index, name in enumerate(lexicon()["order"])}


def strongest(found: Sequence[str]) -> str:
    return min(found, key=rank().__getitem__, default="asserted")


@cached
def deeds() -> frozenset[str]:
    return frozenset(lexicon()["deeds"])
