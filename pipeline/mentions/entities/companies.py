"""Companies, institutions, hotels that are known by their last word."""

import re
from functools import cache
from typing import Any, NamedTuple

from pipeline.language.words import tag
from pipeline.mentions.entities import naming
from pipeline.mentions.entities.knowledge import KnowledgeBase
from pipeline.mentions.entities.names import Names
from pipeline.mentions.entities.naming import PLACES, Stem, by_cue, is_generic, is_name_char, may_end, occurrences, stem
from pipeline.mentions.entities.scene import Found, Scene, is_han, lower

COMPANY, INSTITUTION, LODGING = "entity.pattern.company", "entity.pattern.institution", "entity.pattern.lodging"
BYLINE = "entity.pattern.byline"
LONGEST_REGISTERED = 20  # characters in front of 有限公司
FUNCTION = ("u", "p", "c", "r", "y")  # jieba's parts of speech of words that no name holds
FUNCTION_BEFORE = ("p", "c", "r", "d", "u")  # and of characters in front of a name: 比|存, 除|澜起
LONGEST_STEM = 8
STARS = re.compile(r"\d星")
LONGEST_PLAIN = 3  # characters between a place and a hotel that may be a common word: 上海五星级酒店
LISTED = 4  # characters of a short name that is hardly a part of another company's
ENOUGH = 3  # points that a company with an everyday suffix needs
OFTEN = 2  # times that an introduced name stands in a post which is made of everyday words


class Suffixes(NamedTuple):
    """The words of ``entity_patterns.toml`` that end a name, by how much they prove."""

    strong: tuple[str, ...]
    weak: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    listed: tuple[str, ...]
    kinds: frozenset[str]
    institution: tuple[str, ...]
    many: frozenset[str]
    shares: frozenset[str]
    subsidiary: frozenset[str]
    houses: frozenset[str]
    local: frozenset[str]
    not_local: frozenset[str]
    goes_on: tuple[str, ...]
    lodging_strong: frozenset[str]
    lodging_middle: tuple[str, ...]
    lodging_ends: tuple[str, ...]
    no_lodging: frozenset[str]
    arms: tuple[str, ...]
    between: tuple[str, ...]


@cache
def tables(kb: KnowledgeBase) -> Suffixes:
    table: dict[str, Any] = kb.patterns
    company, institution, lodging = table["company"], table["institution"], table["lodging"]
    return Suffixes(
        lower(company["strong"]),
        lower(company["weak"]),
        lower(company["before"]),
        lower(company["after"]),
        lower(company["listed"]),
        frozenset(company["kinds"]),
        lower(institution["strong"]),
        frozenset(institution["many"]),
        frozenset(company["shares"]),
        frozenset(company["subsidiary"]),
        frozenset(company["houses"]),
        frozenset(company["local"]),
        frozenset(company["not_local"]),
        tuple(company["goes_on"]),
        frozenset(lodging["strong"]),
        lower(lodging["middle"]),
        tuple(word for word in lodging["not_names"] if word not in lodging["middle"]),
        frozenset((*lodging["not_names"], *lodging["middle"])),
        lower(company["arms"]),
        lower(table["announced"]["between"]),
    )


def suffixed(scene: Scene, known: Names) -> list[Found]:
    """Names found by their suffix; ``known`` are those found so far, in order."""
    makers = {
        "suffix.company.strong": strong_company,
        "suffix.company.weak": weak_company,
        "suffix.institution": institution,
        "suffix.lodging": lodging,
        "byline": byline,
    }
    return by_cue(scene, known, makers)


def strong_company(scene: Scene, start: int, end: int, known: Names) -> Found | None:
    """…有限公司. A known company with nothing but its line of business behind it stays that company."""
    middle = naming.tables(scene.kb).middle
    one = known.at(start)
    if one and one.label == "ORG" and one.start < start:  # 伟星股份|有限公司, or a registered name that is known
        return one._replace(end=end, rule=COMPANY, rank=1) if one.end < end else None
    bracket = bracketed_place(scene, start, known)
    part = stem(scene, bracket or start, known, loose=True)
    if bracket:
        start = bracket
    whole = None if bracket else behind_place(scene, start, known)
    if whole is not None and (part is None or whole < part.start):
        return Found(whole, end, "ORG", scene.folded[whole:end], "", COMPANY, 1)
    if part is None or len(part.text) < 2 or is_generic(scene, part.start, part.end, middle):
        return None
    owner = part.owner
    if owner and (
        owner.end == start
        or is_generic(scene, owner.end, start, middle)
        or is_listed(scene, owner, scene.low[start:end])
    ):
        return Found(part.start, end, "ORG", owner.name, owner.entity_id, COMPANY, 1)
    return organization(scene, part, end, COMPANY)


