"""What a reviewer writes into the tables survives everything that may happen to rows, files and state."""

import csv
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import OutputError
from pipeline.run import fingerprint
from pipeline.table.schema import NAMES

from .conftest import Taojin, contents, post, rows, write

TABLE, ORPHANS = "extracted/extractions.csv", "extracted/review_orphans.csv"
LONG = "股价“涨”了，据说是这样，可是我们都知道，时间会说明一切的，5元；真的。不過你們看到的也不是全部，以后再看。"
RESAVES = [
    json.loads(line) for line in Path(__file__).with_name("cases").joinpath("resaves.jsonl").open(encoding="utf-8")
]


def save(path: str, table: list[dict[str, str]], how: dict[str, Any] | None = None) -> None:
    """Write a table as some spreadsheet would."""
    how = how or {}
    columns = how.get("columns") or list(table[0])
    if how.get("reverse"):
        table = table[::-1]
    with Path(path).open("w", encoding=how.get("encoding", "utf-8"), newline="", errors="replace") as stream:
        writer = csv.writer(
            stream,
            delimiter=how.get("delimiter", ","),
            lineterminator=how.get("ends", "\n"),
            quoting=how.get("quoting", csv.QUOTE_MINIMAL),
        )
        writer.writerow(how["header"].format(name).upper() if "header" in how else name for name in columns)
        writer.writerows([row[name] for name in columns] for row in table)


def edit(row: int = 0, path: str = TABLE, **cells: str) -> str:
    """Change cells of a row in place; its id."""
    table = rows(path)
    table[row].update(cells)
    save(path, table, {"encoding": "utf-8-sig"})
    return table[row]["row_id"]


def decisions(path: str = TABLE) -> dict[str, tuple[str, str]]:
    if not Path(path).exists():
        return {}
    return {row["row_id"]: (row["review"], row["note"]) for row in rows(path) if row["review"] or row["note"]}


@pytest.fixture
def reviewed(taojin: Taojin) -> str:
    """Two posts, the first row of the second reviewed; its id."""
    write(
        "raw/a.jsonl",
        post("t:1:1", "涨3元。"),
        post("t:1:2", LONG),
    )
    taojin()
    return edit(2, review="ok", note="看到了，是的; 好")


@pytest.mark.parametrize("how", RESAVES, ids=lambda how: how["phenomenon"])
def test_a_table_saved_again_by_a_spreadsheet(taojin: Taojin, reviewed: str, how: dict[str, Any]) -> None:
    save(TABLE, rows(), how)
    summary = taojin()
    assert decisions() == {reviewed: ("ok", "看到了，是的; 好")}
    assert (summary.extracted, summary.totals.reviewed) == (0, 1)
    assert list(rows()[0]) == list(NAMES)
    assert taojin().written == []


@pytest.mark.parametrize(
    "happening",
    [
        pytest.param(lambda: None, id="nothing"),
        pytest.param(lambda: shutil.rmtree("extracted/.taojin"), id="the state is lost"),
        pytest.param(
            lambda: Path("extracted/.taojin/state.sqlite3").write_bytes(b"?" * 5000), id="the state is damaged"
        ),
        pytest.param(lambda: write("raw/b.jsonl", post("t:0:1", "1元")), id="other posts come"),
        pytest.param(
            lambda: write(
                "raw/a.jsonl",
                post(
                    "t:1:2",
                    "改过了。" + LONG + "补充" * 9,
                ),
            ),
            id="the post is edited elsewhere",
        ),
    ],
)
def test_decisions_stay_whatever_happens(taojin: Taojin, reviewed: str, happening: Callable[[], object]) -> None:
    happening()
    taojin()
    assert decisions() == {reviewed: ("ok", "看到了，是的; 好")}
    assert not Path(ORPHANS).exists()


def test_decisions_stay_when_the_rules_change(taojin: Taojin, reviewed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprint, "PACKAGES", ())
    assert taojin().extracted == 2
    assert decisions() == {reviewed: ("ok", "看到了，是的; 好")}


