"""``reviews.csv`` on the disk: every decision of every reviewer, added under a lock, durable before it is acknowledged.

Several processes may add at once. A reader sees whole lines only; a line that a power failure cut off was never
acknowledged and is moved to ``.taojin/reviews.torn`` by the next one to write.
"""

import io
import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from threading import RLock

from pipeline.errors import OutputError, TableError
from pipeline.run.files import writing
from pipeline.run.lock import waiting
from pipeline.table.schema import LOG_NAMES
from pipeline.table.text import BOM, line_of
from pipeline.table.verdicts import Event, History, after, cells_of_event, header_of, moment, parse

LOG = "reviews.csv"
WORKSHOP = ".taojin"
_TAIL = 64


class ReviewLog:
    """The log of an output folder, read as far as it has grown. Safe for several threads."""

    def __init__(self, out: Path) -> None:
        self.path, self.workshop = out / LOG, out / WORKSHOP
        self.guard = RLock()
        self.lost: dict[str, Event] = {}
        self.changed: set[str] = set()
        self.another = False
        self._forget()

    def _forget(self) -> None:
        self.history = History()
        self._rewind()

    def _rewind(self) -> None:
        self.names: list[str] = []
        self.offset, self.lines, self.inode, self.tail = 0, 0, 0, b""

    def news(self) -> set[str] | None:
        """The rows that new events are about since the last call; None where the log must be looked at anew."""
        with self.guard:
            found = None if self.another else self.changed
            self.changed, self.another = set(), False
            return found

    def refresh(self) -> None:
        """Read what is new. Events that were there and are not any more are kept as ``lost``.

        Raises:
            OutputError: the log cannot be read; the message names the line.
        """
        with self.guard:
            try:
                self._refresh()
            except FileNotFoundError:
                if self.offset:
                    self._empty()
            except (TableError, UnicodeDecodeError) as error:
                raise OutputError(
                    f"{self.path}: it cannot be read as Taojin wrote it ({error}), so reviews might be lost. Mend the"
                    " line or move the file away (UTF-8, separated by commas); nothing has been overwritten"
                ) from error
            except OSError as error:
                raise OutputError(f"{self.path}: {error.strerror}; reviews might be lost without it") from error

    def _refresh(self) -> None:
        with self.path.open("rb") as stream:
            info = os.fstat(stream.fileno())
            another = self.offset > 0 and not self._continues(stream, info)
            start, names, before = (0, [], 0) if another else (self.offset, self.names, self.lines)
            if info.st_size == start and not another:
                return
            stream.seek(start)
            lines = list(io.StringIO(_whole(stream.read()).decode("utf-8"), newline=""))
            if not start:
                if not lines or not lines[0].endswith(("\n", "\r")):
                    if another:
                        self._empty()
                    return
                names = header_of(lines[0])
                start, before = len(lines[0].encode()), 1
                lines = lines[1:]
            events, used = parse(lines, names, before)
            end = start + sum(len(line.encode()) for line in lines[:used])
            stream.seek(max(0, end - _TAIL))
            self.tail = stream.read(end - max(0, end - _TAIL))
        self.names, self.offset, self.lines, self.inode = names, end, before + used, info.st_ino
        if another:
            self._replace(History(events))
        else:
            self.changed |= {event.row_id for event in events if self.history.add(event)}

    def _empty(self) -> None:
        self._replace(History())
        self._rewind()

    def _replace(self, history: History) -> None:
        """The file is another one: what it does not hold of what was acknowledged is lost, unless it is put back."""
        self.lost |= {name: event for name, event in self.history.events.items() if name not in history}
        self.history, self.another = history, True

    def _continues(self, stream: io.BufferedReader, info: os.stat_result) -> bool:
        """Whether the file is the one that was read, perhaps longer now: a spreadsheet may have saved another."""
        if info.st_ino != self.inode or info.st_size < self.offset:
            return False
        stream.seek(self.offset - len(self.tail))
        return stream.read(len(self.tail)) == self.tail

    def append(self, events: Iterable[Event], undecided: bool = False) -> list[Event]:
        """Add events, durably; those that were new, with their times. An id that the log holds is not added again.

        Lost events are put back first. Events added together have one time. With ``undecided``, an event on a row
        that somebody has decided on meanwhile is left out.

        Raises:
            OutputError: they cannot be written; none of them is in the log then.
        """
        drafts = list(events)
        wanted = {draft.event_id for draft in drafts}
        with self.guard, writing(self.path):
            self.workshop.mkdir(parents=True, exist_ok=True)
            with waiting(self.workshop / "reviews.lock"):
                self.refresh()
                fresh = [event for event in self.lost.values() if self.history.add(event)]
                now = max(moment(), after(self.history.last))
                for draft in drafts:
                    if draft.event_id in self.history or (undecided and self.history.of(draft.row_id)):
                        continue
                    event = draft if draft.time else replace(draft, time=now)
                    self.history.add(event)
                    fresh.append(event)
                if fresh:
                    try:
                        self._write(fresh)
                    except BaseException:
                        self._forget()
                        self.another = True
                        raise
                self.changed |= {event.row_id for event in fresh}
                self.lost = {}
        return [event for event in fresh if event.event_id in wanted]

    def _write(self, events: list[Event]) -> None:
        names = self.names or list(LOG_NAMES)
        text = "".join(line_of(cells_of_event(event, names)) for event in events)
        head = "" if self.offset else BOM + line_of(names)
        new = not self.path.exists()
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        try:
            size = os.fstat(descriptor).st_size
            if size > self.offset:
                self._set_aside(descriptor, size)
            if self.offset and not self.tail.endswith(b"\n"):
                head = "\n"
            data = (head + text).encode()
            os.lseek(descriptor, self.offset, os.SEEK_SET)
            try:
                written = 0
                while written < len(data):
                    written += os.write(descriptor, data[written:])
                os.fsync(descriptor)
            except OSError:
                os.ftruncate(descriptor, self.offset)
                raise
            self.inode = os.fstat(descriptor).st_ino
        finally:
            os.close(descriptor)
        if new and os.name != "nt":
            folder = os.open(self.path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        self.names = names
        self.offset += len(data)
        self.lines += data.count(b"\n")
        self.tail = (self.tail + data)[-_TAIL:]

    def _set_aside(self, descriptor: int, size: int) -> None:
        """What stands behind the last whole line was cut off while it was written."""
        os.lseek(descriptor, self.offset, os.SEEK_SET)
        with (self.workshop / "reviews.torn").open("ab") as torn:
            torn.write(os.read(descriptor, size - self.offset) + b"\n")
        os.ftruncate(descriptor, self.offset)


def _whole(data: bytes) -> bytes:
    """Without a last character that is cut in its middle."""
    cut = len(data)
    while cut and len(data) - cut < 3 and data[cut - 1] & 0xC0 == 0x80:
        cut -= 1
    if cut and data[cut - 1] >= 0xC0:
        lead = data[cut - 1]
        wanted = 4 if lead >= 0xF0 else 3 if lead >= 0xE0 else 2
        if len(data) - cut + 1 < wanted:
            return data[: cut - 1]
    return data