def is_listed(scene: Scene, one: Found, suffix: str) -> bool:
    """True for the whole short name of a listed company in front of what companies with shares are called:
    国投中鲁|果汁|股份有限公司. A firm that has three characters of another's name may be its daughter."""
    entity = scene.kb.entity(one.entity_id)
    return (
        entity is not None
        and bool(entity.tickers)
        and suffix in tables(scene.kb).shares
        and one.end - one.start >= LISTED
        and scene.low[one.start : one.end] == entity.name
    )


def bracketed_place(scene: Scene, end: int, known: Names) -> int:
    """Where a place in brackets begins that stands in a registered name: 甲乙(中国)投资|有限公司; 0 for none."""
    right = scene.low.rfind(")", max(0, end - LONGEST_STEM), end)
    left = scene.low.rfind("(", max(0, right - LONGEST_STEM), right) if right > 0 else -1
    if left <= 0 or not (right + 1 == end or is_generic(scene, right + 1, end, naming.tables(scene.kb).middle)):
        return 0
    place = known.starts.get(left + 1)
    return left if place and place.label == "GPE" and place.end == right else 0


def behind_place(scene: Scene, end: int, known: Names) -> int | None:
    """Where a registered name begins that begins with its place, whatever words its own part looks like: 苏州迈瑞特…"""
    for one in known.within(end - LONGEST_REGISTERED, end):
        between = scene.tokens(one.end, end) if one.label == "GPE" else []
        if (
            between
            and all(is_name_char(char) for char in scene.low[one.end : end])
            and not any(
                (kind := tag(word)).startswith(FUNCTION) or (kind.startswith("v") and len(word) > 1 and left >= one.end)
                for left, _, word in between[:-1]
            )
        ):
            return one.start
    return None


def organization(scene: Scene, part: Stem, end: int, rule: str) -> Found:
    return Found(part.start, end, "ORG", scene.folded[part.start : end].strip(), "", rule, 1)


def weak_company(scene: Scene, start: int, end: int, known: Names) -> Found | None:
    """A suffix that is an everyday word: a name where its parts and what touches it say so."""
    words = tables(scene.kb)
    if not may_end(scene, start) or any(
        left < start < right or left < end < right for left, right, _ in scene.tokens(start, end)
    ):
        return None
    part = stem(scene, start, known)
    if part is None or not 2 <= len(part.text) <= LONGEST_STEM:
        return None
    if part.owner and part.owner.end == part.end:  # 腾讯科技 may be anything; 腾讯 alone is sure
        if scene.low.startswith(words.goes_on, end):
            return None
        other = scene.low[start:end] in words.subsidiary or is_namesake(scene, part.owner, scene.low[start:end])
        return organization(scene, part, end, COMPANY) if other else None
    place_only = part.place is not None and part.place.end == part.end
    if place_only:
        return None  # 中国科技, 美国银行: the known ones are in the knowledge base
    if part.place and scene.low[start:end] in words.local:  # 深圳地铁集团
        kind = scene.low[part.place.end : start]
        return None if kind in words.not_local else organization(scene, part, end, COMPANY)
    if is_generic(scene, part.start, part.end):
        return None
    if part.place and is_generic(scene, part.place.end, start):
        return None
    if part.place and scene.low[part.place.end : start].isascii():  # 美国|Target超市
        return Found(part.place.end, end, "ORG", scene.folded[part.place.end : end], "", COMPANY, 1)
    places = occurrences(scene, scene.low[part.start : end])
    points = 2 * bool(part.place) + bool(part.proper) + any(acts(scene, place) for place in places)
    points += part.bounded or scene.follows(part.start, words.before)
    if scene.low[start:end] not in words.kinds and not any(
        one.label not in PLACES for one in known.over(part.start, end)
    ):
        points += is_coined(scene, part) + (len(places) >= OFTEN) + scene.precedes(end, words.listed)
    often = part.introduced and len(places) >= OFTEN
    if not (part.proper or part.place or often) or points + often < ENOUGH:
        return None
    return organization(scene, part, end, COMPANY)


