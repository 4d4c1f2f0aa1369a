"""The written tables → the formats of other tools."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from itertools import groupby
from pathlib import Path

from pipeline.errors import InputError, OutputError
from pipeline.table.formats import FORMATS, check_format, read_table
from pipeline.table.schema import KINDS, Row


def posts_with_rows(posts: Iterator[Row], rows: Iterator[Row]) -> Iterator[tuple[list[Row], list[Row]]]:
    """Each post, as its pages show it, with its rows; both tables are sorted by ``post_id``, as they are written.

    Raises:
        InputError: a row's post is not among the posts, or they are in another order.
    """
    blocks = groupby(rows, key=lambda row: row["post_id"])
    ahead = next(blocks, None)
    for post_id, copies in groupby(posts, key=lambda row: row["post_id"]):
        found: list[Row] = []
        if ahead and ahead[0] == post_id:
            found = list(ahead[1])
            ahead = next(blocks, None)
        yield list(copies), found
    if ahead:
        raise InputError(
            f"the rows of post {ahead[0]!r} have no post before them: extractions.csv and posts.csv are not of one run,"
            " or were sorted anew; run `taojin extract`"
        )


def export_tables(out: Path, to: Path, formats: Sequence[str], kinds: Sequence[str] = ()) -> Iterator[str]:
    """Write the formats, each file whole or not at all; what was written.

    Raises:
        InputError: the tables are missing or cannot be read.
        OutputError: a format is unknown, needs a package, or cannot be written.
    """
    names = list(dict.fromkeys(formats))
    for name in names:
        check_format(name)
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown:
        raise OutputError(f"kind {unknown[0]!r} is unknown; known are {', '.join(KINDS)}")
    files = {file: make for name in names for file, make in FORMATS[name].items()}
    if not files:
        raise OutputError("csv is what there is already; name another format")
    count = [0, 0]
    try:
        to.mkdir(parents=True, exist_ok=True)
        try:
            with ExitStack() as stack:
                sinks = [stack.enter_context(closing(make(_part(to, file)))) for file, make in files.items()]
                tables = posts_with_rows(read_table(out, "posts"), read_table(out, "extractions"))
                for copies, rows in tables:
                    kept = [row for row in rows if row["kind"] in kinds] if kinds else rows
                    count[0] += 1
                    count[1] += len(kept)
                    for sink in sinks:
                        for post in copies:
                            sink.write("posts", post)
                        for row in kept:
                            sink.write("extractions", row)
            for file in files:
                _part(to, file).replace(to / file)
        finally:
            for file in files:
                _part(to, file).unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{error.filename or to}: {error.strerror}; choose another folder with --to") from error
    yield f"{count[0]:,} posts, {count[1]:,} rows"
    for file in files:
        yield f"  {to / file}  {(to / file).stat().st_size / 1e6:,.1f} MB"


def _part(to: Path, file: str) -> Path:
    return to / f".{file}.part"
