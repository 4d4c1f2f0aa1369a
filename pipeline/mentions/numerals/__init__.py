"""One grammar for every numeral: Arabic, Chinese and mixed, with scale, vagueness and ranges.

Money, percent, quantity and date build on it; ``read_numbers`` is the grammar on its own.

Example:
    >>> [(n.value_min, n.value_max, n.qualifier) for n in read_numbers("营收20多亿，出货两三百万台")]
    [(Decimal('2000000000'), None, 'over'), (Decimal('2000000'), Decimal('3000000'), 'range')]
"""

from decimal import Decimal, localcontext

from pipeline.frozen import frozen
from pipeline.language.fold import fold
from pipeline.mentions.numerals.combine import combine
from pipeline.mentions.numerals.piece import EXACT, Piece
from pipeline.mentions.numerals.reader import numeral_at
from pipeline.mentions.numerals.scan import scan
from pipeline.mentions.numerals.symbols import symbols
from pipeline.mentions.numerals.wrap import Joined, join

__all__ = ["Numeral", "find_pieces", "parse", "read_numbers"]


@frozen
class Numeral:
    """A numeral: ``text[start:end]``, its sign included.

    ``value_min`` and ``value_max`` are equal for a point, None for an open bound. ``qualifier`` is one of ``exact``,
    ``over``, ``about``, ``vague``, ``range``. ``scale`` is the power of ten of the last scale word (亿 8, none 0).
    """

    start: int
    end: int
    value_min: Decimal | None
    value_max: Decimal | None
    qualifier: str
    scale: int = 0


def find_pieces(joined: Joined) -> list[Piece]:
    """All numerals of a mended, folded text as pieces, ranges and fractions put together; asked in ``EXACT``."""
    return combine(joined.text, *scan(joined.text))


def read_numbers(text: str) -> list[Numeral]:
    """Every numeral of a text, in order; they do not overlap.

    Raises:
        TypeError: ``text`` is no string. No string makes it raise.
    """
    if not isinstance(text, str):
        raise TypeError(f"read_numbers wants a string, not {type(text).__name__}; decode bytes first")
    joined = join(text, fold(text))
    numerals = []
    with localcontext(EXACT):
        pieces = find_pieces(joined)
    for piece in pieces:
        if piece.lone:
            continue
        low, high, start, end = piece.low, piece.high, piece.start, piece.end
        if piece.sign < 0:
            low, high = negated(high), negated(low)
            start = piece.sign_start
        if joined.places:
            start, end = joined.start(start), joined.end(end)
        numerals.append(Numeral(start, end, low, high, piece.qualifier, piece.scale))
    return numerals


def negated(value: Decimal | None) -> Decimal | None:
    return None if value is None else -value


def parse(text: str) -> Decimal | None:
    """The value of a text that is one numeral as a whole (二〇二五, 十, 1,200, 三点五万); else None."""
    folded = fold(text.strip())
    with localcontext(EXACT):
        piece = numeral_at(folded, 0) if folded else None
    if piece is None or piece.end != len(folded) or piece.lone or piece.high != piece.low:
        if piece is not None and piece.digits and piece.end == len(folded):
            return digit_string(piece.digits)
        return None
    return piece.low


def digit_string(digits: str) -> Decimal:
    """The value of digits read one by one, where the grammar sees a range: 二三."""
    return Decimal("".join(str(symbols().kinds[char][1]) for char in digits))
