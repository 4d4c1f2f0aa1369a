"""Spans that stand in a post now against its rows → what was kept, relabelled, moved, removed and added."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.review.importing.annotated import Span
from pipeline.table.schema import Row


@dataclass(slots=True)
class Changes:
    """What an annotator did to a post's rows. An added span may have the row that it was moved from."""

    kept: list[Row] = field(default_factory=list)
    relabelled: list[tuple[Row, str]] = field(default_factory=list)
    removed: list[Row] = field(default_factory=list)
    added: list[tuple[Span, Row | None]] = field(default_factory=list)


def changes(rows: Sequence[Row], spans: Iterable[Span], kinds: frozenset[str]) -> Changes:
    """Compare; rows of kinds that the file is not about are left alone."""
    found = Changes()
    left = {row["row_id"]: row for row in rows if row["kind"] in kinds}
    open_spans, waiting = [], []
    for span in spans:
        row = left.get(span.row_id)
        if row is not None and _same_place(row, span) and row["kind"] == span.kind:
            _settle(found, left.pop(span.row_id), span)
        else:
            open_spans.append(span)
    for span in open_spans:
        same = [row for row in left.values() if _is(row, span)]
        for row in same:
            _settle(found, left.pop(row["row_id"]), span)
        if not same and not any(_is(row, span) for row in found.kept):
            waiting.append(span)
    waiting, others = [], waiting
    for span in others:
        row = next((row for row in left.values() if _same_place(row, span) and row["kind"] == span.kind), None)
        if row is None:
            waiting.append(span)
        else:
            _settle(found, left.pop(row["row_id"]), span)
    for span in waiting:
        moved = left.get(span.row_id) or next((row for row in left.values() if _overlaps(row, span)), None)
        if moved is not None:
            found.removed.append(left.pop(moved["row_id"]))
        found.added.append((span, moved if moved is not None and moved["kind"] == span.kind else None))
    found.removed += left.values()
    return found


def _settle(found: Changes, row: Row, span: Span) -> None:
    if row["label"] == span.label:
        found.kept.append(row)
    else:
        found.relabelled.append((row, span.label))


def _same_place(row: Row, span: Span) -> bool:
    return int(row["start"]) == span.start and int(row["end"]) == span.end


def _is(row: Row, span: Span) -> bool:
    return _same_place(row, span) and (row["kind"], row["label"]) == (span.kind, span.label)


def _overlaps(row: Row, span: Span) -> bool:
    """Whether a row of the same kind and label shares a part of the span."""
    return (row["kind"], row["label"]) == (span.kind, span.label) and min(int(row["end"]), span.end) > max(
        int(row["start"]), span.start
    )
