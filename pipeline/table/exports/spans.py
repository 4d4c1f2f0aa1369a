"""Posts with their rows as spans with labels: what annotation tools take.

A span's label is kind and label of its row: ``money.amount``, ``claim.metric``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.table.schema import LABELS, Row

FACTS = ("post_id", "title", "author", "posted_at", "forum", "url")
SPAN_LABELS = tuple(f"{kind}.{label}" for kind, labels in LABELS.items() for label in labels)
_TOLD = (
    ("value_min", "value_max", "unit", "qualifier", "name"),
    ("subject", "predicate", "object", "measure", "direction", "period", "comparison", "certainty", "source"),
)


def label_of(row: Row) -> str:
    return f"{row['kind']}.{row['label']}"


def told(row: Row) -> str:
    """What the row says besides its span, in a line."""
    low, high, *rest = (row[name] for name in _TOLD[0])
    value = low if low == high else f"{low or '…'}–{high or '…'}"
    return " ".join(part for part in (value, *rest, *(row[name] for name in _TOLD[1])) if part)


@dataclass(slots=True)
class Gatherer:
    """Hands over each post with its rows when the next one comes; of several copies of a post the last.

    Rows that a reviewer called wrong are left out.
    """

    take: Callable[[Row, list[Row]], None]
    post: Row | None = None
    rows: list[Row] = field(default_factory=list)

    def write(self, table: str, row: Row) -> None:
        if table == "extractions":
            if row["review"] != "wrong":
                self.rows.append(row)
            return
        if self.post is not None and self.post["post_id"] != row["post_id"]:
            self.flush()
        self.post = row

    def flush(self) -> None:
        if self.post is not None:
            self.take(self.post, self.rows)
        self.post, self.rows = None, []
