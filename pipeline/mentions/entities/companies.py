"""Companies, institutions, hotels that are known by their last word."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from pipeline.mentions.entities.knowledge import KnowledgeBase
from pipeline.mentions.entities.naming import Stem, is_generic, stem
from pipeline.mentions.entities.scene import Found, Scene, lower

COMPANY, INSTITUTION, LODGING = "entity.pattern.company", "entity.pattern.institution", "entity.pattern.lodging"
ENOUGH = 2  # points that a company with an everyday suffix needs


class Suffixes(NamedTuple):
    """The words of ``entity_patterns.toml`` that end a name, by how much they prove."""

    strong: tuple[str, ...]
    weak: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    middle: tuple[str, ...]
    institution: tuple[str, ...]
    office: tuple[str, ...]
    plain: frozenset[str]
    lodging: tuple[str, ...]
    no_lodging: tuple[str, ...]


@cache
def tables(kb: KnowledgeBase) -> Suffixes:
    table: dict[str, Any] = kb.patterns
    company, institution, lodging = table["company"], table["institution"], table["lodging"]
    return Suffixes(
        lower(company["strong"]),
        lower(company["weak"]),
        lower(company["before"]),
        lower(company["after"]),
        lower(company["middle"]),
        lower(institution["strong"]),
        lower(institution["weak"]),
        frozenset(institution["plain"]),
        lower(lodging["suffixes"]),
        lower(lodging["not_names"]),
    )


def suffixed(scene: Scene, known: Sequence[Found]) -> list[Found]:
    """Names found by their suffix; ``known`` are those found so far, in order."""
    makers = {
        "suffix.company.strong": strong_company,
        "suffix.company.weak": weak_company,
        "suffix.institution": institution,
        "suffix.office": office,
        "suffix.lodging": lodging,
    }
    found = []
    for cue in scene.cues:
        for name in cue.classes:
            make = makers.get(name)
            one = make(scene, cue.start, cue.end, known) if make else None
            if one:
                found.append(one)
    return found


def named(scene: Scene, part: Stem, end: int, rule: str) -> Found:
    """The name; a known company with nothing but a suffix behind it stays that company."""
    if part.owner and part.owner.end == part.end:
        return Found(part.start, end, "ORG", part.owner.name, part.owner.entity_id, rule, 1)
    return Found(part.start, end, "ORG", scene.folded[part.start : end].strip(), "", rule, 1)


def strong_company(scene: Scene, start: int, end: int, known: Sequence[Found]) -> Found | None:
    part = stem(scene, start, known, tables(scene.kb).middle)
    if part is None or len(part.text) < 2 or is_generic(scene, part.start, part.end):
        return None
    return named(scene, part, end, COMPANY)


def weak_company(scene: Scene, start: int, end: int, known: Sequence[Found]) -> Found | None:
    """A suffix that is an everyday word: a name where its parts and what touches it say so."""
    words = tables(scene.kb)
    if any(left < start < right or left < end < right for left, right, _ in scene.tokens(start, end)):
        return None
    part = stem(scene, start, known)
    if part is None or not 2 <= len(part.text) <= 8 or is_generic(scene, part.start, part.end):
        return None
    if part.owner and part.owner.end == part.end:
        return None  # 腾讯科技 may be anything; 腾讯 alone is sure
    if part.place and part.place.end == part.end:
        return None  # 中国科技, 美国银行: the known ones are in the knowledge base
    points = bool(part.place) + bool(part.proper) + scene.precedes(end, words.after)
    points += part.closed or scene.follows(part.start, words.before)
    if not part.proper or points <= ENOUGH:
        return None
    return named(scene, part, end, COMPANY)


def institution(scene: Scene, start: int, end: int, known: Sequence[Found]) -> Found | None:
    part = stem(scene, start, known)
    if part is None or len(part.text) < 2 or is_generic(scene, part.start, part.end):
        return None
    if not (part.place or part.owner) and not (part.proper and part.closed):
        return None
    return Found(part.start, end, "ORG", scene.folded[part.start : end], "", INSTITUTION, 1)


def office(scene: Scene, start: int, end: int, known: Sequence[Found]) -> Found | None:
    """A ministry or an office right behind its country, province or city."""
    if scene.low[start:end] in tables(scene.kb).plain:
        return None
    place = next((one for one in known if one.end == start and one.label == "GPE"), None)
    if place is None:
        return None
    return Found(place.start, end, "ORG", scene.folded[place.start : end], "", INSTITUTION, 1)


def lodging(scene: Scene, start: int, end: int, known: Sequence[Found]) -> Found | None:
    part = stem(scene, start, known)
    words = tables(scene.kb)
    if part is None or not 2 <= len(part.text) <= 10 or is_generic(scene, part.start, part.end):
        return None
    if part.text.endswith(words.no_lodging) or not (part.proper or part.owner):
        return None
    if part.place and part.place.end == part.end:
        return None
    return Found(part.start, end, "ORG", scene.folded[part.start : end], "", LODGING, 1)
