"""The cells of a span that an annotator added: what the rules read in it, else the least that a row must have."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.review.importing.annotated import Span
from pipeline.settings import Settings
from pipeline.table.schema import BY_NAME, Row

if TYPE_CHECKING:
    from pipeline.extractor import Extractor


class Filler:
    """Reads the words of spans by the rules, one post's worth at a time."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.rows: dict[str, list[Row]] = {}
        self.extractor: Extractor | None = None

    def cells(self, span: Span, text: str, moved: Row | None) -> tuple[dict[str, str], bool]:
        """Kind, label and cells; and whether they are known rather than only the least that is needed."""
        given = {"kind": span.kind, "label": span.label}
        surface = text[span.start : span.end]
        read = self._read(surface, span)
        if read is not None:
            return {**_correctable(read), **given}, True
        if moved is not None:
            return {**_correctable(moved), **given}, True
        return {**self._least(span, surface), **given}, span.kind in ("entity", "date")

    def _read(self, surface: str, span: Span) -> Row | None:
        """The row that the rules make of the words alone, where it is of the span's kind and of all of them."""
        if span.kind == "claim":
            return None
        if surface not in self.rows:
            from pipeline.extractor import Extractor
            from pipeline.run.library import records
            from pipeline.table.rows import extraction_rows

            self.extractor = self.extractor or Extractor(self.settings)
            (record,) = records([surface], self.settings)
            self.rows[surface] = extraction_rows(self.extractor.extract(record)).rows
        return next((row for row in self.rows[surface] if row["kind"] == span.kind and row["text"] == surface), None)

    def _least(self, span: Span, surface: str) -> dict[str, str]:
        words = " ".join(surface.split())
        if span.kind == "entity":
            return {"name": words}
        if span.kind == "claim":
            return {"predicate": words}
        if span.kind == "money":
            return {"unit": self.settings.currency}
        if span.kind == "percent":
            return {"unit": {"point": "pp", "multiple": "x"}.get(span.label, "%")}
        if span.kind == "quantity":
            return {"unit": words.lstrip("0123456789.,．，０１２３４５６７８９ ") or words}
        return {}


def _correctable(row: Mapping[str, str]) -> dict[str, str]:
    return {name: row[name] for name, column in BY_NAME.items() if column.correctable and row.get(name)}
