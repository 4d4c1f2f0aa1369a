"""Every word list and cue list, as data: CSV for flat lists, TOML for structure.

A lexicon is named by its path below this folder, without ending: ``lexicon_rows("metrics")`` reads
``metrics.csv``. A user's own folder (``Settings.lexicons``) may hold files of the same names; their rows are
read after ours and carry their file and line, so that a bad one is reported where it stands.
"""

import csv
import tomllib
from collections import defaultdict
from collections.abc import Callable
from contextlib import AbstractContextManager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, wraps
from inspect import signature
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

from pipeline.errors import LexiconError
from pipeline.held import held

HOME = Path(__file__).parent

P = ParamSpec("P")
T = TypeVar("T")

_folder: ContextVar[str] = ContextVar("lexicons", default="")


def user_folder() -> str:
    """The user's own lexicon folder that is in force, empty for none."""
    return _folder.get()


def using(folder: str) -> AbstractContextManager[None]:
    """Read lexicons with the user's ``folder`` behind ours, inside the block."""
    return held(_folder, folder)


def cached(make: Callable[P, T]) -> Callable[P, T]:
    """Keep what a function makes of lexicons, for each of the user's folders: a word list is compiled once.

    Rules ask for their words a hundred times a post, so that the usual way is as short as it can be.
    """
    in_force = _folder.get
    if not signature(make).parameters:  # rules ask for these a hundred times a post: nothing more than a look-up
        made: dict[str, T] = {}

        @wraps(make)
        def get_one() -> T:
            try:
                return made[in_force()]
            except KeyError:
                made[in_force()] = found = cast("Callable[[], T]", make)()
                return found

        return cast("Callable[P, T]", get_one)

    shipped = cache(make)
    others: defaultdict[str, Callable[..., T]] = defaultdict(lambda: cache(make))

    @wraps(make)
    def get(*args: Any) -> T:
        folder = in_force()
        return others[folder](*args) if folder else shipped(*args)

    return cast("Callable[P, T]", get)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a CSV lexicon: its cells, and where it stands."""

    cells: dict[str, str]
    file: Path
    line: int

    def __getitem__(self, column: str) -> str:
        try:
            return self.cells[column]
        except KeyError:
            raise self.error(f"the file has no column {column!r}; copy the header of ours") from None

    def items(self, column: str) -> tuple[str, ...]:
        """The parts of a cell that holds several, separated by ``|``."""
        return tuple(part for part in self[column].split("|") if part)

    def error(self, why: str) -> LexiconError:
        return LexiconError(f"{self.file}:{self.line}: {why}")


def files(name: str, ending: str, user: str | None = None) -> list[Path]:
    """The files of a lexicon, ours first; ``name`` may end in ``/*`` for a folder of files."""
    user = user_folder() if user is None else user
    homes = [HOME, Path(user)] if user else [HOME]
    found = [path for home in homes for path in sorted(home.glob(name + ending))]
    if not found:
        raise LexiconError(f"{HOME / (name + ending)}: no such lexicon")
    return found


def lexicon_rows(name: str, user: str | None = None) -> list[Row]:
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


def lexicon_table(name: str, user: str | None = None) -> dict[str, Any]:
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
