"""The noun phrases of a clause and their parts in it: who it is about, what is acted on, what only modifies."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.claims.attribution.lexicon import verbs
from pipeline.claims.chunks import Chunk, chunks
from pipeline.claims.phrases import Unit, head_entity, phrases, units, without_asides
from pipeline.claims.reading import Reading
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


def nominals(reading: Reading, start: int, end: int) -> list[Nominal]:
    """The noun phrases of ``start:end``, in order; a verb of speech (认为, 预计) opens a clause of its own."""
    known = reading.nominals.get((start, end))
    if known is None:
        known = reading.nominals[start, end] = read_nominals(reading, start, end)
    return known


def read_nominals(reading: Reading, start: int, end: int) -> list[Nominal]:
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

    微软手握2500亿美元的订单 is no phrase: the verb has the phrase behind it for its object.
    """
    at = max((i for i, unit in enumerate(phrase) if unit.kind == "de"), default=-1)
    head, before = tuple(phrase[at + 1 :]), [unit for unit in phrase[: max(at, 0)] if unit.kind != "de"]
    last = max((i for i, unit in enumerate(before) if acts(unit)), default=-1)
    if last > 0 and before[-1].kind == "amount":
        before = before[:last]
        while before and before[-1].kind not in ("noun", "entity"):
            before.pop()  # 市场将
        return [Nominal(tuple(piece), role) for piece, role in ((before, part), (head, OBJECT)) if piece]
    pieces = ((before[: last + 1], RELATIVE), (before[last + 1 :], OWNER), (head, part))
    return [Nominal(tuple(piece), role) for piece, role in pieces if piece]


def governed(chunk: Chunk, part: str) -> list[Nominal]:
    """What a preposition governs; in 被Naspers出售股份的京东 it is only the clause in front of 的."""
    made = within(chunk.units, part)
    if chunk.word == "、" or (len(made) > 1 and made[0].part == RELATIVE):
        return made
    if chunk.word in phrases().causes:
        return [Nominal(one.units, CAUSE if one.part == part else one.part) for one in made]
    if chunk.word in phrases().disposals:
        return within(chunk.units, OBJECT)
    return [Nominal(one.units, OBLIQUE if one.part == part else one.part) for one in made]


def acts(unit: Unit) -> bool:
    """True for a verb in what 的 makes a modifier: 抖音团购的, 共同投资的."""
    return unit.tag.startswith("v") and unit.word not in phrases().kinds
