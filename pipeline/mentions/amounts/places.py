"""Places on a share's way: 29.3附近有支撑，然后是28.7, 11.8一线低吸."""

from collections.abc import Callable
from decimal import Decimal

from pipeline.mentions.amounts.paying import NEAR, speaks_of
from pipeline.mentions.amounts.view import Amount, View
from pipeline.mentions.numerals.piece import Piece

NEIGHBOUR = Decimal("1.3")  # how much larger one price of a share's way may be than the one beside it


def on_its_way(view: View, piece: Piece, before: Amount | None, closes: bool, about_shares: Callable[[], bool]) -> bool:
    """True for a number with decimals that a place's word follows, near a word of trading; or beside such a price.

    ``before`` is the amount before it, ``closes`` says that it is the last word of its clause, ``about_shares`` tells
    whether the post is about shares.
    """
    end = piece.end
    if piece.low is None or piece.low == piece.low.to_integral_value():
        return False
    if view.text.startswith(view.lists["price.places"], end):
        around = view.clause(piece.start, NEAR) + view.rest(end, NEAR)
        return about_shares() and speaks_of(around, "price.acts") and not speaks_of(around, "price.index")
    if not closes or before is None or before.rule != "money.bare_price" or before.low is None:
        return False
    alike = before.low / NEIGHBOUR <= piece.low <= before.low * NEIGHBOUR
    return alike and view.in_one_sentence(before.end, piece.start) and about_shares()
