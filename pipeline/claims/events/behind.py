"""The object behind a trigger: a noun phrase, a name in quotation or title marks, a compound."""

from collections.abc import Sequence

from pipeline.claims.chunks import chunks
from pipeline.claims.events.arguments import object_of
from pipeline.claims.events.lexicon import EventType, word_tuple, words
from pipeline.claims.events.names import is_name, is_unknown_person, surnames
from pipeline.claims.events.piece import Piece
from pipeline.claims.events.topic import Argument, as_written, of_mention
from pipeline.claims.named import NAME
from pipeline.claims.phrases import Unit

HOLDERS = ("entity", "noun", "and", "de", "pronoun")  # of units that name whoever holds something
COMPOUND = ("noun", "verb", "entity")
LONGEST_COMPOUND = 8  # characters of a noun that holds a verb
LONGEST_TITLE = 60  # characters between title marks
REACH = 6  # units behind a trigger within which a quoted name is its object


def behind(piece: Piece) -> Argument | None:
    """The object behind the trigger, past 了, amounts and a 的 that makes the clause a modifier."""
    kind = piece.kind
    if kind.maker and titled(piece) is not None:
        return titled(piece)
    if kind.maker and is_paper(piece):
        return None
    rest = list(piece.right)
    while rest and (rest[0].kind in ("aux", "amount", "time", "de") or rest[0].word in words("abouts")):
        rest.pop(0)
    rest = past_holder(piece, rest)
    if kind.object == "person":
        rest = with_surname(rest)
    made = chunks(rest)
    if not made:
        return None
    name = next((unit for unit in rest[:REACH] if unit.tag == NAME), None)
    if (
        name is not None
        and kind.object == "required"
        and not any(unit.kind in ("mark", "prep", "adverb") for unit in rest[: rest.index(name)])
    ):
        return object_of(piece.reading, kind, [name])
    first = made[0]
    if relative_agent(piece) and first.units and first.units[-1].word.endswith(word_tuple("reports")):
        return None  # 央行公布的数据
    if first.word in words("building") and len(made) > 1 and len(rest) < len(piece.right):
        return object_of(piece.reading, kind, made[1].units) if made[1].kind == "np" else None
    if first.kind == "pp" and first.word in kind.behind:
        target = object_of(piece.reading, kind, first_noun(kind, first.units))
        return target or described(piece, rest[1:])
    if first.kind == "other" and len(made) > 1 and first.units[0].kind == "adverb":
        return None
    found = first.units if first.kind == "np" else ()
    if found and found[0].word in words("building") and len(rest) < len(piece.right):
        return object_of(piece.reading, kind, found[1:])
    goods = kind.nouns_as_objects or bool(rest and rest[-1].word.endswith(kind.object_heads))
    if goods and not any(unit.kind in ("entity", "pronoun") for unit in rest) and is_compound(rest):
        return as_written(piece.reading, rest)
    target = object_of(piece.reading, kind, found) if found else None
    return target if target is not None or first.kind not in ("np", "verb") else described(piece, rest)


def with_surname(rest: list[Unit]) -> list[Unit]:
    """A name that the segmenter has cut behind its first letter as one word again: 聘任[戴|张龙]为总经理."""
    if len(rest) < 2 or len(rest[0].word) > 1 or rest[0].word not in surnames() or not is_unknown_person(rest[1]):
        return rest
    first, second = rest[:2]
    return [second._replace(start=first.start, word=first.word + second.word), *rest[2:]]


def past_holder(piece: Piece, rest: list[Unit]) -> list[Unit]:
    """What is bought, behind whoever holds it: 甲、乙持有的|丙."""
    at = next((i for i, unit in enumerate(rest) if i and unit.word in words("holding")), 0)
    held = rest[at + 1 :] if at and all(unit.kind in HOLDERS for unit in rest[:at]) else []
    named = any(unit.mention is not None and unit.mention.label in piece.kind.objects for unit in held)
    while named and (held[0].kind == "de" or held[0].word in words("holding")):
        held = held[1:]
    return held if named else rest


def described(piece: Piece, rest: Sequence[Unit]) -> Argument | None:
    """The name behind the noun for what bears it, though verbs stand in the compound: 三折叠手机|Mate XT."""
    for index, unit in enumerate(rest):
        if unit.kind not in COMPOUND and unit.tag[:1] not in ("m", "q"):
            return None
        if index and unit.mention is not None and unit.mention.label in piece.kind.objects:
            named = rest[index - 1].word.endswith((*word_tuple("goods"), *word_tuple("kinds")))
            return of_mention(unit.mention) if named else None
    return None


def relative_agent(piece: Piece) -> bool:
    return bool(piece.right) and piece.right[0].kind == "de"


def titled(piece: Piece) -> Argument | None:
    """A law, a game or a book in title marks: 印发《…办法》."""
    text, at = piece.reading.folded, piece.trigger.end
    if not text.startswith("《", at):
        return None
    end = text.find("》", at, at + LONGEST_TITLE)
    if end < 0 or text.endswith(word_tuple("papers"), at, end):
        return None
    return Argument(piece.reading.text[at + 1 : end], None, at + 1, end)


def is_paper(piece: Piece) -> bool:
    """True where a paper is given out: 发布股票交易异常波动公告."""
    text, at = piece.reading.folded, piece.trigger.end
    paper = next((word for word in word_tuple("papers") if text.endswith(word, at, piece.stop)), "")
    return bool(paper) and not text.endswith("的", at, piece.stop - len(paper))


def is_compound(rest: Sequence[Unit]) -> bool:
    """True for nouns and verbs that are one noun to the clause's end: 充电桩, 半托管业务."""
    if rest[0].word in words("purposes"):
        return False  # 提起诉讼|来获取利益
    verbs = [unit for unit in rest[:-1] if unit.kind == "verb"]
    plain = all(unit.kind in ("noun", "verb") for unit in rest) and rest[-1].kind == "noun"
    return bool(verbs) and plain and sum(len(unit.word) for unit in rest) <= LONGEST_COMPOUND


def first_noun(kind: EventType, found: Sequence[Unit]) -> list[Unit]:
    """A governed phrase up to the name that comes first: 对[华]芯片, 对[OpenAI]的, 向美国家电商[通用电气]."""
    named_by_kind = len(found) > 2 and found[-1].kind == "entity" and found[-2].word.endswith(word_tuple("kinds"))
    if named_by_kind and any(unit.kind == "de" for unit in found[:-2]):
        return list(found[-1:])  # 向OpenAI的竞争对手|Anthropic
    for index, unit in enumerate(found):
        behind_it = found[index + 1 :]
        named = any(u.kind == "entity" or is_name(u) for u in (behind_it[:1] if kind.places else behind_it))
        placed = bool(behind_it) and not kind.places and behind_it[-1].kind in ("noun", "entity")
        if unit.mention is not None and unit.mention.label == "GPE" and (named or placed):
            continue
        if unit.kind == "entity" or (index and is_name(unit)):
            return list(found[: index + 1]) if not index else list(found[index : index + 1])
    return list(found)
