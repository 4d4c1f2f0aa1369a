"""Companies without a telling suffix that their sentence introduces: 电商甲乙丙今日宣布, 甲乙丙创始人, 由甲乙丙领投."""

import re
from functools import cache
from typing import NamedTuple

from pipeline.language.words import tag
from pipeline.mentions.entities.companies import organization
from pipeline.mentions.entities.knowledge import KnowledgeBase
from pipeline.mentions.entities.names import Names
from pipeline.mentions.entities.naming import ENDING_TAGS, Stem, is_generic, is_name_char
from pipeline.mentions.entities.scene import Found, Scene, is_han, lower

RULE = "entity.pattern.announced"
SHORTEST, LONGEST = 2, 6  # characters
LONGEST_MONEY = 16  # characters between 获得 and 融资
OFTEN = 3  # times that a name made of everyday words stands in the post
# Of: a word for what it is in front, a word that no dictionary has, being said often, doing what only companies do.
ENOUGH = 2


class AnnouncedTables(NamedTuple):
    kinds: tuple[str, ...]
    between: tuple[str, ...]
    never: frozenset[str]
    funded: re.Pattern[str]
    investing: tuple[str, ...]


@cache
def tables(kb: KnowledgeBase) -> AnnouncedTables:
    table = kb.patterns["announced"]
    verbs, money = ("|".join(map(re.escape, table[name])) for name in ("funded", "funding"))
    return AnnouncedTables(
        lower(table["kinds"]),
        lower(table["between"]),
        frozenset(kb.patterns["function"]),
        re.compile(rf"(?:{verbs})[^,。;!?\n]{{0,{LONGEST_MONEY}}}?(?:{money})"),
        lower(table["investing"]),
    )


def announced(scene: Scene, known: Names) -> list[Found]:
    """Names in front of what only a company does or has; ``known`` are the names found so far."""
    words = tables(scene.kb)
    ends = dict.fromkeys((name_end(scene, cue.start) for cue in scene.by_class.get("announce", ())), 0)
    for cue in scene.by_class.get("fund", ()):
        if scene.low.startswith(words.investing, cue.start) or words.funded.match(scene.low, cue.start):
            ends[name_end(scene, cue.start)] = 1
    found = (name_before(scene, end, known, ends[end]) for end in sorted(ends))
    return [one for one in found if one]


def name_end(scene: Scene, end: int) -> int:
    """The end of the name, words of time and manner left out: 甲乙丙|今日正式|宣布."""
    words = tables(scene.kb).between
    while before := next((word for word in words if scene.low.endswith(word, 0, end)), ""):
        end -= len(before)
    return end


def name_before(scene: Scene, end: int, known: Names, sure: int) -> Found | None:
    """The name that ends at a place; ``sure`` points speak for it already."""
    words = tables(scene.kb)
    start, unknown, introduced = end, False, False
    for left, right, word in reversed(scene.tokens(max(0, end - LONGEST), end)):
        if right != start or not all(map(is_han, word)):
            break
        kind = tag(word)
        if (kind.startswith(ENDING_TAGS) and kind not in ("t", "vn")) or words.never & {word[0], word[-1]}:
            return None
        start, unknown = left, unknown or (kind == "x" and len(word) > 1)
        if introduced := scene.low.endswith(words.kinds, 0, start):
            break
    text = scene.low[start:end]
    closed = introduced or not is_name_char(scene.low[start - 1 : start] or " ")
    if not closed or not SHORTEST <= len(text) <= LONGEST or tag(text) != "x" or known.over(start, end):
        return None
    points = sure + introduced + unknown + (scene.low.count(text) >= OFTEN)
    if points < ENOUGH or is_generic(scene, start, end):
        return None
    return organization(scene, Stem(start, end, text, None, None, 1, True, True), end, RULE)
