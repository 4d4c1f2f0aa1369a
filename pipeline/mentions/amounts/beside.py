"""Bare numbers beside an amount: the end of a move (从15块涨到25), the next of a list of prices (保险6200)."""

import re

from pipeline.lexicons import cached
from pipeline.mentions.amounts.bare import HEADS, MANY, RATIO, UNPRICED, WIDGET, YEARS, Bare
from pipeline.mentions.amounts.lexicon import words
from pipeline.mentions.amounts.moves import moves_between
from pipeline.mentions.amounts.paying import COUNTS, FAMILY, speaks_of
from pipeline.mentions.amounts.view import UNKNOWN, Amount
from pipeline.mentions.numerals.piece import Piece

LABEL = 12  # characters between two prices of a list
NAMED = (RATIO, HEADS)  # the rules of bare numbers that a name before them gives a unit


def moved(bare: Bare, piece: Piece, before: Amount | None, behind: Amount | None) -> Amount | None:
    """从15块涨到25, 从15涨到25块, PE从30降到20: the end of a move that has no unit has that of the other."""
    text = bare.view.text
    if piece.code or piece.lone or piece.bare or piece.low is None or piece.sign or piece.fraction:
        return None
    if before is not None and (before.kind == "money" or before.rule in NAMED):
        if not moves_between(bare.view, before, piece.start) or not bare.follows(piece.end, chinese=False):
            return None
        if bare.suffixes.at(text, piece.end) is not None or text.startswith(UNPRICED, piece.end):
            return None
        other = before
    elif behind is not None and behind.kind == "money" and not piece.scale <= 3 < behind.piece.scale:
        if not moves_between(bare.view, piece, behind.start if behind.phrase < 0 else behind.phrase):
            return None
        other = behind
    else:
        return None
    if other.unit == UNKNOWN:
        return bare.amount(piece, other.rule)
    amount = bare.amount(piece, "money.moved")
    if other.kind != "money":
        amount.kind, amount.label, amount.rule = other.kind, other.label, other.rule
    amount.unit, amount.inferred = other.unit, True
    return amount


def sibling(bare: Bare, piece: Piece, before: Amount | None) -> Amount | None:
    """保险6200 behind 购置税一万四，: a label and a number that close a clause, like the bare price before them."""
    if before is None or before.kind != "money" or before.per or not before.rule.startswith("money.bare"):
        return None
    if piece.start - before.end > LABEL or before.low is None or piece.low is None or not is_price(piece):
        return None
    if not before.low / FAMILY <= piece.low <= before.low * FAMILY:
        return None
    text, end = bare.view.text, piece.end
    found = label().fullmatch(text, before.end, piece.start)
    if found is None or not bare.closes(end) or WIDGET.match(text, end) or text.startswith(UNPRICED, end):
        return None
    unlike = (COUNTS, "price.index", "siblings.no_labels")
    if found[1] not in words("siblings.times") and any(speaks_of(found[1], path) for path in unlike):
        return None
    return bare.amount(piece, before.rule if before.rule in words("price.rules") else "money.bare_sibling")


def is_price(piece: Piece) -> bool:
    """True for a number that may be a price in a list of them, by how it is written."""
    if piece.bare or piece.sign or piece.lone or piece.code or piece.fraction or piece.low is None:
        return False
    if not 10 <= piece.low < MANY * 100 or not (piece.arabic or piece.short or piece.scale >= 2):
        return False
    return not (piece.arabic and YEARS[0] <= piece.low <= YEARS[1])


@cached
def label() -> re.Pattern[str]:
    """What stands between two prices of a list: the end of a clause, and a label."""
    closing = "|".join(words("governors.closing"))
    return re.compile(rf"(?:{closing})?[ ]?[，,；;、\n][ ]?([一-鿿A-Za-z]{{1,8}})[：: ]?[ ]?")
