"""From and to: the two ends of a move share what only one of them says (每公斤60元跌到40元)."""

from itertools import pairwise

from pipeline.mentions.amounts.lexicon import words
from pipeline.mentions.amounts.view import Amount, View
from pipeline.mentions.numerals.piece import Piece

REACH = 8  # characters between the two ends of a move


def moves_between(view: View, left: Amount | Piece, position: int) -> bool:
    """True where nothing but a word such as 涨到, and a bound, stands between ``left`` and ``position``."""
    end = max(left.end, left.reach) if isinstance(left, Amount) else left.end
    if not 0 < position - end <= REACH:
        return False
    text = view.text
    gap = text[end : view.cue_before(position)[1]] if position - end > 1 else text[end:position]
    moves = words("per.moves")
    for whole in dict.fromkeys((gap, text[end:position])):
        inner = whole.strip(" ,，")
        if not inner.endswith(moves):
            continue
        for word in moves:
            if inner.endswith(word) and inner[: -len(word)] in ("", *words("per.before_moves")):
                return True
    return False


def share_per(view: View, found: list[Amount]) -> None:
    """Give a price's thing to its neighbour: in a move either way, in a list (每斤3元、5元) onwards."""
    text = view.text
    listing = False  # the amount before is a member of such a list
    for left, right in pairwise(found):
        listing = left.kind == "money" and bool(left.per) and (listing or left.phrase >= 0)
        if left.kind != "money" or right.kind != "money" or bool(left.per) == bool(right.per):
            continue
        if left.unit != right.unit and left.unit and right.unit:
            continue
        start = right.start if right.phrase < 0 else min(right.start, right.phrase)
        listed = listing and text[max(left.end, left.reach) : start].strip() in words("marks.listed")
        if listed or moves_between(view, left, start):
            one, other = (left, right) if left.per else (right, left)
            other.per, other.label = one.per, "price"
