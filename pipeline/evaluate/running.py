"""Gold posts → their rows under the rules as they are now; what the last evaluation found is kept to compare with."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.errors import InputError, OutputError
from pipeline.evaluate.gold import GoldPost
from pipeline.evaluate.scores import Report, Score
from pipeline.run.files import put
from pipeline.settings import Settings
from pipeline.table.schema import EXTRACTIONS, NAMES, Row
from pipeline.table.text import BOM, block_of, line_of, rows_of

ROWS, SCORES = "rows.csv", "scores.json"


def extracted(posts: Sequence[GoldPost], settings: Settings) -> dict[str, list[Row]]:
    """The rows of each post, by ``post_id``.

    Raises:
        InputError: the table cannot hold a post's text as it is, so that offsets would not count in it.
    """
    from pipeline.extractor import Extractor
    from pipeline.run.library import records
    from pipeline.startup import settle
    from pipeline.table.rows import extraction_rows

    settle()
    extractor = Extractor(settings)
    rows: dict[str, list[Row]] = {}
    for post, record in zip(posts, records((dict(post.fields) for post in posts), settings), strict=True):
        if record.text != post.fields["text"]:
            raise InputError(
                f"{post.post_id}: its text begins or ends with white space, or with a character that a"
                " spreadsheet would run; gold posts hold texts as posts.csv does"
            )
        rows[post.post_id] = extraction_rows(extractor.extract(record)).rows
    return rows


class LastTime:
    """The rows and scores of the last evaluation of the same posts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def rows(self) -> list[Row] | None:
        """None where there is none, or none that can be read."""
        try:
            text = (self.folder / ROWS).read_text("utf-8").removeprefix(BOM)
            return list(rows_of(text.partition("\n")[2]))
        except (OSError, ValueError):
            return None

    def scores(self) -> dict[str, Score]:
        try:
            found = json.loads((self.folder / SCORES).read_text("utf-8"))
            return {name: Score(**score) for name, score in found["layers"].items()}
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def keep(self, rows: Iterable[Row], report: Report) -> None:
        """Keep these for the next time.

        Raises:
            OutputError: they cannot be written.
        """
        head = BOM + line_of([column.name for column in EXTRACTIONS])
        try:
            put(self.folder / ROWS, (head + block_of(rows, NAMES)).encode())
            put(self.folder / SCORES, (json.dumps(as_json(report), ensure_ascii=False, indent=1) + "\n").encode())
        except OSError as error:
            raise OutputError(f"{error.filename or self.folder}: {error.strerror}; nothing was kept") from error


def as_json(report: Report) -> dict[str, Any]:
    """The scores as one object: counts, and P, R and F1 of each layer, label and rule."""

    def with_rates(scores: dict[str, Score]) -> dict[str, Any]:
        return {name: asdict(score) for name, score in scores.items()}

    return {
        "posts": report.posts,
        "layers": with_rates(report.layers),
        "labels": with_rates(report.labels),
        "rules": with_rates(report.rules),
    }


def moves(before: dict[str, Score], now: dict[str, Score]) -> list[str]:
    """Layers whose F1 has moved, in a line each."""
    return [
        f"  {name:15} F1 {before[name].f1:.3f} → {score.f1:.3f}  {'better' if score.f1 > before[name].f1 else 'WORSE'}"
        for name, score in now.items()
        if name in before and round(before[name].f1, 4) != round(score.f1, 4)
    ]
