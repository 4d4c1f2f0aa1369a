"""Where an unknown name begins that ends in a known suffix, and how sure it is a name."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from pipeline.language.words import tag
from pipeline.mentions.entities.knowledge import KnowledgeBase
from pipeline.mentions.entities.scene import Found, Scene, is_han, is_latin

LONGEST = 14  # characters of a name in front of its suffix
# jieba's parts of speech that no name runs over: verbs, prepositions, particles, adverbs, conjunctions, pronouns …
ENDING_TAGS = ("v", "p", "u", "d", "c", "r", "m", "q", "y", "e", "o", "f", "t", "k")
NAME_TAGS = ("nz", "nt", "nr", "ns")


class NamingTables(NamedTuple):
    generic: frozenset[str]
    middle: frozenset[str]


@cache
def tables(kb: KnowledgeBase) -> NamingTables:
    return NamingTables(frozenset(kb.patterns["generic"]), frozenset(kb.patterns["company"]["middle"]))


class Stem(NamedTuple):
    """What stands in front of a suffix: where it begins, and what speaks for a name.

    ``place`` is the place that it begins with. ``owner`` is the known company that it begins with.
    ``proper`` counts words that no dictionary explains. ``closed``: punctuation or the text's edge is before it.
    """

    start: int
    end: int
    text: str
    place: Found | None
    owner: Found | None
    proper: int
    closed: bool


def is_name_char(char: str) -> bool:
    return is_han(char) or is_latin(char) or char in "·&"


def stem(scene: Scene, end: int, known: Sequence[Found], over: tuple[str, ...] = ()) -> Stem | None:
    """The name in front of a suffix that begins at ``end``; None where nothing fit stands there.

    ``known`` are the names found so far, in order; a name reaches back to a place or a company, never over one.
    ``over`` are words that it may run over whatever their part of speech.
    """
    low = scene.low
    left = end
    while left > max(0, end - LONGEST) and is_name_char(low[left - 1]):
        left -= 1
    if left == end:
        return None
    anchors = [one for one in known if left <= one.start < one.end <= end]
    names = tables(scene.kb)
    start, proper = end, 0
    place = owner = None
    words = [word for word in scene.tokens(left, end) if word[0] < end]
    if not words:
        return None
    while start > left:
        anchor = next((one for one in reversed(anchors) if one.end == start), None)
        if anchor:
            if anchor.label == "GPE":
                place, start = anchor, anchor.start
            elif anchor.label == "ORG":
                owner, start = anchor, anchor.start
            break
        inner = next((one for one in reversed(anchors) if one.start < start < one.end), None)
        word = next((one for one in reversed(words) if one[0] < start), None)
        if inner or word is None:
            break
        begin = max(word[0], left, max((one.end for one in anchors if one.end <= start), default=left))
        text = low[begin:start]
        kind = tag(text)
        if text not in names.middle and text not in over and kind.startswith(ENDING_TAGS):
            break
        if kind == "x" or kind.startswith(NAME_TAGS) or len(text) == 1:
            proper += text not in names.generic
        start = begin
    if start == end:
        return None
    closed = start == 0 or not is_name_char(low[start - 1])
    return Stem(start, end, scene.folded[start:end], place, owner, proper, closed)


def is_generic(scene: Scene, start: int, end: int) -> bool:
    """True where the words are common ones throughout: 大型国有."""
    generic = tables(scene.kb).generic
    if scene.low[start:end] in generic:
        return True
    return all(scene.low[max(left, start) : min(right, end)] in generic for left, right, _ in scene.tokens(start, end))
