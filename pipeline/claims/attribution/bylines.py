"""Bylines of news wires: 路透社7月24日讯, 新华社北京7月15日电. They neither speak nor act."""

import re
from bisect import bisect_right

from pipeline.claims.attribution.lexicon import frames
from pipeline.claims.attribution.record import Span
from pipeline.claims.reading import Reading, once
from pipeline.lexicons import cached
from pipeline.lexicons.trie import trie

GAP = 4  # characters between the parts of a byline: a blank, brackets, 记者


@cached
def pattern() -> re.Pattern[str]:
    return re.compile(f"(?:{trie(frames()['byline_ends'])})(?=[ \t，,：:（(]|$)")


@once
def bylines(reading: Reading) -> list[Span]:
    """The bylines of a post in order, from the wire's name to the word that closes it; read once."""
    found = (byline(reading, *match.span()) for match in pattern().finditer(reading.folded))
    return [span for span in found if span is not None]


def byline(reading: Reading, at: int, end: int) -> Span | None:
    start = at
    parts = [m for m in reading.overlapping(max(0, at - 40), at) if m.kind in ("date", "entity") and m.end <= at]
    for mention in reversed(parts):
        if start - mention.end > GAP:
            break
        start = mention.start
        if mention.label == "ORG":
            return start, end
    return None


def byline_before(reading: Reading, at: int) -> Span | None:
    """The last byline that ends at ``at`` or before it."""
    known = bylines(reading)
    index = bisect_right(known, at, key=lambda span: span[1]) - 1 if known else -1
    return known[index] if index >= 0 else None


def in_byline(reading: Reading, at: int) -> bool:
    """True where ``at`` stands inside a byline."""
    known = bylines(reading)
    index = bisect_right(known, at, key=lambda span: span[0]) - 1
    return index >= 0 and at < known[index][1]