def test_decisions_stay_when_the_table_is_deleted(taojin: Taojin, reviewed: str) -> None:
    taojin()
    Path(TABLE).unlink()
    taojin()
    assert list(decisions()) == [reviewed]


def test_a_decision_on_a_row_that_was_deleted_by_hand_stays(taojin: Taojin, reviewed: str) -> None:
    taojin()
    save(TABLE, [row for row in rows() if row["row_id"] != reviewed])
    taojin()
    assert list(decisions()) == [reviewed]


def test_rows_that_are_gone_become_orphans_and_come_back(taojin: Taojin, reviewed: str) -> None:
    taojin()
    whole = contents()
    gone = next(row for row in rows() if row["row_id"] == reviewed)
    raw = Path("raw/a.jsonl").read_bytes()
    write("raw/a.jsonl", post("t:1:1", "涨3元。"))
    assert taojin().totals.orphans == 1
    assert rows(ORPHANS) == [gone]
    assert decisions() == {}
    write("raw/b.jsonl", post("t:3:1", "8元"))
    taojin()
    assert rows(ORPHANS) == [gone], "orphans stay over further runs"
    Path("raw/b.jsonl").unlink()
    Path("raw/a.jsonl").write_bytes(raw)
    taojin()
    assert contents() == whole


def test_orphans_are_taken_back_from_their_file_alone(taojin: Taojin, reviewed: str) -> None:
    raw = Path("raw/a.jsonl").read_bytes()
    write("raw/a.jsonl", post("t:1:1", "涨3元。"))
    taojin()
    shutil.rmtree("extracted/.taojin")
    Path("raw/a.jsonl").write_bytes(raw)
    taojin()
    assert list(decisions()) == [reviewed]
    assert not Path(ORPHANS).exists()


def test_a_decision_can_be_taken_back(taojin: Taojin, reviewed: str) -> None:
    taojin()
    edit(2, review="", note="")
    taojin()
    assert decisions() == {}
    assert not Path(ORPHANS).exists()


def test_an_orphan_can_be_dismissed(taojin: Taojin, reviewed: str) -> None:
    write("raw/a.jsonl", post("t:1:1", "涨3元。"))
    taojin()
    edit(0, ORPHANS, review="", note="")
    taojin()
    assert not Path(ORPHANS).exists()


@pytest.mark.parametrize("newer", [TABLE, ORPHANS])
def test_of_two_edits_the_newer_wins(taojin: Taojin, reviewed: str, newer: str) -> None:
    table = rows()
    save(ORPHANS, [{**table[2], "note": ORPHANS}])
    edit(2, note=TABLE)
    for path in (TABLE, ORPHANS):
        at = 2_000_000_000 if path == newer else 1_000_000_000
        os.utime(path, (at, at))
    taojin()
    assert decisions() == {reviewed: ("ok", newer)}


def test_of_two_copies_of_a_row_the_edited_one_counts(taojin: Taojin, reviewed: str) -> None:
    taojin()
    table = rows()
    for copies in ([{**table[2], "note": "neu"}, table[2]], [table[2], {**table[2], "note": "neu"}]):
        save(TABLE, [*table, *copies])
        taojin()
        assert decisions() == {reviewed: ("ok", "neu")}
        edit(2, note=table[2]["note"])
        taojin()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(b"a,b\n1,2\n", "no column row_id", id="no header"),
        pytest.param(b'row_id,review,note\nr1,ok,"half', "line 2", id="an open quote"),
        pytest.param(b'row_id,review,note\nr1,ok,"a"b\n', "line 2", id="a stray quote"),
        pytest.param(b"row_id,review,note\nr1,ok,a,b\n", "line 2: more cells", id="too many cells"),
        pytest.param(b"PK\x03\x04\xff\xff\xff\xff\x81", "cannot be read as a table", id="saved as xlsx"),
    ],
)
def test_an_edited_table_that_cannot_be_read_stops_the_run(
    taojin: Taojin, reviewed: str, content: bytes, why: str
) -> None:
    taojin()
    Path(TABLE).write_bytes(content)
    write("raw/b.jsonl", post("t:0:1", "1元"))
    before = contents()
    for _ in range(2):
        with pytest.raises(OutputError, match="nothing has been overwritten") as error:
            taojin()
        assert why in str(error.value)
        assert contents() == before
    Path(TABLE).unlink()
    taojin()
    assert list(decisions()) == [reviewed]


