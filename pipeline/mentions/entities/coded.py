"""Names that what stands behind them proves: 某某股份(600001), and funds by the house in front: 易方达…混合A."""

import re
from functools import cache

from pipeline.language.fold import fold
from pipeline.language.words import tag
from pipeline.mentions.entities.knowledge import KnowledgeBase
from pipeline.mentions.entities.names import Names
from pipeline.mentions.entities.naming import ENDING_TAGS, Stem, stem
from pipeline.mentions.entities.scene import Found, Scene
from pipeline.mentions.entities.surfaces import lowered
from pipeline.mentions.entities.tags import by_code

CODED, FUND = "entity.pattern.coded", "entity.pattern.fund"
# A code in brackets behind a name: six digits of a mainland exchange, five of Hong Kong's, four with a market.
CODE = re.compile(
    r"[(（]\s?(?:股票代码|证券代码|代码)?[:：]?\s?"
    r"((?:SH|SZ|BJ|HK)?[.:]?(?:[03689]\d{5}|0\d{4}|\d{4}(?=\.(?:HK|TW|TWO|KS|T)))(?:\.[A-Z]{2,3}|\.T)?)\s?[)）,，]"
)
CLASS = re.compile(r"-[A-Z]{1,2}\Z")  # of shares in Hong Kong, behind a company's name: 小米-W
LISTED = re.compile(r":\s?[A-Z]{2,6}\)")
NAMES = ("nz", "nt", "nr", "ns")  # jieba's parts of speech of names
SHORTEST, LONGEST = 2, 8  # characters


@cache
def listings(kb: KnowledgeBase) -> re.Pattern[str]:
    """A code in Latin letters behind its exchange, in brackets."""
    names = "|".join(sorted(map(re.escape, kb.patterns["exchanges"]), key=len, reverse=True))
    return re.compile(rf"\((?:{names})\s?:\s?([A-Z]{{2,6}})\)")


@cache
def fund_pattern(kb: KnowledgeBase) -> re.Pattern[str]:
    ends = "|".join(sorted(map(re.escape, kb.patterns["fund"]["ends"]), key=len, reverse=True))
    return re.compile(rf"[㐀-鿿0-9]{{1,12}}?(?:{ends})(?:\((?:LOF|QDII|FOF)\))?(?:[A-E](?![A-Za-z0-9]))?")


def coded(scene: Scene, known: Names) -> list[Found]:
    """Companies in front of their code; ``known`` are the names found so far."""
    found = []
    for match in CODE.finditer(scene.folded):
        if one := of_code(scene, match, known):
            found.append(one)
            continue
        part = named(scene, match.start(), known)
        if part is None:
            continue
        entity = by_code(scene.kb, match[1])
        name = scene.folded[part.start : part.end]
        digits = "".join(filter(str.isdigit, match[1]))
        if entity and entity.label == "ORG" and any(ticker.partition(".")[0] == digits for ticker in entity.tickers):
            found.append(Found(part.start, part.end, "ORG", entity.name, entity.id, CODED, 1))
        else:
            found.append(Found(part.start, part.end, "ORG", name, "", CODED, 1))
    for match in listings(scene.kb).finditer(scene.folded) if LISTED.search(scene.folded) else ():
        part = named(scene, match.start(), known)
        if part and by_code(scene.kb, match[1]) is None:  # 云上科技(NASDAQ: YSKJ)
            name = scene.folded[part.start : part.end]
            found += [Found(*span, "ORG", name, "", CODED, 3) for span in ((part.start, part.end), match.span(1))]
    return found


def of_code(scene: Scene, match: re.Match[str], known: Names) -> Found | None:
    """The name in front of a code whose company the knowledge base has under it: 小米-W(01810.HK)."""
    mark = CLASS.search(scene.folded, max(0, match.start() - LONGEST), scene.before(match.start()))
    end = mark.start() if mark else scene.before(match.start())
    if known.over(end - 1, end) and not mark:
        return None
    entity = by_code(scene.kb, match[1])
    names = (lowered(fold(name)) for name in (entity.name, *entity.aliases)) if entity and entity.label == "ORG" else ()
    size = max((len(name) for name in names if scene.low.endswith(name, 0, end)), default=0)
    return Found(end - size, end, "ORG", entity.name, entity.id, CODED, 3) if entity and size else None


def named(scene: Scene, bracket: int, known: Names) -> Stem | None:
    """The unknown name in front of a bracket."""
    end = scene.before(bracket)
    mark = CLASS.search(scene.folded, max(0, end - LONGEST), end)
    end = mark.start() if mark else end
    if known.over(end - 1, end):
        return None
    part = stem(scene, end, known, loose=True)
    if (
        part is None
        or part.owner
        or not SHORTEST <= len(part.text) <= LONGEST
        or not part.bounded
        or (tag(part.text).startswith(("n", "v")) and tag(part.text) not in NAMES)
    ):
        return None
    return part


def funds(scene: Scene, known: Names) -> list[Found]:
    """Funds behind the name of their house: 易方达消费行业股票, 华夏成长混合A."""
    found = []
    houses = tuple(scene.kb.patterns["fund"]["houses"])
    for one in known:
        entity = scene.kb.entity(one.entity_id) if one.label == "ORG" else None
        if entity is None or not entity.name.endswith(houses):
            continue
        match = fund_pattern(scene.kb).match(scene.folded, one.end)
        if match is None:
            continue
        inner = [word for left, _, word in scene.tokens(one.end, match.end()) if left >= one.end]
        if not any(tag(word).startswith(ENDING_TAGS) and len(word) > 1 and tag(word) != "vn" for word in inner[:-1]):
            found.append(Found(one.start, match.end(), "PRODUCT", scene.folded[one.start : match.end()], "", FUND, 1))
    return found
