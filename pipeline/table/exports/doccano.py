"""``doccano.jsonl``: a post a line with its rows as labelled spans, for a sequence-labelling project.

Claims overlap their parts: tick "Allow overlapping entities" in the project. Offsets are code points.
"""

import json
from pathlib import Path

from pipeline.table.exports.spans import FACTS, Gatherer, label_of
from pipeline.table.schema import Row


class Doccano:
    """Writes a line a post."""

    def __init__(self, path: Path) -> None:
        self.stream = path.open("w", encoding="utf-8", newline="\n")
        self.gatherer = Gatherer(self._take)
        self.write = self.gatherer.write

    def _take(self, post: Row, rows: list[Row]) -> None:
        spans = dict.fromkeys((int(row["start"]), int(row["end"]), label_of(row)) for row in rows)
        line = {"text": post["text"], "label": [list(span) for span in spans], **{name: post[name] for name in FACTS}}
        self.stream.write(json.dumps(line, ensure_ascii=False) + "\n")

    def close(self) -> None:
        self.gatherer.flush()
        self.stream.close()
