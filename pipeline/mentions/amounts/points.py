"""Points of an index rather than times of the day: 3200点, 73.5点, 运价指数跌1点."""

from pipeline.mentions.amounts.lexicon import words
from pipeline.mentions.numerals.piece import Piece

POINTED_REACH = 24  # characters before a move that may name the index
POINTS = 60  # no hour of the day, no minute


def points(piece: Piece, surface: str) -> bool:
    """True for a numeral that counts the points of an index rather than tells the time: 3200点, 73.5点."""
    value = piece.low if piece.low is not None else piece.high
    return value is not None and (value >= POINTS or (piece.arabic and "." in surface))


def moved(text: str, start: int) -> bool:
    """True for the few points by which an index rose or fell (运价指数跌1点)."""
    if not text.endswith(words("quantity.point_moves"), 0, start):
        return False
    return any(cue in text[max(0, start - POINTED_REACH) : start] for cue in words("quantity.indices"))
