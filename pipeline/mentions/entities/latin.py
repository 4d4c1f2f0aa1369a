"""Latin names that the knowledge base does not hold: models with numbers, companies by their last word or by what
stands beside them, words whose capitals show that they are names."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from pipeline.mentions.entities.knowledge import KnowledgeBase
from pipeline.mentions.entities.names import Names, settled
from pipeline.mentions.entities.scene import Found, Scene, is_han, lower

MODEL, COMPANY = "entity.pattern.model", "entity.pattern.latin_company"
CUED, SHAPED = "entity.pattern.latin_cue", "entity.pattern.latin_shape"
WORD = r"[A-Za-z][A-Za-z0-9]*+(?:[-.'&][A-Za-z0-9]++)*+"
# One to four words that begin with a capital, or have one inside.
NAME = re.compile(
    rf"(?=[A-Za-z])(?<![A-Za-z0-9.@/_-])(?=[a-z]{{0,3}}[A-Z]){WORD}(?: (?=[A-Z&]){WORD}){{0,3}}(?![A-Za-z0-9_@])"
)
NUMBERED = re.compile(
    r"(?=[A-Z])(?<![A-Za-z0-9._/-])(?P<letters>[A-Z][A-Za-z]{0,11}(?:-[A-Z])?)(?P<joint>[ -]?)"
    r"(?P<number>\d{1,5}(?:\.\d)?)(?P<rest>[A-Za-z]\d{2,3}|[A-Za-z]{0,3})(?![A-Za-z0-9%_]|\.\d)"
)
GLUED = re.compile(r"([A-Za-z]{1,4})\d{1,4}[A-Za-z]{0,3}(?![A-Za-z0-9%.])")
NEVER = re.compile(r"Q[1-4]|[HF][12]|FY ?\d+|[A-Z]|(?:19|20)\d\d")
MEDICINE = re.compile(r"[A-Z]{2,5}-?\d{3,5}")  # HSK3486, in a post of medicines
MEDICAL = 3  # words that make a post one of medicines
EPISODE = re.compile(r"S\d+E\d+")
CAMEL = re.compile(r"[A-Z]{2,}[a-z]{2,}[A-Za-z]*|[A-Z][a-z]+[A-Z][A-Za-z]*|[a-z]{1,2}[A-Z][a-z]{2,}")
NUMBER = re.compile(r" \d{1,2}(?![\d.,%])")
CODE = frozenset("(=._{}[]<>;/\\\"'$#*&|")
NEAR = 6  # characters
SHORTEST_CAMEL = 5
SURE_LETTERS = 3  # of a word in front of a hyphen and a number: Phi-3


class LatinTables(NamedTuple):
    last: frozenset[str]
    org_before: tuple[str, ...]
    org_after: tuple[str, ...]
    product_before: tuple[str, ...]
    product_after: tuple[str, ...]
    titles: tuple[str, ...]
    common: frozenset[str]
    not_models: frozenset[str]
    not_rests: frozenset[str]
    carriers: tuple[str, ...]
    family: re.Pattern[str]
    tail: re.Pattern[str]
    numbered: re.Pattern[str]
    gadget: re.Pattern[str]
    counters: frozenset[str]


@cache
def tables(kb: KnowledgeBase) -> LatinTables:
    table: dict[str, Any] = kb.patterns["latin"]
    gadgets: dict[str, Any] = kb.patterns["gadgets"]
    families = "|".join(sorted(map(re.escape, table["families"]), key=len, reverse=True))
    tails = "|".join(sorted(map(re.escape, table["tails"]), key=len, reverse=True))
    return LatinTables(
        frozenset(table["company"]),
        lower(table["org_before"]),
        lower(table["org_after"]),
        lower(table["product_before"]),
        lower(table["product_after"]),
        lower(kb.patterns["cues"]["title"]),
        frozenset(word.lower() for word in table["common"]),
        frozenset(table["not_models"]),
        frozenset(table["not_rests"]),
        tuple(table["carriers"]),
        re.compile(
            rf"(?=[A-Za-z])(?<![A-Za-z0-9])(?:{families})[ -]?[A-Za-z]{{0,2}}\d{{1,5}}(?:\.\d{{1,2}})?[A-Za-z]{{0,3}}"
            r"(?![A-Za-z0-9]|\.\d)",
            re.IGNORECASE,
        ),
        re.compile(rf"(?:[ -]?\d{{1,2}})?[ -]?(?:{tails})(?![A-Za-z])"),
        re.compile(rf" ?\d{{1,2}}[A-Z]?[ -]?(?:{tails})(?![A-Za-z])"),
        re.compile(
            rf"(?:{'|'.join(sorted(gadgets['words'], key=len, reverse=True))})"
            rf" ?(?:[A-Z]{{0,3}}\d{{1,3}}(?:\.\d)?[A-Za-z]{{0,2}}|(?:{tails}))(?![A-Za-z0-9.%])"
        ),
        frozenset(gadgets["counters"]),
    )


def latin_names(scene: Scene, known: Names) -> list[Found]:
    """Latin names; ``known`` are the names found so far, in order."""
    made = gadgets(scene, known)
    if not re.search("[A-Za-z]", scene.folded):
        return made
    found = [*made, *models(scene, known), *longer_models(scene, known), *numbered(scene, known)]
    taken = settled([*known, *found])
    for match in NAME.finditer(scene.folded):
        if not scene.is_masked(*match.span()):
            found.extend(words(scene, *match.span(), known, taken))
    return found


def with_tail(scene: Scene, end: int) -> int:
    """The end of a model's name with the words behind its number: iPhone 17 Pro Max."""
    while match := tables(scene.kb).tail.match(scene.folded, end):
        end = match.end()
    return end


