"""Every word list and cue list, as data: CSV for flat lists, TOML for structure.

A lexicon is named by its path below this folder, without ending: ``lexicon_rows("metrics")`` reads
``metrics.csv``. A user's own folder (``Settings.lexicons``) may hold files of the same names; their rows are
read after ours and carry their file and line, so that a bad one is reported where it stands.
"""

import csv
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import LexiconError

HOME = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a CSV lexicon: its cells, and where it stands."""

    cells: dict[str, str]
    file: Path
    line: int

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def items(self, column: str) -> tuple[str, ...]:
        """The parts of a cell that holds several, separated by ``|``."""
        return tuple(part for part in self.cells[column].split("|") if part)

    def error(self, why: str) -> LexiconError:
        return LexiconError(f"{self.file}:{self.line}: {why}")


def files(name: str, ending: str, user: str = "") -> list[Path]:
    """The files of a lexicon, ours first; ``name`` may end in ``/*`` for a folder of files."""
    homes = [HOME, Path(user)] if user else [HOME]
    found = [path for home in homes for path in sorted(home.glob(name + ending))]
    if not found:
        raise LexiconError(f"{HOME / (name + ending)}: no such lexicon")
    return found


def lexicon_rows(name: str, user: str = "") -> list[Row]:
    """The rows of a CSV lexicon, in order; lines whose first cell starts with ``#`` are comments.

    Raises:
        LexiconError: with file and line, where a line has more or fewer cells than the header.
    """
    rows = []
    for path in files(name, ".csv", user):
        try:
            with path.open(encoding="utf-8-sig", newline="") as stream:
                reader = csv.reader(stream)
                header = next(reader, [])
                for cells in reader:
                    if not cells or cells[0].startswith("#"):
                        continue
                    row = Row(dict(zip(header, (c.strip() for c in cells), strict=False)), path, reader.line_num)
                    if len(cells) != len(header):
                        raise row.error(f"{len(cells)} cells where the header has {len(header)}")
                    rows.append(row)
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise LexiconError(f"{path}: {error}; save it as UTF-8 CSV") from error
    return rows


def lexicon_table(name: str, user: str = "") -> dict[str, Any]:
    """A TOML lexicon. A user's file adds keys, extends lists and tables of the same name, replaces the rest."""
    merged: dict[str, Any] = {}
    for path in files(name, ".toml", user):
        try:
            merge(merged, tomllib.loads(path.read_text("utf-8")))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise LexiconError(f"{path}: {error}") from error
    return merged


def merge(into: dict[str, Any], new: dict[str, Any]) -> None:
    for key, value in new.items():
        old = into.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            merge(old, value)
        elif isinstance(old, list) and isinstance(value, list):
            old.extend(value)
        else:
            into[key] = value