def is_coined(scene: Scene, part: Stem) -> bool:
    """True for a name with a word that no dictionary has and that begins with no function word: 均瑶|集团."""
    first = part.place.end if part.place else part.start
    words = [scene.low[max(left, first) : right] for left, right, _ in scene.tokens(first, part.end)]
    if len(words) > 1 and all(len(word) == 1 and is_han(word) and not is_function(word) for word in words):
        return tag("".join(words)) == "x"  # 鑫|澜|科技
    openers = naming.tables(scene.kb).openers
    return any(
        len(word) > 1 and is_han(word[0]) and tag(word) == "x" and not is_function(word[0]) and word[-1] not in openers
        for word in words
    )


def is_function(char: str) -> bool:
    return tag(char).startswith(FUNCTION_BEFORE)


def acts(scene: Scene, end: int) -> bool:
    """True where a company's word is behind a name, or behind a word of time: 甲乙基金|上月|减持."""
    words = tables(scene.kb)
    at = scene.after(end)
    at += max((len(word) for word in words.between if scene.low.startswith(word, at)), default=0)
    return scene.low.startswith(words.after, at) or scene.precedes(end, words.after)


def is_namesake(scene: Scene, owner: Found, suffix: str) -> bool:
    """True where a company's short form has another company's last word behind it: 格力|集团 is not 格力电器."""
    surface, rest = scene.folded[owner.start : owner.end], owner.name[owner.end - owner.start :]
    return suffix in tables(scene.kb).houses and bool(rest) and owner.name.startswith(surface) and rest != suffix


def runs_on(scene: Scene, end: int) -> bool:
    """True where the word goes on behind the suffix: 财政部|长."""
    return any(left < end < right and tag(word) != "x" for left, right, word in scene.tokens(end - 1, end))


def institution(scene: Scene, start: int, end: int, known: Names) -> Found | None:
    if (one := known.ends.get(end)) and one.label == "ORG":  # 一下|中国人民大学
        return None
    part = None if runs_on(scene, end) else stem(scene, start, known, loose=True)
    if part is None or len(part.text) < 2 or is_generic(scene, part.start, part.end):
        return None
    if not (part.place or part.owner) and not (part.proper and part.bounded):
        return None
    bare = part.place is not None and part.place.end == start and scene.low[start:end] in tables(scene.kb).many
    if bare and is_country(scene.kb, part.place):  # 美国|医院
        return None
    return organization(scene, part, end, INSTITUTION)


def is_country(kb: KnowledgeBase, place: Found | None) -> bool:
    entity = kb.entity(place.entity_id) if place else None
    return entity is not None and kb.countries.get(entity.country) == entity.id


def byline(scene: Scene, start: int, end: int, known: Names) -> Found | None:
    """某某区块链获悉: a medium at the beginning of its sentence."""
    part = stem(scene, start, known)
    if part is None or not part.closed or not 3 <= len(part.text) <= LONGEST_STEM or not part.proper:
        return None
    if part.owner or part.place or is_generic(scene, part.start, part.end):
        return None
    return organization(scene, part, start, BYLINE)


def lodging(scene: Scene, start: int, end: int, known: Names) -> Found | None:
    words = tables(scene.kb)
    part, suffix = stem(scene, start, known, words.lodging_middle), scene.low[start:end]
    end = with_place(scene, end, known)
    if part is None or not 2 <= len(part.text) <= 10:
        return None
    first = part.place.end if part.place else part.start
    if STARS.search(part.text):  # 4星酒店
        return None
    if first == start:  # 香格里拉大酒店
        return organization(scene, part, end, LODGING) if suffix in words.lodging_strong else None
    if part.place and start - first > LONGEST_PLAIN and scene.low[first:start] not in words.no_lodging:
        return organization(scene, part, end, LODGING)  # 青岛海景花园大酒店
    if is_generic(scene, first, start, words.no_lodging):
        return None
    if not (part.proper or part.owner) or part.text.endswith(words.lodging_ends):
        return None
    return organization(scene, part, end, LODGING)


def with_place(scene: Scene, end: int, known: Names) -> int:
    """The end of a hotel's name with the place behind it that ends its line: Mets飯店 新潟."""
    place = known.starts.get(end + 1) if scene.low[end : end + 1] == " " else None
    closes = (
        place is not None and place.label in PLACES and not is_name_char(scene.low[place.end : place.end + 1] or " ")
    )
    return place.end if place and closes else end
