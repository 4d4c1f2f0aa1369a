"""The lexicons of reported speech, compiled: ``reporting_verbs.csv`` and ``statement_frames.toml``."""

import re
from collections.abc import Collection, Iterator
from typing import Any

from pipeline.frozen import frozen
from pipeline.lexicons import cached, lexicon_rows, lexicon_table
from pipeline.lexicons.trie import trie

LONGEST = 8  # characters of a word that only looks like a reporting verb


@frozen
class Verb:
    """A reporting verb: the certainty it gives, what content it takes and what speakers it needs."""

    word: str
    verb_class: str
    content: str
    speaker: str


@frozen
class Said:
    """A reporting verb where it stands."""

    start: int
    end: int
    verb: Verb
    suffixed: bool


@cached
def frames() -> dict[str, Any]:
    return lexicon_table("statement_frames")


@cached
def verbs() -> dict[str, Verb]:
    rows = lexicon_rows("reporting_verbs")
    return {row["verb"]: Verb(row["verb"], row["class"], row["content"], row["speaker"]) for row in rows}


@cached
def verb_pattern() -> re.Pattern[str]:
    return re.compile(f"(?P<verb>{trie(verbs())})(?P<suffix>{trie(frames()['suffixes'])})?")


@cached
def pseudo_pattern() -> re.Pattern[str]:
    return re.compile(trie(frames()["pseudo"]))


@cached
def longest_pseudo() -> int:
    """Characters of the longest word that only looks like a reporting verb."""
    return max(map(len, frames()["pseudo"]), default=0)


def overlapping(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans of all matches, also of those that begin inside another."""
    found = pattern.search(text, start, end)
    while found is not None:
        yield found.span()
        found = pattern.search(text, found.start() + 1, end)


@cached
def word_set(name: str) -> frozenset[str]:
    return frozenset(frames()[name])


@cached
def word_tuple(name: str) -> tuple[str, ...]:
    """The words of a list for ``str.startswith`` and ``str.endswith``."""
    return tuple(frames()[name])


def said(
    folded: str, start: int, end: int, edges: Collection[int] = (), closes: Collection[int] = ()
) -> Iterator[Said]:
    """The reporting verbs of a stretch of folded text, without the words that only look like one.

    ``edges`` are where mentions begin: a verb ends there (说|明年). ``closes`` are where they end: no word reaches over
    that (梁树标|指).
    """
    for match in verb_pattern().finditer(folded, start, end):
        left, right = match.span("verb")
        stop = match.end()
        edge = next((e for e in range(left + 1, stop) if e in edges), stop) if edges else stop
        if edge < stop and edge < right:
            if folded[left:edge] in verbs():
                yield Said(left, edge, verbs()[folded[left:edge]], False)
            continue
        stop = edge
        around = max(start, left - LONGEST), min(end, stop - 1 + longest_pseudo())
        held = [t for t in overlapping(pseudo_pattern(), folded, *around) if t[0] < stop and t[1] > left]
        if stop > right:
            held = [t for t in held if t[0] <= left or t[1] > stop]  # 发布|声明称
        if left in closes:
            held = [t for t in held if t[0] >= left]
        if held:
            if any(
                a < right and b > left and (b - a > right - left or not (left <= a and b <= right)) for a, b in held
            ):
                continue
            if any(b > stop for _, b in held):
                stop = right
        yield Said(left, stop, verbs()[match["verb"]], stop > right)
