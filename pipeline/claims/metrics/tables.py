"""Tables: a value's column head and row head say its metric, subject and period."""

from dataclasses import dataclass

from pipeline.claims.metrics.link import Link, fits
from pipeline.claims.metrics.spot import spot
from pipeline.claims.reading import SUBJECTS, Reading, Span
from pipeline.records import Mention

TALLEST = 200  # rows above a cell in which its head is looked for


@dataclass(frozen=True, slots=True)
class Cell:
    """What the heads of a cell say; each part None where they do not."""

    link: Link
    subject: Mention | None
    period: Mention | None


def cells(reading: Reading, line: Span) -> list[Span]:
    """The spans of a line's cells, which tabs separate."""
    found: list[Span] = []
    start = line[0]
    while True:
        at = reading.text.find("\t", start, line[1])
        if at < 0:
            return [*found, (start, line[1])]
        found.append((start, at))
        start = at + 1


def heading(reading: Reading, line: Span) -> Span | None:
    """The first line of the table that holds ``line``, None where that is the first one itself."""
    top = line
    for _ in range(TALLEST):
        if top[0] == 0:
            break
        above = reading.line_of(top[0] - 1)
        if "\t" not in reading.text[above[0] : above[1]]:
            break
        top = above
    return top if top != line else None


def cell_of(reading: Reading, amount: Mention) -> Cell | None:
    """The cell of a value in a table, None outside tables and where neither head names a metric."""
    line = reading.line_of(amount.start)
    if "\t" not in reading.text[line[0] : line[1]]:
        return None
    head = heading(reading, line)
    row = cells(reading, line)
    column = next(at for at, (_, end) in enumerate(row) if amount.start <= end)
    heads = [row[0]] if column else []
    if head is not None and column < len(tops := cells(reading, head)):
        heads.insert(0, tops[column])
    for span in heads:
        metrics = [s for s in spot(reading, *span) if fits(s.metric, amount)]
        if metrics:
            link = Link(metrics[-1], (amount.start, amount.start), "table")
            subjects = [m for h in reversed(heads) for m in reading.entities_in(*h) if m.label in SUBJECTS]
            dates = [m for h in heads for m in reading.dates_in(*h)]
            return Cell(link, subjects[0] if subjects else None, dates[0] if dates else None)
    return None
