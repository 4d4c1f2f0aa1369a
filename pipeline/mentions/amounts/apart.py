"""A price that is a clause of its own: 买了双鞋，399，穿着舒服."""

from decimal import Decimal

from pipeline.mentions.amounts.lexicon import words
from pipeline.mentions.amounts.paying import speaks_of
from pipeline.mentions.amounts.view import CLAUSE_ENDS, SENTENCE_ENDS, View
from pipeline.mentions.numerals.piece import Piece

MARKS = (",", "，")
REACH = 20  # characters of the clause before that tell of a price
LOWEST, HIGHEST = Decimal(10), Decimal(200000)


def apart(view: View, piece: Piece) -> bool:
    """True where a number is a clause alone behind a clause that tells of a price or of buying something."""
    text, at = view.text, piece.start - (view.text[piece.start - 1 : piece.start] == " ")
    low = piece.low
    if not piece.arabic or low is None or not LOWEST <= low < HIGHEST or text[at - 1 : at] not in MARKS:
        return False
    if "." in text[piece.start : piece.end]:
        return False
    end = piece.end
    for word in words("apart.behind"):
        if text.startswith(word, end):
            end += len(word)
            break
    if text[end : end + 1] not in ("", *CLAUSE_ENDS) or text[end : end + 1] in ("、", ":", "：", "~"):
        return False
    if text[end : end + 1] in MARKS and (text[end + 1 : end + 2].isdigit() or text[end + 1 : end + 3].strip().isdigit()):
        return False
    before = view.back(at - 1, REACH, SENTENCE_ENDS)
    clause = before.replace("，", ",").rpartition(",")[2]
    return speaks_of(clause, "apart.bought") and not speaks_of(clause, "apart.none")