def test_an_unknown_verdict_is_kept_in_the_note(taojin: Taojin, reviewed: str) -> None:
    edit(2, review="对", note="查过")
    (message,) = taojin().messages
    assert "'对'" in message
    assert decisions() == {reviewed: ("", "查过; 对")}
    assert taojin().messages == []


def test_verdicts_in_other_letters(taojin: Taojin, reviewed: str) -> None:
    edit(2, review=" Wrong ", note="")
    taojin()
    assert decisions() == {reviewed: ("wrong", "")}


def test_a_note_that_a_spreadsheet_would_run(taojin: Taojin, reviewed: str) -> None:
    edit(2, note='=HYPERLINK("http://x")')
    for _ in range(2):
        taojin()
        assert decisions() == {reviewed: ("ok", ' =HYPERLINK("http://x")')}
        save(TABLE, rows())


def test_a_fixed_row_keeps_its_corrections(taojin: Taojin, reviewed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(2, review="fixed", note="", unit="USD", value_min="4E+0", value_max="5.0", qualifier="about")
    taojin()
    wanted = {"unit": "USD", "value_min": "5", "value_max": "5", "qualifier": "about", "review": "fixed"}
    fixed = {name: rows()[2][name] for name in wanted}
    assert fixed == {**wanted, "value_min": "5"}
    assert rows()[2]["note"] == "value_min=4E+0", "what does not fit its column is kept in the note"
    monkeypatch.setattr(fingerprint, "PACKAGES", ())
    write("raw/b.jsonl", post("t:0:1", "1元"))
    taojin()
    assert {name: rows()[3][name] for name in wanted} == wanted
    edit(3, review="ok")
    taojin()
    assert rows()[3]["unit"] == "CNY", "the row is the machine's again"


def test_cells_rewritten_by_a_spreadsheet_are_no_corrections(taojin: Taojin, here: Path) -> None:
    write("raw/a.jsonl", post("t:1:1", "涨35080000000元。"))
    taojin()
    before = rows()
    edit(1, review="fixed", value_min="3.508E+10", value_max="35,080,000,000", sentence="?")
    taojin()
    assert rows() == [before[0], {**before[1], "review": "fixed"}]


def test_rows_and_columns_added_by_hand(taojin: Taojin, reviewed: str) -> None:
    table = [{**row, "who": "me"} for row in rows()]
    added = {**dict.fromkeys(table[0], ""), "post_id": "t:1:1", "text": "漏了", "review": "ok"}
    save(TABLE, [*table, added])
    kept = Path(TABLE).read_bytes()
    (message,) = taojin().messages
    assert "columns that are not the table's are not taken over: who" in message
    assert [row["text"] for row in rows(ORPHANS)] == ["漏了"]
    assert Path("extracted/.taojin/extractions.csv.edited").read_bytes() == kept
    taojin()
    assert [row["text"] for row in rows(ORPHANS)] == ["漏了"]


def test_edits_survive_a_run_that_is_cut_short(taojin: Taojin, reviewed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The edit is read, then the run ends before it writes; the next run takes another edit on top."""
    write("raw/b.jsonl", post("t:0:1", "1元"))
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.run.job.Tables", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            taojin()
    other = edit(0, review="wrong")
    taojin()
    assert decisions() == {other: ("wrong", ""), reviewed: ("ok", "看到了，是的; 好")}
