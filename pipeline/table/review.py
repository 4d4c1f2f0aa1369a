"""The reviewer's decisions: read from a hand-edited table, carried over to the rows of a new run.

A table may come back from a spreadsheet with other delimiters, line ends, encodings and column orders, and with
cells rewritten by it (3.508E+10, 2025/10/31). Only ``review`` and ``note`` are taken from it, and, of a row marked
``fixed``, the cells that the reviewer corrected.
"""

import csv
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import TextIO

from pipeline.errors import TableError
from pipeline.table.check import check_extraction, faults
from pipeline.table.safety import harmless
from pipeline.table.schema import BY_NAME, NAMES, REVIEWS, Row
from pipeline.table.text import LONGEST_CELL, delimiter_of

NEEDED = ("row_id", "review", "note")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer said of one row.

    ``cells`` is the row as last seen, all columns. ``corrected`` holds the cells of a ``fixed`` row that differ
    from the machine's, or None while that is not yet known. ``live`` tells whether the row stood in the table,
    rather than among the orphans, when the decision was last written.
    """

    row_id: str
    review: str
    note: str
    cells: Row = field(default_factory=dict)
    corrected: Row | None = None
    live: bool = True


@dataclass(slots=True)
class Edited:
    """One edited table: the decisions in it, and the ids of rows whose decision cells are empty."""

    decisions: dict[str, Decision] = field(default_factory=dict)
    empty: set[str] = field(default_factory=set)
    messages: list[str] = field(default_factory=list)


def read_edited(stream: TextIO, known: dict[str, Decision]) -> Edited:
    """Read the decisions of a table that a person may have edited.

    Of several copies of one row, a decision beats none, and a decision that ``known`` does not hold beats one
    that it does.

    Raises:
        TableError: it is no CSV, or its header lacks a column that is needed; the message gives the line.
    """
    edited = Edited()
    for row in _rows(stream, edited.messages):
        decision = _decision(row, edited.messages)
        row_id = decision.row_id
        if not decision.review and not decision.note:
            edited.empty.add(row_id) if row_id in known else None
            continue
        other, before = edited.decisions.get(row_id), known.get(row_id)
        if other is None or before is None or (other.review, other.note) == (before.review, before.note):
            edited.decisions[row_id] = decision
    edited.empty -= set(edited.decisions)
    return edited


def _rows(stream: TextIO, messages: list[str]) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_CELL)
    first = stream.readline()
    delimiter = delimiter_of(first)
    header = [name.strip().lower() for name in next(csv.reader([first.lstrip("\ufeff")], delimiter=delimiter), [])]
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise TableError(f"line 1: no column {missing[0]}")
    foreign = [place for place, name in enumerate(header) if name not in BY_NAME]
    warned = False
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            if not any(cells):
                continue
            if any(cells[len(header) :]):
                raise TableError(f"line {reader.line_num + 1}: more cells than the header has")
            cells += [""] * (len(header) - len(cells))
            if not warned and any(cells[place].strip() for place in foreign):
                warned = True
                names = ", ".join(header[place] or "without a name" for place in foreign)
                messages.append(f"columns that are not the table's are not taken over: {names}")
            row = dict.fromkeys(NAMES, "")
            row.update((name, cell) for name, cell in zip(header, cells, strict=False) if name in BY_NAME)
            yield row
    except csv.Error as error:
        raise TableError(f"line {reader.line_num + 1}: {error}") from error


def _decision(row: Row, messages: list[str]) -> Decision:
    review, note = row["review"].strip().lower(), row["note"].replace("\r\n", "\n").strip()
    if review and review not in REVIEWS:
        messages.append(
            f"row {row['row_id']}: the verdict {row['review'].strip()!r} is none of {', '.join(REVIEWS)}; kept in note"
        )
        note, review = _noted(note, row["review"].strip()), ""
    row_id = row["row_id"].strip()
    if not row_id and (review or note):
        cells = "\x1f".join(row[name] for name in NAMES)
        row_id = "added:" + hashlib.blake2b(cells.encode(errors="replace"), digest_size=8).hexdigest()
    return Decision(row_id, review, harmless(note), {**row, "review": review, "note": harmless(note)})


def _noted(note: str, words: str) -> str:
    return note if words in note else f"{note}; {words}" if note else words


def resolved(decision: Decision, machine: Row) -> Decision:
    """The decision with the machine's row as its cells, and what a ``fixed`` row corrects of them."""
    if decision.review != "fixed" or decision.corrected is not None:
        return replace(decision, cells=machine)
    corrected, note = {}, decision.note
    for name in NAMES:
        cell = decision.cells.get(name, "").strip()
        if not BY_NAME[name].correctable or same_cell(name, cell, machine[name]):
            continue
        if faults(BY_NAME[name], cell):
            note = harmless(_noted(note.strip(), f"{name}={cell}"))
        else:
            corrected[name] = cell
    return replace(decision, cells=machine, corrected=corrected, note=note)


def reviewed(machine: Row, decision: Decision, post_text: str) -> Row:
    """The machine's row with the decision; corrections that would break the contract are kept in the note."""
    row = {**machine, "review": decision.review, "note": decision.note}
    if not decision.corrected:
        return row
    fixed = {**row, **decision.corrected}
    try:
        check_extraction(fixed, post_text)
    except TableError:
        words = "; ".join(f"{name}={cell}" for name, cell in decision.corrected.items())
        return {**row, "note": harmless(_noted(decision.note.strip(), words))}
    return fixed


def same_cell(name: str, cell: str, machine: str) -> bool:
    """Whether a cell is the machine's, perhaps rewritten by a spreadsheet."""
    if cell == machine.strip():
        return True
    column = BY_NAME[name]
    if column.type == "decimal":
        try:
            return Decimal(cell.replace(",", "")) == Decimal(machine)
        except InvalidOperation:
            return False
    if column.type == "date" or name == "period":
        return _figures(cell) == _figures(machine) and bool(machine)
    return machine.encode("gb18030", "replace") == cell.encode("gb18030", "replace") or _lossy(machine) == cell


def _figures(cell: str) -> list[str]:
    """The numbers of a date; a month that a spreadsheet made a day (2025/10/1) is the month again."""
    found = [part.lstrip("0") for part in re.split(r"\D+", cell) if part]
    return found[:2] if len(found) == 3 and found[2] == "1" else found


def _lossy(machine: str) -> str:
    return machine.encode("gbk", "replace").decode("gbk")


def merge(known: dict[str, Decision], files: Sequence[Edited]) -> dict[str, Decision]:
    """The decisions after edits, ``files`` from the oldest edit to the newest; nothing edited is lost.

    A row whose decision cells were emptied in the table loses its decision; a row that is only missing keeps it.
    """
    merged = dict(known)
    for edited in files:
        for row_id in edited.empty:
            if row_id in known and not any(row_id in other.decisions for other in files):
                merged.pop(row_id, None)
        for row_id, decision in edited.decisions.items():
            before = merged.get(row_id)
            unchanged = before is not None and (before.review, before.note) == (decision.review, decision.note)
            if before is not None and unchanged and decision.review != "fixed":
                continue
            merged[row_id] = decision
    return merged


def orphan_row(decision: Decision) -> Row:
    """The row of ``review_orphans.csv``: all cells, as far as they are known."""
    row = {**dict.fromkeys(NAMES, ""), **decision.cells, **(decision.corrected or {})}
    row.update(review=decision.review, note=decision.note)
    return {name: harmless(cell) for name, cell in row.items()}
