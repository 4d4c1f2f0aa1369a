"""The tables as a database holds them: keys, foreign keys, indexes, and the views that people ask for.

``posts`` has one row an id, the copy whose text the offsets count in; the other pages' copies are in ``post_copies``.
``parts`` joins a claim to its mentions. ``exact`` keeps the cells that a column's type cannot hold to the letter
(a decimal of thirty digits), so that nothing is lost on the way back.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.table.exports.values import TABLES, cell_of, exact, lossless
from pipeline.table.schema import Column, Row, Type

EXTRA = {
    "parts": ("claim_id", "mention_id", "place"),
    "exact": ("table_name", "line", "column_name", "cell"),
}
ORDER = ("posts", "post_copies", "extractions", "parts", "exact")

FINDINGS = """CREATE VIEW findings AS
SELECT e.row_id, e.kind, e.label, e.text, e.value_min, e.value_max, e.unit, e.qualifier, e.name, e.subject,
  e.predicate, e.object, e.measure, e.direction, e.period, e.comparison, e.certainty, e.source, e.review, e.note,
  e.sentence, p.forum, p.title, p.author, p.posted_at, p.url, e.post_id
FROM extractions e JOIN posts p ON p.post_id = e.post_id"""
"""The rows with their post's facts beside them."""

INDEXES = (
    "CREATE UNIQUE INDEX posts_line ON posts (line)",
    "CREATE INDEX extractions_post ON extractions (post_id)",
    "CREATE INDEX extractions_kind ON extractions (kind, label)",
    "CREATE INDEX extractions_entity ON extractions (entity_id)",
    "CREATE INDEX extractions_claim ON extractions (subject, predicate, period)",
    "CREATE INDEX parts_mention ON parts (mention_id)",
    "CREATE INDEX posts_time ON posts (posted_at)",
    "CREATE INDEX post_copies_post ON post_copies (post_id)",
)


def schema(types: Mapping[Type, str], text: str, integer: str) -> Iterator[str]:
    """The statements that make the tables, in an order in which foreign keys find their targets."""

    def columns(table: str, key: str) -> str:
        return ", ".join(
            f'"{c.name}" {types.get(c.type, text)}' + (" PRIMARY KEY" if c.name == key else "") for c in TABLES[table]
        )

    yield f"CREATE TABLE posts (line {integer}, {columns('posts', 'post_id')})"
    yield f"CREATE TABLE post_copies (line {integer}, {columns('posts', '')})"
    yield (
        f"CREATE TABLE extractions (line {integer}, {columns('extractions', 'row_id')},"
        " FOREIGN KEY (post_id) REFERENCES posts (post_id))"
    )
    yield (
        f"CREATE TABLE parts (claim_id {text} REFERENCES extractions (row_id),"
        f" mention_id {text} REFERENCES extractions (row_id), place {integer})"
    )
    yield f"CREATE TABLE exact (table_name {text}, line {integer}, column_name {text}, cell {text})"


@dataclass(slots=True)
class Splitter:
    """Turns the stream of rows into records of the tables: ``put(table, line, row)`` and ``extra(table, values)``."""

    put: Callable[[str, int, Row], None]
    extra: Callable[[str, tuple[object, ...]], None]
    holds: Callable[[Column, str], bool] = lossless
    line: int = 0
    waiting: tuple[int, Row] | None = None
    ids: set[str] = field(default_factory=set)
    parts: list[tuple[str, str, int]] = field(default_factory=list)

    def write(self, table: str, row: Row) -> None:
        self.line += 1
        if table == "posts":
            self.flush(row["post_id"])
            self.waiting = self.line, row
        else:
            self.flush()
            self.put("extractions", self.line, row)
            self.ids.add(row["row_id"])
            self.parts += [(row["row_id"], part, place) for place, part in enumerate(row["parts"].split())]
        for name, cell in exact(table, row, self.holds):
            self.extra("exact", (table, self.line, name, cell))

    def finish(self) -> None:
        """Put what was held back: the last post, and the parts whose mentions are there too."""
        self.flush()
        for claim, mention, place in self.parts:
            if mention in self.ids:
                self.extra("parts", (claim, mention, place))

    def flush(self, following: str = "") -> None:
        """Put the post that was held back; it is a copy where one of the same id follows."""
        if self.waiting:
            line, row = self.waiting
            self.waiting = None
            self.put("post_copies" if row["post_id"] == following else "posts", line, row)


def rows(table: str, records: Iterator[tuple[object, ...]], cells: Mapping[tuple[str, int, str], str]) -> Iterator[Row]:
    """Rows of records whose first column is their line; ``cells`` are those kept in ``exact``."""
    columns = TABLES[table]
    for line, *values in records:
        row = {column.name: cell_of(column, value) for column, value in zip(columns, values, strict=True)}
        if cells:
            row |= {
                c.name: cells[table, int(str(line)), c.name]
                for c in columns
                if (table, int(str(line)), c.name) in cells
            }
        yield row


def columns_of(table: str) -> Sequence[Column]:
    """The columns of a table of the database that is one of ours; ``post_copies`` has those of ``posts``."""
    return TABLES["posts" if table == "post_copies" else table]


def selects(table: str) -> str:
    """The query that gives a table's records in their order."""
    names = ", ".join(f'"{column.name}"' for column in TABLES[table])
    if table == "extractions":
        return f"SELECT line, {names} FROM extractions ORDER BY line"
    return f"SELECT line, {names} FROM posts UNION ALL SELECT line, {names} FROM post_copies ORDER BY line"
