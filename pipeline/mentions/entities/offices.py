"""Offices of the state: right behind their place, by their whole name (深圳市|人社局) or by what they are for
(药品检验|研究院), with all places in front; and their branches."""

import re
from functools import cache
from typing import NamedTuple

from pipeline.mentions.entities.companies import INSTITUTION, runs_on
from pipeline.mentions.entities.knowledge import KnowledgeBase
from pipeline.mentions.entities.names import Names
from pipeline.mentions.entities.naming import by_cue
from pipeline.mentions.entities.scene import Found, Scene


class OfficeTables(NamedTuple):
    plain: frozenset[str]
    governments: tuple[str, ...]
    government: tuple[str, ...]
    seats: tuple[str, ...]
    composed: re.Pattern[str]
    branch: re.Pattern[str]
    ends: tuple[str, ...]


@cache
def tables(kb: KnowledgeBase) -> OfficeTables:
    table = kb.patterns["institution"]
    fields, heads, seats, branches = (
        "|".join(sorted(table[name], key=len, reverse=True)) for name in ("fields", "heads", "governments", "branches")
    )
    return OfficeTables(
        frozenset(table["plain"]),
        tuple(table["governments"]),
        tuple(name for name in table["plain"] if any(whole.endswith(name) for whole in table["governments"])),
        tuple(table["seats"]),
        re.compile(rf"(?:{seats})?(?:{fields}){{1,8}}(?:{heads})"),
        re.compile(rf"[㐀-鿿]{{2,4}}?(?:{branches})"),
        tuple(table["parents"]),
    )


def offices(scene: Scene, known: Names) -> list[Found]:
    """Offices; ``known`` are the names found so far."""
    found = by_cue(scene, known, {"suffix.office": office})
    found += [one for place in known if place.label == "GPE" and (one := composed(scene, place, known))]
    return found


def office(scene: Scene, start: int, end: int, known: Names) -> Found | None:
    """A ministry or an office right behind its country, province or city, or behind the government there."""
    words = tables(scene.kb)
    seated = scene.low.endswith(words.government, start, end) and scene.low.endswith(words.seats, 0, start)
    if (scene.low[start:end] in words.plain and not seated) or runs_on(scene, end):
        return None
    place = known.ends.get(start)
    if place is None:
        return None
    if place.label == "ORG" and scene.low.endswith(
        tables(scene.kb).government, place.start, start
    ):  # 桃园市政府|地政局
        return named(scene, place.start, end)
    return named(scene, first_place(place, known), end) if place.label == "GPE" else None


def composed(scene: Scene, place: Found, known: Names) -> Found | None:
    """武汉市|住房|和|城市|更新|局."""
    match = tables(scene.kb).composed.match(scene.low, place.end)
    if match is None or runs_on(scene, match.end()):
        return None
    return named(scene, first_place(place, known), match.end())


def first_place(place: Found, known: Names) -> int:
    """Where the row of places begins that ends with one: 湖南省|长沙市|开福区."""
    while (before := known.ends.get(place.start)) and before.label == "GPE":
        place = before
    return place.start


def named(scene: Scene, start: int, end: int) -> Found:
    return Found(start, end, "ORG", scene.folded[start:end], "", INSTITUTION, 1)


def office_branches(scene: Scene, known: Names) -> list[Found]:
    """泉州市公安局|丰泽分局: what an office has at a place of its own."""
    found = []
    for one in known:
        match = tables(scene.kb).branch.match(scene.low, one.end) if one.label == "ORG" else None
        if match and scene.low.endswith(tables(scene.kb).ends, one.start, one.end) and not runs_on(scene, match.end()):
            found.append(named(scene, one.start, match.end()))
    return found
