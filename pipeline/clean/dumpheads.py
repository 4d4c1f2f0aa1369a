"""Where the posts of a text dump begin: their heads, as desktop, touch, printable and archiver pages have them."""

import re
from dataclasses import dataclass

from pipeline.clean.dumplines import Line, bare, column_of, cut, wide
from pipeline.clean.facts import floor_of
from pipeline.clean.markers import Markers, pattern


@dataclass(slots=True)
class Head:
    """Where a post begins: its head's line, the first line of its body, and what the head says."""

    line: int
    start: int
    time: str
    author: str = ""
    floor: int | None = None
    column: int = 0


def posted_heads(lines: list[Line], marks: Markers) -> list[Head]:
    """Heads as desktop pages have them: the floor, then 发表于 and the time, then links."""
    floor = pattern(marks.dump["floor"])
    heads = []
    for at, line in enumerate(lines):
        if not marks.patterns["posted_word"].search(line.text):
            continue
        segment = beside(line.text, marks)
        match = marks.patterns["posted"].fullmatch(segment)
        if not match:
            continue
        above, margin = floor_above(lines, at, floor, marks)
        if not match["after"] and above is None:
            continue
        before = marks.patterns["posted_noise"].sub(" ", match["before"]).strip()
        column = margin if above is not None else column_of(line, segment)
        start = links_end(lines, at, match["after"] or "", column, marks)
        heads.append(Head(at, start, match["time"], before, above, column))
    return heads


def links_end(lines: list[Line], at: int, links: str, column: int, marks: Markers) -> int:
    """The line after a head and its links, which a text browser may have broken at its right edge."""
    start = at + 1
    for place in range(at + 1, min(at + 4, len(lines)) if links else 0):
        text = cut(lines[place], column).text if column else lines[place].text
        links += text
        if not text or not pattern(marks.dump["links"]).fullmatch("".join(links.split())):
            break
        start = place + 1
    return start


def beside(text: str, marks: Markers) -> str:
    """The part of a head's line that is not the author's column: the time with the words before it."""
    found = marks.patterns["posted_from"].search(text)
    if not found:
        return text
    gap = text.rfind("  ", 0, found.start())
    return text[gap:].strip() if gap >= 0 else text


def floor_above(lines: list[Line], at: int, floor: re.Pattern[str], marks: Markers) -> tuple[int | None, int]:
    """The floor in the line above a head, and the column in which it stands beside the author's."""
    line = next((line for line in reversed(lines[max(0, at - 3) : at]) if line.text), None)
    if line is None:
        return None, 0
    segment = line.text if floor.fullmatch(line.text) else line.text.rpartition("  ")[2].strip()
    match = floor.fullmatch(segment)
    if not match:
        return None, 0
    label = match["name"] or match["number"] + "#"
    return floor_of(label, marks), column_of(line, segment) or narrow(lines[at : at + 12], line, segment)


def narrow(below: list[Line], line: Line, segment: str) -> int:
    """The column of a post beside a very narrow author's column (匿名), or 0."""
    column = wide(line.raw[: max(0, line.raw.rfind(segment))])
    beside_it = [one.raw[:column].strip() for one in below if one.raw and one.indent < column]
    return column if column > 0 and any(text and wide(text) < column for text in beside_it) else 0


def labelled_heads(lines: list[Line], marks: Markers) -> list[Head]:
    """Heads as the printable page has them."""
    labelled = marks.patterns["labelled"]
    found = [(at, labelled.fullmatch(" ".join(line.text.split()))) for at, line in enumerate(lines)]
    return [Head(at, at + 1, match["time"], match["author"]) for at, match in found if match]


def touch_heads(lines: list[Line], marks: Markers) -> list[Head]:
    """Heads as mobile pages have them: the floor and the author in one line, the time in the next."""
    named = re.compile(rf"(?:{marks.dump['floor']})\s*(?P<author>.{{1,40}})")
    behind = re.compile(rf"(?P<author>.{{1,40}}?)\s*(?:{marks.dump['floor']})")
    heads = []
    for at, line in enumerate(lines):
        text = bare(line.text)
        match = named.fullmatch(text) or behind.fullmatch(text)
        if not match:
            continue
        below = next((n for n in range(at + 1, min(at + 4, len(lines))) if lines[n].text), None)
        time = marks.patterns["bare_time"].fullmatch(bare(lines[below].text)) if below is not None else None
        if time is not None and below is not None:
            label = match["name"] or match["number"] + "#"
            author = marks.patterns["level"].sub("", marks.patterns["beside_author"].sub("", match["author"]))
            heads.append(Head(at, below + 1, time["time"], author.strip(), floor_of(label, marks)))
    return heads


def archiver_heads(lines: list[Line], text: str, marks: Markers) -> list[Head]:
    """Heads as the archiver has them: author and time in one line, like a quote's, which begins a post's body."""
    if not marks.patterns["archiver"].search(text):
        return []
    heads: list[Head] = []
    empty = True
    for at, line in enumerate(lines):
        match = marks.patterns["posted"].fullmatch(line.text)
        certain = match is not None and (match["time"].count(":") != 1 or not match["time"][0].isdigit())
        if match and match["before"].strip() and (certain or not (heads and empty)):
            heads.append(Head(at, at + 1, match["time"], match["before"].strip()))
            empty = True
        elif line.text and not marks.patterns["edited"].search(line.text):
            empty = False
    return heads
