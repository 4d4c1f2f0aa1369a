"""Decisions of reviewers, for all that reads or makes them: the review page, the report, ``learn``, imports.

``reviews.csv`` in the output folder is the only place they are kept in; its columns are ``schema.REVIEW_LOG``.

Example:
    >>> store = Store(Path("extracted"))                                        # doctest: +SKIP
    >>> [event.row["text"] for event in store.standing() if event.verdict == "wrong"]  # doctest: +SKIP
    >>> store.decide([row], "fixed", corrected={"unit": "USD"}, reviewer="wang")       # doctest: +SKIP
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pipeline.errors import InputError
from pipeline.run.reviewlog import ReviewLog
from pipeline.table.added import added_row
from pipeline.table.check import faults
from pipeline.table.review import same_cell
from pipeline.table.rows import anchor_of
from pipeline.table.schema import ADDED, BY_NAME, REVIEWS, Row
from pipeline.table.verdicts import EVENT_ID, Event, History, as_found, new_id, undoing


class Store:
    """The decisions on an output folder. Safe for several threads and processes."""

    def __init__(self, out: Path, versions: str = "") -> None:
        self.log, self.versions = ReviewLog(out), versions

    @property
    def history(self) -> History:
        """All events as of the last ``refresh``."""
        return self.log.history

    def refresh(self) -> None:
        """Read what others have decided, and put back what the log has lost since it was read.

        Raises:
            OutputError: the log cannot be read.
        """
        self.log.refresh()
        if self.log.lost:
            self.log.append([])

    def news(self) -> set[str] | None:
        """The rows decided on since the last call; None where all must be looked at anew."""
        return self.log.news()

    def standing(self) -> Iterable[Event]:
        """The decision that counts on each row, edits of the CSV included as far as a run has seen them.

        ``event.row`` is the row as found, ``event.row | event.corrected`` of a ``fixed`` one as it should be;
        ``event.adds`` tells the rows that a reviewer added.
        """
        self.refresh()
        return self.history.standing()

    def decide(
        self,
        rows: Sequence[Row],
        review: str,
        *,
        corrected: Mapping[str, str] | None = None,
        note: str | None = None,
        reviewer: str = "",
        via: str = "app",
        ids: Sequence[str] = (),
        undecided: bool = False,
    ) -> list[Event]:
        """One decision on each of some rows, durable when this returns; the events that were new.

        Args:
            rows: as found (of an added row, as added), all columns.
            review: ``ok``, ``wrong``, ``fixed``, or empty for none.
            corrected: of ``fixed``, the cells as they should be; those that are the row's already are dropped.
            note: None keeps the note that the row has.
            ids: an ``event_id`` for each row, so that a repeated request counts once.
            undecided: leave out rows that somebody has decided on meanwhile.

        Raises:
            InputError: the verdict or a cell cannot be, or an id is none.
            OutputError: the log cannot be written; nothing was decided.
        """
        if review and review not in REVIEWS:
            raise InputError(f"verdict {review!r} is none of {', '.join(REVIEWS)}")
        names = list(ids) or [new_id() for _ in rows]
        if len(names) != len(rows) or not all(map(EVENT_ID.fullmatch, names)):
            raise InputError("an id is missing, or is none (e and 15 small letters)")
        self.refresh()
        events = []
        for row, name in zip(rows, names, strict=True):
            before = self.history.of(row["row_id"])
            cells = corrections(row, corrected or {}) if review == "fixed" else None
            events.append(
                Event(
                    row["row_id"],
                    review,
                    (before.note if before else "") if note is None else note,
                    cells,
                    reviewer,
                    via=via,
                    versions=self.versions,
                    anchor=self.history.anchor(row["row_id"]),
                    row=as_found(row),
                    event_id=name,
                )
            )
        return self.log.append(events, undecided)

    def undo(self, event_ids: Sequence[str], reviewer: str = "", ids: Sequence[str] = ()) -> list[Event]:
        """Take decisions back, whatever was decided since; ids that are unknown or taken back are passed over.

        ``ids`` are those of the new events, so that a repeated request counts once.
        """
        self.refresh()
        found = [
            event
            for name in event_ids
            if name in self.history
            for event in self.history.live(self.history.events[name].row_id)
            if event.event_id == name
        ]
        names = dict(zip(event_ids, ids, strict=False))
        return self.log.append(undoing(e, reviewer, self.versions, names.get(e.event_id, "")) for e in found)

    def add(
        self,
        post: Row,
        span: tuple[int, int],
        cells: Mapping[str, str],
        *,
        note: str = "",
        reviewer: str = "",
        via: str = "app",
        sentences: Sequence[tuple[int, int]] = (),
        taken: Iterable[str] = (),
        event_id: str = "",
    ) -> Event | None:
        """A row of its own for a selection of a post's text; None where ``event_id`` is in the log already.

        Args:
            post: the post's row of ``posts.csv``.
            span: of the selection, in code points of the post's text.
            cells: kind, label, and the correctable columns.
            taken: ids of the rows that the post has.

        Raises:
            TableError: the row breaks the contract.
            InputError: there is such a row.
            OutputError: the log cannot be written.
        """
        row = added_row(post["post_id"], post["text"], span, cells, sentences)
        self.refresh()
        if event_id in self.history:
            return None
        stands = self.history.of(row["row_id"])
        if row["row_id"] in set(taken) or (stands and stands.adds and stands.review != "wrong"):
            raise InputError(f"{row['text']}: there is such a row; correct it instead")
        event = Event(
            row["row_id"],
            ADDED,
            note,
            reviewer=reviewer,
            via=via,
            versions=self.versions,
            anchor=anchor_of(row, post["text"]),
            row=as_found(row),
            event_id=event_id or new_id(),
        )
        return next(iter(self.log.append([event])), None)


def corrections(row: Row, wanted: Mapping[str, str]) -> Row:
    """The cells that differ from the row's.

    Raises:
        InputError: a cell does not fit its column, or the column is not the reviewer's to correct.
    """
    found: Row = {}
    for name, cell in wanted.items():
        column = BY_NAME.get(name)
        if column is None or not column.correctable:
            raise InputError(f"column {name!r} cannot be corrected")
        cell = cell.strip()
        if cell == row.get(name, "") or same_cell(name, cell, row.get(name, "")):
            continue
        fault = faults(column, cell)
        if fault:
            raise InputError(f"{name} {fault}")
        found[name] = cell
    return found
