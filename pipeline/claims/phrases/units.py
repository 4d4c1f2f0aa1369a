"""Words of a clause as units with a part in the phrase.

A unit is a mention or one of jieba's words. Its kind comes from the lexicon ``phrases.toml``, else from jieba's
part of speech: ``entity time amount mark de pronoun and prep adverb conj aux verb place noun``.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.claims.phrases.lexicon import is_document, phrases
from pipeline.claims.reading import Reading
from pipeline.records import Mention

JOINED = 2  # characters of two words that are read as one
BRACKETS = frozenset("(（[【)）]】")
KIND_OF_MENTION = {"entity": "entity", "date": "time"}


class Unit(NamedTuple):
    """One word or mention; ``word`` is folded, offsets are into the post's text."""

    start: int
    end: int
    word: str
    kind: str
    tag: str = ""
    mention: Mention | None = None


def units(reading: Reading, start: int, end: int) -> list[Unit]:
    """The units of ``start:end``, marks and brackets included; a mention that reaches over the edge is left out.

    A sentence is read once; what is asked for is cut out of it where no word and no mention reaches over an edge.
    """
    if start >= end:
        return []
    index = reading.sentence_at(start)
    if not reading.sentences or not reading.sentences[index][0] <= start < end <= reading.sentences[index][1]:
        return read_units(reading, start, end)
    whole = reading.units.get(index)
    if whole is None:
        whole = reading.units[index] = of_sentence(reading, index)
    found, starts, edges = whole
    if start not in edges or end not in edges:
        return read_units(reading, start, end)
    return found[bisect_left(starts, start) : bisect_left(starts, end)]


def of_sentence(reading: Reading, index: int) -> tuple[list[Unit], list[int], set[int]]:
    """The units of a sentence, where they start, and the places over which no word and no mention reaches."""
    found = read_units(reading, *reading.sentences[index])
    edges = reading.draft.words.edges(index)
    for unit in found:
        if unit.mention is not None:
            edges.difference_update(range(unit.start + 1, unit.end))
    return found, [unit.start for unit in found], edges


def read_units(reading: Reading, start: int, end: int) -> list[Unit]:
    mentions = {m.start: m for m in mentions_in(reading, start, end)}
    known, folded = phrases(), reading.folded
    kind_of, particles = known.kind_of, known.particles
    new = tuple.__new__  # Unit(…) would go through a function of Python's for each
    found: list[Unit] = []
    covered = 0  # where the last mention ends
    for left, right, word, tag in reading.tagged(start, end):
        if left < start or right > end:
            left, right = max(left, start), min(right, end)
            word, tag = folded[left:right], "x"
        mention = mentions.get(left)
        if mention is not None and mention.end >= right:
            covered = mention.end
            found.append(new(Unit, (left, covered, folded[left:covered], mention_kind(reading, mention), "", mention)))
        elif left < covered or word.isspace():
            continue
        else:
            if tag == "x":  # an unknown word, with a particle that was taken for its first letter: 对|恒大, 拟|以
                while len(word) > 1 and word not in known.kinds and (word[0] in particles or joined(word, known.kinds)):
                    found.append(new(Unit, (left, left + 1, word[0], kind_of(word[0], "v"), "", None)))
                    left, word = left + 1, word[1:]
                if len(word) > JOINED and word[-1] in known.enclitics and word not in known.kinds:  # 金向华|因
                    found.append(new(Unit, (left, right - 1, word[:-1], kind_of(word[:-1], tag), tag, None)))
                    left, word = right - 1, word[-1]
                    found.append(new(Unit, (left, right, word, kind_of(word, "v"), "", None)))
                    continue
            found.append(new(Unit, (left, right, word, kind_of(word, tag), tag, None)))
    return found


def joined(word: str, kinds: Mapping[str, str]) -> bool:
    """True for an adverb and a preposition that the segmenter has taken for one word: 曾|以, 已|与."""
    return len(word) == JOINED and kinds.get(word[0]) == "adverb" and kinds.get(word[1]) in ("prep", "adverb")


def mentions_in(reading: Reading, start: int, end: int) -> list[Mention]:
    """All mentions wholly inside ``start:end``, by kind."""
    return [*reading.entities_in(start, end), *reading.dates_in(start, end), *reading.amounts_in(start, end)]


def mention_kind(reading: Reading, mention: Mention) -> str:
    """``entity``, ``time`` or ``amount``; a dated document (三季报显示) is a noun."""
    if mention.kind == "date" and is_document(reading.folded[mention.start : mention.end]):
        return "noun"
    return KIND_OF_MENTION.get(mention.kind, "amount")


def without_asides(found: Sequence[Unit]) -> list[Unit]:
    """Units outside brackets: 黄仁勋（Jensen Huang）表示 reads 黄仁勋表示."""
    if BRACKETS.isdisjoint([unit.word for unit in found]):
        return list(found)
    kept: list[Unit] = []
    depth = 0
    for unit in found:
        if unit.kind == "mark" and unit.word in "(（[【":
            depth += 1
        elif unit.kind == "mark" and unit.word in ")）]】":
            depth = max(0, depth - 1)
        elif not depth:
            kept.append(unit)
    return kept
