"""Money: a numeral with a currency before or behind it, split units (8块5), prices per something."""

import re
from decimal import Decimal

from pipeline.lexicons import cached
from pipeline.mentions.amounts.cues import unit_cue
from pipeline.mentions.amounts.lexicon import Unit, counters, cue_table, currencies, minus_before, suffixes, words
from pipeline.mentions.amounts.per import modifies, per_before, per_behind
from pipeline.mentions.amounts.script import dollar
from pipeline.mentions.amounts.touching import NAMED
from pipeline.mentions.amounts.view import LOCAL, Amount, View
from pipeline.mentions.numerals.piece import Piece, plain, scaled
from pipeline.mentions.numerals.symbols import symbols

TENTH, HUNDREDTH = Decimal("0.1"), Decimal("0.01")
MOST_COINS = 60
LONGEST_PART = 3  # characters of the part behind 一块
DOLLAR = "$"  # of which country, the post tells
TAG_LENGTH = 40
TAG = re.compile(r"\$[^\s$]{1,36}\$$")  # a name of a share between two signs


def prefix(text: str, position: int) -> tuple[str, int] | None:
    """The currency that stands before a numeral, and where it begins: 人民币, US$, JPY¥."""
    code, start = "", position
    for _ in range(2):
        at = start
        if at and text[at - 1] == " ":
            at -= 1
        unit = currencies().before(text, at)
        if unit is None or unit.role not in NAMED or (unit.role == "name" and unit.surface not in words("money.named")):
            break
        if at < start and unit.role == "symbol" and TAG.search(text, max(0, at - TAG_LENGTH), at):  # $TSLA$ 420
            break
        if unit.role != "symbol" or not code:
            code = unit.unit
        start = at - len(unit.surface)
    if code and text.endswith(words("marks.rates"), 0, start) and text[position - 1] not in words("money.signs"):
        return None  # 美元兑人民币7.12
    return (code, start) if code else None


def read_money(
    view: View, index: int, unit: Unit | None, unit_end: int, before: tuple[str, int] | None
) -> tuple[Amount, int] | None:
    """The money that the numeral at ``index`` makes with its unit, and how many numerals it took; None for none."""
    text, chars, piece, near = view.text, view.chars, view.pieces[index], view.near
    start, end, used = piece.start, piece.end, 1
    code = LOCAL
    low, high = piece.low, piece.high
    own = "about" if piece.bare else piece.qualifier
    rule = "money.unit"
    if unit is not None:
        if not stands(view, piece, unit, unit_end):
            return None
        code, end = unit.unit, unit_end
        if unit.multiple:
            low, high = scaled(low, unit.factor), scaled(high, unit.factor)
        followed = index + 1 < len(view.pieces) and view.pieces[index + 1].start <= end + 1
        if followed and unit.role not in ("code", "symbol"):
            low, high, end, used = split(view, index, unit, low, high, end)
            rule = "money.split" if used > 1 else rule
    if before is not None:
        start = before[1]
        if text[start : piece.start].strip() == DOLLAR:
            before = (dollar(view), start)
        code = before[0] if code == LOCAL or unit is None else code
        rule = "money.symbol_first" if unit is None else "money.both_sides"
    if chars[end] in near.currency_behind:
        end, code = closing(text, end, code, unit is not None)
    if chars[end] in near.more and own == "exact" and unit is not None and (more := unit_cue(text, end)):
        own, high, end = "over", None, end + more
    amount = Amount("money", "amount", start, end, low, high, own, code, rule, piece, reach=end, phrase=start)
    if chars[end] in near.price_behind or chars[start - 1] in near.price_before:
        price(view, amount)
    if piece.sign:
        amount.direction = "up" if piece.sign > 0 else "down"
    elif before is not None and minus_before(text, start):
        amount.direction = "down"
    return amount, used


def price(view: View, amount: Amount) -> None:
    """Fill what an amount is a price for."""
    thing, amount.end, amount.reach = per_behind(view, amount.end)
    if not thing:
        thing, phrase = per_before(view, amount.start)
        if thing and modifies(view, phrase, amount.end):
            return
        amount.phrase = phrase
    if thing:
        amount.per, amount.label, amount.rule = thing, "price", "money.per"


def stands(view: View, piece: Piece, unit: Unit, end: int) -> bool:
    """False where the unit is rather a classifier or a word: 2块饼干, 95分, 一刀."""
    text = view.text
    if piece.arabic and unit.role != "coin" and unit.surface not in counted():  # as most are; none is lone
        return True
    if piece.lone and unit.role in ("symbol", "code"):
        return False
    if unit.role == "coin":
        if text[end : end + 1] == "/":  # 0.5分/次
            return bool(per_behind(view, end)[0])
        opens = piece.start == 0 or text[piece.start - 1] == "\n"
        few = piece.low is not None and piece.low < MOST_COINS  # 98分 is a score
        return few and opens and not view.rest(end, 2, "\n").strip("。.!！ ")
    if piece.lone and text[piece.start] in symbols().half and len(unit.surface) == 1 and unit.surface != "块":
        return False
    if not piece.arabic and unit.surface in view.lists["quantity.spoken_parts"]:
        return spoken_part(view, piece, end)
    single = text[piece.start : piece.end] == "一"
    if single and unit.unit == "USD" and len(unit.surface) == 1:
        return False
    if unit.surface not in counted():
        return True
    counter = counters().at(text, end - len(unit.surface))
    if counter is not None and counter.surface == unit.surface:
        return not counts(view, piece, end)
    return True


