"""Where an unknown name begins that ends in a known suffix, and how sure it is a name."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from pipeline.language.words import tag
from pipeline.mentions.entities.knowledge import KnowledgeBase
from pipeline.mentions.entities.names import Names
from pipeline.mentions.entities.scene import Found, Scene, is_han, is_latin

LONGEST = 14  # characters of a name in front of its suffix
# jieba's parts of speech that no name runs over: verbs, prepositions, particles, adverbs, conjunctions, pronouns …
ENDING_TAGS = ("v", "p", "u", "d", "c", "r", "m", "q", "y", "e", "o", "f", "t", "k")
NAME_RUN = re.compile("[㐀-鿿\U00020000-\U0003ffffA-Za-z0-9·&]+")  # backwards
CLIPPED = 2  # characters that a word must have more of to be a name without its first
MOST = 20  # places of a name that are asked for what is behind them
NAME_TAGS = ("nz", "nt", "nr", "ns")


# Behind these a name may begin: 由某某集团, 与某某大学.
OPENING_TAGS = ("c", "p", "u", "v", "t")
NUMBERS = ("m", "q")
PLACES = ("GPE", "LOC")

Maker = Callable[[Scene, int, int, Names], Found | None]


def by_cue(scene: Scene, known: Names, makers: Mapping[str, Maker]) -> list[Found]:
    """The names that the makers, by class of cue, find at the cues of a post; ``known`` are those found so far."""
    cues = ((make, cue) for name, make in makers.items() for cue in scene.by_class.get(name, ()))
    found = (make(scene, cue.start, cue.end, known) for make, cue in cues)
    return [one for one in found if one]


class NamingTables(NamedTuple):
    generic: frozenset[str]
    middle: frozenset[str]
    determiners: tuple[str, ...]
    leading: frozenset[str]
    function: frozenset[str]
    counting: frozenset[str]
    kinds: frozenset[str]
    calendar: frozenset[str]
    openers: str


@cache
def tables(kb: KnowledgeBase) -> NamingTables:
    return NamingTables(
        frozenset(kb.patterns["generic"]),
        frozenset(kb.patterns["company"]["middle"]),
        tuple(kb.patterns["determiners"]),
        frozenset(kb.patterns["leading"]),
        frozenset(kb.patterns["function"]),
        frozenset(kb.patterns["counting"]),
        frozenset(kb.patterns["announced"]["kinds"]),
        frozenset(kb.patterns["calendar"]),
        kb.patterns["name_openers"],
    )


class Stem(NamedTuple):
    """What stands in front of a suffix: where it begins, and what speaks for a name.

    ``place`` is the last place of those that it begins with, ``owner`` the known company. ``proper`` counts words
    that no dictionary explains. ``closed``: punctuation or the text's edge is before it. ``bounded``: that, or a word
    behind which a name may begin. ``introduced``: a word for what it is stands before it (电动车企业|…).
    """

    start: int
    end: int
    text: str
    place: Found | None
    owner: Found | None
    proper: int
    closed: bool
    bounded: bool
    introduced: bool = False


def is_name_char(char: str) -> bool:
    return is_han(char) or is_latin(char) or char in "·&"


def may_end(scene: Scene, end: int) -> bool:
    """False where no name ends, whatever its words are: behind a stop or a function word."""
    before = scene.low[end - 1 : end] or " "
    return is_name_char(before) and before not in tables(scene.kb).function


def stem(scene: Scene, end: int, known: Names, over: Sequence[str] = (), loose: bool = False) -> Stem | None:
    """The name in front of a suffix that begins at ``end``; None where nothing fit stands there.

    ``known`` are the names found so far, in order; a name reaches back to a place or a company, never over one.
    ``over`` are words that it may run over whatever their part of speech; ``loose``: over numbers as well.
    """
    low, names = scene.low, tables(scene.kb)
    run = NAME_RUN.match(low[max(0, end - LONGEST) : end][::-1])
    left = end - run.end() if run else end
    words = [word for word in scene.tokens(left, end) if word[0] < end] if left < end else []
    anchors: dict[int, Found] = {}
    inner: set[int] = set()
    if within := known.within(left, end):
        # A known name is no anchor where jieba sees a longer unknown word: 迈瑞|特.
        longer = {(left, at) for left, right, word in words if tag(word) == "x" for at in range(left + 1, right)}
        anchors = {one.end: one for one in within if (one.start, one.end) not in longer}
        inner = {at for one in anchors.values() for at in range(one.start + 1, one.end)}
    start, proper, stopped, introduced = end, 0, "", False
    place = owner = None
    while start > left and start not in inner:
        anchor = anchors.get(start)
        if anchor:
            if anchor.label == "ORG":
                owner, start = anchor, anchor.start
            while (before := anchors.get(start)) and before.label in PLACES:  # 广东省深圳市…
                place, start = place or before, before.start
            break
        word = next((one for one in reversed(words) if one[0] < start), None)
        if word is None:
            break
        begin = max(word[0], left, max((at for at in anchors if at < start), default=left) if anchors else left)
        text = low[begin:start]
        kind = tag(text)
        if start < end and text in names.kinds and low[start:end] not in names.generic:
            introduced = not is_generic(scene, start, end, names.middle)
            if introduced:
                break
        if text in names.calendar and (kind.startswith(NUMBERS) or len(text) > 1):  # 5月3日|…
            stopped = "t"
            break
        if kind == "x" and names.function & {text[0], text[-1]}:  # 内有, 由启峰: words of jieba's making
            stopped = kind
            if len(text) > CLIPPED and text[-1] not in names.function:
                start, proper, stopped = begin + 1, proper + 1, "p"
            break
        free = text in names.middle or text in over or (loose and kind.startswith(NUMBERS))
        if (not free and kind.startswith(ENDING_TAGS)) or text.startswith(names.determiners):
            stopped = kind
            break
        if kind == "x" and text[0] in names.openers and len(text) > 2 and begin == word[0]:  # 由|高榕资本
            proper, start, stopped = proper + 1, begin + 1, OPENING_TAGS[0]
            break
        if kind == "x" or kind.startswith(NAME_TAGS) or len(text) == 1:
            proper += text not in names.generic
        start = begin
    if low[start] in names.leading and (
        low[start - 1 : start] in names.counting or any(word[:2] == (start, start + 1) for word in words)
    ):
        start += 1  # 开了|家|…
    if start >= end:
        return None
    closed = start == 0 or not is_name_char(low[start - 1])
    bounded = closed or introduced or stopped.startswith(OPENING_TAGS)
    return Stem(start, end, scene.folded[start:end], place, owner, proper, closed, bounded, introduced)


def is_generic(scene: Scene, start: int, end: int, words: frozenset[str] = frozenset()) -> bool:
    """True where the words are common ones throughout: 大型国有."""
    generic = tables(scene.kb).generic | words
    if scene.low[start:end] in generic:
        return True
    return all(scene.low[max(left, start) : min(right, end)] in generic for left, right, _ in scene.tokens(start, end))


def is_generic_text(kb: KnowledgeBase, text: str) -> bool:
    """True for a word that is a common one: 科技."""
    words = tables(kb)
    return text in words.generic or text in words.middle or text in kb.patterns["company"]["weak"]


def occurrences(scene: Scene, text: str) -> list[int]:
    """The ends of the first places of a text."""
    ends: list[int] = []
    at = scene.low.find(text)
    while at >= 0 and len(ends) < MOST:
        ends.append(at + len(text))
        at = scene.low.find(text, at + len(text))
    return ends
