"""The parts of a numeral below ten thousand: 三千五百, 3千5百, 1,234.5, 十几, 三五百, 二〇二五."""

import re
from decimal import Decimal

from pipeline.mentions.numerals.piece import EXACT, TEN, ZERO
from pipeline.mentions.numerals.symbols import DIGIT, SCALE, TENS, UNIT, Symbols

LONGEST = 28  # digits; a longer run is no amount
NO_UNIT = 99

ARABIC = re.compile(
    r"(?>(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?P<part>\.[0-9]+)?|(?P<tiny>\.[0-9]+))"
    r"(?:[eE](?P<e>[-+]?[0-9]{1,2})(?![0-9A-Za-z])|\^(?P<power>[-+]?[0-9]{1,2})(?![0-9.]))?"
)
ASCII_DIGITS = frozenset("0123456789")


class Section:
    """What has been read: bounds, where it ends, and how it was written.

    ``power`` is that of the last unit (百 2), NO_UNIT before any, and ``last`` its multiple. ``open`` says that it
    ends in a digit without a unit, ``zero`` that 零 stands before that digit, ``bare`` that it begins with a unit
    (百万), ``few`` and ``ranged`` that it holds 几 or a pair of digits (三五), ``short``
    that its last unit is left out (五百三), ``digits`` that it is written digit by
    digit; ``inner`` that a scale stands before it.
    """

    __slots__ = (
        "arabic",
        "bare",
        "digits",
        "end",
        "few",
        "high",
        "inner",
        "last",
        "low",
        "open",
        "power",
        "ranged",
        "short",
        "zero",
    )

    def __init__(self, end: int, inner: bool) -> None:
        self.end = end
        self.inner = inner
        self.low = self.high = self.last = ZERO
        self.power = NO_UNIT
        self.zero = self.bare = self.few = self.ranged = self.arabic = self.open = self.short = False
        self.digits = ""

    def add(self, low: Decimal, high: Decimal, power: int) -> None:
        self.low = self.low + low * TEN[power]
        self.high = self.high + high * TEN[power]

    def multiply(self, low: Decimal, high: Decimal, power: int) -> None:
        """Add so many of a unit: 三百."""
        self.add(low, high, power)
        self.power, self.last, self.zero = power, low, False

    def finish(self, low: Decimal, high: Decimal, power: int = 0) -> None:
        """Add a last digit or number without a unit."""
        self.add(low, high, power)
        self.last, self.open = low, True


def read_section(text: str, start: int, table: Symbols, inner: bool = False) -> Section:
    """The section at ``start``; empty (``end == start``) where there is none, as before a bare scale (万)."""
    kinds = table.kinds
    section = Section(start, inner)
    position, length = start, len(text)
    while position < length and not section.open:
        char = text[position]
        if char in ASCII_DIGITS or (char == "." and position == start):
            step = arabic_step(text, position, section, table)
        else:
            kind = kinds.get(char)
            if kind is None or kind[0] == SCALE:
                break
            if kind[0] == DIGIT:
                step = digit_step(text, position, section, table)
            elif kind[0] == UNIT:
                step = unit_step(text, position, kind[1], section, table)
            elif kind[0] == TENS:
                step = tens_step(kind[1], section)
            else:
                step = few_step(text, position, section, table)
        if not step:
            break
        position += step
        section.end = position
    return section


def unit_power(text: str, position: int, section: Section, table: Symbols) -> int:
    """The power of a unit at ``position`` that may follow here; 0 for none."""
    kind = table.kinds.get(text[position : position + 1])
    if kind is None or kind[0] != UNIT or kind[1] >= section.power:
        return 0
    return 0 if kind[1] != 2 and table.guarded(text, position) else kind[1]  # 五百分之一 is no 百分之一


def digit_step(text: str, position: int, section: Section, table: Symbols) -> int:
    """Read Chinese digits and the unit behind them; the number of characters read."""
    kinds, end = table.kinds, position
    while end < len(text) and end - position <= LONGEST and kinds.get(text[end], (SCALE, 0))[0] == DIGIT:
        if text[end] in table.first_only and end > position and not is_one_or_two(text, position, end, table):
            break
        end += 1
    first = kinds[text[position]][1]
    if end - position == 2 and first > 1 and begins_phrase(text, end, table):
        end -= 1  # 四万五一张
    values = [kinds[char][1] for char in text[position:end]]
    zeros = 0
    while zeros < len(values) and values[zeros] == 0:
        zeros += 1
    if zeros and section.power != NO_UNIT:  # 零 between units
        follower = text[position + zeros : position + zeros + 1]
        section.zero = follower in ASCII_DIGITS or follower in kinds
        return zeros if section.zero and follower else 0
    if section.inner and zeros == len(values) and text[end : end + 1] in ASCII_DIGITS:  # 1亿零500万
        section.zero = True
        return zeros
    power = unit_power(text, end, section, table)
    section.zero = section.zero or zeros > 0  # as in 一万零一
    if len(values) == 1:
        low = high = Decimal(1 if zeros and power else values[0])
    elif len(values) == 2 and zeros == 1 and power:  # 零五百
        low = high = Decimal(values[1])
    elif len(values) == 2 and (values[1] == values[0] + 1 > 1 or (values[0], values[1]) in table.pairs):
        low, high = Decimal(values[0]), Decimal(values[1])
        section.ranged = True
        section.digits = "" if power or section.power != NO_UNIT else text[position:end]
    elif section.power == NO_UNIT and not power and len(values) <= LONGEST:
        section.digits = text[position:end]
        low = high = Decimal("".join(map(str, values)))
    else:
        return 0
    if power:
        section.multiply(low, high, power)
        return end - position + 1
    if text[position] in table.first_only and section.power != NO_UNIT:
        return 0
    if section.power in (NO_UNIT, 1) or section.zero:
        section.finish(low, high)
    elif splits(text, position, end, table):
        return 0
    else:  # 五百三 is 530
        section.finish(low, high, section.power - 1)
        section.short = not section.bare
    return end - position


