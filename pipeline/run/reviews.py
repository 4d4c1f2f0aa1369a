"""The reviewer's decisions between runs: read from the output folder before it is written anew."""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import OutputError, TableError
from pipeline.run.files import output_error, stamp
from pipeline.run.state import State
from pipeline.table.review import Decision, Edited, merge, read_edited, resolved
from pipeline.table.schema import Row
from pipeline.table.text import rows_of

TABLE, ORPHANS = "extractions.csv", "review_orphans.csv"
LEGACY = ("gb18030", "big5hkscs")
SAMPLE = 200_000


@dataclass(slots=True)
class Reviews:
    """All decisions, by row_id."""

    decisions: dict[str, Decision]
    edited: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)


def load(out: Path, state: State) -> Reviews:
    """The decisions as they are now: those of earlier runs, and what was edited since in the output folder.

    They are kept in the state before anything else is done, and so is a copy of each edited file.

    Raises:
        OutputError: an edited file cannot be read as a table; nothing is overwritten.
    """
    written: dict[str, str] = state.get("written", {})
    known = state.decisions()
    edited = [name for name in (TABLE, ORPHANS) if _changed(out / name, written.get(name, ""))]
    if not edited:
        return Reviews(known)
    reviews = Reviews(known)
    files = []
    for name in sorted(edited, key=lambda name: ((out / name).stat().st_mtime_ns, name)):
        found = read_file(out / name, known)
        files.append(found)
        reviews.messages += [f"{out / name}: {message}" for message in found.messages]
        if found.messages or found.decisions or found.empty:
            reviews.edited.append(name)
        _keep_copy(out / name, state.path.parent)
    reviews.decisions = merge(known, files)
    _resolve(reviews.decisions, known, state)
    state.keep_decisions(reviews.decisions.values())
    state.put("written", {**written, **{name: stamp(out / name)[0] for name in edited}})
    state.put("dirty", True)
    state.commit()
    return reviews


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


def _resolve(decisions: dict[str, Decision], known: dict[str, Decision], state: State) -> None:
    """Compare what is new with the machine's rows, as they are still in the state."""
    new = {row_id for row_id, decision in decisions.items() if known.get(row_id) is not decision}
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
