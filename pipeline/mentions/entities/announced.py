"""Companies without a telling suffix that their sentence introduces: 电商甲乙丙今日宣布, 甲乙丙创始人, 由甲乙丙领投,
收购甲乙丙51%股权."""

import re
from functools import cache
from typing import NamedTuple

from pipeline.language.words import tag
from pipeline.mentions.entities.companies import organization
from pipeline.mentions.entities.knowledge import KnowledgeBase
from pipeline.mentions.entities.names import Names
from pipeline.mentions.entities.naming import CLIPPED, ENDING_TAGS, NAME_TAGS, Stem, is_generic, is_name_char
from pipeline.mentions.entities.scene import Found, Scene, is_han, lower

RULE = "entity.pattern.announced"
SHORTEST, LONGEST = 2, 6  # characters
LONGEST_TARGET = 8  # characters of a name between 收购 and 股权
LONGEST_CLAUSE = 22  # characters from 收购 to the end of 51%股权
LONGEST_MONEY = 16  # characters between 获得 and 融资
# jieba's parts of speech of one character that no name holds.
PARTICLES = ("p", "c", "u", "d", "r", "v", "y", "zg")
TWICE = 2  # times that a name of common words stands in a post that says that it is a firm's
OFTEN = 3  # times that a name made of everyday words stands in the post
# Of: a word for what it is in front, a word that no dictionary has, being said often, doing what only companies do.
ENOUGH = 2


class AnnouncedTables(NamedTuple):
    kinds: tuple[str, ...]
    between: tuple[str, ...]
    never: frozenset[str]
    funded: re.Pattern[str]
    investing: tuple[str, ...]
    shares: re.Pattern[str]
    joints: str


@cache
def tables(kb: KnowledgeBase) -> AnnouncedTables:
    table = kb.patterns["announced"]
    verbs, money, portions, shares = (
        "|".join(map(re.escape, table[name])) for name in ("funded", "funding", "portions", "shares")
    )
    return AnnouncedTables(
        lower(table["kinds"]),
        lower(table["between"]),
        frozenset(kb.patterns["function"]),
        re.compile(rf"(?:{verbs})[^,。;!?\n]{{0,{LONGEST_MONEY}}}?(?:{money})"),
        lower(table["investing"]),
        re.compile(rf" ?的?(?:{portions})?(?:\d[\d.]{{0,6}}% ?)?的?(?:{shares})"),
        kb.patterns["name_joints"],
    )


def announced(scene: Scene, known: Names) -> list[Found]:
    """Names in front of what only a company does or has; ``known`` are the names found so far."""
    words = tables(scene.kb)
    ends = dict.fromkeys((name_end(scene, cue.start) for cue in scene.by_class.get("announce", ())), 0)
    for cue in scene.by_class.get("fund", ()):
        if scene.low.startswith(words.investing, cue.start) or words.funded.match(scene.low, cue.start):
            ends[name_end(scene, cue.start)] = 1
    found = [name_before(scene, end, known, ends[end]) for end in sorted(ends)]
    found += [relative(scene, cue.end, known) for cue in scene.by_class.get("kin", ())]
    found += [partner(scene, cue.start, known) for cue in scene.by_class.get("partner", ())]
    found += [target(scene, cue.end, known) for cue in scene.by_class.get("acquire", ())]
    return [one for one in found if one]


def target(scene: Scene, start: int, known: Names) -> Found | None:
    """Whose shares change hands: 收购|甲乙丙|51%股权."""
    end, proper = start, False
    if not tables(scene.kb).shares.search(scene.low, start, start + LONGEST_CLAUSE):
        return None
    for left, right, word in scene.tokens(start, start + LONGEST_TARGET):
        if left < end:
            continue
        kind = tag(word)
        if left != end or not all(map(is_han, word)) or tables(scene.kb).shares.match(scene.low, left):
            break
        if kind.startswith(ENDING_TAGS) and kind != "vn":
            return None
        end, proper = right, proper or (kind == "x" and len(word) > 1) or kind in NAME_TAGS
    text = scene.low[start:end]
    if not proper or not SHORTEST <= len(text) <= LONGEST_TARGET or not tables(scene.kb).shares.match(scene.low, end):
        return None
    if tag(text) != "x" or known.over(start, end) or is_generic(scene, start, end):
        return None
    return organization(scene, Stem(start, end, text, None, None, 1, True, True), end, RULE)