def models(scene: Scene, known: Names) -> list[Found]:
    words = tables(scene.kb)
    spans = [match.span() for match in words.family.finditer(scene.folded)]
    for match in NUMBERED.finditer(scene.folded):
        letters = match["letters"]
        text = match[0]
        if NEVER.fullmatch(text) or letters.lower() in words.common or scene.is_masked(*match.span()):
            continue
        following = scene.folded[match.end() : match.end() + 1]
        counted = following == "/" or (is_han(following) and not scene.precedes(match.end(), words.product_after))
        if match["joint"] == " " and (
            len(letters) > 4 or counted or letters in words.not_models
        ):  # ECS 2核 has two cores
            continue
        maker = known.ends.get(scene.before(match.start()))
        in_row = letters in words.not_models  # 英雄联盟S15
        beside = (
            maker is not None
            and (maker.label == "ORG" or (maker.label == "PRODUCT" and not in_row))
            and not maker.name.endswith(words.carriers)  # a flight: 樂桃航空 MM24
        ) or scene.precedes(match.end(), words.product_after)
        beside = beside or scene.follows(match.start(), words.product_before)
        hyphened = match["joint"] == "-" and len(letters) >= SURE_LETTERS and match["rest"] not in words.not_rests
        series = len(letters.partition("-")[0]) >= SURE_LETTERS and "-" in letters  # SHR-A1811
        mixed = match["rest"][1:].isdigit() and len(match["number"]) > 1 and not EPISODE.fullmatch(text)  # N63B44
        if (
            series
            or mixed
            or (beside and letters not in ("Q", "FY"))
            or (hyphened and letters not in words.not_models)
            or (MEDICINE.fullmatch(text) and len(scene.by_class.get("medicine", ())) >= MEDICAL)
        ):
            spans.append(match.span())
    for one in known:  # 比亚迪e6: small letters only where they touch a maker in Han characters
        makes = one.label == "ORG" and is_han(scene.folded[one.end - 1]) and not one.name.endswith(words.carriers)
        glued = GLUED.match(scene.folded, one.end) if makes else None
        if glued and not NEVER.fullmatch(glued[0].upper()) and glued[1].lower() not in words.common:
            spans.append(glued.span())
    return [product(scene, start, with_tail(scene, end)) for start, end in spans]


def gadgets(scene: Scene, known: Names) -> list[Found]:
    """讯飞|翻译机|2.0: a maker, what it makes, and a model's number or word that counts nothing."""
    table, found = tables(scene.kb), []
    for maker in known:
        match = table.gadget.match(scene.folded, maker.end) if maker.label == "ORG" else None
        if match and scene.low[match.end() : match.end() + 1] not in table.counters:
            found.append(product(scene, maker.start, with_tail(scene, match.end())))
    return found


def product(scene: Scene, start: int, end: int, rule: str = MODEL) -> Found:
    return Found(start, end, "PRODUCT", scene.folded[start:end], "", rule, 1)


def branded(scene: Scene, known: Names) -> Names:
    """Models of such makers under their full name. A model that touches its maker and never stands alone in the
    post is one name with it (奔驰AMG S65); else both are names (宝马 X1)."""
    found = []
    for one in known:
        maker = known.ends.get(scene.before(one.start)) if one.rule == MODEL else None
        if maker is None or maker.label != "ORG" or maker.entity_id not in scene.kb.branded:
            found.append(one)
            continue
        name = maker.name + one.name
        text = scene.folded[one.start : one.end]
        glued = maker.end == one.start and scene.folded.count(text) == scene.folded.count(
            scene.folded[maker.start : one.end]
        )
        if glued and maker in found:
            found.remove(maker)
        found.append(one._replace(start=maker.start if glued else one.start, name=name))
    return Names(found)


