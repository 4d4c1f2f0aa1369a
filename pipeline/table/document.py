"""Makes docs/table.md from the schema and docs/decisions.md: ``python -m pipeline.table.document docs/table.md``."""

import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.table.schema import EXTRACTIONS, LABELS, POSTS, REJECTED, REVIEW_LOG, THREADS, Column

HEAD = """\
# The tables

Made by `make docs` from `pipeline/table/schema.py` and [decisions.md](decisions.md); do not edit here.

All files are UTF-8 with a byte order mark, RFC 4180 quoting, `\\n` line ends. `start` and `end` count Unicode code
points in `posts.text`, and `posts.text[start:end] == text` always holds.

| file | a row is |
| --- | --- |
| `extractions.csv` | one finding; sorted by `post_id`, `start`, `kind` |
| `posts.csv` | one post, as one page shows it; see the decisions on copies below |
| `threads.csv` | one thread, and what of it was not seen |
| `rejected.csv` | something in the input that gave no post or row, and why |
| `reviews.csv` | one decision of a reviewer, never changed; only there when needed |
| `review_orphans.csv` | a reviewed row that is no longer found, with all columns; only there when needed |
"""

LABELS_HEAD = """
### Labels of each kind

| kind | labels |
| --- | --- |
"""

SAFETY = """
## Spreadsheets

A spreadsheet runs a cell that begins with `=`, `@`, a tab or a line break, or with `+` or `-` before anything but a
plain number (the full-width forms count too). No cell of these files begins so. What is done about it is done to the
record, before extraction, so that the CSV, the DataFrame and the offsets agree, and reading need undo nothing:

- a field of a post (title, author, text, …) that begins so gets **one leading space**, and offsets count it;
- the span of a mention never includes a sign; a clause, sentence or name that begins so starts after those characters;
- a reviewer's note that begins so gets one leading space.

NUL characters and lone surrogates become U+FFFD, one for one.

## Reading

```python
import pandas

pandas.read_csv("extracted/extractions.csv")  # empty text cells are NaN

from pipeline.table.frame import read

read("extracted/extractions.csv")  # exactly what pipeline.extract(posts) returns
```

Text columns are `object` with an empty string for none, integers `Int64`, decimals `float64`. LibreOffice and Excel
open the files by a double click; import columns as *text* to keep a spreadsheet from rewriting dates and long numbers.

## Decisions where the contract leaves room

"""


def table(columns: Sequence[Column]) -> str:
    """A Markdown table of columns."""
    lines = ["| column | type | meaning | values | example |", "| --- | --- | --- | --- | --- |"]
    for column in columns:
        notes = "".join(
            f" *{word}*"
            for word, holds in (("required", column.required), ("correctable", column.correctable))
            if holds
        )
        allowed = " ".join(f"`{value}`" for value in column.allowed) if column.name != "label" else "see below"
        kind = f"{column.type} list" if column.many else column.type
        example = f"`{column.example}`" if column.example else ""
        cells = (f"`{column.name}`", kind, column.meaning + notes, allowed, example)
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def document(decisions: str) -> str:
    """The whole data dictionary; ``decisions`` is the hand-written part, its first line a comment."""
    labels = "".join(
        f"| `{kind}` | {' '.join(f'`{label}`' for label in labels)} |\n" for kind, labels in LABELS.items()
    )
    return (
        HEAD
        + "\n## extractions.csv\n\n"
        + table(EXTRACTIONS)
        + LABELS_HEAD
        + labels
        + "\n## posts.csv\n\n"
        + table(POSTS)
        + "\n## threads.csv\n\n"
        + table(THREADS)
        + "\n## rejected.csv\n\n"
        + table(REJECTED)
        + "\n## reviews.csv\n\n"
        + table(REVIEW_LOG)
        + SAFETY
        + decisions.partition("\n")[2].lstrip()
    )


def main(target: str) -> None:
    """Write the document beside decisions.md."""
    path = Path(target)
    text = document(path.with_name("decisions.md").read_text("utf-8"))
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1])
