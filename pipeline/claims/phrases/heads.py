"""What a noun phrase names: its entity, an office, its words as the post writes them."""

from collections.abc import Sequence

from pipeline.claims.phrases.lexicon import phrases
from pipeline.claims.phrases.units import Unit
from pipeline.claims.reading import Reading
from pipeline.records import Mention

SHORTEST_OFFICE = 3  # characters of an office named without its place


def is_office(phrase: Sequence[Unit]) -> bool:
    """True for a place's name and an office: 上海市监局, 美国司法部; or an office that needs no place: 房屋局."""
    first = phrase[0].mention
    last = phrase[-1]
    own = last.word in phrases().lone_offices or len(last.word) >= SHORTEST_OFFICE  # 房屋|局, 发展局, not 布局
    if own and len(phrase) + len(last.word) >= SHORTEST_OFFICE and last.word.endswith(phrases().lone_offices):
        return last.kind == "noun"
    placed = first is not None and first.label in ("GPE", "ORG")
    return placed and len(phrase) > 1 and phrase[-1].kind == "noun" and phrase[-1].word.endswith(phrases().offices)


def entities_of(phrase: Sequence[Unit]) -> list[Unit]:
    return [unit for unit in phrase if unit.kind == "entity"]


def head_entity(phrase: Sequence[Unit]) -> Mention | None:
    """The entity that a noun phrase names: its last word, or one before words that only round off a name.

    亚马逊创始人贝佐斯 is 贝佐斯, 苹果公司 and Groq等初创公司 are their names; 高盛分析师 is no entity.
    """
    tails = phrases().name_tails
    for index in range(len(phrase) - 1, -1, -1):
        unit = phrase[index]
        if unit.mention is not None and unit.kind == "entity":
            return firm_of_branch(phrase, index) or unit.mention
        if unit.word in phrases().and_others:
            return next((u.mention for u in phrase[:index] if u.kind == "entity"), None)
        others = any(u.word in phrases().and_others for u in phrase[:index])
        if unit.word not in tails and not others and not (unit.kind == "mark" and unit.word in "《》〈〉"):
            return None
    return None


def firm_of_branch(phrase: Sequence[Unit], index: int) -> Mention | None:
    """The firm right in front of a place's name, whose branch there is meant: 微软|中国."""
    place, firm = phrase[index].mention, phrase[index - 1].mention if index else None
    if place is None or place.label != "GPE" or firm is None or firm.label != "ORG" or firm.end != place.start:
        return None
    return firm


def span(phrase: Sequence[Unit]) -> tuple[int, int]:
    return phrase[0].start, phrase[-1].end


def written(reading: Reading, phrase: Sequence[Unit]) -> str:
    """A phrase as the post writes it, without marks at its edges."""
    start, end = span(phrase)
    return reading.text[start:end].strip("《》〈〉“”「」 ")
