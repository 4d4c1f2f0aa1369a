"""Roads, districts and named events, known by their last word."""

import re
from functools import cache
from typing import Any, NamedTuple

from pipeline.language.words import tag
from pipeline.mentions.entities.knowledge import KnowledgeBase
from pipeline.mentions.entities.names import Names
from pipeline.mentions.entities.naming import by_cue, is_generic, stem
from pipeline.mentions.entities.scene import Found, Scene, is_han, lower

PLACE, EVENT = "entity.pattern.place", "entity.pattern.event"
LONGEST_GAP = 5  # characters between a place and its event, and one
SHORTEST, LONGEST_OWNER = 2, 4  # characters
LONGEST_TOWN = 4  # characters in front of 镇 or 乡
SURE_ROADS = 2  # characters of a road's suffix that proves itself: 香港西路

ROUTE = re.compile(r"\d{1,4}([gs]?)(?![a-z0-9])")  # backwards
LONGEST_NUMBER = 6  # characters of a road's number, and one
# jieba's parts of speech of words that end no road's name: 知道, 渠道.
WAY_ENDS = ("v", "n", "d", "p", "c", "r", "u", "a")


class PlaceTables(NamedTuple):
    before: tuple[str, ...]
    not_names: frozenset[str]
    gpe: frozenset[str]
    townships: frozenset[str]
    seats: tuple[str, ...]
    buildings: frozenset[str]
    directed: frozenset[str]
    not_after: tuple[str, ...]
    countries: frozenset[str]
    line: frozenset[str]
    stations: tuple[str, ...]


@cache
def tables(kb: KnowledgeBase) -> PlaceTables:
    place: dict[str, Any] = kb.patterns["place"]
    return PlaceTables(
        lower(place["before"]),
        frozenset(place["not_names"]),
        frozenset(place["gpe"]),
        frozenset(place["townships"]),
        tuple(place["seats"]),
        frozenset(place["buildings"]),
        frozenset(place["directed"]),
        tuple(kb.patterns["event"]["not_after"]),
        frozenset(kb.patterns["event"]["countries"]),
        frozenset(place["line_characters"]),
        tuple(place["stations"]),
    )


def places(scene: Scene, known: Names) -> list[Found]:
    makers = {
        "suffix.road": road,
        "suffix.district": district,
        "suffix.route": route,
        "suffix.line": line,
        "suffix.way": way,
        "suffix.mall": mall,
        "suffix.event": event,
        "between": between,
    }
    return by_cue(scene, known, makers)


def owned(scene: Scene, start: int, end: int, known: Names) -> Found | None:
    """海天路, 腾讯大厦: a company's name and what is called by it."""
    owner = known.ends.get(start)
    if owner is None or owner.label != "ORG" or not is_han(scene.low[start - 1]) or start - owner.start > LONGEST_OWNER:
        return None
    return Found(owner.start, end, "LOC", scene.folded[owner.start : end], "", PLACE, 1)


def road(scene: Scene, start: int, end: int, known: Names) -> Found | None:
    """东海路, 香港西路: a proper word and a suffix, behind a word for being somewhere, or with a number."""
    words = tables(scene.kb)
    tokens = scene.tokens(start, end)
    if not tokens or tokens[-1][1] != end or ((one := known.ends.get(end)) and one.label in ("GPE", "LOC")):
        return None  # 东莞|厚街
    if one := owned(scene, start, end, known):
        return one
    left = tokens[0][0]
    if left < start and scene.low[left:end] in words.not_names:
        return None
    if left == start or left == end - SURE_ROADS:  # the suffix is a word of its own: 香港|西路
        part = stem(scene, left, known)
        if part is None or len(part.text) > 6 or part.owner:
            return None
        left = part.start + max((len(word) for word in words.before if part.text.startswith(word)), default=0)
        if left == start - 1 and left + SURE_ROADS < end:  # 条|公路
            return None
        common = part.bounded and left + SHORTEST <= start and scene.low[start:end] in words.directed
        if not (part.proper or part.place or common):  # 鼓楼|西街
            return None
    elif not tag(scene.low[left:end]).startswith(("ns", "nz", "x", "nr")):
        return None
    if not 3 <= end - left <= 8 or is_generic(scene, left, start):
        return None
    numbered = scene.low[end : end + 1].isdigit()
    at_place = (one := known.starts.get(left)) is not None and one.label == "GPE"  # 玉林路
    if not numbered and not at_place and not scene.follows(left, words.before) and end - start < SURE_ROADS:
        return None
    return Found(left, end, "LOC", scene.folded[left:end], "", PLACE, 1)


def route(scene: Scene, start: int, end: int, known: Names) -> Found | None:
    """320国道, G15高速: a road by its number."""
    match = ROUTE.match(scene.low[max(0, start - LONGEST_NUMBER) : start][::-1])
    if match is None or not (match[1] or scene.low[start:end].endswith("道")):
        return None
    return Found(start - match.end(), end, "LOC", scene.folded[start - match.end() : end], "", PLACE, 1)


