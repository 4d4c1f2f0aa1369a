"""Speakers whose names nobody knows: behind a firm or a title (美联物业林志强), or whom 有 and 听 bring in."""

from collections.abc import Sequence

from pipeline.claims.attribution.lexicon import word_set, word_tuple
from pipeline.claims.phrases import Unit, is_agent, is_person, phrases
from pipeline.claims.reading import Reading
from pipeline.mentions.entities.fullnames import FULL_NAME, tables
from pipeline.mentions.entities.knowledge import knowledge_base

SPLIT = ("verb", "adverb", "conj", "place", "time")  # what the dictionary takes the end of a name for
SURNAMED = ("nr", "x")  # jieba's tags of a word that begins a name


def named_end(reading: Reading, phrase: Sequence[Unit]) -> int:
    """Where the full name begins that ends a phrase behind a firm or a title; -1 for none."""
    start = phrase[-1].end - FULL_NAME
    names = tables(knowledge_base())
    unknown = phrase[-1].tag == "x" and phrase[-1].start == start  # a word of its own that no dictionary holds
    surname = reading.folded[start] in names.surnames - names.weak
    before = reading.folded[phrase[0].start : max(start, phrase[0].start)]
    first = next((unit for unit in phrase if unit.start == start), None)
    named = first is not None and (first.tag.startswith(SURNAMED) or len(first.word) == 1)
    titled = named and is_person(before)  # 董事|林|吉祥
    titled = titled and not is_agent(reading.folded[start : phrase[-1].end])  # 董事|王|先生
    if start <= phrase[0].start or not (
        names.bare.match(reading.folded, start, phrase[-1].end)
        or (surname and titled)
        or (unknown and surname and not names.not_given.intersection(phrase[-1].word[1:]))
    ):
        return -1
    firm = phrase[0].mention is not None and phrase[0].mention.label == "ORG"
    known = any(unit.mention is not None and unit.end > start for unit in phrase)
    housed = before.endswith(word_tuple("houses")) or firm or is_person(before)
    return start if housed and not known else -1


def split_name(reading: Reading, phrase: Sequence[Unit], rest: Sequence[Unit]) -> int:
    """Where a full name begins whose end the dictionary takes for a verb (陈永|安, 李|建成); -1 for none."""
    if not phrase or len(rest) != 1 or rest[0].kind not in SPLIT or rest[0].word in phrases().kinds:
        return -1
    start = named_end(reading, [*phrase, *rest])
    return start if any(u.start == start and (len(u.word) == 1 or u.tag.startswith(SURNAMED)) for u in phrase) else -1


def brought_in(found: list[Unit]) -> list[Unit]:
    """Units behind the last 有 or 听 where they are nothing but somebody: 网上有|网友吐槽, 昨天听|邻居说."""
    at = next((i for i in range(len(found) - 1, -1, -1) if found[i].word in word_set("bringing")), -1)
    behind = found[at + 1 :]
    somebody = bool(behind) and (behind[-1].kind == "entity" or is_agent(behind[-1].word))
    plain = all(unit.kind in ("noun", "entity", "de", "pronoun") for unit in behind)
    return behind if at >= 0 and somebody and plain else found
