"""``labelstudio.json``: a task a post with its rows as predictions, and ``labelstudio.xml``, the labelling interface.

Offsets are code points, as Label Studio has counted since release 1.5. Claims are tied to their parts by relations.
"""

import json
from pathlib import Path
from typing import Any

from pipeline.table.exports.spans import FACTS, SPAN_LABELS, Gatherer, label_of, told
from pipeline.table.schema import Row

NAME, TARGET = "label", "text"
COLOURS = {
    "money": "#d9902f",
    "percent": "#4f9d5d",
    "quantity": "#4a7fc1",
    "date": "#8a63b3",
    "entity": "#cf5f56",
    "claim": "#3a9c9c",
}


class LabelStudio:
    """Writes the tasks, a post at a time."""

    def __init__(self, path: Path) -> None:
        self.stream = path.open("w", encoding="utf-8", newline="\n")
        self.gatherer = Gatherer(self._take)
        self.write = self.gatherer.write
        self.between = "[\n"

    def _take(self, post: Row, rows: list[Row]) -> None:
        self.stream.write(self.between + json.dumps(task(post, rows), ensure_ascii=False))
        self.between = ",\n"

    def close(self) -> None:
        self.gatherer.flush()
        self.stream.write("[]\n" if self.between.startswith("[") else "\n]\n")
        self.stream.close()


def task(post: Row, rows: list[Row]) -> dict[str, Any]:
    """One task of Label Studio."""
    result = [region(row) for row in rows]
    here = {row["row_id"] for row in rows}
    for row in rows:
        result += [
            {"type": "relation", "from_id": row["row_id"], "to_id": part, "direction": "right", "labels": ["part"]}
            for part in row["parts"].split()
            if part in here
        ]
    data = {"text": post["text"], **{name: post[name] for name in FACTS}}
    return {"data": data, "predictions": [{"model_version": "taojin", "result": result}]}


def region(row: Row) -> dict[str, Any]:
    """A span of the text; its id is the row's."""
    start, end = int(row["start"]), int(row["end"])
    value = {"start": start, "end": end, "text": row["text"], "labels": [label_of(row)]}
    meta = {"text": [told(row)]}
    return {
        "id": row["row_id"],
        "from_name": NAME,
        "to_name": TARGET,
        "type": "labels",
        "value": value,
        "meta": meta,
    }


class Interface:
    """Writes the labelling interface: paste it into the project's settings."""

    def __init__(self, path: Path) -> None:
        labels = "".join(
            f'    <Label value="{label}" background="{COLOURS[label.partition(".")[0]]}"/>\n' for label in SPAN_LABELS
        )
        path.write_text(
            f'<View>\n  <Header value="$title"/>\n  <Labels name="{NAME}" toName="{TARGET}">\n{labels}  </Labels>\n'
            f'  <Relations>\n    <Relation value="part"/>\n  </Relations>\n'
            f'  <Text name="{TARGET}" value="$text" granularity="symbol"/>\n</View>\n',
            "utf-8",
        )

    def write(self, table: str, row: Row) -> None:
        """Nothing: it is the same for all posts."""

    def close(self) -> None:
        """Nothing is open."""
