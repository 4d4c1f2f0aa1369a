"""Reads a workbook: one that ``Xlsx`` wrote, also after Excel or LibreOffice has saved it anew."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile

from lxml import etree

from pipeline.errors import InputError
from pipeline.table.check import plain
from pipeline.table.exports.values import TABLES
from pipeline.table.exports.xlsx import MARK, MORE
from pipeline.table.schema import Row

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
WORKBOOK, RELATIONS, STRINGS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class Workbook:
    """The sheets of a file, as rows of cells by column number."""

    def __init__(self, path: Path) -> None:
        try:
            self.zip = ZipFile(path)
            self.sheets = self._sheets()
            self.strings = self._strings() if STRINGS in self.zip.namelist() else []
        except (BadZipFile, KeyError, etree.XMLSyntaxError) as error:
            raise InputError(f"{path}: {error}; it is no .xlsx workbook") from error

    def _sheets(self) -> dict[str, str]:
        targets = {
            relation.get("Id"): str(relation.get("Target")) for relation in _tree(self.zip.open(RELATIONS)).getroot()
        }
        found = {}
        for sheet in _tree(self.zip.open(WORKBOOK)).iter(MAIN + "sheet"):
            target = targets[sheet.get(RELATION)]
            found[str(sheet.get("name"))] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        return found

    def _strings(self) -> list[str]:
        return [_text(item) for item in _elements(self.zip.open(STRINGS), "si")]

    def rows(self, sheet: str) -> Iterator[tuple[int, dict[int, str]]]:
        """Row number (the header's is 1) and cells of a sheet; numbers as plain decimals."""
        for row in _elements(self.zip.open(self.sheets[sheet]), "row"):
            yield int(row.get("r", "")), {_place(cell.get("r", "")): self._cell(cell) for cell in row}

    def _cell(self, cell: "etree._Element") -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _text(cell)
        value = cell.findtext(MAIN + "v") or ""
        if kind == "s":
            return self.strings[int(value)]
        if kind == "b":
            return "true" if value == "1" else "false"
        if kind == "n" and value:
            return plain(Decimal(repr(float(value))))
        return _unescaped(value)


def read(path: Path, table: str) -> Iterator[Row]:
    """The rows of a table, to the letter.

    Raises:
        InputError: the file is no workbook, or has no sheet of that name.
    """
    book = Workbook(path)
    if table not in book.sheets:
        raise InputError(f"{path}: no sheet {table!r} in it")
    more: dict[tuple[str, int, str], str] = {}
    if MORE in book.sheets:
        for line, cells in book.rows(MORE):
            if line > 1:
                key = cells[0], int(cells[1]), cells[2]
                more[key] = more.get(key, "") + cells.get(3, "")
    for sheet in book.sheets:
        if sheet == table or re.fullmatch(rf"{table} \d+", sheet):
            yield from _rows(book, sheet, table, more)


def _rows(book: Workbook, sheet: str, table: str, more: dict[tuple[str, int, str], str]) -> Iterator[Row]:
    names: dict[int, str] = {}
    empty = {column.name: "" for column in TABLES[table]}
    for line, cells in book.rows(sheet):
        if line == 1:
            names = {place: name for place, name in cells.items() if name in empty}
            continue
        row = empty | {name: cells[place] for place, name in names.items() if place in cells}
        if more:
            for name, cell in row.items():
                if (sheet, line, name) in more:
                    row[name] = cell.removesuffix(MARK) + more[sheet, line, name]
        if any(row.values()):
            yield row


def _tree(stream: IO[bytes]) -> "etree._ElementTree":
    with stream:
        return etree.parse(stream, etree.XMLParser(resolve_entities=False, no_network=True))


def _elements(stream: IO[bytes], tag: str) -> Iterator["etree._Element"]:
    """The elements one by one, each forgotten when the next is asked for."""
    with stream:
        for _, element in etree.iterparse(
            stream, tag=MAIN + tag, resolve_entities=False, no_network=True, huge_tree=True
        ):
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _text(element: "etree._Element") -> str:
    """The text of a cell or shared string, of all its runs, phonetic hints aside."""
    parts = [
        node.text or ""
        for node in element.iter(MAIN + "t")
        if not any(above.tag == MAIN + "rPh" for above in node.iterancestors())
    ]
    return _unescaped("".join(parts))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _place(reference: str) -> int:
    """The column number of a reference: A1 → 0, AB7 → 27."""
    number = 0
    for letter in reference:
        if not letter.isalpha():
            break
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
