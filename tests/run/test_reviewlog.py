"""The log on the disk: several at once, cut off, saved by a spreadsheet; and its part in the run."""

import csv
import json
import shutil
import threading
from pathlib import Path

import pytest

from pipeline.errors import InputError, OutputError, TableError
from pipeline.review.store import Store
from pipeline.run import fingerprint
from pipeline.run.explain import find
from pipeline.run.reviewlog import ReviewLog
from pipeline.table.check import check_extraction
from pipeline.table.schema import LOG_NAMES, Row
from pipeline.table.verdicts import Event

from .conftest import Taojin, contents, post, rows, write
from .test_reviews import ORPHANS, TABLE, decisions, edit

LOG = Path("extracted/reviews.csv")
TEXT = "涨3元。\n后来又跌了，收在5元左右，大家都说还会跌。"


@pytest.fixture
def store(taojin: Taojin) -> Store:
    """A folder with a table, not reviewed."""
    write("raw/a.jsonl", post("t:1:1", TEXT), post("t:1:2", "8元"))
    taojin()
    return Store(Path("extracted"))


def ids(log: ReviewLog) -> list[str]:
    log.refresh()
    return sorted(log.history.events)


def post_row(post_id: str = "t:1:1") -> Row:
    return next(row for row in rows("extracted/posts.csv") if row["post_id"] == post_id)


def select(text: str, words: str) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


def test_many_at_once_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    logs = [ReviewLog(tmp_path) for _ in range(3)]
    made = [[Event(f"r{place}{log}", "ok", note="说\n“,”") for place in range(30)] for log in range(3)]

    def work(log: ReviewLog, events: list[Event]) -> None:
        for event in events:
            log.append([event])
            log.append([event])

    threads = [threading.Thread(target=work, args=pair) for pair in zip(logs, made, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wanted = sorted(event.event_id for events in made for event in events)
    assert [ids(log) for log in logs] == [wanted] * 3
    with (tmp_path / "reviews.csv").open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.DictReader(stream))
    assert sorted(line["event_id"] for line in lines) == wanted
    assert [line["time"] for line in lines] == sorted(line["time"] for line in lines)


def test_a_line_that_was_cut_off_is_set_aside(tmp_path: Path) -> None:
    log = ReviewLog(tmp_path)
    first, second, third = (Event(f"r{place}", "ok", note="很\n长") for place in range(3))
    log.append([first, second])
    path = tmp_path / "reviews.csv"
    whole = path.read_bytes()
    for cut in range(1, 60):
        path.write_bytes(whole[:-cut])
        fresh = ReviewLog(tmp_path)
        kept = ids(fresh)
        assert first.event_id in kept
        fresh.append([third])
        assert ids(ReviewLog(tmp_path)) == sorted([*kept, third.event_id])


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_log_that_a_spreadsheet_has_saved(tmp_path: Path, ends: str) -> None:
    log = ReviewLog(tmp_path)
    log.append([Event("ra", "ok"), Event("rb", "wrong", note="a,b")])
    path = tmp_path / "reviews.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        table = list(csv.DictReader(stream))
    names = list(reversed(LOG_NAMES))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, names, lineterminator=ends, quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(table)
    log.news()
    log.refresh()
    assert log.news() is None, "it is another file now"
    log.append([Event("rc", "ok")])
    assert {event.row_id: event.review for event in events_of(tmp_path)} == {"ra": "ok", "rb": "wrong", "rc": "ok"}


def events_of(folder: Path) -> list[Event]:
    log = ReviewLog(folder)
    log.refresh()
    return list(log.history.standing())


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(b"a,b\n", "no column row_id", id="another table"),
        pytest.param("行".encode("gb18030") + b"\n", "utf-8", id="another encoding"),
        pytest.param((",".join(LOG_NAMES) + "\nr1,ok\n").encode(), "line 2", id="a short line"),
    ],
)
def test_a_log_that_cannot_be_read_stops_the_run(taojin: Taojin, store: Store, content: bytes, why: str) -> None:
    LOG.write_bytes(content)
    write("raw/b.jsonl", post("t:0:1", "1元"))
    before = contents()
    with pytest.raises(OutputError, match="nothing has been overwritten") as error:
        taojin()
    assert why in str(error.value)
    assert contents() == before


def test_a_decision_is_in_the_table_after_the_next_run(taojin: Taojin, store: Store) -> None:
    first, second, *_ = rows()
    store.decide([first], "ok", note="对", reviewer="甲")
    store.decide([second], "fixed", corrected={"unit": "USD"}, reviewer="乙")
    summary = taojin()
    assert (summary.extracted, summary.totals.reviewed) == (0, 2)
    assert rows()[0] == {**first, "review": "ok", "note": "对"}
    assert rows()[1] == {**second, "review": "fixed", "unit": "USD"}
    assert taojin().written == []


