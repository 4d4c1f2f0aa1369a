"""The lines of a text dump: their widths on a terminal, their columns, and where a text browser broke them."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from pipeline.clean.visible import SIGNS

WORD = re.compile(r"[^\s\u2e80-\uffef]+")
BULLET = re.compile(r"[*•◦▪□+] +(?=\S)")
DEEPER = 2
EDGES = (60, 140)
BEYOND, NEAR, SEVERAL = 2, 4, 4
NUMBER = re.compile(r"\[(\d{1,5})\]")
LINK = re.compile(r"^[ \t]*\d{1,5}\. ((?:https?|file)://\S+)$", re.M)
THREAD = re.compile(r"mod=viewthread|/thread-\d")
GAP = re.compile(r"(?<=\S) {2,}(?=\S)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the white space at its ends.

    ``indent`` and ``width`` are in terminal columns; ``cell`` tells that a tab stood at its beginning, as a
    browser's selection writes the border of a table's cell.
    """

    text: str
    raw: str = ""
    indent: int = 0
    width: int = 0
    cell: bool = False


BLANK = Line("")


def layout(text: str) -> list[Line]:
    """The lines of a dump."""
    raws = SIGNS.sub("", text).replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").split("\n")
    return [line_of(raw) if raw else BLANK for raw in raws]


def line_of(raw: str) -> Line:
    stripped = raw.strip(" \t\u3000\v\f")
    indent = len(raw) - len(raw.lstrip(" "))
    return Line(stripped, raw, indent, wide(raw.rstrip()), raw.startswith("\t"))


def wide(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(map(columns, text))


@cache
def columns(char: str) -> int:
    """How many columns of a terminal a character takes."""
    if char < "\u0300":
        return 1
    if unicodedata.combining(char) or char in "\u200b\u200d\ufe0f\u20e3":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def column_of(line: Line, segment: str) -> int:
    """The column in which a part of a line begins; 0 where nothing can stand beside it."""
    at = line.raw.rfind(segment)
    column = wide(line.raw[:at]) if at > 0 else 0
    return column if column > 8 else 0


def cut(line: Line, column: int) -> Line:
    """A line from a column on, without what stands beside it."""
    if line.indent >= column:
        return line
    place = 0
    for at, char in enumerate(line.raw):
        if place >= column:
            return part(line, at, column)
        place += columns(char)
    return Line("", "", 0, 0)


def part(line: Line, at: int, column: int) -> Line:
    rest = line.raw[at:]
    spaces = len(rest) - len(rest.lstrip(" "))
    return Line(rest.strip(" \t\u3000"), line.raw, column + spaces, line.width, False)


def bare(text: str) -> str:
    """A line without the bullet that a text browser draws for a list item."""
    return BULLET.sub("", text, count=1) if BULLET.match(text) else text


def without_references(text: str) -> tuple[str, str]:
    """A dump without the numbers and the list of links that lynx adds, and the thread's address from that list."""
    at = text.rfind("\nReferences\n")
    if at < 0:
        return text, ""
    found = LINK.findall(text[at:])
    if not found:
        return text, ""
    expected = 1

    def numbered(match: re.Match[str]) -> str:
        nonlocal expected
        if not expected <= int(match[1]) <= expected + 40:
            return match[0]
        expected = int(match[1]) + 1
        return ""

    thread = next((url for url in found if THREAD.search(url)), "")
    return NUMBER.sub(numbered, text[:at]), thread


def edge(lines: list[Line]) -> int:
    """The right edge at which a text browser broke lines; 0 where it broke none.

    Several lines end at the edge of a terminal, and next to none (a form's field) goes beyond it.
    """
    widths = sorted(({line.text: line.width for line in lines if line.text}).values(), reverse=True)
    for beyond, widest in enumerate(widths[: BEYOND + 1]):
        near = sum(width > widest - NEAR for width in widths[beyond:])
        if EDGES[0] <= widest <= EDGES[1] and near >= SEVERAL:
            return widest
    return 0


def unwrapped(block: list[Line], limit: int, column: int, stands_alone: Callable[[str], object]) -> list[str]:
    """The lines of a block, those that a text browser broke at its right edge put together.

    A line was broken where the first word of the next one would not have fitted in it. Dumps without such an
    edge (a browser's selection) are left as they are, and so are lines that stand alone.
    """
    base = min((line.indent for line in block if line.text), default=0)
    if not limit:
        return [bullet_off(line, base) for line in block]
    block = tabbed(block)
    found: list[str] = []
    before: Line | None = None
    for line in block:
        if (
            before is not None
            and continues(before, line, limit, base)
            and not (stands_alone(line.text) or stands_alone(before.text))
        ):
            glue = " " if before.text[-1].isascii() and line.text[0].isascii() else ""
            found[-1] += glue + line.text
        else:
            found.append(bullet_off(line, base))
        before = line
    return found


def tabbed(block: list[Line]) -> list[Line]:
    """Lines that follow each other and have gaps in them are a table's rows: their cells are parted by tabs."""
    gaps = [bool(GAP.search(line.text)) for line in block]
    rows = [gap and (any(gaps[max(0, at - 1) : at]) or any(gaps[at + 1 : at + 2])) for at, gap in enumerate(gaps)]
    return [
        replace(line, text=GAP.sub("\t", line.text), width=0) if row else line
        for line, row in zip(block, rows, strict=True)
    ]


def continues(before: Line, line: Line, limit: int, base: int) -> bool:
    """Whether a line goes on with what the one before began; a quote is indented on both sides."""
    limit -= max(0, before.indent - base)
    if not before.text or not line.text or before.width < limit - 24 or line.indent < before.indent:
        return False
    match = WORD.match(line.text)
    first = wide(match[0]) if match else columns(line.text[0])
    return before.width + first > limit - 1


def bullet_off(line: Line, base: int) -> str:
    """A list item without the bullet that a text browser draws for it."""
    if line.indent >= base + DEEPER:
        return BULLET.sub("", line.text, count=1) if BULLET.match(line.text) else line.text
    return line.text
