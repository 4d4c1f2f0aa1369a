"""The log of decisions: what one line of ``reviews.csv`` says, and what stands after all of them.

The log is only ever added to. Of the decisions on a row the latest counts, whoever made it and wherever; one that
was undone counts as never made, so that undoing one's own decision leaves another reviewer's alone.
"""

import csv
import json
import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from pipeline.errors import TableError
from pipeline.table.review import Decision
from pipeline.table.safety import harmless
from pipeline.table.schema import ADDED, ADDED_RULE, LOG_NAMES, NAMES, UNDO, VERDICTS, Row
from pipeline.table.text import LONGEST_CELL

EVENT_ID = re.compile(r"e[a-z]{15}")
_TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
_ROW_NAMES = tuple(name for name in LOG_NAMES if name in NAMES and name not in ("row_id", "note"))


@dataclass(frozen=True, slots=True)
class Event:
    """One decision on one row.

    ``row`` holds the row's cells as found (the filled ones), without review and note; of an added row, the
    reviewer's. ``corrected`` holds the cells that a ``fixed`` row changes, None while that is not known. ``anchor``
    is the text before and behind an added row. ``time`` is empty until the log has taken the event.
    """

    row_id: str
    verdict: str
    note: str = ""
    corrected: Row | None = None
    reviewer: str = ""
    time: str = ""
    via: str = "app"
    undoes: str = ""
    versions: str = ""
    anchor: tuple[str, str] | None = None
    row: Row = field(default_factory=dict)
    event_id: str = field(default_factory=lambda: new_id())

    @property
    def adds(self) -> bool:
        """Whether the row is a reviewer's own rather than the machine's."""
        return self.row.get("rule") == ADDED_RULE

    @property
    def review(self) -> str:
        """The cell of the table: an added row is right by definition."""
        return "ok" if self.verdict == ADDED else self.verdict

    @property
    def cells(self) -> Row:
        """The row as found, with all columns."""
        return {**dict.fromkeys(NAMES, ""), **self.row, "row_id": self.row_id}

    def decision(self) -> Decision:
        """What the merge with the table needs of it."""
        corrected = self.corrected if self.verdict == "fixed" else {}
        return Decision(self.row_id, self.review, self.note, self.cells, corrected)


def as_found(row: Row) -> Row:
    """What an event keeps of a row: its filled cells, without the reviewer's."""
    return {name: cell for name, cell in row.items() if cell and name not in ("review", "note")}


def new_id() -> str:
    return "e" + "".join(secrets.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(15))


def moment(at: datetime | None = None) -> str:
    """A time as the log writes it; such times sort as text."""
    return (at or datetime.now(UTC)).astimezone(UTC).strftime(_TIME)


def after(time: str) -> str:
    """The next microsecond; empty for what is no time."""
    try:
        return moment(datetime.strptime(time, _TIME).replace(tzinfo=UTC) + timedelta(microseconds=1))
    except ValueError:
        return ""


def cells_of_event(event: Event, names: Sequence[str] = LOG_NAMES) -> list[str]:
    """The event's line of the log, in the order of ``names``."""
    cells = {name: event.row.get(name, "") for name in _ROW_NAMES}
    cells |= {
        "row_id": event.row_id,
        "verdict": event.verdict,
        "note": harmless(event.note),
        "corrected": "" if event.corrected is None else _json(event.corrected),
        "reviewer": harmless(event.reviewer),
        "time": event.time,
        "via": event.via,
        "undoes": event.undoes,
        "versions": event.versions,
        "anchor": "" if event.anchor is None else _json(list(event.anchor)),
        "event_id": event.event_id,
    }
    return [cells.get(name, "") for name in names]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def event_of(cells: Sequence[str], names: Sequence[str]) -> Event:
    """The event of a line.

    Raises:
        TableError: it is none; the message says why.
    """
    if len(cells) != len(names):
        raise TableError(f"{len(cells)} cells, the header has {len(names)}")
    found = dict(zip(names, cells, strict=True))
    if not EVENT_ID.fullmatch(found["event_id"]):
        raise TableError(f"{found['event_id'][:20]!r} is no event_id")
    if not found["row_id"]:
        raise TableError("row_id is empty")
    if found["verdict"] and found["verdict"] not in VERDICTS:
        raise TableError(f"verdict {found['verdict'][:20]!r} is none of {', '.join(VERDICTS)}")
    try:
        corrected = _object(found["corrected"]) if found["corrected"] else None
        anchor = _pair(found["anchor"]) if found["anchor"] else None
    except ValueError as error:
        raise TableError(f"corrected or anchor cannot be read: {error}") from error
    return Event(
        found["row_id"],
        found["verdict"],
        found["note"],
        corrected,
        found["reviewer"],
        found["time"],
        found["via"],
        found["undoes"],
        found["versions"],
        anchor,
        {"row_id": found["row_id"], **{name: found[name] for name in _ROW_NAMES if found[name]}},
        found["event_id"],
    )


