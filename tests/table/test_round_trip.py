"""What is exported is read back to the letter; a spreadsheet runs none of it."""

import sqlite3
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings

from pipeline.cli import main
from pipeline.errors import InputError
from pipeline.table.exporting import export_tables, posts_with_rows
from pipeline.table.exports.xlsx import LONGEST, pieces
from pipeline.table.formats import FORMATS, check_format, csv_head, read_table
from pipeline.table.schema import EXTRACTIONS, NAMES, POST_NAMES, POSTS, Row
from pipeline.table.text import block_of

from .made import tables

FILES = {
    "jsonl": "{table}.jsonl",
    "sqlite": "taojin.sqlite",
    "parquet": "{table}.parquet",
    "duckdb": "taojin.duckdb",
    "xlsx": "taojin.xlsx",
}

WITHOUT_SHRINKING = [Phase.explicit, Phase.reuse, Phase.generate]  # files of many cells would take minutes


def save(folder: Path, posts: list[Row], rows: list[Row]) -> None:
    (folder / "posts.csv").write_text(csv_head(POSTS) + block_of(posts, POST_NAMES), "utf-8", newline="")
    (folder / "extractions.csv").write_text(csv_head(EXTRACTIONS) + block_of(rows, NAMES), "utf-8", newline="")


def blank(**cells: str) -> Row:
    return {**dict.fromkeys(NAMES, ""), "post_id": "a", "start": "0", "end": "1", **cells}


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, extracted by the real rules and exported in every format."""
    out = tmp_path_factory.mktemp("samples")
    assert main(["extract", str(Path(__file__).parents[2] / "raw"), "--out", str(out), "--quiet"]) == 0
    assert main(["export", *FILES, "labelstudio", "doccano", "--out", str(out)]) == 0
    return out


@pytest.mark.parametrize("table", ["extractions", "posts"])
@pytest.mark.parametrize("name", FILES)
def test_samples(samples: Path, name: str, table: str) -> None:
    assert list(read_table(samples / FILES[name].format(table=table), table)) == list(read_table(samples, table))


@pytest.mark.parametrize("name", FILES)
@given(made=tables())
@example(made=([{**dict.fromkeys(POST_NAMES, ""), "post_id": "a", "text": "字" * 40_000, "is_first": "true"}], []))
@settings(deadline=None, max_examples=12, phases=WITHOUT_SHRINKING, suppress_health_check=[HealthCheck.too_slow])
def test_any_table(name: str, made: tuple[list[Row], list[Row]]) -> None:
    posts, rows = made
    with TemporaryDirectory() as there:
        folder = Path(there)
        save(folder, posts, rows)
        list(export_tables(folder, folder, [name]))
        for table, written in (("posts", posts), ("extractions", rows)):
            assert list(read_table(folder / FILES[name].format(table=table), table)) == written


def test_a_database_has_keys_indexes_and_search(samples: Path) -> None:
    base = sqlite3.connect(samples / "taojin.sqlite")
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    (extractions,) = (key[2] for key in base.execute("PRAGMA foreign_key_list(extractions)"))
    assert extractions == "posts"
    assert base.execute("SELECT count(*) FROM parts").fetchone()[0] > 0
    word = base.execute("SELECT substr(text, 1, 4) FROM posts WHERE length(text) > 20 LIMIT 1").fetchone()[0]
    found = base.execute("SELECT count(*) FROM posts_fts WHERE posts_fts MATCH ?", (f'"{word}"',)).fetchone()[0]
    assert found >= 1
    plan = " ".join(row[3] for row in base.execute("EXPLAIN QUERY PLAN SELECT * FROM findings WHERE kind = 'claim'"))
    assert "USING INDEX extractions_kind" in plan
    base.close()


def test_a_workbook_has_filters_colours_and_no_formula(samples: Path) -> None:
    with zipfile.ZipFile(samples / "taojin.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert not any(b"<f>" in book.read(name) for name in book.namelist() if "worksheets/sheet" in name)
    for part in ("<autoFilter", 'state="frozen"', "<dataValidation ", "<conditionalFormatting"):
        assert part in sheet


def test_ids_and_long_numbers_are_text_in_a_workbook(tmp_path: Path) -> None:
    post = {**dict.fromkeys(POST_NAMES, ""), "post_id": "a", "pid": "20250000000000012345", "is_first": "true"}
    save(tmp_path, [post], [blank(row_id="r1", value_min="12345678901234567890", value_max="0.1")])
    list(export_tables(tmp_path, tmp_path, ["xlsx"]))
    with zipfile.ZipFile(tmp_path / "taojin.xlsx") as book:
        rows, posts = (book.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (1, 2))
    assert "<t>12345678901234567890</t>" in rows
    assert "<v>0.1</v>" in rows
    assert "<t>20250000000000012345</t>" in posts


def test_a_pair_of_utf_16_is_not_cut() -> None:
    text = "a" + "😀" * LONGEST
    parts = pieces(text)
    assert "".join(parts) == text
    assert all(len(part.encode("utf-16-le")) // 2 <= LONGEST for part in parts)


def test_only_some_kinds(samples: Path, tmp_path: Path) -> None:
    list(export_tables(samples, tmp_path, ["jsonl"], ["money", "date"]))
    assert {row["kind"] for row in read_table(tmp_path / "extractions.jsonl")} == {"money", "date"}


@pytest.mark.parametrize("name", ["sqlite", "duckdb"])
def test_claims_without_their_parts(samples: Path, tmp_path: Path, name: str) -> None:
    list(export_tables(samples, tmp_path, [name], ["claim"]))
    rows = list(read_table(tmp_path / FILES[name]))
    assert rows == [row for row in read_table(samples) if row["kind"] == "claim"]
    assert any(row["parts"] for row in rows)


def test_rows_without_their_post_are_told() -> None:
    with pytest.raises(InputError, match="run `taojin extract`"):
        list(posts_with_rows(iter([]), iter([blank(row_id="r1")])))


def test_a_failed_export_leaves_the_last_one(samples: Path, tmp_path: Path) -> None:
    save(tmp_path, [], [blank(row_id="r1")])
    (tmp_path / "taojin.sqlite").write_bytes(b"the last one")
    with pytest.raises(InputError):
        list(export_tables(tmp_path, tmp_path, ["sqlite"]))
    assert (tmp_path / "taojin.sqlite").read_bytes() == b"the last one"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["extractions.csv", "posts.csv", "taojin.sqlite"]


@pytest.mark.parametrize("name", ["xlsx", "sqlite", "parquet", "jsonl", "csv"])
def test_a_file_that_is_no_table_is_told(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"table.{name}"
    path.write_text("no table\n", "utf-8")
    with pytest.raises(InputError, match=f"table.{name}"):
        list(read_table(path))


def test_every_format_can_be_written_here() -> None:
    for name in FORMATS:
        check_format(name)
