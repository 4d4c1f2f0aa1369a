"""The reviewer's desk: the index of a folder's table, kept in step with the log and with the files."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from threading import RLock

from pipeline.errors import InputError
from pipeline.language.sentences import sentences
from pipeline.review.filters import EXACT, UNDECIDED, Filter
from pipeline.review.index import Entry, Index
from pipeline.review.store import Store, corrections
from pipeline.review.tables import table_of
from pipeline.run.files import stamp
from pipeline.run.reviews import TABLE, take
from pipeline.table.added import placed
from pipeline.table.check import check_extraction
from pipeline.table.review import Decision, resolved
from pipeline.table.rows import digest
from pipeline.table.schema import UNDO, Row
from pipeline.table.verdicts import Event

MOST_AT_ONCE = 10_000
CHOICES = 200
"""How many values a filter offers."""
COLUMNS = (*EXACT, "predicate")


class Desk:
    """All that the pages ask for. Safe for several threads."""

    def __init__(self, out: Path) -> None:
        """Open a folder.

        Raises:
            InputError: there is no table in it.
            OutputError: an edited table or the log cannot be read.
        """
        self.out, self.guard = out, RLock()
        self.index = Index()
        self.store = Store(out)
        self.stamp = ""
        self.lists: dict[str, list[tuple[str, int]]] = {}
        self._open()

    def _open(self) -> None:
        if not (self.out / TABLE).exists():
            raise InputError(f"{self.out}: no table is here; run taojin extract, or name its folder with --out")
        now = stamp(self.out / TABLE)[0]
        self.store.versions = take(self.out)
        self.store.refresh()
        self.store.news()
        index = Index()
        index.fill(table_of(self.out), self._decided)
        self.index.close()
        self.index = index
        self.lists = {name: index.values(name)[:CHOICES] for name in COLUMNS} | {"entity": index.names(CHOICES)}
        self._show(event.row_id for event in self.store.history.standing() if event.adds)
        self.stamp = now

    def refresh(self) -> None:
        """See what others have decided, and a table that was written anew or edited."""
        with self.guard:
            now = stamp(self.out / TABLE)[0]
            if now and now != self.stamp:
                self._open()
                return
            self.store.refresh()
            changed = self.store.news()
            if changed is None:
                self._open()
            elif changed:
                self._show(changed)

    def _show(self, row_ids: Iterable[str]) -> None:
        """Bring rows of the index up to the log."""
        for row_id in row_ids:
            event = self.store.history.of(row_id)
            entry = self.index.entry(row_id)
            if entry is None or entry.added:
                self._show_added(row_id, event, entry)
                continue
            now = self._decided(entry.row)
            self.index.decide(row_id, now.review, now.note, now.corrected)

    def _decided(self, row: Row) -> Entry:
        """A row of the machine's with the decision that stands."""
        event = self.store.history.of(row["row_id"])
        if event is None:
            return Entry(row)
        fixed = _corrected(event, row)
        review = ("fixed" if fixed else "ok") if event.adds else event.review
        return Entry(row, review, event.note, fixed)

    def _show_added(self, row_id: str, event: Event | None, entry: Entry | None) -> None:
        live = self.store.history.live(row_id)
        last = event or (live[-1] if live else None)
        if last is None or not last.adds:
            if entry is not None:
                self.index.drop(row_id)
            return
        if entry is None:
            post = self.index.post(last.row["post_id"])
            row = placed(last, post["text"]) if post else None
            if row is None:
                return
        else:
            row = entry.row
        fixed = last.corrected if last.verdict == "fixed" else None
        review = event.review if event else ""
        self.index.put(Entry({**row, "review": "", "note": ""}, review, last.note, fixed, True))

    # reading

    def entry(self, row_id: str) -> Entry:
        """A row.

        Raises:
            InputError: there is none.
        """
        found = self.index.entry(row_id)
        if found is None:
            raise InputError(f"{row_id}: no such row; it may be gone since the last extract")
        return found

    def post(self, post_id: str) -> Row:
        """A post.

        Raises:
            InputError: there is none.
        """
        found = self.index.post(post_id)
        if found is None:
            raise InputError(f"{post_id}: no such post; it may be gone since the last extract")
        return found

    def choices(self, column: str) -> list[tuple[str, int]]:
        """The values that a filter can have, with their counts as of the last extract."""
        return self.lists[column]

    # deciding; each returns the rows concerned

    def decide(
        self,
        row_id: str,
        review: str,
        corrected: Mapping[str, str] | None = None,
        note: str | None = None,
        reviewer: str = "",
        event_id: str = "",
    ) -> Entry:
        """A verdict on a row; ``ok`` on a corrected row means it as it is shown, corrected.

        Raises:
            InputError, TableError: the row is gone, or the correction cannot be.
            OutputError: it could not be written down.
        """
        with self.guard:
            entry = self.entry(row_id)
            if review == "ok" and entry.corrected:
                review, corrected = "fixed", entry.corrected
            if review == "fixed":
                fixed = corrections(entry.row, corrected or {})
                check_extraction({**entry.row, **fixed}, self.post(entry.row["post_id"])["text"])
            self.store.decide(
                [entry.row],
                review,
                corrected=corrected,
                note=note,
                reviewer=reviewer,
                ids=[event_id] if event_id else (),
            )
            self.refresh()
            self._show([row_id])
            return self.entry(row_id)

    def accept_all(self, filter: Filter, reviewer: str = "", event_id: str = "") -> int:
        """``ok`` for every undecided row of a filter; how many.

        Raises:
            InputError: they are too many for one step.
        """
        with self.guard:
            undecided = replace(filter, show=UNDECIDED)
            count = self.index.count(undecided)
            if count > MOST_AT_ONCE:
                raise InputError(f"{count:,} rows are more than {MOST_AT_ONCE:,}, the most at once; narrow the filter")
            entries = self.index.all(undecided, MOST_AT_ONCE)
            ids = [_derived(event_id, entry.row["row_id"]) for entry in entries] if event_id else ()
            rows = [entry.row for entry in entries]
            made = self.store.decide(rows, "ok", reviewer=reviewer, ids=ids, undecided=True)
            self._show(event.row_id for event in made)
            return len(made)

    def add(
        self,
        post_id: str,
        span: tuple[int, int],
        cells: Mapping[str, str],
        note: str = "",
        reviewer: str = "",
        event_id: str = "",
    ) -> Entry:
        """A row for a selection.

        Raises:
            InputError, TableError: the row cannot be.
        """
        with self.guard:
            post = self.post(post_id)
            known = [entry for entry in self.index.rows_of_post(post_id, *span) if entry.review != "wrong"]
            taken = [entry.row["row_id"] for entry in known]
            made = self.store.add(
                post,
                span,
                cells,
                note=note,
                reviewer=reviewer,
                sentences=sentences(post["text"]),
                taken=() if event_id and event_id in self.store.history else taken,
                event_id=event_id,
            )
            row_id = made.row_id if made else self.store.history.events[event_id].row_id
            self._show([row_id])
            return self.entry(row_id)

    def undo(self, reviewer: str, event_id: str = "") -> list[str]:
        """Take back the reviewer's last step here, a bulk step as a whole; the ids of its rows."""
        with self.guard:
            self.refresh()
            history = self.store.history
            if event_id and event_id in history:
                return [history.events[event_id].row_id]
            step = self._last_step(reviewer)
            if not step:
                return []
            ids = [event_id] if event_id and len(step) == 1 else ()
            if event_id and len(step) > 1:
                ids = [event_id, *(_derived(event_id, event.row_id) for event in step[1:])]
            self.store.undo([event.event_id for event in step], reviewer, ids)
            rows = [event.row_id for event in step]
            self._show(rows)
            return rows

    def _last_step(self, reviewer: str) -> list[Event]:
        history, time = self.store.history, ""
        step: list[Event] = []
        undone: set[str] = set()
        for name, event in reversed(history.events.items()):
            if event.verdict == UNDO and name not in undone:
                undone.add(event.undoes)
            if event.verdict == UNDO or name in undone or event.reviewer != reviewer or event.via != "app":
                if time and event.time != time:
                    break
                continue
            if time and event.time != time:
                break
            time = event.time
            step.append(event)
        return step[::-1]


def _corrected(event: Event, row: Row) -> Row | None:
    """The cells of a ``fixed`` row that differ from the machine's now."""
    decision = event.decision()
    if event.adds:
        wanted = {**event.row, **(event.corrected or {})}
    elif decision.review == "fixed" and decision.corrected is None:
        wanted = dict(decision.cells)
    else:
        return {name: cell for name, cell in (decision.corrected or {}).items() if row.get(name, "") != cell} or None
    cells = {**dict.fromkeys(row, ""), **wanted}
    return resolved(Decision(event.row_id, "fixed", "", cells), row).corrected or None


def _derived(event_id: str, row_id: str) -> str:
    """An id for each row of a step, the same when the step is repeated."""
    return digest("e", f"{event_id} {row_id}".encode())
