"""The other formats hold the same cells with real types."""

import json
import sqlite3
import sys
from pathlib import Path

import pytest

from pipeline.errors import OutputError
from pipeline.records import Post
from pipeline.table.exports.values import value_of
from pipeline.table.formats import FORMATS, NEEDS, check_format
from pipeline.table.rows import extraction_rows, post_row
from pipeline.table.schema import EXTRACTIONS, NAMES, POSTS, Row

from .samples import Found, claim, money

TEXT = "营收涨到0.10元，“真的”"


@pytest.fixture
def tables() -> tuple[list[Row], Row]:
    post = Post("t:1:1", "raw/a.html", TEXT, floor=2, is_first=True)
    amount = money(TEXT, "0.10元", "0.10")
    return extraction_rows(Found(post, [amount], [claim(TEXT, "营收涨到0.10元", "0.10", amount)])).rows, post_row(post)


def write(folder: Path, name: str, rows: list[Row], post: Row) -> None:
    for file, make in FORMATS[name].items():
        sink = make(folder / file)
        sink.write("posts", post)
        for row in rows:
            sink.write("extractions", row)
        sink.close()


def typed(rows: list[Row]) -> list[dict[str, object]]:
    return [{column.name: value_of(column, row[column.name]) for column in EXTRACTIONS} for row in rows]


def test_jsonl(tmp_path: Path, tables: tuple[list[Row], Row]) -> None:
    rows, post = tables
    write(tmp_path, "jsonl", rows, post)
    found = [json.loads(line) for line in (tmp_path / "extractions.jsonl").read_text("utf-8").splitlines()]
    assert found == typed(rows)
    assert [list(row) for row in found] == [list(NAMES)] * 2
    assert (found[0]["value_min"], found[0]["start"], found[0]["entity_id"]) == (0.1, 0, "")
    (written,) = (tmp_path / "posts.jsonl").read_text("utf-8").splitlines()
    assert json.loads(written) == {column.name: value_of(column, post[column.name]) for column in POSTS}
    assert '"floor": 2, ' in written
    assert '"views": null' in written
    assert '"is_first": true' in written


def test_sqlite(tmp_path: Path, tables: tuple[list[Row], Row]) -> None:
    rows, post = tables
    write(tmp_path, "sqlite", rows, post)
    base = sqlite3.connect(tmp_path / "taojin.sqlite")
    base.row_factory = sqlite3.Row
    names = ", ".join(f'"{name}"' for name in NAMES)
    assert [dict(row) for row in base.execute(f"SELECT {names} FROM extractions")] == typed(rows)
    kinds = base.execute("SELECT typeof(value_min), typeof(start), typeof(name) FROM extractions").fetchone()
    assert tuple(kinds) == ("real", "integer", "text")
    joined = base.execute("SELECT floor, views FROM extractions JOIN posts USING (post_id)").fetchall()
    assert [tuple(row) for row in joined] == [(2, None)] * 2
    base.close()


def test_parquet(tmp_path: Path, tables: tuple[list[Row], Row]) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    rows, post = tables
    write(tmp_path, "parquet", rows, post)
    assert parquet.read_table(tmp_path / "extractions.parquet").to_pylist() == typed(rows)
    assert parquet.read_table(tmp_path / "posts.parquet").column("floor").to_pylist() == [2]


@pytest.mark.parametrize("name", ["parquet", "duckdb", "xlsx"])
def test_a_missing_package_is_told(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for package in NEEDS[name]:
        monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(OutputError, match=r"pip install 'taojin\[report\]'"):
        check_format(name)


def test_an_unknown_format() -> None:
    with pytest.raises(OutputError, match="known are csv, jsonl, sqlite, parquet, duckdb, xlsx"):
        check_format("xls")
