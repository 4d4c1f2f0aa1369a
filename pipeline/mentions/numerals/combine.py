"""Put numerals together: fractions (三分之二), ranges (3000-5000万), neighbours (30、40亿)."""

import re
from decimal import Context, Decimal

from pipeline.lexicons import cached
from pipeline.mentions.numerals.piece import EXACT, TEN, ZERO, Piece, plain
from pipeline.mentions.numerals.symbols import symbols

TRILLION = 12  # 万亿
GAP, OVER = 7, 5  # characters between the ends of a range, between the parts of a fraction


@cached
def dash() -> re.Pattern[str]:
    """A dash between two numbers, single or double, or 至 and 到."""
    chars = symbols().dashes
    signs = re.escape("".join(char for char in chars if not "一" <= char <= "鿿"))
    words = "".join(char for char in chars if "一" <= char <= "鿿")
    included = "|".join(map(re.escape, symbols().included))
    return re.compile(rf"(?:{included})?[ ]?(?:[{signs}]{{1,2}}|[{words}])[ ]?")


@cached
def dash_opens() -> frozenset[str]:
    """What such a dash may begin with."""
    return frozenset((*symbols().dashes, " ", *(word[0] for word in symbols().included)))


@cached
def linking() -> frozenset[str]:
    """How what stands between two numerals that make one may begin: a dash, a list mark, 分之, a slash, 又."""
    table = symbols()
    return dash_opens().union(table.lists, table.fraction[0], "/", table.mixed)


def combine(text: str, pieces: list[Piece], linked: list[int]) -> list[Piece]:
    """Fractions and ranges instead of their parts; something may link each of ``linked`` to the numeral before it."""
    result: list[Piece] = []
    passed = at = 0
    while at < len(linked):
        first = last = linked[at]
        while at < len(linked) and linked[at] == last:
            last, at = last + 1, at + 1
        result += pieces[passed : first - 1]
        result += ranges(text, fractions(text, pieces[first - 1 : last]))
        passed = last
    return result + pieces[passed:] if passed else pieces


def ranges(text: str, joined: list[Piece]) -> list[Piece]:
    """Ranges instead of their ends."""
    result: list[Piece] = []
    index = 0
    count = len(joined)
    while index < count:
        piece = joined[index]
        stop = index + 1
        while stop < count and is_dash(text, joined[stop - 1], joined[stop]):
            stop += 1
        if stop - index == 2 and (merged := merge(text, piece, joined[index + 1])):
            result.append(merged)
        elif stop - index > 2:  # 400-820-8820, 2025-11-03
            for part in joined[index:stop]:
                part.code = part.code or part.arabic
                result.append(part)
        elif (
            stop - index == 1
            and stop < count
            and (
                merged := pair(text, piece, joined, stop)
                or next_ten(piece, joined[stop])
                or rising(piece, joined[stop])
            )
        ):
            result.append(merged)
            stop += 1
        else:
            result.extend(joined[index:stop])
        index = stop
    return result


def is_dash(text: str, left: Piece, right: Piece) -> bool:
    """True where nothing but a dash stands between two numerals."""
    gap = right.start - left.end
    return 0 < gap <= GAP and dash().fullmatch(text, left.end, right.start) is not None


def fractions(text: str, pieces: list[Piece]) -> list[Piece]:
    """三分之二, 1/3 and 一又三分之一 as one piece each; 百分之 stays with its percentage."""
    result: list[Piece] = []
    opens = (symbols().fraction[0], "/", " ")
    index, count = 0, len(pieces)
    while index < count:
        piece = pieces[index]
        index += 1
        near = index < count and 0 < pieces[index].start - piece.end <= OVER and text[piece.end] in opens
        made = fraction(text, piece, pieces[index]) if near else None
        if made is None:
            result.append(piece)
            continue
        index += 1
        whole = result[-1] if result else None
        if whole is not None and is_whole(text, whole, made):
            made.start, made.sign, made.sign_start = whole.start, whole.sign, whole.sign_start
            made.low = made.high = plain(EXACT.add(whole.low or ZERO, made.low or ZERO))
            result.pop()
        result.append(made)
    return result


def fraction(text: str, first: Piece, second: Piece) -> Piece | None:
    """The fraction that two numerals make, by what stands between them; None for none."""
    between = text[first.end : second.start]
    if between == symbols().fraction[0] and text.startswith(symbols().quarters, second.end):
        single = first.end - first.start == second.end - second.start == 1  # 四分一厘, as Hong Kong says a quarter
        larger = first.low is not None and second.low is not None and first.low > second.low
        return divide(second, first, first, second) if single and larger and not first.arabic else None
    if between.rstrip("".join(symbols().negative)) == symbols().fraction:
        return divide(second, first, first, second)
    if between not in ("/", " / ") or first.code or second.code:
        return None
    if "/" in (text[first.start - 1 : first.start], text[second.end : second.end + 1]):  # 2025/11/03
        return None
    if first.scale or second.scale or "." in text[first.start : second.end]:  # 22.1/26.3亿: a list
        return None
    return divide(first, second, first, second)


