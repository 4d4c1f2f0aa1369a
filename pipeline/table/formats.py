"""Which formats there are, which files each has, what writes them and what reads them."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from pipeline.errors import InputError, OutputError
from pipeline.extras import missing
from pipeline.table.exports.values import TABLES, Sink
from pipeline.table.schema import Column, Row
from pipeline.table.text import BOM, line_of

HOME = "pipeline.table.exports"
EXTRA = "run `make .venv/report.ok`, or `pip install 'taojin[report]'`"


def _lazily(module: str, name: str, path: Path, **more: Any) -> Sink:
    made: Sink = getattr(import_module(f"{HOME}.{module}"), name)(path, **more)
    return made


def _make(module: str, name: str, **more: Any) -> Callable[[Path], Sink]:
    return partial(_lazily, module, name, **more)


FORMATS: dict[str, dict[str, Callable[[Path], Sink]]] = {
    "csv": {},
    "jsonl": {f"{table}.jsonl": _make("jsonl", "Jsonl", table=table) for table in TABLES},
    "sqlite": {"taojin.sqlite": _make("sqlite", "Sqlite")},
    "parquet": {f"{table}.parquet": _make("parquet", "Parquet", table=table) for table in TABLES},
    "duckdb": {"taojin.duckdb": _make("duckdb", "Duck")},
    "xlsx": {"taojin.xlsx": _make("xlsx", "Xlsx")},
    "labelstudio": {
        "labelstudio.json": _make("labelstudio", "LabelStudio"),
        "labelstudio.xml": _make("labelstudio", "Interface"),
    },
    "doccano": {"doccano.jsonl": _make("doccano", "Doccano")},
}
"""Format → file name → sink. The CSV is always written, by its own writer, since the review lives in it."""

NEEDS = {"parquet": ("pyarrow",), "duckdb": ("duckdb", "pyarrow"), "xlsx": ("xlsxwriter",)}
READERS = {
    ".jsonl": "jsonl",
    ".sqlite": "sqlite",
    ".parquet": "parquet",
    ".duckdb": "duckdb",
    ".xlsx": "workbook",
    ".csv": "plain",
}


def check_format(name: str) -> None:
    """Whether the format can be written here.

    Raises:
        OutputError: it is unknown, or a package is missing.
    """
    if name not in FORMATS:
        raise OutputError(f"format {name!r} is unknown; known are {', '.join(FORMATS)}")
    if absent := missing(NEEDS.get(name, ())):
        raise OutputError(f"{name} needs {' and '.join(absent)}: {EXTRA}")


def read_table(path: Path, table: str = "extractions") -> Iterator[Row]:
    """The rows of a table in any of the formats, told by the file's ending; of a folder, its CSV.

    Raises:
        InputError: the file is missing, of another kind, or cannot be read as that table.
    """
    if path.is_dir():
        path = path / f"{table}.csv"
    module = READERS.get(path.suffix.lower())
    if module is None:
        raise InputError(f"{path}: not one of {', '.join(READERS)}; name a table that Taojin wrote, or its folder")
    if not path.is_file():
        raise InputError(f"{path}: no such file; run `taojin extract` first, or name another")
    if absent := missing(NEEDS.get(module, ())):
        raise InputError(f"{path}: reading it needs {' and '.join(absent)}: {EXTRA}")
    reader = import_module(f"{HOME}.{module}")
    try:
        yield from reader.read(path, table)
    except InputError:
        raise
    except Exception as error:  # each library has its own for a file that is no such table
        raise InputError(f"{path}: it cannot be read as the table {table}: {error}") from error


def csv_head(columns: Sequence[Column]) -> str:
    """The byte order mark and the header line."""
    return BOM + line_of([column.name for column in columns])
