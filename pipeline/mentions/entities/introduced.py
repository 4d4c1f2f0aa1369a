"""Names that a post introduces itself: in brackets, in title marks, as a short form of a longer name."""

import re
from functools import cache
from typing import Any, NamedTuple

from pipeline.language.words import tag
from pipeline.mentions.entities.estates import RULE as ESTATE
from pipeline.mentions.entities.gazetteer import GUARDED_RULE
from pipeline.mentions.entities.hits import crosses
from pipeline.mentions.entities.knowledge import KnowledgeBase
from pipeline.mentions.entities.names import Names
from pipeline.mentions.entities.naming import is_generic, occurrences
from pipeline.mentions.entities.registered import short_forms
from pipeline.mentions.entities.scene import Found, Scene, is_han, lower
from pipeline.mentions.entities.tags import NUMERIC

INTRODUCED, TITLE, QUOTED = "entity.introduced", "entity.pattern.title", "entity.pattern.quoted"
REPEATED, SHORT = "entity.repeated", "entity.short_form"
BRACKET = re.compile(r"\(([^()\n]{2,60})\)")
MARKS = "“”\"'「」『』《》:： 为"
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.&' -]{1,38}[A-Za-z0-9.]")
TITLE_MARKS = re.compile(r"《([^《》。，,！!？?；;\n]{2,20})》")
QUOTES = re.compile(r"[“「『\"]([^“”「」『』\"。，,！!？?；;\n]{2,10})[”」』\"]")
ALONE = re.compile(r"(?<![a-z0-9+-])(?<![a-z0-9] )[a-z]{2,8}(?![a-z0-9+-]| [a-z0-9])")
NAMELIKE = re.compile(r"(?=.*[^\W\d_])\S(?:.*\S)?")
OPENING = '“「『"'
LONGEST_ALIAS = 12
LONGEST_KIND = 9  # characters between “…”的 and the end of what it is
PREDICATES = ("v", "a", "d", "i", "l", "z", "t", "m", "r")  # jieba's parts of speech of what no name is
COMMON = ("n", "v", "a", "d", "i", "l")
FUNCTION = ("d", "p", "u", "y", "c", "r")  # and of words that no quoted name holds


class IntroTables(NamedTuple):
    cues: tuple[str, ...]
    common: frozenset[str]
    law: tuple[str, ...]
    media: tuple[str, ...]
    not_titles: tuple[str, ...]
    quoted: dict[str, tuple[str, ...]]
    suffixes: tuple[str, ...]
    registered: tuple[str, ...]
    tails: frozenset[str]
    japanese: tuple[str, ...]


@cache
def tables(kb: KnowledgeBase) -> IntroTables:
    table: dict[str, Any] = kb.patterns
    ends = {*table["company"]["strong"], *table["company"]["weak"], *table["lodging"]["suffixes"]}
    return IntroTables(
        tuple(sorted(lower(table["introduced"]["cues"]), key=len, reverse=True)),
        frozenset(lower(table["latin"]["common"])),
        tuple(table["event"]["law"]),
        tuple(table["event"]["media"]),
        tuple(table["quoted"]["not_titles"]),
        {name: lower(words) for name, words in table["quoted"].items()},
        tuple(sorted(ends, key=len, reverse=True)),
        tuple(sorted(table["company"]["strong"], key=len, reverse=True)),
        frozenset(lower(table["latin"]["tails"])),
        tuple(table["cues"]["japanese"]),
    )


def bracketed(scene: Scene, known: Names) -> list[Found]:
    """Short forms and foreign names in brackets behind a name."""
    found = []
    for match in BRACKET.finditer(scene.folded):
        name = known.ends.get(scene.before(match.start()))
        if name is None or name.label not in ("ORG", "PERSON", "PRODUCT"):
            continue
        span = alias(scene, *match.span(1))
        if span and not any(one.entity_id and not holds(span, one) for one in known.over(*span)):
            found.append(Found(*span, name.label, name.name, name.entity_id, INTRODUCED, 3))
    return found


def holds(span: tuple[int, int], one: Found) -> bool:
    """True where a name is only a part of a span."""
    return span[0] <= one.start and one.end <= span[1] and span != (one.start, one.end)


def alias(scene: Scene, start: int, end: int) -> tuple[int, int] | None:
    """The span of the other name in a bracket: behind a cue anything short, without one Latin words."""
    table = tables(scene.kb)
    cue = next((word for word in table.cues if scene.low.startswith(word, start)), "")
    left = start + len(cue)
    right = next((at for at in range(left, end) if scene.low[at] in ",，;；、/"), end)
    while left < right and scene.low[left] in MARKS:
        left += 1
    while right > left and scene.low[right - 1] in MARKS:
        right -= 1
    text = scene.folded[left:right]
    if cue:
        return (left, right) if 2 <= len(text) <= LONGEST_ALIAS else None
    if not LATIN.fullmatch(text) or NUMERIC.fullmatch(text) or text.lower() in table.common or text.islower():
        return None
    return left, right


def titled(scene: Scene) -> list[Found]:
    """《…》: laws, media, works; and quotations that a word beside them calls a product or a company."""
    table = tables(scene.kb)
    found = []
    for match in TITLE_MARKS.finditer(scene.folded):
        text = match[1]
        if not NAMELIKE.fullmatch(text) or any(word in text for word in table.not_titles):
            continue
        label = "LAW" if text.endswith(table.law) else "ORG" if text.endswith(table.media) else "PRODUCT"
        found.append(Found(*match.span(1), label, text, "", TITLE, 1))
    for match in QUOTES.finditer(scene.folded) if any(mark in scene.folded for mark in OPENING) else ():
        label = quoted(scene, *match.span(), match[1])
        if label and NAMELIKE.fullmatch(match[1]) and is_phrase(scene, *match.span(1)):
            found.append(Found(*match.span(1), label, match[1], "", QUOTED, 1))
    return found


