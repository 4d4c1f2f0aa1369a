"""The reviewer's decisions between runs: read from the output folder before it is written anew."""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from pipeline import __version__
from pipeline.errors import OutputError, TableError
from pipeline.run.files import output_error, stamp, writing
from pipeline.run.fingerprint import combined
from pipeline.run.lock import BusyError, locked
from pipeline.run.reviewlog import WORKSHOP, ReviewLog
from pipeline.run.state import State, guarded
from pipeline.table.review import Decision, Edited, merge, read_edited, resolved
from pipeline.table.rows import digest
from pipeline.table.schema import Row
from pipeline.table.text import rows_of
from pipeline.table.verdicts import Event, as_found, moment

TABLE, ORPHANS = "extractions.csv", "review_orphans.csv"
STATE = "state.sqlite3"
LEGACY = ("gb18030", "big5hkscs")
SAMPLE = 200_000


@dataclass(slots=True)
class Reviews:
    """All decisions, by row_id; of the rows that reviewers added, the events, by post; and the log as it was read."""

    decisions: dict[str, Decision]
    added: dict[str, list[Event]] = field(default_factory=dict)
    log: str = ""
    messages: list[str] = field(default_factory=list)


def load(out: Path, state: State) -> Reviews:
    """The decisions as they are now: those of the log, to which edits of the tables in the output folder are added.

    Edits are what differs from the state's decisions, which are those that the tables were written with. They are in
    the log before anything else is done, and a copy of each edited file is kept.

    Raises:
        OutputError: an edited file or the log cannot be read; nothing is overwritten.
    """
    log = ReviewLog(out)
    log.refresh()
    written: dict[str, str] = state.get("written", {})
    known = state.decisions()
    names = [name for name in (TABLE, ORPHANS) if _changed(out / name, written.get(name, ""))]
    names.sort(key=lambda name: ((out / name).stat().st_mtime_ns, name))
    reviews = Reviews(known)
    files = []
    for name in names:
        found = read_file(out / name, known)
        files.append((moment_of(out / name), found))
        reviews.messages += [f"{out / name}: {message}" for message in found.messages]
        _keep_copy(out / name, state.path.parent)
    now = merge(known, [edited for _, edited in files])
    _resolve(now, known, state, log)
    edits = _edits(known, now, files, log, moment_of(out / TABLE), versions_of(state))
    log.append(edits if written else _unknown(edits, log))
    if names:
        state.keep_decisions(now.values())
        state.put("written", {**written, **{name: stamp(out / name)[0] for name in names}})
    reviews.log = stamp(log.path)[0]
    if names or reviews.log != state.get("log", ""):
        state.put("dirty", True)
    state.commit()
    reviews.decisions, reviews.added = _standing(log, now)
    return reviews


def take(out: Path) -> str:
    """Put edits of the tables into the log now, without a run; what decisions note as versions.

    Where a run is going on, it takes them itself.

    Raises:
        OutputError: an edited file or the log cannot be read.
    """
    workshop = out / WORKSHOP
    with writing(workshop):
        workshop.mkdir(parents=True, exist_ok=True)
        path = workshop / STATE
        with guarded(path):
            state = State(path)
            try:
                with suppress(BusyError), locked(workshop / "lock"):
                    load(out, state)
                return versions_of(state)
            finally:
                state.close()


def _standing(log: ReviewLog, now: dict[str, Decision]) -> tuple[dict[str, Decision], dict[str, list[Event]]]:
    """What is decided, after the whole log; a rejected row that a reviewer had added is no row any more."""
    decisions: dict[str, Decision] = {}
    added: dict[str, list[Event]] = {}
    for event in log.history.standing():
        if event.adds and event.review == "wrong":
            continue
        if event.adds:
            added.setdefault(event.row["post_id"], []).append(event)
        decision, table = event.decision(), now.get(event.row_id)
        resolves = decision.corrected is None and table is not None and table.corrected is not None
        if resolves and table is not None and (table.review, table.note) == (decision.review, decision.note):
            decision = table
        decisions[event.row_id] = decision
    return decisions, added