@cached
def counted() -> frozenset[str]:
    """The spellings of money that count things as well: 块."""
    things, money = (
        {unit.surface for found in units.by_first.values() for unit in found} for units in (counters(), currencies())
    )
    return frozenset(things & money)


def spoken_part(view: View, piece: Piece, end: int) -> bool:
    """True for 三毛 and 五角 where no name can be meant: nothing around, digits behind, or money spoken of before."""
    if not view.is_han(piece.start - 1) and not view.is_han(end):
        return True
    if (view.text[end : end + 1] in symbols().kinds and view.text[end] != "一") or per_behind(view, end)[0]:
        return True
    sentence = view.sentence(piece.start)
    return any(cue in sentence for cue in words("money.cues"))


def counts(view: View, piece: Piece, end: int) -> bool:
    """True where 块 counts things: a noun follows and nothing before speaks of money."""
    text = view.text
    if text[piece.start : piece.end] == "一":
        return not is_part(view, end)
    if piece.low is None or piece.low >= 100:
        return False
    if not view.is_han(end) or text.startswith(words("money.followers"), end) or per_behind(view, end)[0]:
        return False
    if text[end] in symbols().kinds or currencies().at(text, end) is not None:
        return False
    clause = view.clause(piece.start)
    return not any(cue in clause for cue in words("money.cues"))


def is_part(view: View, position: int) -> bool:
    """True where the numeral at ``position`` is a part of 一块: 一块五, 一块二毛, but not 一块35元鸡排, 一块七彩石."""
    text, kinds = view.text, symbols().kinds
    end = position
    while (text[end : end + 1].isdigit() or text[end : end + 1] in kinds) and not per_behind(view, end)[0]:
        end += 1
    if not 0 < end - position <= LONGEST_PART:
        return False
    unit = currencies().at(text, end)
    if unit is not None:
        return unit.role in ("part", "coin")
    if not view.is_han(end) or per_behind(view, end)[0]:
        return not text[end : end + 1].isalpha() or view.is_han(end)  # 一块2TB硬盘
    return text.startswith((*words("money.followers"), *words("governors.closing"), *words("money.after_parts")), end)


def split(
    view: View, index: int, unit: Unit, low: Decimal | None, high: Decimal | None, end: int
) -> tuple[Decimal | None, Decimal | None, int, int]:
    """Add the smaller parts behind a unit: 5元6角三分, 8块5, 两美元又三美分."""
    text, pieces = view.text, view.pieces
    used, factor = 1, unit.factor
    while low is not None and low == high and index + used < len(pieces):
        piece = pieces[index + used]
        if piece.start > end + 1:
            break
        at = end + (text[end : end + 1] in cue_table()["marks"]["joints"] and piece.start == end + 1)
        if piece.start != at or piece.low is None or piece.low != piece.high or piece.code:
            break
        part = suffixes().at(text, piece.end)
        if (
            part is not None
            and part.role in ("part", "coin")
            and part.factor < factor
            and part.unit in (unit.unit, LOCAL)
        ):
            low = high = plain(low + piece.low * part.factor)
            factor, end, used = part.factor, piece.end + len(part.surface), used + 1
            continue
        value = tail(view, piece, unit, factor, part)
        if value is not None:
            low = high = plain(low + value)
            end, used = piece.end, used + 1
        break
    return low, high, end, used


def tail(view: View, piece: Piece, unit: Unit, factor: Decimal, part: Unit | None) -> Decimal | None:
    """The value of digits behind 块 or 毛 without a unit of their own: 8块5, 两块九毛九; None where they are none."""
    text = view.text
    digits = text[piece.start : piece.end]
    if (unit.role not in ("local", "part") and len(unit.surface) > 1) or piece.scale or len(digits) > 2:
        return None
    if unit.surface not in words("money.tails") or (
        part is not None and part.role not in ("name", "code") and not per_behind(view, piece.end)[0]
    ):
        return None
    if text[piece.end : piece.end + 1] in ("%", ".", "-", "/", ":"):
        return None
    assert piece.low is not None
    if len(digits) == 1:
        return piece.low * factor * TENTH
    if piece.qualifier == "exact" and (digits.isdigit() or symbols().kinds[digits[0]][1] == 0) and factor == 1:
        return piece.low * HUNDREDTH
    return None


@cached
def rounded() -> tuple[str, ...]:
    return words("marks.rounded")


def closing(text: str, end: int, code: str, has_unit: bool) -> tuple[int, str]:
    """Take 整 and a second currency word into the span: 元整, 9000元日币, 两块九RMB."""
    if has_unit and text[end : end + 1] in rounded() and not "一" <= text[end + 1 : end + 2] <= "鿿":
        end += 1
    at = end + (text[end : end + 1] == " ")
    unit = currencies().at(text, at)
    if unit is None or unit.role not in ("name", "code"):
        return end, code
    after = at + len(unit.surface)
    follower = text[after : after + 2].lstrip()[:1]
    if (code not in (LOCAL, unit.unit)) or follower.isdigit() or follower in symbols().kinds:
        return end, code
    return after, unit.unit
