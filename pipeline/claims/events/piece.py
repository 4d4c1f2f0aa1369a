"""A trigger in its stretch of clause, and what a pattern finds there."""

from pipeline.claims.attribution.speakers import break_before
from pipeline.claims.chunks import Chunk, chunks
from pipeline.claims.events.lexicon import EventType, Trigger, words
from pipeline.claims.events.topic import Argument
from pipeline.claims.named import quoted_at, quoted_before
from pipeline.claims.phrases import Unit, units, without_asides
from pipeline.claims.reading import Reading
from pipeline.frozen import frozen
from pipeline.records import Mention

BREAKS = "，,；;：:。！？!?…\n“”「」『』（）()【】[]~—"
DASHES = ("—", "…", " - ")
REACH = 120  # characters behind a trigger in which its object may stand
PREDICATES = ("verb", "adverb", "prep", "aux", "time")  # behind a quoted name these make it a subject


@frozen
class Piece:
    """A trigger in its stretch of clause, ``start:stop``: the units on both sides."""

    reading: Reading
    trigger: Trigger
    start: int
    stop: int
    left: list[Unit]
    right: list[Unit]
    raises: Argument | None = None  # whose funding the sentence has told of

    @property
    def kind(self) -> EventType:
        return self.trigger.type


@frozen
class Found:
    """An event's arguments, and the pattern that told them."""

    rule: str
    subject: Argument
    object: Argument | None


def piece_of(reading: Reading, trigger: Trigger, floor: int, end: int) -> Piece:
    """The stretch of clause around a trigger of the sentence ``floor:end``."""
    begin, left = left_of(reading, floor, trigger.start)
    end = min(end, trigger.end + REACH)
    stop, right = right_of(reading, trigger.end, end)
    return Piece(reading, trigger, begin, stop, without_asides(left), without_asides(right))


def left_of(reading: Reading, floor: int, at: int) -> tuple[int, list[Unit]]:
    """Where the clause of a trigger at ``at`` begins, and its units; a quoted name is one of them: “快鹿”|获投资."""
    begin = clause_start(reading, floor, at)
    found = units(reading, begin, at)
    name = quoted_before(reading, begin) if begin > floor else None
    if name is None or (found and found[0].kind not in PREDICATES):
        return begin, found
    begin = clause_start(reading, floor, name.start - 1)
    return begin, [*units(reading, begin, name.start - 1), name, *found]


def clause_start(reading: Reading, floor: int, at: int) -> int:
    begin = break_before(reading, floor, at)
    dashes = [(mark, reading.folded.rfind(mark, begin, at)) for mark in DASHES]
    return max([begin, *(place + len(mark) for mark, place in dashes if place >= 0)])


def right_of(reading: Reading, at: int, end: int) -> tuple[int, list[Unit]]:
    """The end of a trigger's clause, and the units up to it; brackets and a quoted name inside are passed over.

    收购人工智能（AI）公司X, 收购了平台“快鹿”的股份.
    """
    folded = reading.folded
    stop = mark_after(folded, at, end)
    found = units(reading, at, stop)
    if stop < end and folded[stop] in "（(":
        close = next((i for i in range(stop, min(end, stop + 40)) if folded[i] in "）)"), -1)
        if close > 0:
            stop = mark_after(folded, close + 1, end)
            found = units(reading, at, stop)
    elif stop < end and (name := quoted_at(reading, stop)) is not None:
        behind = mark_after(folded, name.end + 1, end)
        found = [*found, name, *units(reading, name.end + 1, behind)]
        stop = behind
    return stop, found


def mark_after(folded: str, at: int, end: int) -> int:
    return next((i for i in range(at, end) if folded[i] in BREAKS and not groups(folded, i)), end)


def groups(folded: str, at: int) -> bool:
    """True for the comma inside a number: 16,000."""
    return folded[at] == "," and folded[at - 1 : at].isdigit() and folded[at + 1 : at + 2].isdigit()


def behind_de(piece: Piece) -> Chunk | None:
    """The noun phrase that a trigger's clause modifies: 去年上市的|理想i6."""
    if not piece.right or piece.right[0].kind != "de":
        return None
    first = next(iter(chunks(piece.right[1:])), None)
    return first if first is not None and first.kind == "np" else None


def hires(piece: Piece, *parties: Mention | None) -> bool:
    """True where a club signs a person (球员与俱乐部签约): no partners."""
    if piece.trigger.word not in words("signings"):
        return False
    players = any(unit.word in words("players") for unit in (*piece.left, *piece.right))
    return players or any(one is not None and one.label == "PERSON" for one in parties)
