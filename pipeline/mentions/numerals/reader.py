"""Read one numeral at a place of a folded text, as far as it goes.

One pass from left to right: sections below ten thousand joined by scales (万 亿 兆). What does not fit ends the
numeral, and no character is looked at more than a few times.
"""

import re
from decimal import Decimal

from pipeline.lexicons import cached
from pipeline.mentions.numerals.piece import HALF, TEN, ZERO, Piece, plain
from pipeline.mentions.numerals.section import NO_UNIT, Section, decimals, read_section, splits
from pipeline.mentions.numerals.symbols import SCALE, Symbols, symbols

HIGHEST = 20  # power of ten; 万亿万亿 and so on end there


class Total:
    """The sections read so far: bounds, the powers of the last and the greatest scale, and where they end."""

    __slots__ = ("end", "few", "high", "highest", "last", "low", "parts", "ranged")

    def __init__(self, end: int) -> None:
        self.end = end
        self.low = self.high = ZERO
        self.last = self.highest = -1
        self.parts = 0
        self.few = self.ranged = False

    def take(self, section: Section, low: Decimal, high: Decimal, end: int) -> None:
        self.low, self.high, self.end = self.low + low, self.high + high, end
        self.few, self.ranged = self.few or section.few, self.ranged or section.ranged
        self.parts += 1

    def scale(self, power: int) -> None:
        self.low, self.high = self.low * TEN[power], self.high * TEN[power]


def numeral_at(text: str, start: int) -> Piece | None:
    """The longest numeral that begins at ``start`` of a folded text; None where there is none."""
    table = symbols()
    total = Total(start)
    piece = Piece(start, start, ZERO, ZERO)
    qualifier = "exact"
    while qualifier == "exact":
        position = total.end
        section = read_section(text, position, table, total.parts > 0)
        empty = section.end == position
        if total.parts and not empty and not fits(text, section, total, piece, table):
            break
        low, high, end = section.low, section.high, section.end
        if text[end : end + 1] == table.point and not section.few and (low == low.to_integral_value()):
            part = decimals(text, end, table) if end > start else None
            if part is not None:
                low, high, end = low + part[0], high + part[0], part[1]
        if not empty:
            end, qualifier = infix(text, end, section, table)
            if section.bare and handful(text, end, table):
                section.bare, end, qualifier = False, end + 1, "about"
            if qualifier == "exact" and several(text, end, table):
                end, qualifier, piece.measure = end + 2, "over", True
            end, half = halves(text, end, table)
            if half:
                piece.measure = True
                low, high = low + HALF, high + HALF
        power, word, end_scale = scale_at(text, end, end == position, table)
        if not total.parts:
            if end == start and not power:
                return None
            piece.bare = not section.open and (section.bare or empty)
            piece.arabic, piece.digits = section.arabic, section.digits
            piece.lone = section.few and section.power == NO_UNIT and not power
            if empty:
                low = high = TEN[0]
        if not power:
            if end == position:
                break
            if total.parts and section.open and not section.zero and section.power == NO_UNIT and low < 10:
                low, high = low * TEN[total.last - 1], high * TEN[total.last - 1]  # 三万五
                piece.short = True
            piece.bare = piece.bare and not total.parts
            total.take(section, low, high, end)
            piece.short = piece.short or (section.short and total.parts == 1)
            if section.power != NO_UNIT and not section.open and total.parts == 1:
                piece.scale, piece.last = section.power, section.last
            break
        if empty and total.parts and end == position:  # 万亿
            if total.last + power > HIGHEST:
                break
            total.scale(power)
            total.end, total.last = end_scale, total.last + power
        elif not total.parts or power < total.last:
            total.take(section, low * TEN[power], high * TEN[power], end_scale)
            total.last = power
        elif total.highest < power and (section.power != NO_UNIT or section.zero):  # 一万五千亿
            total.take(section, low, high, end_scale)
            total.scale(power)
            total.last = power
        else:
            break
        total.highest = max(total.highest, total.last)
        total.few = total.few or word
        if qualifier == "over" and continues(text, total.end, table):  # 五百余万亿
            power, _, total.end = scale_at(text, total.end, True, table)
            total.scale(power)
        if piece.bare and empty and handful(text, total.end, table):
            piece.bare, qualifier, total.end = False, "about", total.end + 1
        if qualifier == "exact":
            qualifier = tail(text, total, table)
        if section.few and section.power == NO_UNIT:
            break
    if total.end == start:
        return None
    return finish(text, piece, total, qualifier, table)


def fits(text: str, section: Section, total: Total, piece: Piece, table: Symbols) -> bool:
    """True where a section may follow a scale: smaller than it, and no plain Arabic number of several digits."""
    if section.high >= TEN[total.last] or (section.few and section.power == NO_UNIT):
        return False
    if section.bare and section.power != 1:
        return False
    blank = section.arabic and text[section.end : section.end + 1] == " "
    scaled = continues(text, section.end + blank, table)  # 1兆7934 亿
    if section.open and section.power == NO_UNIT and not section.zero and not scaled:
        position = total.end
        if piece.bare:
            return section.end == position + 1 and text.startswith(table.clipped, section.end)  # 万二蚊
        if len(section.digits) > 1 and not (section.ranged or section.low < 10):
            whole = total.last == len(section.digits) == 4  # 一万五〇四五人
            return whole and text[section.end : section.end + 1] != "年"
        if section.arabic and section.end - position > 1:
            return fills(text, position, section.end, total, table)
        if splits(text, position, section.end, table):
            return False
    return True