def longer_models(scene: Scene, known: Names) -> list[Found]:
    """Known products with the words of a model behind them that the knowledge base does not hold."""
    found = []
    for one in known:
        if one.label == "PRODUCT" and scene.folded[one.end - 1].isascii():
            end = with_tail(scene, one.end)
            if end > one.end:
                found.append(product(scene, one.start, end))
    return found


def numbered(scene: Scene, known: Names) -> list[Found]:
    """Models of a number and a word behind it, which are called by their maker's name alone: 一加 7 Pro."""
    found = []
    for one in known:
        if one.label != "ORG" or one.entity_id not in scene.kb.branded:
            continue
        if match := tables(scene.kb).numbered.match(scene.folded, one.end):
            end = with_tail(scene, match.end())
            name = one.name + scene.folded[one.end : end]
            found.append(product(scene, one.start, end)._replace(name=name, rule=SHAPED))
    return found


def words(scene: Scene, start: int, end: int, known: Names, taken: Names) -> list[Found]:
    """What a run of Latin words names: a company by its last word, or by what stands beside the run."""
    table = tables(scene.kb)
    pieces = [(start + part.start(), start + part.end()) for part in re.finditer(r"[^ ]+", scene.folded[start:end])]
    names = [scene.folded[left:right] for left, right in pieces]
    for size in range(len(pieces), 1, -1):
        if names[size - 1].rstrip(".") in table.last or names[size - 1] in table.last:
            left, right = pieces[0][0], pieces[size - 1][1]
            if not is_common(scene, names[:1]) and not any(
                one.start <= left and right <= one.end for one in known.over(left, right)
            ):
                return [Found(left, right, "ORG", scene.folded[left:right], "", COMPANY, 1)]
    free = [place for place in range(len(pieces)) if not taken.over(*pieces[place])]
    maker = known.ends.get(pieces[free[0] - 1][1]) if free and free[0] and free[-1] - free[0] == len(free) - 1 else None
    if maker and maker.label == "ORG" and free[-1] == len(pieces) - 1 and not is_common(scene, names[free[0] :]):
        stop = NUMBER.match(scene.folded, end)  # FabFilter Pro-L 2
        if stop or scene.precedes(end, table.product_after):
            return [product(scene, pieces[free[0]][0], stop.end() if stop else end, SHAPED)]
    if len(free) < len(pieces) or is_common(scene, names):
        return shaped(scene, [pieces[place] for place in free])
    camel = (len(pieces) > 1 and is_camel(names[0])) or (len(pieces) == 2 and is_camel(names[1]))
    if camel and not is_common(scene, names[:1]):  # FabFilter Pro-Q 3
        stop = NUMBER.match(scene.folded, end)
        left, right = pieces[0]
        maker = Found(left, right, "ORG", names[0], "", SHAPED, 1)
        return [maker, product(scene, pieces[1][0], stop.end() if stop else end, SHAPED)]
    text = scene.folded[start:end]
    if len(text) < 2 or NEVER.fullmatch(text):
        return []
    if scene.precedes(end, table.product_after) or scene.follows(start, table.product_before):
        return [product(scene, start, end, CUED)]
    if len(pieces) > 1 and scene.follows(start, table.titles):  # 创始人Ann Lee表示
        return []
    if scene.precedes(end, table.org_after) or scene.follows(start, table.org_before):
        return [Found(start, end, "ORG", text, "", CUED, 1)]
    return shaped(scene, pieces)


def shaped(scene: Scene, pieces: Sequence[tuple[int, int]]) -> list[Found]:
    """Words with capitals inside: TechWeb, RCInflator."""
    found = []
    for left, right in pieces:
        text = scene.folded[left:right]
        if is_camel(text) and not is_common(scene, [text]) and in_prose(scene, left, right):
            byline = scene.low[left - 1 : left] == "【" and scene.low[right : right + 1] == "】"
            first = byline and scene.low[max(0, left - 2) : left - 1] in ("", "\n")  # 【TechWeb】7月24日消息
            label = "ORG" if first else "PRODUCT"
            found.append(Found(left, right, label, text, "", SHAPED, 1))
    return found


def is_camel(text: str) -> bool:
    return len(text) >= SHORTEST_CAMEL and bool(CAMEL.fullmatch(text))


def in_prose(scene: Scene, start: int, end: int) -> bool:
    """True where a Han character is near and nothing that code puts around its names."""
    low = scene.low
    if low[end : end + 1] in CODE or (start and low[start - 1] in CODE):
        return False
    around = low[max(0, start - NEAR) : start] + low[end : end + NEAR]
    return any(is_han(char) for char in around)


def is_common(scene: Scene, names: Sequence[str]) -> bool:
    common = tables(scene.kb).common
    return all(name.lower() in common for name in names)
