"""Housing estates, which are called as one likes: by their last word, by what stands in front of them, and in posts
of property by the place in front and the sale behind."""

import re
from functools import cache
from typing import NamedTuple

from pipeline.language.words import tag
from pipeline.mentions.entities import naming
from pipeline.mentions.entities.knowledge import KnowledgeBase
from pipeline.mentions.entities.names import Names
from pipeline.mentions.entities.naming import ENDING_TAGS, NAME_TAGS, PLACES, by_cue, is_generic, is_name_char
from pipeline.mentions.entities.scene import Found, Scene, is_han, lower

RULE = "entity.pattern.estate"
LONGEST = 4  # characters in front of the last word
SHORTEST_BARE, LONGEST_BARE = 2, 5  # characters of a name without a last word
COLONS = ":："
BLOCK = re.compile(r"(?P<phase>[IVX]{0,3})(?: ?第?[0-9A-Z]{1,3})座")
ENOUGH = 3  # words of property that make a post one of it
COMMON = ("n", "a", "b", "i", "l", "s", *ENDING_TAGS)  # jieba's parts of speech of words that make no name


class EstateTables(NamedTuple):
    units: tuple[str, ...]
    labels: tuple[str, ...]
    sales: tuple[str, ...]
    not_names: frozenset[str]
    openers: tuple[str, ...]


@cache
def tables(kb: KnowledgeBase) -> EstateTables:
    table = kb.patterns["estate"]
    return EstateTables(
        lower(table["units"]),
        lower(table["labels"]),
        lower(table["sales"]),
        frozenset(table["not_names"]),
        (*kb.patterns["name_openers"], *kb.patterns["name_copulas"]),
    )


def estates(scene: Scene, known: Names) -> list[Found]:
    """Estates; ``known`` are the names found so far."""
    found = by_cue(scene, known, {"suffix.estate": estate})
    if len(scene.by_class.get("property", ())) >= ENOUGH:
        found += [one for place in known if place.label in PLACES and (one := bare(scene, place.end, known))]
        found += [one for match in BLOCK.finditer(scene.folded) if (one := before_block(scene, match, known))]
    return found


def estate(scene: Scene, start: int, end: int, known: Names) -> Found | None:
    """沙田锦安苑, 小区名:锦安苑, 锦安苑低层: a name, its last word, and what touches it."""
    words = tables(scene.kb)
    for size in range(1, LONGEST + 1):
        left = start - size
        if left < 0 or not is_han(scene.low[left]):
            return None
        place = known.ends.get(left)
        labelled = scene.low.endswith(words.labels, 0, behind_colon(scene, left))
        front = labelled or (place is not None and place.label in PLACES)
        if front or not is_name_char(scene.low[left - 1 : left] or " "):
            sure = labelled or (is_proper(scene, left, start) and (front or sold(scene, end)))
            named = sure and is_named(scene, left, end) and not is_generic(scene, left, start)
            return found(scene, left, end, known) if named else None
    return None


def behind_colon(scene: Scene, start: int) -> int:
    """The end of the label in front of a place, without its colon."""
    at = scene.before(start)
    return at - 1 if at and scene.low[at - 1] in COLONS else at


def bare(scene: Scene, start: int, known: Names) -> Found | None:
    """大埔|锦峰|招标发售: between a place and its sale a word that no dictionary has."""
    if not is_han(scene.low[start : start + 1] or " "):  # 锦安苑|A座
        return None
    for end in range(start + SHORTEST_BARE, start + LONGEST_BARE + 1):
        if not is_han(scene.low[end - 1 : end] or " "):
            return None
        if scene.low.startswith(tables(scene.kb).sales, end):
            text = scene.low[start:end]
            if not is_named(scene, start, end) or not is_proper(scene, start, end) or tag(text).startswith("nr"):
                return None
            return found(scene, start, end, known)
    return None


def before_block(scene: Scene, match: re.Match[str], known: Names) -> Found | None:
    """锦峰居|10座, 锦晖II|第3A座: a word that no dictionary has in front of a block, in a post of property."""
    start = left = match.start()
    for begin, right, word in reversed(scene.tokens(max(0, start - LONGEST_BARE), start)):
        if right != left or not all(map(is_han, word)) or tag(word).startswith(ENDING_TAGS):
            break
        left = max([begin, *(at for at in range(begin + 1, right) if at in known.ends)])
        if left > begin or left in known.ends:
            break
    text, words = scene.low[left:start], tables(scene.kb)
    left += max((len(word) for word in (*words.labels, *words.openers) if text.startswith(word)), default=0)
    if start - left < SHORTEST_BARE or not is_named(scene, left, start) or not is_proper(scene, left, start):
        return None
    return found(scene, left, match.end("phase"), known)


def found(scene: Scene, start: int, end: int, known: Names) -> Found | None:
    if any(one.label not in PLACES for one in known.over(start, end)):
        return None
    return Found(start, end, "LOC", scene.folded[start:end], "", RULE, 1)


def is_named(scene: Scene, start: int, end: int) -> bool:
    """True for a text that no dictionary has as a common word."""
    text = scene.low[start:end]
    pointing = text.startswith(naming.tables(scene.kb).determiners)
    return not pointing and text not in tables(scene.kb).not_names and tag(text).startswith(("x", *NAME_TAGS))


def is_proper(scene: Scene, start: int, end: int) -> bool:
    """True where no common word of a dictionary lies in a span."""
    return not any(
        tag(word).startswith(COMMON) and (len(word) > 1 or tag(word).startswith(("p", "u", "c", "d", "r", "m")))
        for _, _, word in scene.tokens(start, end)
    )


def sold(scene: Scene, end: int) -> bool:
    """True where what is sold of an estate stands behind: 低层, A座, 3期."""
    at = end
    while at < min(end + LONGEST, len(scene.low)) and scene.low[at].isascii() and scene.low[at].isalnum():
        at += 1
    return scene.low.startswith(tables(scene.kb).units, at)
