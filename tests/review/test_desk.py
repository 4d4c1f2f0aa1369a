"""Filters, the search and the decisions on a desk, without a server."""

from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from pipeline.errors import InputError
from pipeline.review.desk import Desk
from pipeline.review.filters import Filter, exact

from .conftest import extract, table


@pytest.fixture
def desk(out: Path) -> Desk:
    return Desk(out)


def texts(desk: Desk, **fields: str) -> list[str]:
    return [entry.row["text"] for entry in desk.index.all(Filter.of({"show": "all", **fields}), 1000)]


def test_everything_is_there_in_the_tables_order(desk: Desk, out: Path) -> None:
    shown = [entry.row["row_id"] for entry in desk.index.all(Filter(show="all"), 1000)]
    assert shown == [row["row_id"] for row in table(out)]


@pytest.mark.parametrize(
    ("fields", "column", "cells"),
    [
        ({"kind": "money"}, "kind", {"money"}),
        ({"label": "metric"}, "label", {"metric"}),
        ({"certainty": "estimated"}, "certainty", {"estimated"}),
        ({"qualifier": "about"}, "qualifier", {"about"}),
        ({"rule": "entity.gazetteer"}, "rule", {"entity.gazetteer"}),
        ({"post": "bbs.demo:7:2"}, "post_id", {"bbs.demo:7:2"}),
        ({"metric": "营收"}, "predicate", {"营收"}),
    ],
)
def test_a_filter_gives_what_the_table_has(
    desk: Desk, out: Path, fields: dict[str, str], column: str, cells: set[str]
) -> None:
    wanted = [row["text"] for row in table(out) if row[column] in cells]
    assert wanted
    assert texts(desk, **fields) == wanted


def test_the_value_range_takes_numbers_as_people_write_them(desk: Desk, out: Path) -> None:
    wanted = [row["text"] for row in table(out) if row["value_min"] and float(row["value_min"]) >= 1e11]
    assert texts(desk, low="1000亿") == texts(desk, low="100,000,000,000") == wanted


def test_an_entity_is_found_in_whatever_part_it_has(desk: Desk, out: Path) -> None:
    named = ("name", "subject", "object", "source")
    wanted = [row["text"] for row in table(out) if any(row[name] == "小米" for name in named)]
    assert texts(desk, entity="小米") == wanted
    assert len({row["kind"] for row in table(out) if row["text"] in wanted}) > 1


def test_the_search_knows_no_case_and_no_traditional_characters(desk: Desk) -> None:
    assert texts(desk, q="微软 净利润") == texts(desk, q="微軟 淨利潤") != []
    assert texts(desk, q="雷军 MICROSOFT") == []


@pytest.mark.parametrize(
    ("typed", "value"),
    [("1.5亿", "150000000"), ("3,000", "3000"), ("三千万", "30000000"), ("很多", None), ("NaN", None)],
)
def test_numbers_as_they_are_typed(typed: str, value: str | None) -> None:
    found = exact(typed)
    assert (None if found is None else str(found)) == value


def test_a_filter_survives_its_address() -> None:
    filter = Filter("all", kind="money", q="a&b=c 微软", low="1亿")
    assert Filter.of(dict(parse_qsl(filter.query()))) == filter


def test_pages_follow_each_other_without_gap(desk: Desk, out: Path) -> None:
    filter, found, after = Filter(), [], ""
    while entries := desk.index.page(filter, 3, after=after).entries:
        found += [entry.row["row_id"] for entry in entries]
        after = found[-1]
        desk.decide(found[0], "ok")  # what leaves the filter moves no page
    assert found == [row["row_id"] for row in table(out)]
    last = desk.index.page(Filter(show="all"), 3, before=found[-1])
    assert [entry.row["row_id"] for entry in last.entries] == found[-4:-1]
    assert last.before == len(found) - 4


def test_a_correction_changes_what_filters_see(desk: Desk) -> None:
    row = next(entry.row for entry in desk.index.all(Filter(kind="money"), 10))
    desk.decide(row["row_id"], "fixed", {"unit": "HKD", "qualifier": "vague", "value_min": "1", "value_max": "2"})
    assert texts(desk, qualifier="vague") == [row["text"]]
    assert texts(desk, high="3", kind="money") == [row["text"]]
    entry = desk.entry(row["row_id"])
    assert (entry.review, entry.shown["unit"], entry.row["unit"]) == ("fixed", "HKD", row["unit"])


def test_accepting_a_corrected_row_keeps_its_correction(desk: Desk) -> None:
    row = next(entry.row for entry in desk.index.all(Filter(kind="money"), 10))
    desk.decide(row["row_id"], "fixed", {"unit": "HKD"}, reviewer="甲")
    assert desk.decide(row["row_id"], "ok", reviewer="乙").shown["unit"] == "HKD"