def divide(upper: Piece, lower: Piece, first: Piece, second: Piece) -> Piece | None:
    """upper / lower, to six significant digits where it does not come out even."""
    if upper.lone or lower.lone or not lower.low or lower.low != lower.high or upper.low is None:
        return None
    bounds = [None if value is None else ratio(value, lower.low) for value in (upper.low, upper.high)]
    made = Piece(first.start, second.end, bounds[0], bounds[1], second.end, first.arabic)
    made.qualifier, made.fraction = upper.qualifier, True
    made.sign, made.sign_start = first.sign, first.sign_start
    return made


def ratio(upper: Decimal, lower: Decimal) -> Decimal:
    even = Context(prec=15)
    value = even.divide(upper, lower)
    return plain(value if EXACT.multiply(value, lower) == upper else Context(prec=6).divide(upper, lower))


def is_whole(text: str, whole: Piece, part: Piece) -> bool:
    """True for the whole of a mixed fraction: 一又三分之一, 1 4/3."""
    between = text[whole.end : part.start]
    if whole.low is None or whole.low != whole.high or whole.lone or whole.code or len(between) != 1:
        return False
    return between in symbols().mixed or (between == " " and part.arabic and whole.arabic and not whole.scale)


def is_plain(piece: Piece) -> bool:
    """True for a numeral that may be one end of a range."""
    return not (piece.code or piece.lone or piece.fraction or piece.low is None) and piece.qualifier != "about"


def merge(text: str, left: Piece, right: Piece) -> Piece | None:
    """The range from left to right; a scale that only one of them has is shared."""
    if not (is_plain(left) and is_plain(right)) or left.high is None or left.bare or right.sign:
        return None
    if left.arabic and right.arabic and text[right.start] == "0" and text[right.start + 1 : right.start + 2] != ".":
        return None
    low, high = left.low, right.high
    if low is None or right.low is None or (not low and text[left.start - 1 : left.start] in symbols().departing):
        return None  # 从0到1300万
    if left.scale < 2 and right.scale >= 2 and right.last is not None and low < right.last:
        low = plain(low * TEN[right.scale])
    elif left.scale == 4 and right.scale == TRILLION and left.last is not None and right.last is not None:
        low = plain(left.last * TEN[right.scale])  # 6.5万-8.1万亿
    elif left.scale >= 4 and not right.scale and left.last is not None and left.last < right.low < TEN[left.scale]:
        high = None if high is None else plain(high * TEN[left.scale])
        right.low = plain(right.low * TEN[left.scale])
    if low >= right.low:
        return None
    return span(left, right, low, high)


def next_ten(left: Piece, right: Piece) -> Piece | None:
    """十几二十万: from the tens of one number to the ten that comes next, as a range."""
    if left.end != right.start or left.qualifier != "vague" or left.scale >= 2 or left.high is None or left.low is None:
        return None
    if right.qualifier != "exact" or right.low is None or right.bare or right.lone:
        return None
    factor = TEN[right.scale] if right.scale >= 2 else TEN[0]
    if (left.high + 1) * factor != right.low:
        return None
    return span(left, right, plain(left.low * factor), right.high)


def rising(left: Piece, right: Piece) -> Piece | None:
    """几百上千: from the one on, with no telling how much more than the other."""
    vague = left.end == right.start and left.qualifier == right.qualifier == "vague"
    if not vague or left.low is None or right.low is None or right.high is not None or left.low >= right.low:
        return None
    return span(left, right, left.low, None)


def span(left: Piece, right: Piece, low: Decimal, high: Decimal | None) -> Piece:
    qualifier = "range" if high is not None else right.qualifier
    made = Piece(left.start, right.end, low, high, right.own, right.arabic, right.scale, right.last, qualifier)
    made.base = right.base
    made.base_low = left.low if right.base is not None and left.base is None else left.base
    made.sign, made.sign_start = left.sign, left.sign_start
    return made


def opens_line(text: str, piece: Piece) -> bool:
    """True for a number that may count the items of a list: 1、, or any small one behind a line end."""
    if piece.low is None or piece.low > 20:
        return False
    return piece.low == 1 if piece.start == 0 else text[piece.start - 1] == "\n"


def pair(text: str, left: Piece, pieces: list[Piece], index: int) -> Piece | None:
    """30、40亿 and 两、三百: neighbours joined by 、 that share a scale, as a range."""
    right, table = pieces[index], symbols()
    if right.start - left.end != 1 or text[left.end] not in table.lists or left.scale >= 2:
        return None
    following = text[right.end : right.end + 1] if index + 1 < len(pieces) else ""
    if following in table.lists and following and pieces[index + 1].start == right.end + 1:
        return None
    if left.start and text[left.start - 1] in table.lists:
        return None
    if not (is_plain(left) and is_plain(right)) or not left.low or left.low != left.high or right.low != right.high:
        return None
    if left.arabic != right.arabic or opens_line(text, left):  # a list number
        return None
    assert right.low is not None
    step = TEN[0]
    while left.low % (step * 10) == 0:
        step *= 10
    factor = right.low / (left.low + step)
    if factor < 1 or factor.normalize(EXACT).as_tuple().digits != (1,) or (factor == 1 and left.arabic):
        return None
    return span(left, right, plain(left.low * factor), right.high)