def quoted(scene: Scene, start: int, end: int, text: str) -> str:
    """What the words beside a quotation say that it names; empty for nothing."""
    words = tables(scene.kb).quoted
    if scene.precedes(end, words["org_after"]) or scene.follows(start, words["org_before"]):
        return "ORG"
    called = scene.follows(start, words["called"])
    behind = scene.low[end + 1 : end + LONGEST_KIND] if scene.low.startswith("的", end) else ""
    if called and any(word in behind for word in words["shops"]):  # 一家名为“…”的面馆
        return "ORG"
    kind = scene.follows(start, words["shops"])
    product = scene.precedes(end, words["product_after"]) or scene.follows(start, words["product_before"])
    if kind or product:
        acts = any(scene.precedes(place, words["org_acts"]) for place in (end, *occurrences(scene, text.lower())))
        return "ORG" if kind or acts else "PRODUCT"
    return ""


def is_phrase(scene: Scene, start: int, end: int) -> bool:
    """True for quoted words that may be a name: no sentence, no predicate, no common words alone."""
    words = scene.tokens(start, end)
    text = scene.low[start:end]
    if is_generic(scene, start, end) or tag(text).startswith(PREDICATES):
        return False
    if text.startswith(tables(scene.kb).quoted["judging"]):
        return False
    return not any(tag(word).startswith(FUNCTION) and left >= start for left, _, word in words)


def repeated(scene: Scene, known: Names) -> list[Found]:
    """Other places of names that patterns found once, and of their short forms."""
    found: list[Found] = []
    done: set[str] = set()
    for one in known:
        if (
            one.rule.startswith("entity.gazetteer")
            or one.rule == "entity.ticker"
            or (one.label == "LOC" and one.rule != ESTATE)
        ):
            continue
        surface = scene.folded[one.start : one.end]
        shorts = [(text, SHORT) for text in (short_form(scene, one), *registered(scene, one, surface))]
        for text, rule in ((surface, REPEATED), *shorts):
            if len(text) < 2 or text in done or (one.rule == TITLE and tag(text.lower()).startswith(COMMON)):
                continue  # 《活着》: elsewhere a word like others
            done.add(text)
            for start, end in places(scene, text):
                over = known.over(start, end)
                free = all(
                    other.rule == GUARDED_RULE or holds((start, end), other) or same_find(other, one, (start, end))
                    for other in over
                )
                if free and not (rule == SHORT and crosses(scene, start, end)):
                    found.append(Found(start, end, one.label, one.name, one.entity_id, rule, 3))
    return found


def same_find(other: Found, one: Found, span: tuple[int, int]) -> bool:
    """True for a short form that the rule which found the whole name has found as a name of its own."""
    return other.rule == one.rule and (other.start, other.end) == span and other.name != one.name


def tails(scene: Scene, known: Names) -> list[Found]:
    """The last word of a product alone, where another of its line is in the post: 用 plus 想升 ChatGPT Pro."""
    lines = {}
    for one in known:
        if one.label == "PRODUCT" and one.entity_id:
            first, _, last = one.name.rpartition(" ")
            lines[first if last.lower() in tables(scene.kb).tails else one.name] = one
    if not lines:
        return []
    found = []
    for match in ALONE.finditer(scene.low):
        start, end = match.span()
        if match[0] not in tables(scene.kb).tails or known.at(start) or not scene.is_free(start, end):
            continue
        for line in lines:
            entity = scene.kb.named(f"{line} {match[0]}".lower())
            if entity and entity.label == "PRODUCT":
                found.append(Found(start, end, entity.label, entity.name, entity.id, SHORT, 1))
                break
    return found


def places(scene: Scene, text: str) -> list[tuple[int, int]]:
    spans = []
    at = scene.folded.find(text)
    while at >= 0:
        end = at + len(text)
        if scene.is_free(at, end) and not scene.is_masked(at, end):
            spans.append((at, end))
        at = scene.folded.find(text, end)
    return spans


def registered(scene: Scene, one: Found, surface: str) -> list[str]:
    """The short forms of a registered name; none for other names."""
    return short_forms(scene, surface, tables(scene.kb).registered) if one.label == "ORG" else []


def short_form(scene: Scene, one: Found) -> str:
    """海天 of 海天酒店, 所罗门 of 大卫·所罗门; empty for none that is sure."""
    text = scene.folded[one.start : one.end]
    if one.label == "PERSON":
        last = re.split("[·•‧・∙-]", text)[-1]
        if text.startswith(tables(scene.kb).japanese):  # 佐藤 of 佐藤健也
            family = max((name for name in tables(scene.kb).japanese if text.startswith(name)), key=len)
            return family if len(text) > len(family) + 1 else ""
        return last if last != text and len(last) >= 2 else ""
    if one.label != "ORG" or not is_han(text[-1]):
        return ""
    for suffix in tables(scene.kb).suffixes:
        if text.endswith(suffix):
            text = text[: -len(suffix)]
            break
    else:
        return ""
    if len(text) < 2 or tag(text).startswith(("v", "a", "d", "ns", "r", "m", "t", "f")) or tag(text) == "n":
        return ""
    return text
