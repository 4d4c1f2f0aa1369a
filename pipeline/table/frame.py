"""The DataFrame of the extractions, and the options with which pandas reads the same one from the CSV.

Import this lazily: it brings pandas.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.table.schema import EXTRACTIONS, Column, Row

DTYPES = {"text": "object", "integer": "Int64", "decimal": "float64", "boolean": "boolean", "date": "object"}


def dtypes(columns: Sequence[Column] = EXTRACTIONS) -> dict[str, str]:
    """The pandas dtype of each column: text ``object`` (empty for none), integers ``Int64``, decimals ``float64``."""
    return {column.name: DTYPES.get(column.type, "object") for column in columns}


def frame(rows: Iterable[Row], columns: Sequence[Column] = EXTRACTIONS) -> "pd.DataFrame":
    """Rows as a DataFrame with the columns of the contract."""
    kept = list(rows)
    types = dtypes(columns)
    return pd.DataFrame({c.name: _series([row[c.name] for row in kept], types[c.name]) for c in columns})


def _series(cells: list[str], dtype: str) -> "pd.Series[Any]":
    values: list[Any] = list(cells)
    if dtype == "Int64":
        values = [int(cell) if cell else None for cell in cells]
    elif dtype == "float64":
        values = [float(cell) if cell else None for cell in cells]
    elif dtype == "boolean":
        values = [cell == "true" if cell else None for cell in cells]
    return pd.Series(values, dtype=dtype)


def read(path: str | Path, columns: Sequence[Column] = EXTRACTIONS) -> "pd.DataFrame":
    """Read ``extractions.csv`` (or, with ``POSTS``, ``posts.csv``) as ``pipeline.extract`` gives it.

    A plain ``pandas.read_csv(path)`` reads the same values, with NaN where a text cell is empty (or spells NA).
    """
    types = dtypes(columns)
    return pd.read_csv(
        path,
        encoding="utf-8-sig",
        dtype=types,
        keep_default_na=False,
        na_values={name: [""] for name, dtype in types.items() if dtype != "object"},
    )
