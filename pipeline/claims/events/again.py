"""An event that is told of again by its noun alone: 本次收购, 此次要约收购完成后, 若收购完成."""

from collections.abc import Mapping

from pipeline.claims.events.lexicon import Trigger, word_tuple, words
from pipeline.claims.events.piece import Found, Piece
from pipeline.claims.reading import Reading
from pipeline.frozen import replace

NEAR = 12  # characters in front of a trigger in which the word that points back stands


def points_back(reading: Reading, trigger: Trigger, floor: int) -> bool:
    """True where a word that points back stands in front of a trigger: 本次|收购, 此次为主动|要约收购."""
    if trigger.word not in trigger.type.resumes:
        return False
    begin = max(floor, trigger.start - NEAR)
    at = trigger.start
    while True:
        between = next((w for w in word_tuple("pointed") if reading.folded.endswith(w, begin, at)), "")
        if not between:
            return reading.folded.endswith(word_tuple("pointers"), begin, at)
        at -= len(between)


def resumed(piece: Piece, told: Mapping[str, Found]) -> Found | None:
    """The event of its kind that was told last, where its noun stands for it alone."""
    before = told.get(piece.kind.name)
    if before is None or piece.trigger.word not in piece.kind.resumes:
        return None
    alone = all(unit.kind in ("conj", "time", "mark") or unit.word in words("awaits") for unit in piece.left)
    goes_on = piece.reading.folded.startswith(word_tuple("outcomes"), piece.trigger.end)
    if not (points_back(piece.reading, piece.trigger, piece.start) or (alone and goes_on)):
        return None
    target = replace(before.object, inferred=True) if before.object is not None else None
    return Found("again", replace(before.subject, inferred=True), target)
