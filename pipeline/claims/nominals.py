"""The noun phrases of a clause and their parts in it: who it is about, what is acted on, what only modifies."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.claims.attribution.lexicon import verbs
from pipeline.claims.chunks import Chunk, chunks
from pipeline.claims.phrases import Unit, head_entity, phrases, units, without_asides
from pipeline.claims.reading import Reading, once
from pipeline.records import Mention

TOPIC, OBJECT, OBLIQUE, OWNER, RELATIVE, CAUSE = "topic", "object", "oblique", "owner", "relative", "cause"


class Nominal(NamedTuple):
    """A noun phrase; ``part`` is ``topic`` (in front of its clause's verb), ``object`` (behind it), ``oblique``
    (under a preposition), ``owner`` (in front of 的) or ``relative`` (in a clause that a 的 makes a modifier).
    """

    units: tuple[Unit, ...]
    part: str

    @property
    def start(self) -> int:
        return self.units[0].start

    @property
    def end(self) -> int:
        return self.units[-1].end

    @property
    def entity(self) -> Mention | None:
        """What the phrase names, None for a common noun."""
        return head_entity(self.units)


@once
def nominals(reading: Reading, start: int, end: int) -> list[Nominal]:
    """The noun phrases of ``start:end``, in order; a verb of speech (认为, 预计) opens a clause of its own."""
    opening = verbs()
    found: list[Nominal] = []
    part = TOPIC
    words = without_asides(units(reading, start, end))
    words = [w._replace(kind="verb") if w.word in opening and w.tag.startswith("v") else w for w in words]
    for chunk in chunks(words):
        if chunk.kind == "verb":
            part = TOPIC if chunk.word in opening else OBJECT
        elif chunk.kind == "np":
            found.extend(within(chunk.units, part))
        elif chunk.kind == "pp" and chunk.units:
            found.extend(governed(chunk, part))
    return found


def within(phrase: Sequence[Unit], part: str) -> list[Nominal]:
    """A noun phrase as what stands in front of its last 的, and its head.

    A clause in front of 的 lacks what the head is in it: 任天堂公布的财报, 持有股份的股东. Where nothing is lacking,
    the verb has the phrase behind it for its object: 任天堂|公布|上半年的财报, 微软|手握|2500亿美元的订单.
    """
    head, before = at_last_link(phrase)
    if not before:
        return nonempty((head, part))
    verbs_at = [i for i, unit in enumerate(before) if acts(unit)]
    first, last = (verbs_at[0], verbs_at[-1]) if verbs_at else (-1, -1)
    subject = trimmed(before[: max(first, 0)])
    if subject and last < len(before) - 1:
        return nonempty((subject, part), (before[last + 1 :], OWNER), (head, OBJECT))
    return nonempty((before[: last + 1], RELATIVE), (before[last + 1 :], OWNER), (head, part))


def at_last_link(phrase: Sequence[Unit]) -> tuple[list[Unit], list[Unit]]:
    """What follows the last 的 of a phrase, and what stands before it."""
    at = max((i for i, unit in enumerate(phrase) if unit.kind == "de"), default=-1)
    return list(phrase[at + 1 :]), [unit for unit in phrase[: max(at, 0)] if unit.kind != "de"]


def trimmed(found: list[Unit]) -> list[Unit]:
    """Units up to the last noun: 市场|将."""
    while found and found[-1].kind not in ("noun", "entity", "pronoun"):
        found = found[:-1]
    return found


def nonempty(*pieces: tuple[list[Unit], str]) -> list[Nominal]:
    return [Nominal(tuple(piece), role) for piece, role in pieces if piece]


def governed(chunk: Chunk, part: str) -> list[Nominal]:
    """What a preposition governs; in 被Naspers出售股份的京东 it is only the clause in front of 的."""
    if chunk.word == "、":
        return within(chunk.units, part)
    if chunk.word in phrases().causes:
        return [Nominal(one.units, CAUSE if one.part == part else one.part) for one in within(chunk.units, part)]
    if chunk.word in phrases().disposals:
        return within(chunk.units, OBJECT)
    head, before = at_last_link(chunk.units)
    if any(acts(unit) for unit in before):
        return nonempty((before, RELATIVE), (head, part))
    return nonempty((before, OWNER), (head, OBLIQUE))


def acts(unit: Unit) -> bool:
    """True for a verb in what 的 makes a modifier: 抖音团购的, 共同投资的."""
    return unit.tag.startswith("v") and unit.word not in phrases().kinds