def line(scene: Scene, start: int, end: int, known: Names) -> Found | None:
    """沈海高速: two to four characters of places, which make no common word."""
    characters, left = tables(scene.kb).line, start
    while start - left < LONGEST_OWNER and left and scene.low[left - 1] in characters:
        left -= 1
    left = max([left, *(begin for begin, right, _ in scene.tokens(left, start)[:1] if begin >= left)])
    text = scene.low[left:start]
    if len(text) < SHORTEST or not tag(text).startswith(("x", "j", "nr", "nz")) or known.over(left, end):
        return None
    if scene.low.startswith(tables(scene.kb).stations, end) or any(
        right > start for _, right, _ in scene.tokens(start - 1, start)
    ):
        return None
    if number := ROUTE.match(scene.low[max(0, left - LONGEST_NUMBER) : left][::-1]):
        left -= number.end() if number[1] else 0  # G15沈海高速
    return Found(left, end, "LOC", scene.folded[left:end], "", PLACE, 1)


def way(scene: Scene, start: int, end: int, known: Names) -> Found | None:
    """观塘|安达臣道: right behind its place, a word that no dictionary has."""
    for size in range(SHORTEST, LONGEST_OWNER + 1):
        place = known.ends.get(start - size)
        if place is None or place.label not in ("GPE", "LOC"):
            continue
        left = place.end
        words = scene.tokens(left, end)
        known_word = any(tag(word).startswith(WAY_ENDS) and len(word) > 1 for _, _, word in words)
        if words[-1:] and words[-1][1] == end and not known_word and tag(scene.low[left:end]).startswith(("x", "n")):
            return Found(left, end, "LOC", scene.folded[left:end], "", PLACE, 1)
    return None


def district(scene: Scene, start: int, end: int, known: Names) -> Found | None:
    """通州区: one word of jieba's gazetteer, or a town right behind its county."""
    words = tables(scene.kb)
    if scene.low[start:end] in words.townships and (one := township(scene, start, end, known)):
        return one
    tokens = scene.tokens(start, end)
    if not tokens or tokens[-1][1] != end:
        return None
    if scene.low[start:end] in words.buildings and (one := owned(scene, start, end, known)):
        return one
    left = tokens[0][0]
    if left == start:
        return None
    text = scene.low[left:end]
    if text in words.not_names or tag(text) != "ns" or not 3 <= len(text) <= 8:
        return None
    label = "GPE" if text.endswith(tuple(words.gpe)) else "LOC"
    return Found(left, end, label, scene.folded[left:end], "", PLACE, 1)


def township(scene: Scene, start: int, end: int, known: Names) -> Found | None:
    """双江县|勐库镇: what is called a town or a township, right behind a county, a district or a city."""
    seats = tables(scene.kb).seats
    for left in range(start - 1, max(start - LONGEST_TOWN, 0) - 1, -1):
        if not is_han(scene.low[left]):
            return None
        seat = known.ends.get(left)
        if seat is not None and seat.label == "GPE" and scene.low[:left].endswith(seats):
            if scene.low[left:end] in tables(scene.kb).not_names or is_generic(scene, left, start):
                return None
            return Found(left, end, "GPE", scene.folded[left:end], "", PLACE, 1)
    return None


def mall(scene: Scene, start: int, end: int, known: Names) -> Found | None:
    """西溪印象城: what is called so in many places, behind the word for where it is."""
    if start and (place := known.ends.get(start)) is not None and place.label in ("GPE", "LOC"):
        return Found(place.start, end, "LOC", scene.folded[place.start : end], "", PLACE, 3)
    tokens = [] if start in known.ends else scene.tokens(max(0, start - 1), end)
    if len(tokens) < 2 or tokens[0][1] != start or not tag(tokens[0][2]).startswith(("ns", "nz", "nr", "x")):
        return None
    left = tokens[0][0]
    if not SHORTEST <= start - left <= LONGEST_OWNER or not all(map(is_han, scene.low[left:start])):
        return None
    return Found(left, end, "LOC", scene.folded[left:end], "", PLACE, 3)


def event(scene: Scene, start: int, end: int, known: Names) -> Found | None:
    """甘肃越野赛: a place, a year at most, and what happened there."""
    place = next((one for one in (known.ends.get(start - gap) for gap in range(LONGEST_GAP)) if one), None)
    if place is None or place.label not in ("GPE", "LOC") or scene.precedes(end, tables(scene.kb).not_after):
        return None
    gap = scene.low[place.end : start]
    if gap and not (all(is_han(char) for char in gap) and not tag(gap).startswith(("u", "v", "p", "c", "d", "t"))):
        return None
    return Found(place.start, end, "EVENT", scene.folded[place.start : end], "", EVENT, 1)


def between(scene: Scene, start: int, end: int, known: Names) -> Found | None:
    """中印对峙: two countries of one character each, and what is between them."""
    pair = scene.low[max(0, start - 2) : start]
    if len(pair) < 2 or not set(pair) <= tables(scene.kb).countries or pair[0] == pair[1]:
        return None
    return Found(start - 2, end, "EVENT", scene.folded[start - 2 : end], "", EVENT, 1)
