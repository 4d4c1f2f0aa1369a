"""The small numerals of dates: at most four digits, Arabic or Chinese."""

from functools import lru_cache

DIGITS = {"〇": 0, "零": 0, "○": 0, **{char: n for n, char in enumerate("一二三四五六七八九", 1)}, "两": 2, "俩": 2}
SCALES = {"十": 10, "百": 100, "千": 1000, "廿": 20, "卅": 30}
#: 1–99 as words, and a digit of a year that is read digit by digit.
SMALL = "(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[廿卅][一二三四五六七八九]?|[一二两俩三四五六七八九])"
DIGIT = "[〇零○一二三四五六七八九]"
CHARS = "0-9〇零○一二两俩三四五六七八九十廿卅百千"


@lru_cache(maxsize=4096)
def small_number(text: str) -> int:
    """The value of a numeral below 10000: ``12``, ``十二``, ``二〇二五``, ``两千零五``, ``廿三``; ``元`` is 1.

    Raises:
        ValueError: the text is no such numeral.
    """
    text = text.strip()
    if text.isdecimal():
        return int(text)
    if text == "元":
        return 1
    if all(char in DIGITS for char in text) and text:
        return int("".join(str(DIGITS[char]) for char in text))
    total, digit = 0, 0
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in "廿卅":
            total += SCALES[char]
            digit = 0
        elif char in SCALES:
            total += (digit or 1) * SCALES[char]
            digit = 0
        else:
            raise ValueError(f"{text!r} is no small numeral")
    return total + digit