def relative(scene: Scene, start: int, known: Names) -> Found | None:
    """子公司|甲乙丙丁|与…: behind a word for what a firm is to another, one word that no dictionary has."""
    end = start
    for left, right, word in scene.tokens(start, start + LONGEST):
        if left < start or left != end or not all(map(is_han, word)) or stops(word):
            break
        end = right
    return unknown_name(scene, start, end, known)


def partner(scene: Scene, end: int, known: Names) -> Found | None:
    """与|甲乙丙丁|签订协议."""
    start = end
    for left, right, word in reversed(scene.tokens(max(0, end - LONGEST - 1), end)):
        if right != start or not all(map(is_han, word)) or stops(word):
            break
        start = left
    before = scene.low[start - 1 : start]
    return unknown_name(scene, start, end, known) if before and before in tables(scene.kb).joints else None


def stops(word: str) -> bool:
    """True for a word that no name runs over."""
    kind = tag(word)
    if len(word) == 1:
        return kind.startswith(PARTICLES)
    return kind.startswith((*ENDING_TAGS, "a", "i", "l")) and kind not in ("vn", "an")


def unknown_name(scene: Scene, start: int, end: int, known: Names) -> Found | None:
    """A span of three characters or more that no dictionary has, of pieces that are no words or said again."""
    text = scene.low[start:end]
    if not SHORTEST < len(text) <= LONGEST or tag(text) != "x" or known.over(start, end):
        return None
    names = tables(scene.kb)
    words = [word for left, _, word in scene.tokens(start, end) if left >= start]
    proper = any(len(word) == 1 or tag(word) in NAME_TAGS for word in words)
    told = proper or scene.low.count(text) >= TWICE
    if not told or names.never & {text[0], text[-1]} or is_generic(scene, start, end):
        return None
    return organization(scene, Stem(start, end, text, None, None, 1, True, True), end, RULE)


def name_end(scene: Scene, end: int) -> int:
    """The end of the name, words of time and manner left out: 甲乙丙|今日正式|宣布."""
    words = tables(scene.kb).between
    while scene.low.endswith(words, 0, end):
        end -= len(next(word for word in words if scene.low.endswith(word, 0, end)))
    return end


def name_before(scene: Scene, end: int, known: Names, sure: int) -> Found | None:
    """The name that ends at a place; ``sure`` points speak for it already."""
    words = tables(scene.kb)
    start, unknown, introduced, verbal = end, False, False, False
    for left, right, word in reversed(scene.tokens(max(0, end - LONGEST), end)):
        if right != start or not all(map(is_han, word)):
            break
        kind = tag(word)
        plain = kind in ("t", "vn") or (sure and kind in ("v", "d") and len(word) > 1)
        if kind == "x" and word[0] in words.never and len(word) > CLIPPED:  # 由启峰, a word of jieba's making
            left, word = left + 1, word[1:]
        if (kind.startswith(ENDING_TAGS) and not plain) or words.never & {word[0], word[-1]}:
            return None
        verbal = verbal or kind in ("v", "d")
        start, unknown = left, unknown or (kind == "x" and len(word) > 1)
        if introduced := scene.low.endswith(words.kinds, 0, start):
            break
    text = scene.low[start:end]
    closed = introduced or not is_name_char(scene.low[start - 1 : start] or " ")
    if not closed or not SHORTEST <= len(text) <= LONGEST or tag(text) != "x" or known.over(start, end):
        return None
    if verbal and not (introduced or unknown):
        return None
    points = sure + introduced + unknown + (scene.low.count(text) >= OFTEN)
    if points < ENOUGH or is_generic(scene, start, end):
        return None
    return organization(scene, Stem(start, end, text, None, None, 1, True, True), end, RULE)
