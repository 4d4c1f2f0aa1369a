"""Files of annotation tools → posts with the spans that stand in them now."""

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.table.exports.spans import SPAN_LABELS


@dataclass(frozen=True, slots=True)
class Span:
    """A labelled span, in code points; ``row_id`` where the tool kept the id of the row that it comes from."""

    start: int
    end: int
    kind: str
    label: str
    row_id: str = ""


@dataclass(frozen=True, slots=True)
class Annotated:
    """One post as an annotator left it. ``done`` is false for one that nobody has annotated."""

    where: str
    post_id: str
    text: str
    spans: tuple[Span, ...]
    annotator: str = ""
    done: bool = True


def read(path: Path) -> list[Annotated]:
    """The posts of a file: a JSON list is Label Studio's, JSON Lines are doccano's.

    Raises:
        InputError: the file is neither, or a span cannot be understood; the message says where.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {error}; give the JSON that Label Studio or doccano exported") from error
    try:
        if text.lstrip().startswith("["):
            return [_task(f"{path}: task {number}", task) for number, task in enumerate(json.loads(text), 1)]
        lines = enumerate(text.split("\n"), 1)
        return [_line(f"{path}:{number}", json.loads(line)) for number, line in lines if line.strip()]
    except json.JSONDecodeError as error:
        raise InputError(f"{path}: {error}; give the JSON that Label Studio or doccano exported") from error


def _task(where: str, task: Any) -> Annotated:
    """A task of Label Studio, as JSON or JSON-MIN."""
    if not isinstance(task, dict):
        raise InputError(f"{where}: no JSON object")
    data = task.get("data", task)
    text = str(data.get("text", ""))
    if "data" not in task:
        regions = [{"value": value} for value in task.get("label", ())]
        return Annotated(
            where,
            str(data.get("post_id", "")),
            text,
            tuple(_regions(where, text, regions)),
            str(task.get("annotator", "")),
        )
    made = [one for one in task.get("annotations", ()) if not one.get("was_cancelled")]
    if not made:
        return Annotated(where, str(data.get("post_id", "")), text, (), done=False)
    last = max(made, key=lambda one: str(one.get("updated_at", "")))
    who = last.get("completed_by", "")
    annotator = str(who.get("email", who.get("id", "")) if isinstance(who, dict) else who)
    spans = tuple(_regions(where, text, last.get("result", ())))
    return Annotated(where, str(data.get("post_id", "")), text, spans, annotator)


def _regions(where: str, text: str, regions: Iterable[Mapping[str, Any]]) -> Iterator[Span]:
    for region in regions:
        value = region.get("value", {})
        for label in value.get("labels", ()):
            place = _place(where, text, value.get("start"), value.get("end"), value.get("text"))
            yield _span(where, place, label, str(region.get("id", "")))


def _line(where: str, line: Any) -> Annotated:
    """A line of doccano: ``label`` lists or ``entities`` objects; facts of the post beside them or in ``meta``."""
    if not isinstance(line, dict):
        raise InputError(f"{where}: no JSON object")
    text = str(line.get("text", line.get("data", "")))
    meta = line.get("meta")
    facts: dict[str, Any] = meta if isinstance(meta, dict) else line
    found = [(one.get("start_offset"), one.get("end_offset"), one.get("label")) for one in line.get("entities") or ()]
    found += [tuple(one) for one in line.get("label") or line.get("labels") or ()]
    spans = tuple(_span(where, _place(where, text, start, end, None), label) for start, end, label in found)
    return Annotated(where, str(facts.get("post_id", "")), text, spans)


def _span(where: str, place: tuple[int, int], label: Any, row_id: str = "") -> Span:
    if label not in SPAN_LABELS:
        raise InputError(f"{where}: label {label!r} is none of {', '.join(SPAN_LABELS)}")
    kind, _, name = str(label).partition(".")
    return Span(*place, kind, name, row_id)


def _place(where: str, text: str, start: Any, end: Any, surface: Any) -> tuple[int, int]:
    """The span in code points; a tool that counted UTF-16 is found out by the words that it gives."""
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end:
        raise InputError(f"{where}: a span from {start!r} to {end!r}")
    if isinstance(surface, str) and text[start:end] != surface:
        units = list(accumulate((2 if character > "\uffff" else 1 for character in text), initial=0))
        left, right = bisect_left(units, start), bisect_left(units, end)
        if text[left:right] == surface:
            return left, right
        raise InputError(f"{where}: the text has {text[start:end]!r} at {start}, the span {surface!r}")
    if end > len(text):
        raise InputError(f"{where}: a span ends at {end}, the text at {len(text)}")
    return start, end
