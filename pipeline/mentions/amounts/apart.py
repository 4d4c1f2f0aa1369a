"""A price that is a clause of its own: 买了双鞋，399，穿着舒服."""

from decimal import Decimal

from pipeline.mentions.amounts.lexicon import words
from pipeline.mentions.amounts.paying import speaks_of
from pipeline.mentions.amounts.view import CLAUSE_ENDS, SENTENCE_ENDS, View
from pipeline.mentions.numerals.piece import Piece

MARKS = (",", "，")
REACH = 20  # characters of the clause before that tell of a price
LABEL = 4  # the last characters of that clause, which may name another kind of number
HUNDREDS = 2  # the power of ten from which a number in words may be a price
NO_ENDS = ("、", ":", "：", "~")
LOWEST, HIGHEST = Decimal(10), Decimal(200000)


def apart(view: View, piece: Piece) -> bool:
    """True where a number is a clause alone behind a clause that tells of a price or of buying something."""
    text, at = view.text, piece.start - (view.text[piece.start - 1 : piece.start] == " ")
    low = piece.low
    if low is None or not LOWEST <= low < HIGHEST or text[at - 1 : at] not in MARKS:
        return False
    if not (piece.arabic or piece.scale >= HUNDREDS) or "." in text[piece.start : piece.end]:
        return False
    if not closes(text, piece.end):
        return False
    before = view.back(at - 1, REACH, SENTENCE_ENDS)
    clause = before.replace("，", ",").rpartition(",")[2]
    return speaks_of(clause, "apart.bought") and not speaks_of(clause[-LABEL:], "apart.none")


def closes(text: str, end: int) -> bool:
    """True where nothing but a word that closes a price follows, and no further number of a list."""
    if text.startswith(words("apart.goes_on"), end):
        return True
    end += next((len(word) for word in words("apart.behind") if text.startswith(word, end)), 0)
    mark = text[end : end + 1]
    if mark not in ("", *CLAUSE_ENDS) or mark in NO_ENDS:
        return False
    return mark not in MARKS or not text[end + 1 : end + 3].strip()[:1].isdigit()