@pytest.mark.parametrize("lost", ["nothing", "the state", "the log", "the table", "the rules' version"])
def test_decisions_outlive_the_loss_of(
    taojin: Taojin, store: Store, lost: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.decide(rows()[:1], "ok", note="对")
    store.decide(rows()[1:2], "fixed", corrected={"unit": "USD"})
    taojin()
    before, table = decisions(), rows()
    match lost:
        case "the state":
            shutil.rmtree("extracted/.taojin")
        case "the log":
            LOG.unlink()
        case "the table":
            Path(TABLE).unlink()
        case "the rules' version":
            monkeypatch.setattr(fingerprint, "PACKAGES", ())
    taojin()
    assert (decisions(), rows()) == (before, table)
    assert len(ids(ReviewLog(Path("extracted")))) == 2, "none is doubled"


def test_the_later_of_an_edit_and_a_decision_counts(taojin: Taojin, store: Store) -> None:
    row = rows()[0]
    edit(0, review="wrong", note="表")
    taojin()
    assert decisions() == {row["row_id"]: ("wrong", "表")}
    store.decide([row], "ok")
    taojin()
    assert decisions() == {row["row_id"]: ("ok", "表")}
    edit(0, review="wrong", note="又")
    taojin()
    assert decisions() == {row["row_id"]: ("wrong", "又")}


def test_an_edit_of_one_row_takes_back_no_decision_on_another(taojin: Taojin, store: Store) -> None:
    """The app decides, then the table, which does not show it yet, is edited in another row."""
    first, second, *_ = rows()
    store.decide([first], "ok")
    edit(1, review="wrong")
    taojin()
    assert decisions() == {first["row_id"]: ("ok", ""), second["row_id"]: ("wrong", "")}


def test_an_undone_edit_gives_back_what_was_before(taojin: Taojin, store: Store) -> None:
    row = rows()[0]
    edit(0, review="wrong")
    taojin()
    (event,) = store.decide([row], "ok")
    taojin()
    store.undo([event.event_id])
    store.undo([event.event_id])
    taojin()
    assert decisions() == {row["row_id"]: ("wrong", "")}


def test_an_edit_that_says_the_same_outlives_the_undoing(taojin: Taojin, store: Store) -> None:
    row = rows()[0]
    (event,) = store.decide([row], "ok")
    edit(0, review="ok")
    store.undo([event.event_id])
    taojin()
    assert decisions() == {row["row_id"]: ("ok", "")}


def test_a_decision_taken_back_in_the_table_stays_so(taojin: Taojin, store: Store) -> None:
    store.decide(rows()[:1], "ok")
    taojin()
    edit(0, review="", note="")
    for _ in range(2):
        taojin()
        assert decisions() == {}


def test_a_decision_on_a_row_that_is_gone_waits_for_it(taojin: Taojin, store: Store) -> None:
    raw = Path("raw/a.jsonl").read_bytes()
    gone = rows()[-1]
    store.decide([gone], "wrong", note="没有")
    write("raw/a.jsonl", post("t:1:1", TEXT))
    taojin()
    assert rows(ORPHANS) == [{**gone, "review": "wrong", "note": "没有"}]
    Path("raw/a.jsonl").write_bytes(raw)
    taojin()
    assert decisions() == {gone["row_id"]: ("wrong", "没有")}
    assert not Path(ORPHANS).exists()


ADDED = {"kind": "entity", "label": "PERSON", "name": "大家"}


def test_an_added_row_is_a_row_of_every_later_run(
    taojin: Taojin, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = store.add(post_row(), select(TEXT, "大家"), ADDED, reviewer="甲")
    assert event is not None
    assert taojin().totals.added == 1
    row = next(row for row in rows() if row["row_id"] == event.row_id)
    assert (row["rule"], row["review"], row["name"], row["text"]) == ("review.added", "ok", "大家", "大家")
    assert row["sentence"] == TEXT.split("\n")[1]
    check_extraction(row, TEXT)
    order = [(row["post_id"], int(row["start"]), row["kind"]) for row in rows()]
    assert order == sorted(order)
    table = rows()
    monkeypatch.setattr(fingerprint, "PACKAGES", ())
    taojin()
    assert rows() == table
    shutil.rmtree("extracted/.taojin")
    taojin()
    assert rows() == table
    assert taojin().written == []


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        pytest.param("先补充一句：大家好。\n" + TEXT, "收在5元左右，大家", id="the post grew before it"),
        pytest.param("涨3元。收盘5元，大家都看着。", "大家", id="its words are there once"),
        pytest.param("涨3元。大家说，大家都说。", "", id="its words are there twice, elsewhere"),
        pytest.param("涨3元。", "", id="its words are gone"),
    ],
)
def test_an_added_row_finds_its_place_again(taojin: Taojin, store: Store, text: str, stands: str) -> None:
    event = store.add(post_row(), select(TEXT, "大家"), ADDED)
    assert event is not None
    write("raw/a.jsonl", post("t:1:1", text))
    taojin()
    found = [row for row in rows() if row["row_id"] == event.row_id]
    if stands:
        (row,) = found
        assert text[: int(row["end"])].endswith(stands)
        check_extraction(row, text)
    else:
        assert not found
        assert [row["row_id"] for row in rows(ORPHANS)] == [event.row_id]