def fills(text: str, start: int, end: int, total: Total, table: Symbols) -> bool:
    """True for four digits behind 万, which leave no place empty (2万5300), but for a year (2万2024年).

    Three digits do so before a unit (9万500只).
    """
    if total.last != 4 or not text[start:end].isdigit():
        return False
    return (end - start == 4 and text[end : end + 1] != "年") or (
        end - start == 3 and text.startswith(table.filled, end)
    )


def continues(text: str, position: int, table: Symbols) -> bool:
    """True where a scale stands at ``position``."""
    kind = table.kinds.get(text[position : position + 1])
    return kind is not None and kind[0] == SCALE and not table.guarded(text, position)


def infix(text: str, end: int, section: Section, table: Symbols) -> tuple[int, str]:
    """多 余 来 behind a section: where it ends, and the qualifier."""
    char = text[end : end + 1]
    if char == " " and section.arabic and text[end + 1 : end + 2] in table.over and not table.guarded(text, end + 1):
        return (end + 2, "over") if text[end + 1 : end + 2] else (end, "exact")  # 20 多万
    if char and char in table.dozens and section.power >= 2 and text.startswith(table.clipped, end + 1):  # 四百几块
        return end + 1, "over"
    if char and not section.few and (section.power != NO_UNIT or section.arabic) and not table.guarded(text, end):
        if char in table.over:
            return end + 1, "over"
        if char in table.about and (section.power != NO_UNIT or section.low >= 10):
            return end + 1, "about"
    return end, "exact"


def handful(text: str, end: int, table: Symbols) -> bool:
    """True where 把 stands behind a bare unit, and what is counted behind it: 千把块, 万把人."""
    return text[end : end + 1] in table.handful and text.startswith(table.behind_handful, end + 1)


def several(text: str, end: int, table: Symbols) -> bool:
    """True where 个多 stands behind a section: 一个多小时."""
    return text[end : end + 1] == table.measure and text[end + 1 : end + 2] in table.over and end + 1 < len(text)


def halves(text: str, end: int, table: Symbols) -> tuple[int, bool]:
    """个半 behind a section (两个半小时, 一个半亿): where it ends, and whether it stands there."""
    if text[end : end + 1] == table.measure and text[end + 1 : end + 2] == table.half:
        return end + 2, True
    return end, False


def tail(text: str, total: Total, table: Symbols) -> str:
    """多 or 半 behind a scale (3亿多, 一亿半): taken into the total; the qualifier."""
    char = text[total.end : total.end + 1]
    if not char or table.guarded(text, total.end):
        return "exact"
    if char in table.over:
        total.end += 1
        if continues(text, total.end, table):
            scale, _, total.end = scale_at(text, total.end, True, table)
            total.scale(scale)
        return "over"
    if char in table.half:
        half = TEN[total.last] / 2
        total.low, total.high, total.end = total.low + half, total.high + half, total.end + 1
        return "half"
    return "exact"


def scale_at(text: str, end: int, empty: bool, table: Symbols) -> tuple[int, bool, int]:
    """The power of a scale at ``end``, whether it is a word such as 小目标, and where it ends; 0 for none."""
    at = end
    if not empty and text[at : at + 1] == table.measure:
        at += 1
        for word, power in table.words.items():
            if text.startswith(word, at):
                return power, True, at + len(word)
    elif not empty and text[at : at + 1] == " ":
        at += 1
    if not continues(text, at, table):
        return 0, False, end
    return table.kinds[text[at]][1], False, at + 1


@cached
def latin_scale() -> re.Pattern[str]:
    """A Latin scale behind an Arabic number: no letter or digit may follow."""
    words = sorted(symbols().latin, key=len, reverse=True)
    long = "|".join(re.escape(word) for word in words if len(word) > 3)
    short = "|".join(re.escape(word) for word in words if len(word) <= 3)
    return re.compile(rf"(?:[ ]?({long}|[kK])|({short}))(?![A-Za-z0-9])")


def finish(text: str, piece: Piece, total: Total, qualifier: str, table: Symbols) -> Piece:
    """Write the total into the piece, and read a Latin scale."""
    piece.end = piece.own = total.end
    low, high = total.low, total.high
    if total.last > 0:
        piece.scale = total.last
        piece.last = low / TEN[total.last] if total.parts == 1 else None
    if piece.arabic and total.last < 0 and not piece.scale:
        found = latin_scale().match(text, piece.end)
        if found is not None:
            piece.base = plain(low)
            piece.scale, piece.last = table.latin[found[1] or found[2]], low
            low, high, piece.end = low * TEN[piece.scale], high * TEN[piece.scale], found.end()
    piece.low = plain(low)
    piece.high = piece.low if high == low else plain(high)
    if qualifier == "over":
        piece.high = None
        piece.qualifier = "over"
    elif qualifier == "about":
        piece.qualifier = "about"
    elif total.few:
        piece.qualifier = "vague"
    elif total.ranged:
        piece.qualifier = "range"
    return piece
