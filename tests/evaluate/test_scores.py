"""Scores of a few rows whose worth is plain to see."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate.matching import in_common, matching, same_number
from pipeline.evaluate.scores import Score, evaluate, fault_lines, lines
from pipeline.table.schema import Row

from .made import item, post, row


def score(post_parts: dict[str, Any], rows: list[Row], layer: str = "money") -> tuple[int, int, int]:
    report = evaluate([post(**post_parts)], {"p": rows})
    found = report.layers.get(layer, Score())
    return found.gold, found.found, found.hit


def test_a_right_a_wrong_and_a_missed_row() -> None:
    gold = {"mentions": [item("3元", value="3"), item("5元", value="5")]}
    report = evaluate([post(**gold)], {"p": [row("3元", value="3"), row("乙公司", value="9")]})
    money = report.layers["money"]
    assert (money.gold, money.found, money.hit) == (2, 2, 1)
    assert (money.precision, money.recall, money.f1) == (0.5, 0.5, 0.5)
    assert [line.split()[0] for line in fault_lines(report.faults)] == ["-", "+"]


@pytest.mark.parametrize(
    ("cells", "hit"),
    [
        ({"value": "3"}, 1),
        ({"value": "3.0005"}, 1),
        ({"value": "3.01"}, 0),
        ({"value": "3", "unit": "cny"}, 1),
        ({"value": "3", "unit": "USD"}, 0),
        ({"value_min": "3"}, 0),
    ],
    ids=str,
)
def test_a_value(cells: dict[str, str], hit: int) -> None:
    assert score({"mentions": [item(value="3")]}, [row(**cells)]) == (1, 1, hit)


def test_one_row_satisfies_one_item() -> None:
    twice = [item("3元", value="3"), item("营收3元", value="3")]
    assert score({"mentions": twice}, [row("3元", value="3")]) == (2, 1, 1)


def test_a_matching_is_the_largest() -> None:
    first_takes_all = {(0, 0), (0, 1), (1, 0)}
    items = post(mentions=[item("3元"), item("5元")]).items
    rows = [row("3元"), row("5元")]
    places = {id(one): place for place, one in enumerate([*items, *rows])}
    right = lambda one, other: (places[id(one)], places[id(other)] - 2) in first_takes_all  # noqa: E731
    assert matching(items, rows, right) == {0: 1, 1: 0}


CLAIM = {"label": "metric", "subject": ["甲公司"], "predicate": ["营收", "收入"], "value_min": "3", "value_max": "3"}
STATED = {"unit": "CNY", "measure": "level", "direction": "", "certainty": "asserted", "period": ["2025", ""]}


@pytest.mark.parametrize(
    ("cells", "core", "full"),
    [
        ({}, 1, 1),
        ({"subject": "甲"}, 0, 0),
        ({"predicate": "总收入"}, 1, 1),
        ({"period": "2025"}, 1, 1),
        ({"period": "2024"}, 1, 0),
        ({"certainty": "rumored"}, 1, 0),
        ({"comparison": "yoy"}, 1, 1),
    ],
    ids=str,
)
def test_a_metric(cells: dict[str, str], core: int, full: int) -> None:
    found = row(
        "甲公司营收3元",
        **{"kind": "claim", "label": "metric", "subject": "甲公司", "predicate": "收入", "value": "3"}
        | {"measure": "level", "certainty": "asserted"}
        | cells,
    )
    assert score({"claims": [{**CLAIM, **STATED}]}, [found], "metric") == (1, 1, core)
    assert score({"claims": [{**CLAIM, **STATED}]}, [found], "metric.full") == (1, 1, full)


def test_another_surface_of_the_entity_answers_for_it() -> None:
    entity = {"label": "ORG", "text": "甲公司", "start": 0, "end": 3, "name": "甲集团"}
    found = row("甲公司", kind="entity", label="ORG", name="甲公司")
    assert score({"entities": [entity]}, [found], "entity.linked") == (1, 1, 1)


def test_trends_count_only_where_the_gold_has_them() -> None:
    found = row("营收", kind="claim", label="trend", subject="甲公司", predicate="营收", direction="up")
    assert score({}, [found], "trend") == (0, 0, 0)
    wanted = {"label": "trend", "subject": ["甲公司"], "predicate": ["营收"], "direction": "down"}
    assert score({"claims": [wanted]}, [found], "trend") == (1, 1, 0)


def test_of_a_partial_post_only_the_judged_rows_count() -> None:
    judged = {"partial": True, "mentions": [item("3元", value="3")], "wrong": [item("5元", value="5")]}
    assert score(judged, [row("3元", value="3"), row("5元", value="5"), row("乙公司", value="9")]) == (1, 2, 1)
    assert score(judged, [row("3元", value="4"), row("5元", value="7")]) == (1, 1, 0)


def test_by_label_and_rule() -> None:
    gold = {"mentions": [item("3元", value="3", label="price"), item("5元", value="5", rule="old.rule")]}
    report = evaluate([post(**gold)], {"p": [row("3元", value="3", rule="new.rule")]})
    assert {name: (s.gold, s.found, s.hit, s.right) for name, s in report.labels.items()} == {
        "money.amount": (1, 1, 0, 1),
        "money.price": (1, 0, 1, 0),
    }
    assert {name: (s.gold, s.found) for name, s in report.rules.items()} == {"new.rule": (1, 1), "old.rule": (1, 0)}
    assert any(line.startswith("old.rule") for line in lines(report))


@given(st.text(max_size=8), st.text(max_size=8))
def test_what_two_texts_have_in_common(one: str, other: str) -> None:
    assert 0 <= in_common(one, other) == in_common(other, one) <= 1
    assert in_common(one, one) == 1


@given(st.decimals("0.001", 10**12, places=3))
def test_a_number_is_the_same_as_itself_and_not_as_its_double(number: Any) -> None:
    assert same_number(str(number), str(number))
    assert not same_number(str(number), str(number * 2))
