"""Numbers that a forum's line wrap, quote prefix or spacing has broken: read them as one, keep their offsets."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from pipeline.frozen import frozen
from pipeline.lexicons import cached
from pipeline.mentions.numerals.symbols import symbols

QUOTED = re.compile(r"\n[ ]?[:>]")
FULL_WIDTH_GROUP = re.compile(r"，(?<=[０-９]，)(?=[０-９]{3}(?![０-９]))")


@frozen
class Joined:
    """A folded text without the gaps inside its numbers. ``cuts`` are the gaps (start, end) in the folded text."""

    text: str
    cuts: tuple[tuple[int, int], ...] = ()
    places: tuple[int, ...] = ()  # where each gap was, in the joined text
    removed: tuple[int, ...] = (0,)  # how much the first n gaps took

    def start(self, position: int) -> int:
        """The offset in the folded text of a mention's first character."""
        return position + self.removed[bisect_right(self.places, position)] if self.places else position

    def end(self, position: int) -> int:
        """The offset in the folded text behind a mention's last character."""
        return position + self.removed[bisect_left(self.places, position)] if self.places else position

    def spans(self, spans: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
        """The spans of the folded text in the joined one."""
        return [(self.place(start), self.place(end)) for start, end in spans] if self.cuts else spans

    def place(self, position: int) -> int:
        """The offset in the joined text of an offset in the folded one."""
        count = bisect_left(self.cuts, (position, 0))
        if count and self.cuts[count - 1][1] > position:
            return self.places[count - 1]
        return position - self.removed[count]


@cached
def gaps() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Gaps by spacing between the characters of a Chinese numeral, and by a wrap behind a number."""
    table = symbols()
    digits = "".join(char for char, (kind, _) in table.kinds.items() if kind == 0)
    units = "".join(char for char, (kind, _) in table.kinds.items() if kind in (1, 2))
    few = "".join(char for char, (kind, _) in table.kinds.items() if kind == 4)
    over = table.over
    number, mixed = digits + units, table.mixed
    more = number + table.point + mixed
    closes = r"(?![^\s，。,.;；、])"  # no more Chinese behind it
    spaced = "|".join(
        rf"(?<=[{before}])[ ]+(?={after})"
        for before, after in (
            (digits, rf"[{units}{table.point}成折{mixed}](?![0-9])"),
            (units, rf"(?:[{digits}][ ]*[{more}]|[0-9][{units}]|[{units}{over}{few}{table.point}{mixed}])"),
            ("十", rf"[{digits}]{closes}"),
            ("成", rf"[{digits}]{closes}"),
            (table.point + mixed, rf"[{digits}]"),
            (number + "0-9", r"(?:分[ ]*之|个[ ]*百[ ]*分)"),
            ("分", r"[之点]"),
            ("百佰", r"分[ ]*[点之]"),
            ("个", r"百[ ]*分"),
            ("0-9", r"[百千](?![克米瓦卡帕分])"),  # 8 千
            ("百千万亿", r"[1-9](?=元|块|起|的|多|[\s，。,、；！？)]|$)"),  # 1 万 5
            ("之", rf"[{number}0-9负]"),
        )
    )
    wrapped = rf"(?<=[0-9.{digits}{units}])[ ]?\n(?:[ ]?[:>])*[ ]?(?=[0-9{units}美港日欧元人])"
    return re.compile(spaced), re.compile(wrapped)


@cached
def blank() -> re.Pattern[str]:
    """Blanks between two characters that a numeral may hold: a quick look before the exact one."""
    table = symbols()
    inside = "".join(table.kinds) + table.point + table.mixed + table.measure + "0-9成分之负折" + table.over
    return re.compile(rf"[{inside}]([ ]+)(?=[{inside}])")


def join(text: str, folded: str) -> Joined:
    """The folded text with its numbers mended."""
    spans: list[tuple[int, int]] = []
    spaced, wrapped = gaps()
    if " " in folded:
        for found in blank().finditer(folded):
            fine = spaced.match(folded, found.start(1))
            if fine is not None:
                spans.append(fine.span())
    if QUOTED.search(folded):
        spans += [found.span() for found in wrapped.finditer(folded)]
    if "，" in text and text is not folded:
        grouped = list(FULL_WIDTH_GROUP.finditer(text))
        if grouped:
            chars = list(folded)
            for found in grouped:
                chars[found.start()] = ","
            folded = "".join(chars)
    if not spans:
        return Joined(folded)
    spans.sort()
    parts, places, removed, position = [], [], [0], 0
    for start, end in spans:
        parts.append(folded[position:start])
        places.append(start - removed[-1])
        removed.append(removed[-1] + end - start)
        position = end
    parts.append(folded[position:])
    return Joined("".join(parts), tuple(spans), tuple(places), tuple(removed))
