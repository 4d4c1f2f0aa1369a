"""Tables whose headings name the unit of their numbers: 单位：亿元, 营收(亿元)."""

import re
from bisect import bisect_left, bisect_right

from pipeline.lexicons import cached
from pipeline.mentions.amounts.governed import is_governed
from pipeline.mentions.amounts.lexicon import currencies, words
from pipeline.mentions.amounts.view import View
from pipeline.mentions.numerals.piece import Piece
from pipeline.mentions.numerals.symbols import SCALE, UNIT, symbols

BARS = "\t|｜"
Heading = tuple[int, int, int, str]  # start and stop of its table, power of ten, currency


class Table:
    """The headings of one post, and which of them a cell stands under."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.headings, self.ends = headings(view)
        self.starts = [start for start, *_ in self.headings]
        if self.headings:
            self.breaks = [at for at, char in enumerate(view.text) if char == "\n"]
            self.bars = [at for at, char in enumerate(view.text) if char in BARS]
            self.named = self.columns()

    def unit_at(self, piece: Piece) -> tuple[int, str] | None:
        """The power of ten and the currency of a cell; None where the numeral is none of a table of money."""
        if not self.headings or piece.scale:
            return None
        index = bisect_right(self.starts, piece.start) - 1
        if index < 0 or piece.start >= self.headings[index][1] or not is_cell(self.view, piece):
            return None
        _, _, power, code = self.headings[index]
        columns = self.named.get(self.line(self.ends[index] - 1))
        if columns:
            return columns.get(self.column(piece.start))
        return power, code

    def columns(self) -> dict[int, dict[int, tuple[int, str]]]:
        """The units of the columns that a line of cells names, by line and by number of the column."""
        named: dict[int, dict[int, tuple[int, str]]] = {}
        for (_, _, power, code), end in zip(self.headings, self.ends, strict=True):
            line = self.line(end - 1)
            first = self.breaks[line - 1] + 1 if line else 0
            last = self.breaks[line] if line < len(self.breaks) else len(self.view.text)
            if bisect_left(self.bars, first) < bisect_left(self.bars, last):
                named.setdefault(line, {})[self.column(end - 1)] = power, code
        return named

    def line(self, position: int) -> int:
        """The number of the line that holds ``position``."""
        return bisect_left(self.breaks, position)

    def column(self, position: int) -> int:
        """How many bars stand before ``position`` in its line."""
        line = self.line(position)
        first = self.breaks[line - 1] + 1 if line else 0
        return bisect_left(self.bars, position) - bisect_left(self.bars, first)


def is_cell(view: View, piece: Piece) -> bool:
    """True for a number that is a cell: blanks, bars, colons or a metric's name around it, and no year."""
    text = view.text
    start = piece.start if piece.sign_start < 0 else piece.sign_start
    before, after = text[start - 1 : start], text[piece.end : piece.end + 1]
    opens = before in (*" \t|:：,，(=>\n",) or is_governed(text, start, "metrics")
    if not opens or after not in ("", *" \t|,，;；()（）\n。"):
        return False
    digits = text[piece.start : piece.end]
    return not (len(digits) == 4 and digits.isdigit() and digits.startswith(("19", "20")))


@cached
def power_of(scale: str) -> int:
    """The power of ten of 百万, 亿 or nothing."""
    return sum(symbols().kinds[char][1] for char in scale)


@cached
def heading() -> re.Pattern[str]:
    """A heading of a table that names a unit of money: 单位：亿元, （万元）."""
    titles, skipped, names = ("|".join(words(path)) for path in ("table.heading", "table.skipped", "money.named"))
    scales = "".join(char for char, (kind, _) in symbols().kinds.items() if kind in (UNIT, SCALE))
    return re.compile(
        rf"(?:{titles})[ ]?[:：]?[ ]?(?:{skipped})?({names})?([{scales}]{{0,2}})([^\s,，。;；|()（）]{{1,4}})"
        rf"|[(（]({names})?([{scales}]{{0,2}})([^\s,，。;；|()（）\d]{{1,4}})[)）]"
    )


def headings(view: View) -> tuple[list[Heading], list[int]]:
    """Each heading that names a unit of money, and where it ends."""
    text = view.text
    if not any(word in text for word in words("table.heading")) and "元)" not in text and "元）" not in text:
        return [], []
    named = []
    for match in heading().finditer(text):
        name, scale, place = (match[1], match[2], 3) if match[3] else (match[4], match[5], 6)
        unit = currencies().at(text, match.start(place))
        if unit is not None and len(unit.surface) == len(match[place]) and unit.role in ("name", "code", "local"):
            prefixed = currencies().at(name, 0) if name and unit.role == "local" else None
            named.append((match.end(), power_of(scale), (prefixed or unit).unit))
    stops = [*(start for start, *_ in named[1:]), len(text)][: len(named)]
    found = [
        (start, table_end(text, start, stop), power, code)
        for (start, power, code), stop in zip(named, stops, strict=True)
    ]
    return found, [start for start, *_ in named]


def table_end(text: str, start: int, stop: int) -> int:
    """Where a table that begins at ``start`` ends, before ``stop``: at a line that is a sentence, or two empty ones."""
    line_start = start
    while line_start < stop:
        line_end = text.find("\n", line_start, stop)
        line_end = stop if line_end < 0 else line_end
        sentence = text.find("。", line_start, line_end)
        if sentence >= 0:
            return sentence if line_start == start else line_start
        blank = not text[line_start:line_end].strip()
        if line_start > start and blank and text[line_end + 1 : line_end + 2] in ("\n", ""):
            return line_start
        line_start = line_end + 1
    return stop
