"""Write an integer in every form that the grammar reads: the other half of the round trip."""

from collections.abc import Callable

DIGITS, CAPITALS = "零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
UNITS, CAPITAL_UNITS = ("", "十", "百", "千"), ("", "拾", "佰", "仟")
SCALES, TRADITIONAL = ("", "万", "亿", "兆"), str.maketrans("万亿", "萬億")
FULL_WIDTH = str.maketrans("0123456789,.", "０１２３４５６７８９，．")


def section(value: int, digits: str, units: tuple[str, ...]) -> str:
    """A number below ten thousand, without zeros before it: 305 → 三百零五."""
    written, gap = "", False
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if digit:
            written += (digits[0] if gap and written else "") + digits[digit] + units[power]
        gap = not digit
    return written


def chinese(value: int, digits: str = DIGITS, units: tuple[str, ...] = UNITS) -> str:
    """Any integer below 10**16 as it is written out in full."""
    if not value:
        return digits[0]
    written = ""
    for power in (3, 2, 1, 0):
        part = value // 10 ** (4 * power) % 10**4
        if not part:
            continue
        gap = written and (part < 1000 or not value // 10 ** (4 * power + 4) % 10**4)
        written += (digits[0] if gap else "") + section(part, digits, units) + SCALES[power]
    return written


def spoken(value: int) -> str:
    """As spoken: 十五 rather than 一十五."""
    written = chinese(value)
    return written[1:] if written.startswith("一十") else written


def mixed(value: int) -> str:
    """Arabic sections with Chinese scales: 3亿2500万, 3亿零250万, 2万5300, 5万零30."""
    if not 10**4 <= value < 10**12:
        return str(value)
    written = ""
    for power, scale in ((8, "亿"), (4, "万"), (0, "")):
        part = value // 10**power % 10**4
        if part:
            gap = written and (part < 1000 or not value // 10 ** (power + 4) % 10**4)
            written += ("零" if gap else "") + f"{part}{scale}"
    return written


FORMS: dict[str, Callable[[int], str]] = {
    "plain": str,
    "grouped": "{:,}".format,
    "full width": lambda value: str(value).translate(FULL_WIDTH),
    "full width, grouped": lambda value: f"{value:,}".translate(FULL_WIDTH),
    "chinese": chinese,
    "spoken": spoken,
    "capitals": lambda value: chinese(value, CAPITALS, CAPITAL_UNITS),
    "traditional": lambda value: chinese(value).translate(TRADITIONAL),
    "mixed": mixed,
}
