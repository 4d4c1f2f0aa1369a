"""The tables of an output folder, as the index takes them: posts with their rows, without decisions."""

import csv
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from pipeline.errors import InputError
from pipeline.run.reviewlog import WORKSHOP
from pipeline.run.reviews import STATE, encodings
from pipeline.run.state import State, StateBrokenError, guarded
from pipeline.table.schema import ADDED_RULE, NAMES, POST_NAMES, Row
from pipeline.table.text import LONGEST_CELL, delimiter_of, rows_of


def table_of(out: Path) -> Iterator[tuple[Row, list[Row]]]:
    """The posts of an output folder with their rows as found, without decisions.

    They come from the state of the last run, which no spreadsheet has touched; from the CSV where there is none.

    Raises:
        InputError: there is no table.
    """
    path = out / WORKSHOP / STATE
    try:
        with guarded(path):
            state = State(path) if path.exists() else None
    except StateBrokenError:
        state = None
    if state is not None:
        try:
            if state.has_extractions():
                yield from _of_state(state)
                return
        finally:
            state.close()
    yield from _of_files(out)


def _of_state(state: State) -> Iterator[tuple[Row, list[Row]]]:
    for _, copies in groupby(state.copies(), key=lambda copy: copy.post_id):
        kept = next(copies)
        yield next(rows_of(kept.cells, POST_NAMES)), list(rows_of(kept.block or ""))


def _of_files(out: Path) -> Iterator[tuple[Row, list[Row]]]:
    posts = {row["post_id"]: row for row in read(out / "posts.csv", POST_NAMES)}
    rows = (row for row in read(out / "extractions.csv", NAMES) if row["rule"] != ADDED_RULE)
    seen: set[str] = set()
    for post_id, found in groupby(rows, key=lambda row: row["post_id"]):
        if post_id in posts and post_id not in seen:
            seen.add(post_id)
            yield posts[post_id], [{**row, "review": "", "note": ""} for row in found]
    for post_id, post in posts.items():
        if post_id not in seen:
            yield post, []


def read(path: Path, names: Sequence[str]) -> Iterator[Row]:
    """The rows of a table that a spreadsheet may have saved.

    Raises:
        InputError: it is not there, or is no such table.
    """
    csv.field_size_limit(LONGEST_CELL)
    try:
        for encoding in encodings(path):
            try:
                with path.open(encoding=encoding, newline="") as stream:
                    for _ in iter(lambda: stream.read(1 << 20), ""):
                        pass
                    stream.seek(0)
                    first = stream.readline().lstrip("\ufeff")
                    delimiter = delimiter_of(first)
                    header = next(csv.reader([first], delimiter=delimiter), [])
                    missing = [name for name in names if name not in header]
                    if missing:
                        raise InputError(f"{path}: no column {missing[0]}; run taojin extract again")
                    for cells in csv.reader(stream, delimiter=delimiter):
                        found = dict(zip(header, cells, strict=False))
                        yield {name: found.get(name, "") for name in names}
                    return
            except UnicodeError:
                continue
    except FileNotFoundError as error:
        raise InputError(f"{path}: not there; run taojin extract first, or name the folder with --out") from error
    except csv.Error as error:
        raise InputError(f"{path}: {error}; run taojin extract again") from error
    raise InputError(f"{path}: it is in no encoding that can be read; save it as UTF-8")
