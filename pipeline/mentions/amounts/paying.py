"""What the words and amounts around a bare number speak of: money, or a count of things."""

from decimal import Decimal

from pipeline.lexicons import cached
from pipeline.mentions.amounts.lexicon import holding, holding_back, words
from pipeline.mentions.amounts.view import CLAUSE_ENDS, Amount, View
from pipeline.mentions.numerals.piece import TEN, Piece

NEAR, FAR = 24, 60
FAMILY = 100  # how much larger one price of a list may be than its neighbour
MONEY, COUNTS = "money.cues", "money.count_cues"


@cached
def money_cues() -> frozenset[str]:
    return frozenset(words(MONEY))


def pays(text: str, last: bool = True) -> bool | None:
    """True where the nearest cue to the end of a text (or, not ``last``, to its beginning) is one of money, False
    where it is one of counts, None where there is neither; of two at one place the longer decides.
    """
    found = holding_back(MONEY, COUNTS).search(text[::-1]) if last else holding(MONEY, COUNTS).search(text)
    if found is None:
        return None
    return (found[0][::-1] if last else found[0]) in money_cues()


def traded(clause: str) -> bool:
    """True where the nearest cue of money in a clause is a verb that takes things as well: 多卖20万."""
    found = holding_back(MONEY).search(clause[::-1])
    return found is not None and found[0][::-1] in words("money.traded")


def speaks_of(text: str, path: str) -> bool:
    """True where a text holds one of the words of a list."""
    return holding(path).search(text) is not None


class Around:
    """What is around the bare numbers of one post; ``before`` is the amount before a number."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.money: bool | None = None

    def strong(self, piece: Piece) -> bool:
        clause = self.view.clause(piece.start) + self.view.rest(piece.end, 12, CLAUSE_ENDS)
        return speaks_of(clause, "money.cues")

    def speaks_of_money(self, piece: Piece, end: int, before: Amount | None) -> bool:
        """True where the nearest cue around is one of money: in the clause, behind, in the sentence, in the post."""
        view = self.view
        clause = view.clause(piece.start)
        paid = pays(clause)
        if paid is not None:
            return paid and not (self.continues_count(piece, before) and traded(clause))
        if view.text.startswith(words("money.behind"), end):
            return True
        if self.continues_count(piece, before):
            return False
        for around, last in (
            (view.rest(end, NEAR, CLAUSE_ENDS), False),
            (view.sentence(piece.start, FAR), True),
            (view.rest(end, FAR), False),
        ):
            paid = pays(around, last)
            if paid is not None:
                return paid
        if piece.short:  # 一万二
            return True
        if view.text.endswith(words("money.moves"), 0, piece.start):
            return True
        if piece.own < piece.end:  # 65W may be watts
            return False
        if view.text.endswith(words("money.scales"), piece.start, piece.end):  # 3.5个亿
            return True
        if self.money is None:
            self.money = speaks_of(view.text, "money.cues")
        return self.money

    def continues_money(self, piece: Piece, before: Amount | None) -> bool:
        """True for a part of the money before, in the same sentence: 募资49亿元，其中15亿补流."""
        view = self.view
        if before is None or before.kind != "money" or before.piece.scale < 4 or piece.scale < 4:
            return False
        if not view.text.endswith(words("money.parts"), 0, piece.start):
            return False
        return view.in_one_sentence(before.end, piece.start) and not speaks_of(view.rest(piece.end, 6), COUNTS)

    def continues_count(self, piece: Piece, before: Amount | None) -> bool:
        """True where the amount before, in the same sentence, is a count: 卖了44万辆，其中出口8万."""
        if before is None or before.kind != "quantity" or before.label != "count" or not before.low:
            return False
        return before.low >= TEN[3] and self.view.in_one_sentence(before.end, piece.start)

    def beside_money(self, piece: Piece, low: Decimal, before: Amount | None) -> bool:
        """True where the amount before, in the same sentence, is money of a like size: 上次58一份，这次涨到68."""
        if before is None or before.kind != "money" or before.low is None or before.piece.scale > 3:
            return False
        alike = before.low / FAMILY <= low <= before.low * FAMILY
        return alike and self.view.in_one_sentence(before.end, piece.start)