def test_an_added_row_that_a_rule_finds_is_there_once(taojin: Taojin, store: Store) -> None:
    cells = {"kind": "money", "label": "amount", "value_min": "5", "value_max": "5", "unit": "USD"}
    machine = next(row for row in rows() if row["text"] == "5元")
    with pytest.raises(InputError, match="there is such a row"):
        store.add(post_row(), select(TEXT, "5元"), cells, taken=[machine["row_id"]])
    event = store.add(post_row(), select(TEXT, "5元"), cells)
    assert event is not None
    taojin()
    (row,) = [row for row in rows() if row["text"] == "5元"]
    wanted = {"row_id": machine["row_id"], "rule": machine["rule"], "review": "fixed", "unit": "USD"}
    assert {name: row[name] for name in wanted} == wanted


@pytest.mark.parametrize(("high", "qualifier"), [("5", "exact"), ("6", "range")])
def test_an_added_value_has_a_qualifier(store: Store, high: str, qualifier: str) -> None:
    cells = {"kind": "money", "label": "amount", "value_min": "5", "value_max": high, "unit": "CNY"}
    event = store.add(post_row(), select(TEXT, "5元左右"), cells)
    assert event is not None
    assert event.row["qualifier"] == qualifier


def test_an_added_row_can_be_corrected_rejected_and_given_back(taojin: Taojin, store: Store) -> None:
    event = store.add(post_row(), select(TEXT, "大家"), ADDED)
    assert event is not None
    taojin()
    place = next(place for place, row in enumerate(rows()) if row["row_id"] == event.row_id)
    edit(place, review="fixed", name="众人")
    taojin()
    assert rows()[place]["name"] == "众人"
    (rejected,) = store.decide([{**rows()[place], "name": "大家"}], "wrong")
    taojin()
    assert event.row_id not in {row["row_id"] for row in rows()}
    assert not Path(ORPHANS).exists()
    store.undo([rejected.event_id])
    taojin()
    assert rows()[place]["name"] == "众人"


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param({"kind": "money", "label": "amount", "value_min": "1", "value_max": "1"}, id="money without unit"),
        pytest.param({"kind": "entity", "label": "ORG"}, id="an entity without a name"),
        pytest.param({"kind": "entity", "label": "amount", "name": "x"}, id="another kind's label"),
        pytest.param({"kind": "rumour", "label": "ORG"}, id="no kind"),
        pytest.param(
            {"kind": "money", "label": "amount", "unit": "CNY", "value_min": "abc"}, id="a value that is no number"
        ),
    ],
)
def test_a_row_that_breaks_the_contract_is_not_added(store: Store, cells: Row) -> None:
    with pytest.raises(TableError):
        store.add(post_row(), select(TEXT, "大家"), cells)
    assert not LOG.exists()


def test_an_added_row_is_explained(taojin: Taojin, store: Store) -> None:
    event = store.add(post_row(), select(TEXT, "大家"), ADDED, reviewer="甲")
    assert event is not None
    taojin()
    row, post, parts = find(event.row_id, Path("extracted"))
    assert (row["text"], row["review"], post["post_id"], parts) == ("大家", "ok", "t:1:1", [])


def test_formulas_are_made_harmless(taojin: Taojin, store: Store) -> None:
    store.decide(rows()[:1], "ok", note="=1+1", reviewer="@wang")
    store.add(post_row(), select(TEXT, "大家"), {**ADDED, "name": "=大家"})
    with LOG.open(encoding="utf-8-sig", newline="") as stream:
        cells = [cell for line in csv.reader(stream) for cell in line]
    assert not [cell for cell in cells if cell[:1] in "=@+-" and cell]
    taojin()
    assert decisions()[rows()[0]["row_id"]] == ("ok", " =1+1")


def test_a_full_disk_keeps_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = ReviewLog(tmp_path)
    log.append([Event("ra", "ok")])
    before = (tmp_path / "reviews.csv").read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OutputError, match="disk is full"):
        log.append([Event("rb", "ok")])
    assert (tmp_path / "reviews.csv").read_bytes() == before
    monkeypatch.undo()
    log.append([Event("rc", "ok")])
    assert {event.row_id for event in events_of(tmp_path)} == {"ra", "rc"}


def test_versions_are_noted(taojin: Taojin, store: Store) -> None:
    edit(0, review="ok")
    taojin()
    store.refresh()
    (event,) = store.standing()
    assert event.versions.startswith("taojin ")
    assert "rules" in event.versions
    assert (event.via, event.time[:2]) == ("table", "20")
    assert json.loads(json.dumps(event.row))["text"]
