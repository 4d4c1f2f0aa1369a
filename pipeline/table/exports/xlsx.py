"""``taojin.xlsx`` (needs xlsxwriter): both tables with filters, frozen headers, and colours by kind and verdict.

Every cell that is not a number is written as text, so that nothing is a formula and no id loses its digits. Excel
shows fifteen digits: a longer number is text. A text beyond a cell's 32,767 characters goes on in the sheet
``long text``.
"""

from importlib import import_module
from pathlib import Path
from typing import Any

from pipeline.table.exports.values import TABLES, lossless
from pipeline.table.schema import KINDS, REVIEWS, Column, Row

LONGEST = 32_000
"""UTF-16 units of a cell, a little below Excel's limit."""
ROWS = 1_000_000
"""Rows of a sheet below its header; more go on in ``extractions 2``."""
DIGITS = 15
MORE = "long text"
MORE_HEAD = ("sheet", "row", "column", "text")
MARK = "…"

INK, PAPER, LINE = "#1f2933", "#eef1f5", "#c8d0d9"
FILLS = dict(zip(KINDS, ("#fdf0d5", "#e3f1e5", "#e5eef9", "#f1e9f7", "#fbe6e4", "#e2f1f1"), strict=True))
VERDICTS = dict(zip(REVIEWS, ("#d7efdc", "#f8d7d7", "#fff0c2"), strict=True))
WIDTHS = {"text": 32, "sentence": 60, "object": 30, "title": 36, "note": 24, "rule": 24, "url": 30, "source_file": 30}
WIDTH = 13
NARROW = {"start": 7, "end": 7, "floor": 7, "kind": 10, "label": 11, "unit": 8, "page": 7, "pages": 7, "is_first": 8}


class Xlsx:
    """Writes both tables into one workbook, a row at a time."""

    def __init__(self, path: Path) -> None:
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "nan_inf_to_errors": False,
        }
        self.book = import_module("xlsxwriter").Workbook(str(path), options)
        self.book.set_size(2400, 1600)
        self.head = self.book.add_format({"bold": True, "font_color": INK, "bg_color": PAPER, "bottom": 1})
        self.head.set_bottom_color(LINE)
        self.plain = self.book.add_format({"valign": "top"})
        self.kinds = {
            kind: self.book.add_format({"valign": "top", "bg_color": colour}) for kind, colour in FILLS.items()
        }
        self.sheets: dict[str, Any] = {}
        self.rows: dict[str, int] = {}
        self.parts: list[tuple[str, int, str, str]] = []
        for table in TABLES:
            self._sheet(table)

    def _sheet(self, table: str) -> Any:
        """The table's sheet that takes the next row."""
        number, line = divmod(self.rows.get(table, 0), ROWS)
        if table not in self.sheets or (number and not line):
            if number:
                self._finish(table, ROWS)
            sheet = self.book.add_worksheet(table if not number else f"{table} {number + 1}")
            for place, column in enumerate(TABLES[table]):
                sheet.set_column(place, place, NARROW.get(column.name, WIDTHS.get(column.name, WIDTH)), self.plain)
            for place, column in enumerate(TABLES[table]):
                sheet.write_string(0, place, column.name, self.head)
            sheet.freeze_panes(1, 0)
            self.sheets[table] = sheet
        return self.sheets[table]

    def write(self, table: str, row: Row) -> None:
        sheet = self._sheet(table)
        line = self.rows.get(table, 0) % ROWS + 1
        self.rows[table] = self.rows.get(table, 0) + 1
        for place, column in enumerate(TABLES[table]):
            cell = row[column.name]
            if not cell:
                continue
            if is_number(column, cell):
                sheet.write_number(line, place, float(cell), self.plain)
                continue
            if column.type == "boolean":
                sheet.write_boolean(line, place, cell == "true", self.plain)
                continue
            first, *rest = pieces(cell)
            self.parts += [(sheet.get_name(), line + 1, column.name, part) for part in rest]
            style = self.kinds.get(cell, self.plain) if column.name == "kind" else self.plain
            sheet.write_string(line, place, first + (MARK if rest else ""), style)

    def _finish(self, table: str, rows: int) -> None:
        """Filters, and on the verdicts a list to choose from and their colours."""
        sheet, columns = self.sheets[table], TABLES[table]
        sheet.autofilter(0, 0, rows, len(columns) - 1)
        if table != "extractions" or not rows:
            return
        place = [column.name for column in columns].index("review")
        sheet.data_validation(1, place, rows, place, {"validate": "list", "source": list(REVIEWS)})
        for verdict, colour in VERDICTS.items():
            style = self.book.add_format({"bg_color": colour})
            rule = {"type": "cell", "criteria": "==", "value": f'"{verdict}"', "format": style}
            sheet.conditional_format(1, place, rows, place, rule)

    def close(self) -> None:
        for table in TABLES:
            count = self.rows.get(table, 0)
            self._finish(table, (count - 1) % ROWS + 1 if count else 0)
        if self.parts:
            sheet = self.book.add_worksheet(MORE)
            sheet.set_column(3, 3, 80)
            for line, record in enumerate([MORE_HEAD, *self.parts]):
                for place, cell in enumerate(record):
                    sheet.write_string(line, place, str(cell), None if line else self.head)
            sheet.freeze_panes(1, 0)
        self.book.close()


def is_number(column: Column, cell: str) -> bool:
    """Whether the cell may be a number of Excel's: no digit of it would be lost or hidden."""
    if column.type not in ("integer", "decimal") or not cell.isascii():
        return False
    return len(cell.replace(".", "")) <= DIGITS and lossless(column, cell)


def pieces(cell: str) -> list[str]:
    """The cell in parts that each fit into one of Excel's; a part ends where no pair of UTF-16 is cut."""
    if len(cell) <= LONGEST // 2:
        return [cell]
    parts, start, size = [], 0, 0
    for place, character in enumerate(cell):
        width = 1 if character <= "\uffff" else 2
        if size + width > LONGEST:
            parts.append(cell[start:place])
            start, size = place, 0
        size += width
    return [*parts, cell[start:]]
