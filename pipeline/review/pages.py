"""What the templates show of a row and a post."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import InvalidOperation
from typing import NamedTuple

from pipeline.review.desk import Desk
from pipeline.review.index import Entry
from pipeline.review.marks import Piece, pieces, window
from pipeline.review.words import Words, grouped
from pipeline.table.check import plain
from pipeline.table.schema import BY_NAME, LABELS, Row

VALUE = ("value_min", "value_max", "unit", "qualifier")
PERIOD = ("period", "period_start", "period_end")
FIELDS = {
    "money": (*VALUE, "direction"),
    "percent": (*VALUE, "direction"),
    "quantity": VALUE,
    "date": PERIOD,
    "entity": ("name", "entity_id"),
    "claim": (
        "subject",
        "predicate",
        "object",
        *VALUE,
        "measure",
        "direction",
        *PERIOD,
        "comparison",
        "certainty",
        "source",
    ),
}
"""The correctable columns that a kind uses, ``label`` aside, in the order of the form."""

UNUSED = {
    "statement": (*VALUE, "measure", "direction", "comparison"),
    "event": ("measure", "direction", "comparison", *VALUE),
    "trend": (*VALUE, "measure"),
}
"""The columns that a claim of a label leaves empty."""

ARROWS = {"up": "↑", "down": "↓", "flat": "→"}
EXCERPT = 36
WINDOW, WHOLE, MOST_MARKS = 5_000, 60_000, 900


class Part(NamedTuple):
    """A piece of a row's headline: the column, what to show, whether context filled it, what it was before."""

    column: str
    text: str
    inferred: bool = False
    old: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A row as the list shows it."""

    entry: Entry
    parts: list[Part]
    chips: list[Part]
    details: list[Part]
    excerpt: tuple[str, str, str]
    reviewer: str = ""

    @property
    def row(self) -> Row:
        return self.entry.row


def card(entry: Entry, words: Words, reviewer: str = "") -> Card:
    """The card of a row in a language."""
    row = entry.shown
    inferred = set(row["inferred"].split())

    def part(column: str, text: str = "") -> Part:
        shown = text or (words.value(row[column]) if BY_NAME[column].allowed else row[column])
        old = None
        if entry.corrected and column in entry.corrected:
            old = words.value(entry.row[column]) or words("empty")
        return Part(column, shown, column in inferred, old)

    kind = row["kind"]
    parts: list[Part] = []
    if kind == "entity":
        parts.append(part("name"))
    elif kind == "date":
        shown = row["period"] or " … ".join(filter(None, (row["period_start"], row["period_end"])))
        parts.append(part("period", shown or words("empty")))
    elif kind == "claim":
        parts += [part(name) for name in ("subject", "predicate") if row[name]]
        if row["label"] != "metric" and row["object"]:
            parts.append(part("object"))
    value = value_of(row, words)
    if value:
        arrow = ARROWS.get(row["direction"], "")
        parts.append(part("value_min", f"{arrow} {value}".strip())._replace(column="value"))
    elif row["direction"]:
        parts.append(part("direction", ARROWS.get(row["direction"], row["direction"])))
    chips = [part("label")]
    for name in ("qualifier", "measure", "period", "comparison", "certainty", "source"):
        dull = (name, row[name]) in (("qualifier", "exact"), ("certainty", "asserted"), ("measure", "level"))
        statement = name == "source" and row["source"] == row["subject"]
        if row[name] and not dull and not statement and not (kind == "date" and name == "period"):
            chips.append(part(name))
    return Card(entry, parts, chips, _details(row, value), excerpt(row), reviewer)


def _details(row: Row, said: str) -> list[Part]:
    """What the headline leaves out: the digits of a value that it rounds to a scale, and columns of less weight."""
    digits = dict.fromkeys(name for name in ("value_min", "value_max") if row[name])
    shown = [Part(name, grouped(row[name])) for name in digits if grouped(row[name]) not in said]
    if len(shown) == 2 and row["value_min"] == row["value_max"]:
        shown = [shown[0]._replace(column="value")]
    names = ["period_start", "period_end", "entity_id"]
    if row["label"] == "metric":
        names.insert(0, "object")
    return shown + [Part(name, row[name]) for name in names if row[name]]


def value_of(row: Row, words: Words) -> str:
    """The value with its unit as a person would write it; empty for none."""
    low, high, unit = row["value_min"], row["value_max"], row["unit"]
    if not low and not high:
        return ""
    try:
        said = {cell: words.number(cell) if cell else "" for cell in (low, high)}
    except InvalidOperation:
        said = {cell: cell for cell in (low, high)}
    if low == high:
        number = said[low]
    elif not high:
        number = f"≥ {said[low]}"
    elif not low:
        number = f"≤ {said[high]}"
    else:
        number = f"{said[low]} – {said[high]}"
    glue = {"%": "%", "x": "×"}.get(unit)
    return f"{number}{glue}" if glue else f"{number}{' ' if unit.isascii() else ''}{unit}".strip()


def excerpt(row: Row) -> tuple[str, str, str]:
    """The words before a finding in its sentence, its own, and those behind it, for the list."""
    text, sentence = row["text"], row["sentence"]
    at = sentence.find(text)
    if at < 0 or row["kind"] == "claim":
        return "", text, ""
    before, after = sentence[:at], sentence[at + len(text) :]
    if len(before) > EXCERPT:
        before = "…" + before[-EXCERPT:]
    if len(after) > EXCERPT:
        after = after[:EXCERPT] + "…"
    return before, text, after


@dataclass(frozen=True, slots=True)
class PostView:
    """A post, or the part of it around a row."""

    row: Row
    pieces: list[Piece]
    start: int
    partial: bool
    quoted: list[Mapping[str, object]]


def post_view(desk: Desk, post_id: str, entry: Entry | None, whole: bool = False) -> PostView:
    """The post for the left side, its findings marked.

    Raises:
        InputError: there is no such post.
    """
    post = desk.post(post_id)
    text = post["text"]
    near = (int(entry.row["start"]), int(entry.row["end"])) if entry else (0, 0)
    size = WHOLE if whole else WINDOW
    while True:
        start, end = window(text, *near, size)
        entries = desk.index.rows_of_post(post_id, start, end)
        if len(entries) <= MOST_MARKS or size <= 500:
            break
        size = min(size, end - start) // 2
    try:
        quoted = json.loads(post["quoted"]) if post["quoted"] else []
    except ValueError:
        quoted = []
    return PostView(post, pieces(text, start, end, entries), start, end - start < len(text), quoted)


def fields_of(row: Row) -> list[str]:
    """The columns to show in a row's form: those that its kind and label use, and any that is filled."""
    unused = UNUSED.get(row["label"], ()) if row["kind"] == "claim" else ()
    return [name for name in FIELDS[row["kind"]] if row[name] or name not in unused]


def labels() -> list[tuple[str, str]]:
    """Every kind with each of its labels."""
    return [(kind, label) for kind, found in LABELS.items() for label in found]


def form_cells(values: Mapping[str, str]) -> Row:
    """The cells of a form: values as numbers or in Chinese (1.5亿), everything else as typed.

    A value that is no number stays as it is, to be refused by the check.
    """
    cells = {}
    for name, column in BY_NAME.items():
        if column.correctable and name in values:
            cell = values[name].strip()
            cells[name] = _decimal(cell) if column.type == "decimal" and cell else cell
    return cells


def _decimal(cell: str) -> str:
    from pipeline.review.filters import exact

    value = exact(cell)
    return cell if value is None else plain(value)
