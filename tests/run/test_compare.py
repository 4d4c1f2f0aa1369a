import pytest

from pipeline.errors import InputError
from pipeline.run.compare import KEY, claims, comparable, groups, lines


def row(post, low, high=None, direction="", **more):
    base = dict.fromkeys(KEY, "") | {"subject": "小米", "predicate": "营收", "measure": "level", "unit": "CNY"}
    rest = {"post_id": post, "value_min": low, "value_max": low if high is None else high, "direction": direction}
    return base | rest | {"certainty": "asserted", "text": "…"} | more


@pytest.mark.parametrize(
    ("rows", "agree"),
    [
        ([row("a", "100"), row("b", "100")], True),
        ([row("a", "100"), row("b", "100.5")], True),
        ([row("a", "100"), row("b", "150")], False),
        ([row("a", "100", ""), row("b", "150")], True),
        ([row("a", "", "120"), row("b", "150")], False),
        ([row("a", "90", "110"), row("b", "100")], True),
        ([row("a", "5", direction="up"), row("b", "5", direction="down")], False),
    ],
)
def test_agreement(rows, agree):
    assert [group.agrees() for group in groups(rows)] == [agree]


@pytest.mark.parametrize(
    "rows",
    [
        [row("a", "1"), row("a", "2")],
        [row("a", "1"), row("b", "2", unit="USD")],
        [row("a", "1", period="2024"), row("b", "2")],
    ],
)
def test_what_is_not_compared(rows):
    assert groups(rows) == []


@pytest.mark.parametrize(
    ("more", "wanted"),
    [({}, True), ({"subject": "我"}, False), ({"subject": ""}, False), ({"certainty": "question"}, False)],
)
def test_whose_claims_are_compared(more, wanted):
    assert comparable(row("a", "1", label="metric", **more)) is wanted


def test_only_contradictions_are_printed_unless_all_is_asked_for():
    shared = groups([row("a", "1"), row("b", "1"), row("a", "1", predicate="利润"), row("b", "2", predicate="利润")])
    assert sum("posts" in line for line in lines(shared)) == 1
    assert sum("posts" in line for line in lines(shared, everything=True)) == 2


def test_a_file_that_is_no_table_is_named(tmp_path):
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(InputError, match=r"x\.csv is no table"):
        list(claims(tmp_path / "x.csv"))
