"""The phrases of a clause piece: noun phrases, prepositional phrases, verbs."""

from collections.abc import Sequence

from pipeline.claims.phrases import Unit, joins, modifies, phrases
from pipeline.frozen import frozen


@frozen
class Chunk:
    """``kind`` is ``np`` (units), ``pp`` (``word`` its preposition, units what it governs), ``verb`` or ``other``."""

    kind: str
    units: tuple[Unit, ...]
    word: str = ""

    @property
    def start(self) -> int:
        return self.units[0].start if self.units else 0


JOINED = 2  # characters of an adverb and 将 or 把
NAMED = ("entity", "noun")
NOMINAL = ("entity", "noun", "pronoun", "de")


def chunks(found: Sequence[Unit]) -> list[Chunk]:
    """The chunks of units, in order."""
    made: list[Chunk] = []
    at = 0
    while at < len(found):
        unit = found[at]
        stop = phrase_end(found, at)
        if stop > at:
            made.append(Chunk("np", tuple(found[at:stop])))
            at = stop
        elif unit.kind in ("prep", "and") or disposes(found, at) or concerns(found, at):
            inner = at + 1
            while inner < len(found) and found[inner].kind in ("time", "place"):
                inner += 1
            stop = phrase_end(found, inner)
            word = unit.word if unit.kind in ("prep", "and") else preposed(unit.word)
            made.append(Chunk("pp", tuple(found[inner:stop]), word))
            at = max(stop, inner)
        else:
            made.append(Chunk("verb" if unit.kind == "verb" else "other", (unit,), unit.word))
            at += 1
    return made


def phrase_end(found: Sequence[Unit], at: int) -> int:
    """Where the noun phrase that begins at ``at`` ends; ``at`` itself where none begins."""
    begin = at
    while at < len(found):
        if extends(found, begin, at):
            at += 1
        elif found[at].kind in ("verb", "adverb") and (stop := modifies(found, at)):
            if at > begin and found[at - 1].kind == "entity" and found[at].kind == "verb" and stop > at + 1:
                break  # 谷歌签署百亿的协议, though 谷歌推出的模型
            at = stop
        else:
            break
    while at > begin and found[at - 1].kind in ("mark", "and"):
        at -= 1
    return at


def extends(found: Sequence[Unit], begin: int, at: int) -> bool:
    """True where a unit belongs to the noun phrase that begins at ``begin``."""
    unit = found[at]
    following = found[at + 1].kind if at + 1 < len(found) else ""
    if unit.kind in NOMINAL:
        return at > begin or unit.kind != "de"
    if unit.kind in ("time", "amount", "adverb", "place") and at > begin and following == "de":
        return True
    if unit.kind == "adverb" and unit.tag == "n" and at > begin and following in ("", "mark", "de"):
        return True  # 月费|计划
    if unit.kind == "amount":
        counts = unit.mention is not None and unit.mention.kind == "quantity"
        return following == "noun" or (counts and following == "entity") or (at == begin and following == "de")
    if unit.kind == "and":
        return at > begin and bool(following) and joins(found, at)
    if unit.word in phrases().former:
        return following in ("noun", "entity")
    return unit.kind == "mark" and unit.word in "《》〈〉"


def preposed(word: str) -> str:
    """将 or 把 of a word that the dictionary joins to an adverb: 拟将, 已把."""
    return word[1:] if len(word) == JOINED else word


def concerns(found: Sequence[Unit], at: int) -> bool:
    """True for an adverb that is a preposition in front of what is dealt with: 就|外卖大战约谈."""
    return found[at].word in phrases().concerning and found[at + 1 : at + 2] != [] and found[at + 1].kind in NAMED


def disposes(found: Sequence[Unit], at: int) -> bool:
    """True for 将 or 把 in front of what is acted on: 将华为列入…, 将三家企业列入…"""
    if preposed(found[at].word) not in phrases().disposals or at + 1 >= len(found):
        return False
    following = found[at + 1]
    if following.kind == "amount" and at + 2 < len(found):
        following = found[at + 2]
    return following.kind in ("entity", "pronoun", "noun")
