"""What changed between two tables."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from pipeline.cli import main
from pipeline.evaluate.difference import difference, lines
from pipeline.table.formats import csv_head
from pipeline.table.schema import EXTRACTIONS, Row
from pipeline.table.text import block_of
from tests.table.made import tables

from .made import row


def signs(old: list[Row], new: list[Row]) -> list[str]:
    return [change.sign for change in difference(old, new).changes]


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ([row("3元")], [row("3元")], []),
        ([row("3元")], [row("3元", review="ok", note="x", parts="y")], []),
        ([], [row("3元")], ["+"]),
        ([row("3元")], [], ["-"]),
        ([row("3元", value="3")], [row("3元", value="4")], ["~"]),
        ([row("3元", row_id="a")], [row("3元", row_id="b")], []),
        ([row("3元", row_id="a")], [row("营收3元", row_id="b")], ["~"]),
        ([row("3元", row_id="a")], [row("5元", row_id="b")], ["-", "+"]),
        ([row("3元", row_id="a")], [row("3元", row_id="b", kind="claim")], ["+", "-"]),
    ],
)
def test_rows(old: list[Row], new: list[Row], wanted: list[str]) -> None:
    assert sorted(signs(old, new)) == sorted(wanted)


def test_of_several_rows_in_one_place_the_most_alike_are_paired() -> None:
    old = [row("3元", row_id="a", value="3"), row("3元", row_id="b", value="4")]
    new = [row("3元", row_id="c", value="4", unit="USD"), row("3元", row_id="d", value="3", unit="USD")]
    cells = [list(change.cells()) for change in difference(old, new).changes]
    assert cells == [[("unit", "CNY", "USD")]] * 2


@given(made=tables())
@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])
def test_a_table_does_not_differ_from_itself(made: tuple[list[Row], list[Row]]) -> None:
    _, rows = made
    placed = [{**row, "start": str(place), "end": str(place + 1)} for place, row in enumerate(rows)]
    found = difference(placed, list(reversed(placed)))
    assert (found.changes, found.same) == ([], len(rows))
    assert len(difference(placed, []).changes) == len(rows)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_text(csv_head(EXTRACTIONS) + block_of([row("3元", value="3"), row("5元")]), "utf-8")
    new.write_text(csv_head(EXTRACTIONS) + block_of([row("3元", value="4"), row("甲公司")]), "utf-8")
    assert main(["diff", str(old), str(new)]) == 1
    said = capsys.readouterr().out
    assert said.startswith("1 rows added, 1 removed, 1 changed, 0 as before\n  money     +1 -1 ~1\n")
    assert "~ money.amount p '3元'  value_min: 3 → 4; value_max: 3 → 4" in said
    assert main(["diff", str(old), str(old)]) == 0
    assert main(["diff", str(old), str(tmp_path / "none.csv")]) == 2


def test_only_so_many_are_listed() -> None:
    many = difference([], [row("3元", row_id=f"r{number}") for number in range(9)])
    assert list(lines(many, 2))[-1] == "… and 7 more (--all lists them)"