def _object(cell: str) -> Row:
    value = json.loads(cell)
    if not isinstance(value, dict) or not all(isinstance(part, str) for part in value.values()):
        raise ValueError("not an object of texts")
    return value


def _pair(cell: str) -> tuple[str, str]:
    value = json.loads(cell)
    if not isinstance(value, list) or len(value) != 2 or not all(isinstance(part, str) for part in value):
        raise ValueError("not a list of two texts")
    return value[0], value[1]


def header_of(line: str) -> list[str]:
    """The columns of the log's first line.

    Raises:
        TableError: one that is needed is missing.
    """
    names = [name.strip() for name in next(csv.reader([line.lstrip("\ufeff")]), [])]
    missing = [name for name in LOG_NAMES if name not in names]
    if missing:
        raise TableError(f"line 1: no column {missing[0]}")
    return names


def parse(lines: Sequence[str], names: Sequence[str], first: int) -> tuple[list[Event], int]:
    """The events of lines of text (line ends kept), and how many lines were used.

    A last record that was cut off, by a full disk or a power failure, is not used. ``first`` is the number of lines
    before these, for messages.

    Raises:
        TableError: a line that is not the last cannot be read.
    """
    csv.field_size_limit(LONGEST_CELL)
    events: list[Event] = []
    used = 0
    reader = csv.reader(lines, strict=True)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return events, used
        except csv.Error as error:
            if reader.line_num >= len(lines):
                return events, used
            raise TableError(f"line {first + reader.line_num}: {error}") from error
        if any(cells):
            try:
                events.append(event_of(cells, names))
            except TableError as error:
                if reader.line_num >= len(lines) and not lines[-1].endswith("\n"):
                    return events, used
                raise TableError(f"line {first + reader.line_num}: {error}") from error
        used = reader.line_num


class History:
    """All events, by row. Events may be added in any order; each id counts once."""

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self.rows: dict[str, list[Event]] = {}
        self.events: dict[str, Event] = {}
        self.last = ""
        for event in events:
            self.add(event)

    def add(self, event: Event) -> bool:
        """Take an event; False where its id is known."""
        if event.event_id in self.events:
            return False
        self.events[event.event_id] = event
        self.rows.setdefault(event.row_id, []).append(event)
        self.last = max(self.last, event.time)
        return True

    def __contains__(self, event_id: str) -> bool:
        return event_id in self.events

    def live(self, row_id: str, until: str = "~") -> list[Event]:
        """The row's decisions that were not undone, from the earliest to the latest."""
        events = sorted((e for e in self.rows.get(row_id, ()) if e.time <= until), key=lambda event: event.time)
        undone: set[str] = set()
        for event in reversed(events):
            if event.verdict == UNDO and event.event_id not in undone:
                undone.add(event.undoes)
        return [event for event in events if event.verdict != UNDO and event.event_id not in undone]

    def of(self, row_id: str, until: str = "~") -> Event | None:
        """The decision that stands; None where there is none."""
        live = self.live(row_id, until)
        return live[-1] if live and (live[-1].verdict or live[-1].note) else None

    def anchor(self, row_id: str) -> tuple[str, str] | None:
        """The anchor that the row's last decision kept."""
        live = self.live(row_id)
        return live[-1].anchor if live else None

    def standing(self) -> Iterator[Event]:
        """The decision that stands, of every row that has one."""
        for row_id in self.rows:
            event = self.of(row_id)
            if event:
                yield event


def undoing(event: Event, reviewer: str = "", versions: str = "", event_id: str = "") -> Event:
    """The event that takes another back."""
    return replace(
        event,
        verdict=UNDO,
        note="",
        corrected=None,
        reviewer=reviewer,
        time="",
        via="app",
        undoes=event.event_id,
        versions=versions,
        event_id=event_id or new_id(),
    )
