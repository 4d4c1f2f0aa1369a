"""Stock tags: ``$英伟达(NVDA)$``, ``(NASDAQ: NVDA)``, ``$TSLA``. A name, and its alphabetic code as an alias."""

import re
from functools import cache
from typing import NamedTuple

from pipeline.mentions.entities.knowledge import KnowledgeBase
from pipeline.mentions.entities.names import Names
from pipeline.mentions.entities.rows import Entity
from pipeline.mentions.entities.scene import Found, Scene
from pipeline.mentions.entities.surfaces import lowered

RULE = "entity.stock_tag"
TAG = re.compile(r"\$([^$()\n]{1,30})\(([^()$\n]{1,20})\)\$?")
CASH = re.compile(r"(?<![\w$])\$([A-Z]{2,6})(?![\w$.])")
CODE = re.compile(r"\.?([A-Z]{1,6}(?:\.[AB])?)(?:\.[A-Z]{1,2})?")
CODED = re.compile(r"[:：]\s?\.?[A-Z]")
SUFFIXED = re.compile(r"(?<![\w.$])([A-Z]{1,5})\.(?:US|OQ|N|O)(?![\w])")
NUMERIC = re.compile(r"(?:S[HZ]|HK|BJ)?\.?(\d{4,6})(?:\.[A-Z]{2})?")

# A code of digits right behind a company's name, and right in front of it.
CODE_BEHIND = re.compile(r"\s?[(（\[]?\s?(?:股票代码|证券代码|代码)?[:：]?\s?(?:s[hz]|bj|hk)?[.:]?(\d{4,6})(?!\d)")
CODE_BEFORE = re.compile(r"(?<!\d)(\d{4,6})(?:\.[a-z]{2,3})?[)）\]]?\s?\Z")
LONGEST_CODE = 16  # characters


class TagTables(NamedTuple):
    exchange: re.Pattern[str]
    index_words: tuple[str, ...]


@cache
def tables(kb: KnowledgeBase) -> TagTables:
    names = "|".join(sorted(map(re.escape, kb.patterns["exchanges"]), key=len, reverse=True))
    return TagTables(
        re.compile(rf"(?:(?<![A-Za-z])|(?<=[^\x00-\x7f]))(?:{names})\s?[:：]\s?(\.?[A-Z]{{1,6}})(?![A-Za-z])"),
        tuple(kb.patterns["index_words"]),
    )


def by_code(kb: KnowledgeBase, code: str) -> Entity | None:
    """The entity of a code as stock forums write it: NVDA, SH600519, 00700."""
    match = NUMERIC.fullmatch(code)
    if match:
        digits = match[1]
        return kb.by_ticker(digits) or (kb.by_ticker(digits.lstrip("0")) if len(digits) == 5 else None)
    return kb.by_ticker(code.strip("."))


def has_code(scene: Scene, start: int, end: int, entity: Entity) -> bool:
    """True for a name beside its own code of digits: 机器人(300024), 300024 机器人."""
    if not entity.tickers:
        return False
    behind = CODE_BEHIND.match(scene.low, end)
    before = CODE_BEFORE.search(scene.low, max(0, start - LONGEST_CODE), start)
    codes = {match[1] for match in (behind, before) if match}
    return any(ticker.partition(".")[0] in codes for ticker in entity.tickers)


def stock_tags(scene: Scene) -> list[Found]:
    """Names and codes of stock tags. The code links to the name's entity, or the name to the code's."""
    kb, folded = scene.kb, scene.folded
    found: list[Found] = []
    if "$" in folded:
        for match in TAG.finditer(folded):
            found.extend(of_tag(scene, match))
        for match in CASH.finditer(folded):
            entity = by_code(kb, match[1])
            if entity:
                found.append(Found(*match.span(1), entity.label, entity.name, entity.id, RULE, 9))
    for match in SUFFIXED.finditer(folded):
        entity = by_code(kb, match[1])
        if entity:
            found.append(Found(*match.span(1), entity.label, entity.name, entity.id, RULE, 9))
    return found


def of_tag(scene: Scene, match: re.Match[str]) -> list[Found]:
    kb = scene.kb
    start, end = match.span(1)
    written = match[1]
    start += len(written) - len(written.lstrip())
    name = written.strip()
    end = start + len(name)
    code = CODE.fullmatch(match[2].strip())
    if not name or not (code or NUMERIC.fullmatch(match[2].strip())):
        return []
    plain = re.sub(r"-[A-Z]{1,2}$", "", name)
    entity = kb.named(lowered(plain)) or kb.named(lowered(name)) or by_code(kb, match[2].strip())
    is_index = match[2].startswith(".") or any(word in name for word in tables(kb).index_words)
    label = entity.label if entity else "PRODUCT" if is_index else "ORG"
    canonical, entity_id = (entity.name, entity.id) if entity else (plain, "")
    found = [Found(start, end, label, canonical, entity_id, RULE, 9)]
    if code:
        left = match.start(2) + match[2].index(code[1])
        found.append(Found(left, left + len(code[1]), label, canonical, entity_id, RULE, 9))
    return found


def exchange_codes(scene: Scene, names: Names) -> list[Found]:
    """Codes behind an exchange's name, linked to their company or to the name in front of the bracket."""
    found: list[Found] = []
    if not CODED.search(scene.folded):
        return found
    for match in tables(scene.kb).exchange.finditer(scene.folded):
        code = match[1].lstrip(".")
        start = match.end(1) - len(code)
        entity = by_code(scene.kb, code)
        if entity:
            found.append(Found(start, match.end(1), entity.label, entity.name, entity.id, RULE, 9))
            continue
        bracket = scene.low.rfind("(", max(0, match.start() - 8), match.start() + 1)
        left = scene.before(bracket) if bracket >= 0 else -1
        one = names.ends.get(left)
        if one and one.label in ("ORG", "PRODUCT"):
            found.append(Found(start, match.end(1), one.label, one.name, one.entity_id, RULE, 9))
    return found