def test_two_desks_see_each_others_decisions(desk: Desk, out: Path) -> None:
    other = Desk(out)
    row_id = table(out)[0]["row_id"]
    desk.decide(row_id, "wrong", reviewer="甲")
    other.refresh()
    assert other.entry(row_id).review == "wrong"
    assert other.undo("乙") == [], "another's decision is not mine to undo"
    assert desk.undo("甲") == [row_id]
    other.refresh()
    assert other.entry(row_id).review == ""


def test_others_decisions_show_also_right_after_ones_own(desk: Desk, out: Path) -> None:
    other = Desk(out)
    first, second = (row["row_id"] for row in table(out)[:2])
    desk.decide(first, "wrong")
    other.decide(second, "ok")
    assert other.entry(first).review == "wrong"


@pytest.mark.parametrize("accident", ["saved over", "deleted", "emptied"])
def test_a_log_that_lost_lines_gets_them_back_from_an_open_page(desk: Desk, out: Path, accident: str) -> None:
    first, second, third = (row["row_id"] for row in table(out)[:3])
    log = out / "reviews.csv"
    desk.decide(first, "ok", note="先")
    old = log.read_bytes()
    desk.decide(second, "wrong")
    whole = {line["event_id"]: line for line in table(out, "reviews.csv")}
    log.unlink()
    if accident != "deleted":
        log.write_bytes(old if accident == "saved over" else b"")
    desk.decide(third, "ok")
    lines = table(out, "reviews.csv")
    assert {line["event_id"]: line for line in lines}.items() >= whole.items()
    assert len(lines) == 3
    assert [desk.entry(row_id).review for row_id in (first, second, third)] == ["ok", "wrong", "ok"]


def test_all_of_a_filter_is_accepted_and_undone_at_once(desk: Desk, out: Path) -> None:
    rejected = next(row["row_id"] for row in table(out) if row["kind"] == "entity")
    desk.decide(rejected, "wrong", reviewer="乙")
    entities = [row["row_id"] for row in table(out) if row["kind"] == "entity"]
    assert desk.accept_all(Filter(kind="entity"), "甲", "e" + "a" * 15) == len(entities) - 1
    assert desk.accept_all(Filter(kind="entity"), "甲", "e" + "a" * 15) == 0
    assert desk.entry(rejected).review == "wrong"
    assert sorted(desk.undo("甲", "e" + "b" * 15)) == sorted(set(entities) - {rejected})
    assert texts(desk, show="ok") == []


def test_undo_goes_back_step_by_step(desk: Desk, out: Path) -> None:
    first, second = (row["row_id"] for row in table(out)[:2])
    desk.decide(first, "ok", reviewer="甲")
    desk.decide(second, "ok", reviewer="甲")
    desk.decide(first, "wrong", reviewer="甲")
    assert [desk.undo("甲") for _ in range(4)] == [[first], [second], [first], []]
    assert desk.entry(first).review == desk.entry(second).review == ""


def test_a_table_written_anew_is_shown(desk: Desk, out: Path) -> None:
    desk.decide(table(out)[0]["row_id"], "wrong", note="不对")
    extract(out.parent, [{"post_id": "bbs.demo:9:1", "text": "比亚迪卖了430万辆车。"}])
    desk.refresh()
    assert {entry.row["post_id"] for entry in desk.index.all(Filter(show="all"), 99)} == {"bbs.demo:9:1"}


def test_an_edit_of_the_csv_is_shown(desk: Desk, out: Path) -> None:
    path = out / "extractions.csv"
    lines = path.read_text("utf-8-sig").splitlines(keepends=True)
    assert lines[1].endswith(",,\n")
    path.write_text("".join([lines[0], lines[1].replace(",,\n", ",wrong,表里写的\n"), *lines[2:]]), "utf-8")
    desk.refresh()
    entry = desk.index.all(Filter(show="all"), 1)[0]
    assert (entry.review, entry.note) == ("wrong", "表里写的")


def test_a_folder_of_csv_files_alone(desk: Desk, out: Path, tmp_path: Path) -> None:
    desk.decide(table(out)[0]["row_id"], "ok")
    extract(out.parent)
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in ("extractions.csv", "posts.csv"):
        (copy / name).write_bytes((out / name).read_bytes())
    other = Desk(copy)
    assert [e.row for e in other.index.all(Filter(show="all"), 99)] == [
        e.row for e in desk.index.all(Filter(show="all"), 99)
    ]
    assert other.entry(table(out)[0]["row_id"]).review == "ok"


def test_a_folder_without_a_table(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="run taojin extract"):
        Desk(tmp_path)
