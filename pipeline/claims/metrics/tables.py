"""Tables: a value's column head and row head say its metric, subject and period."""

import re
from bisect import bisect_left
from operator import itemgetter

from pipeline.claims.metrics.fitting import Link, fits
from pipeline.claims.metrics.spot import spot
from pipeline.claims.metrics.subject.discourse import Subject
from pipeline.claims.reading import SUBJECTS, Reading, Span
from pipeline.frozen import frozen
from pipeline.records import Mention

BULLET = re.compile(r"\W*")  # an emoji, a mark of bold type
LONGEST = 16  # characters of a row's head that names something
END = itemgetter(1)  # of a cell
TALLEST = 200  # rows above a cell in which its head is looked for


@frozen
class Cell:
    """What the heads of a cell say; each part None where they do not."""

    link: Link
    subject: Subject | None
    period: Mention | None


def cells(reading: Reading, line: Span) -> list[Span]:
    """The spans of a line's cells, which tabs separate, or bars where the line opens with one; split once a line."""
    found = reading.cells.get(line[0])
    if found is None:
        bars = reading.text.startswith("|", line[0])
        start = line[0] + bars
        marks = re.finditer(r"\|" if bars else "\t", reading.text[start : line[1]])
        tabs = [start + match.start() for match in marks]
        found = list(zip([start, *(at + 1 for at in tabs)], [*tabs, line[1]], strict=True))
        reading.cells[line[0]] = found
    return found


def heading(reading: Reading, line: Span) -> Span | None:
    """The first line of the table that holds ``line``, None where that is the first one itself."""
    top = line
    for _ in range(TALLEST):
        if top[0] == 0:
            break
        above = reading.line_of(top[0] - 1)
        if len(cells(reading, above)) == 1:
            break
        top = above
    return top if top != line else None


def cell_of(reading: Reading, amount: Mention) -> Cell | None:
    """The cell of a value in a table, None outside tables and where neither head names a metric."""
    line = reading.line_of(amount.start)
    row = cells(reading, line)
    if len(row) == 1:
        return None
    top = heading(reading, line)
    column = bisect_left(row, amount.start, key=END)
    heads = [row[0]] if column else []
    if top is not None and column < len(tops := cells(reading, top)) and not reading.amounts_in(*tops[column]):
        heads.insert(0, tops[column])
    for span in heads:
        metrics = [s for s in spot(reading, *span) if fits(s.metric, amount)]
        if metrics:
            link = Link(metrics[-1], heads[0], "table")
            dates = [m for h in heads for m in reading.dates_in(*h)] or above(reading, top)
            return Cell(link, row_subject(reading, heads), dates[0] if dates else None)
    return None


def above(reading: Reading, top: Span | None) -> list[Mention]:
    """The dates of the line over a table, its title."""
    if top is None or top[0] == 0:
        return []
    return reading.dates_in(*reading.line_of(top[0] - 1))


def row_subject(reading: Reading, heads: list[Span]) -> Subject | None:
    """The name in a head, the row's first; a row's head as written where it is no name (N型复投料)."""
    for start, end in reversed(heads):
        names = [m for m in reading.entities_in(start, end) if m.label in SUBJECTS]
        begin = start + next(BULLET.finditer(reading.text[start:end])).end()
        text = reading.text[begin:end].strip(" *")
        counts = bool(reading.amounts_in(start, end)) and not any(ch.isalpha() for ch in reading.bare[start:end])
        plain = not spot(reading, start, end) and not reading.dates_in(start, end) and not counts
        rest = re.sub(r"[（(][^（()）]{0,40}[)）]", "", reading.text[names[0].end : end]).strip() if names else text
        if names and not (plain and rest and names[0].start == begin and names[0].label == "PRODUCT"):
            named = next((m for m in names if m.label == "PRODUCT"), names[0])  # OPPO Find X8
            return Subject(named.name, named)
        if (start, end) == heads[-1] and plain and 2 <= len(text) <= LONGEST:
            return Subject(text, names[0] if names else None)
    return None