def _edits(
    known: dict[str, Decision],
    now: dict[str, Decision],
    files: Sequence[tuple[str, Edited]],
    log: ReviewLog,
    otherwise: str,
    versions: str,
) -> Iterator[Event]:
    """The events of all that the log does not know: edits of the tables, and decisions older than the log."""
    for row_id in [*now, *(row_id for row_id in known if row_id not in now)]:
        decision, before = now.get(row_id), known.get(row_id)
        if row_id in log.history.rows and _same(decision, before):
            continue
        times = [time for time, file in files if row_id in file.decisions or row_id in file.empty]
        time = times[-1] if times else otherwise
        seen = decision or before
        if seen is None:
            continue
        yield Event(
            row_id,
            decision.review if decision else "",
            decision.note if decision else "",
            decision.corrected if decision and decision.review == "fixed" else None,
            time=time,
            via="table",
            versions=versions,
            anchor=log.history.anchor(row_id),
            row={**as_found(seen.cells), "row_id": row_id},
            event_id=digest("e", repr((row_id, decision, time)).encode(errors="replace")),
        )


def _unknown(edits: Iterable[Event], log: ReviewLog) -> Iterator[Event]:
    """Of what tables say whose last state is lost, that which the log did not say when they were saved."""
    for event in edits:
        stood = log.history.of(event.row_id, until=event.time)
        if not _same(event.decision() if event.verdict or event.note else None, stood.decision() if stood else None):
            yield event


def _same(one: Decision | None, other: Decision | None) -> bool:
    """Whether two decisions say the same; a correction that is not worked out yet is compared by its cells."""
    if one is None or other is None:
        return one is other
    if (one.review, one.note) != (other.review, other.note):
        return False
    if one.review != "fixed":
        return True
    if one.corrected is None and other.corrected is not None:
        one = resolved(one, other.cells)
    return one.corrected == other.corrected


def versions_of(state: State) -> str:
    """What decisions note about the program and the rules that found their rows."""
    parts: dict[str, str] = state.get("fingerprint", {})
    rules = combined(parts)[:8] if parts else "unknown"
    return f"taojin {__version__}, rules {rules}"


def moment_of(path: Path) -> str:
    """When a file was saved, as the log writes times; now where it is not there, or its time has not come."""
    try:
        saved = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, ValueError, OverflowError):
        return moment()
    return min(moment(saved), moment())


def _changed(path: Path, written: str) -> bool:
    now = stamp(path)[0]
    return bool(now) and not now.startswith("0 ") and now != written


def read_file(path: Path, known: dict[str, Decision]) -> Edited:
    """The decisions of a file in whatever encoding it came back.

    Raises:
        OutputError: it is no table; the message says where and what to do.
    """
    why = ""
    try:
        for encoding in encodings(path):
            try:
                with path.open(encoding=encoding, newline="") as text:
                    return read_edited(text, known)
            except UnicodeError as error:
                why = why or str(error)
    except TableError as error:
        why = str(error)
    except OSError as error:
        raise output_error(error, path) from error
    raise OutputError(
        f"{path}: it was edited and cannot be read as a table ({why}), so your review might be lost. Save it as CSV"
        " (UTF-8) with its header, or move it away, and run again; nothing has been overwritten"
    )


def encodings(path: Path) -> Iterator[str]:
    """The encodings to try, each strictly, the likeliest first."""
    with path.open("rb") as stream:
        head = stream.read(SAMPLE)
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        yield "utf-16"
        return
    yield "utf-8-sig"
    from pipeline.ingest.charset import cost

    yield from sorted(LEGACY, key=lambda name: cost(head, name))


def _keep_copy(path: Path, workshop: Path) -> None:
    try:
        shutil.copy2(path, workshop / f"{path.name}.edited")
    except OSError as error:
        raise output_error(error, workshop) from error


def _resolve(decisions: dict[str, Decision], known: dict[str, Decision], state: State, log: ReviewLog) -> None:
    """Compare what is new with the machine's rows, as they are still in the state, or with an added row."""
    new = {row_id for row_id, decision in decisions.items() if known.get(row_id) is not decision}
    for row_id in new & set(log.history.rows):
        last = log.history.live(row_id)
        if last and last[-1].adds:
            decisions[row_id] = resolved(decisions[row_id], last[-1].cells)
    for row in machine_rows(state.blocks(), new) if new else ():
        decisions[row["row_id"]] = resolved(decisions[row["row_id"]], row)


def machine_rows(blocks: Iterable[str], wanted: set[str]) -> Iterable[Row]:
    """The rows with these ids."""
    for block in blocks:
        if holds(block, wanted):
            yield from (row for row in rows_of(block) if row["row_id"] in wanted)


def holds(block: str, wanted: set[str]) -> bool:
    """Whether a block may hold a row with one of these ids."""
    return any(line.partition(",")[0] in wanted for line in block.split("\n"))
