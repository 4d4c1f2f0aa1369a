"""Numbers that share the unit of the amount behind them: the members of a list, a sum, a range of neighbours."""

from pipeline.mentions.amounts.view import Amount, View
from pipeline.mentions.numerals.combine import opens_line
from pipeline.mentions.numerals.piece import TEN, Piece, plain
from pipeline.mentions.numerals.symbols import symbols

PAIRED = (",", "，")  # between two digits that follow one another: 5，6年
SLASH = "/"  # between the figures of several years: 3.1/4.2/5.6亿元
SPACES = 3  # blanks that may stand between a number and its unit


def summed(view: View, amount: Amount, unread: list[int]) -> bool:
    """Add a number that is joined by a plus sign: 10+1元 is one amount, 11."""
    if not unread or amount.kind != "money" or amount.low is None or amount.low != amount.high:
        return False
    piece = view.pieces[unread[-1]]
    if piece.end + 1 != amount.start or view.text[piece.end] != "+" or piece.low is None or piece.scale:
        return False
    if piece.low != piece.high or piece.code or not piece.arabic or amount.piece.scale:
        return False
    amount.start, amount.low = piece.start, plain(amount.low + piece.low)
    amount.high, amount.direction, amount.cue_at = amount.low, "", -1
    unread.pop()
    return True


def listed(view: View, last: Amount, unread: list[int]) -> list[Amount]:
    """The members of a list that shares the unit of its last one: 3、5、8亿元. They are taken from ``unread``."""
    text = view.text
    members: list[Amount] = []
    position = last.start
    while unread:
        piece = view.pieces[unread[-1]]
        if position - piece.end > SPACES:
            break
        gap = text[piece.end : position].strip(" ")
        if (
            (gap not in view.lists["marks.listed"] and gap not in PAIRED and gap != SLASH)
            or piece.code
            or piece.lone
            or piece.low is None
            or piece.start < 0
        ):
            break
        if opens_line(text, piece):
            break
        listed = gap in ("、", SLASH) or (gap in PAIRED and side_by_side(view, piece, last)) or chained(view, unread)
        if not listed and gap in PAIRED:
            break
        if not listed and not (members or ("." in text[piece.start : piece.end] and last.kind != "quantity")):
            break
        share = not piece.scale and last.piece.scale >= 4 and last.kind != "percent"
        factor = TEN[last.piece.scale] if share else TEN[0]
        low = plain(piece.low * factor)
        high = None if piece.high is None else plain(piece.high * factor)
        if last.kind == "percent" and last.piece.low and last.low is not None:
            low = plain(piece.low * last.low / last.piece.low)
            high = low
        member = Amount(
            last.kind,
            last.label,
            piece.start,
            piece.end,
            low,
            high,
            piece.qualifier,
            last.unit,
            last.rule + ".listed",
            piece,
        )
        member.per = last.per
        member.inferred = True
        members.append(member)
        position = piece.start
        unread.pop()
    if len(members) == 1 and text[members[0].end] != SLASH and neighbours(members[0], last):
        last.start, last.low, last.own = members[0].start, members[0].low, "range"
        return []
    return members[::-1]


def side_by_side(view: View, piece: Piece, last: Amount) -> bool:
    """True for 5，6年: two digits that follow one another are a range, whatever mark stands between them."""
    text, start = view.text, piece.start
    before = text[start - 1 : start]
    more = text[start - 2 : start - 1]
    follows = before in PAIRED and (more.isdigit() or more in symbols().kinds)  # the third of a list
    single = piece.end - start == 1 and not (before.isalnum() and before.isascii()) and not follows
    digit = last.piece.scale == piece.scale == 0 and last.start == last.piece.start and not piece.sign
    return single and digit and last.piece.low is not None and piece.low == last.piece.low - 1 and piece.low > 0


def chained(view: View, unread: list[int]) -> bool:
    """True for the 13 of 15、13和11倍: a list mark stands before it."""
    if len(unread) < 2:
        return False
    before, piece = (view.pieces[index] for index in unread[-2:])
    return view.text[before.end : piece.start].strip(" ") == "、"


def neighbours(first: Amount, last: Amount) -> bool:
    """True for 2、3个 and 70、80元: a range rather than a list."""
    left, right = first.piece.low, last.piece.low
    if not left or right is None or last.low != last.high:
        return False
    step = TEN[0]
    while left % (step * 10) == 0:
        step *= 10
    return right == left + step <= 10 * step