def is_one_or_two(text: str, start: int, end: int, table: Symbols) -> bool:
    """True for 两 behind 一 where a unit follows: 一两天, 一两百; 一两 alone is a weight."""
    follower = text[end + 1 : end + 2]
    return end == start + 1 and text[start] == "一" and "一" <= follower <= "鿿" and text[end + 1] not in table.weighed


def begins_phrase(text: str, end: int, table: Symbols) -> bool:
    """True where 一 before ``end`` begins a phrase of its own, as in 一张: a Chinese character follows, no numeral."""
    follower = text[end : end + 1]
    return text[end - 1] == "一" and "一" <= follower <= "鿿" and follower not in table.goes_on


def splits(text: str, position: int, end: int, table: Symbols) -> bool:
    """True where a digit behind a unit begins something else: 十万一瓶, 八千一个月."""
    follower = text[end : end + 1]
    return "一" <= follower <= "鿿" and (text[position:end] in ("一", "1") or follower == table.measure)


def unit_step(text: str, position: int, power: int, section: Section, table: Symbols) -> int:
    """Read a unit without a digit before it: 十五, 一百十六, 百万, 千三."""
    if power >= section.power or table.guarded(text, position):
        return 0
    if section.power == NO_UNIT:
        section.bare = power > 1
    elif power > 1:
        return 0
    section.multiply(TEN[0], TEN[0], power)
    return 1


def tens_step(value: int, section: Section) -> int:
    """Read 廿 or 卅."""
    if section.power <= 1:
        return 0
    section.multiply(Decimal(value // 10), Decimal(value // 10), 1)
    return 1


def few_step(text: str, position: int, section: Section, table: Symbols) -> int:
    """Read 几 or 数: 几十, 十几, or alone before a scale or a classifier."""
    if table.guarded(text, position) or (section.power == NO_UNIT and table.is_blocked(text, position)):
        return 0
    power = unit_power(text, position + 1, section, table)
    section.few = True
    if power:
        section.multiply(Decimal(2), Decimal(9), power)
        return 2
    if section.power not in (NO_UNIT, 1):
        return 0
    section.finish(Decimal(2) if section.power == NO_UNIT else TEN[0], Decimal(9))
    return 1


def arabic_step(text: str, position: int, section: Section, table: Symbols) -> int:
    """Read an Arabic number, alone or inside a numeral: 1,234.5, 3千5百, 1千零20."""
    found = ARABIC.match(text, position)
    if found is None or found.end() - position > LONGEST:
        return 0
    whole, part, tiny, e, raised = found.groups()
    value = Decimal((whole or "").replace(",", "") + (part or tiny or ""))
    size = found.end() - position
    if section.power == NO_UNIT:
        section.arabic = True
        if e or raised:
            value = value.scaleb(int(e), EXACT) if e else raise_to(value, int(raised))
            section.finish(value, value)
            return size
    power = unit_power(text, found.end(), section, table)
    if power and (section.power == NO_UNIT or value < 10):
        section.multiply(value, value, power)
        return size + 1
    if section.power == NO_UNIT:
        section.finish(value, value)
        spaced = text[found.end() : found.end() + 1] == " "  # 40 几分钟
        if is_dozen(text, found.end() + spaced, value, table):  # 20几
            section.low, section.high, section.few = value + 1, value + 9, True
            return size + 1 + spaced
    elif part or tiny or e or raised or value >= TEN[section.power]:
        return 0
    elif section.zero or section.power == 1:
        section.finish(value, value)
    elif value < 10 and size == 1 and not splits(text, position, found.end(), table):
        section.finish(value, value, section.power - 1)
        section.short = True
    else:
        return 0
    return size


def is_dozen(text: str, end: int, value: Decimal, table: Symbols) -> bool:
    """True where 几 stands behind a round Arabic number."""
    if end >= len(text) or text[end] not in table.dozens or table.guarded(text, end):
        return False
    return value >= 10 and value % 10 == 0


def raise_to(value: Decimal, power: int) -> Decimal:
    """value ** power, to 28 digits."""
    if not value and power <= 0:
        return ZERO
    return EXACT.power(value, power)


def decimals(text: str, position: int, table: Symbols) -> tuple[Decimal, int] | None:
    """The digits behind 点 at ``position``, as a fraction, and where they end; None where 点 is no decimal point."""
    start = end = position + 1
    digits = ""
    while end < len(text) and end - start < LONGEST:
        char = text[end]
        if char not in ASCII_DIGITS:
            kind = table.kinds.get(char)
            if kind is None or kind[0] != DIGIT:
                break
            char = str(kind[1])
        digits += char
        end += 1
    if not digits or text.startswith(table.clock, end) or table.kinds.get(text[end : end + 1]) == (UNIT, 1):
        return None  # a time of day: 三点五十, 8点30分
    return Decimal("0." + digits), end
