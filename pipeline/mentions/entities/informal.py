"""People by how a post brings them in: names in a line of credits (编辑 牛小林), 老王 and 小李."""

import re
from functools import cache
from typing import NamedTuple

from pipeline.mentions.entities.fullnames import is_full_name
from pipeline.mentions.entities.hits import crosses, swallowed
from pipeline.mentions.entities.knowledge import KnowledgeBase
from pipeline.mentions.entities.names import Names
from pipeline.mentions.entities.people import person
from pipeline.mentions.entities.scene import Found, Scene, lower

CREDIT = re.compile(r"\s?[:：/／|｜]?\s?")
CREDITED = re.compile(r"([㐀-鿿]{2,4})(?![^\W\d_])[ 、/／]?")
MOST_CREDITED = 5  # names behind one word of credit
SLASHES = ("/", "／")
OFTEN = 2  # times that a nickname stands in a post which nothing else proves


class NicknameTables(NamedTuple):
    pattern: re.Pattern[str]
    before: tuple[str, ...]
    after: tuple[str, ...]


@cache
def nickname_tables(kb: KnowledgeBase) -> NicknameTables:
    table = kb.patterns["nickname"]
    pairs = "|".join(f"{first}[{surnames}]" for first, surnames in table["surnames"].items())
    return NicknameTables(re.compile(pairs), lower(table["before"]), lower(table["after"]))


def informal(scene: Scene, known: Names) -> list[Found]:
    """Names of people; ``known`` are the names found so far."""
    found = [one for one in credited(scene) if all(is_longer(one, other) for other in known.over(one.start, one.end))]
    return found + [one for one in nicknames(scene) if not known.over(one.start, one.end)]


def is_longer(one: Found, other: Found) -> bool:
    """True where the name found before is only the beginning of a person's: 张勇|刚."""
    return other.label == "PERSON" and one.start == other.start and one.end > other.end


def credited(scene: Scene) -> list[Found]:
    """(编辑 牛小林), 译者:陈小一, 文/张小宁: whole names, and nothing but them, behind a word of credit and a sign."""
    found = []
    for cue in scene.by_class.get("credit", ()):
        if cue.end - cue.start == 1 and scene.low[cue.start - 1 : cue.start].isalnum():
            continue
        sign = CREDIT.match(scene.low, cue.end)
        at = sign.end() if sign else cue.end
        for _ in range(MOST_CREDITED if at > cue.end or cue.end - cue.start > 1 else 0):
            match = CREDITED.match(scene.low, at)
            if match is None or not is_full_name(scene, match[1]):
                break
            if at == cue.end and scene.low[match.end(1) : match.end(1) + 1] not in SLASHES:
                break  # 记者林小川/台北报导
            found.append(person(scene, *match.span(1)))
            at = match.end()
    return found


def nicknames(scene: Scene) -> list[Found]:
    """老王, 小李: words of their own that stand there twice, or beside a word that only people have."""
    words = nickname_tables(scene.kb)
    groups: dict[str, list[tuple[int, int]]] = {}
    sure: set[str] = set()
    for match in words.pattern.finditer(scene.low):
        start, end = match.span()
        if scene.is_masked(start, end) or crosses(scene, start, end) or swallowed(scene, start, end):
            continue
        groups.setdefault(match[0], []).append((start, end))
        if scene.follows(start, words.before) or scene.precedes(end, words.after):
            sure.add(match[0])
    return [
        person(scene, *span) for text, spans in groups.items() if text in sure or len(spans) >= OFTEN for span in spans
    ]
