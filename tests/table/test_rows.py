import hashlib
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from pipeline.records import Claim, Mention, Post, Quote
from pipeline.table.rows import extraction_rows, post_row
from pipeline.table.schema import Row

from .samples import Found, claim, money

TEXT = "这一年营收涨到30亿元。大家都觉得还可以，也有人不信。隔壁那家也是30亿元，成本20亿元。"


def rows_of(text: str, *items: Mention | Claim, **more: list[tuple[int, int]]) -> list[Row]:
    post = Post("t:1:1", "raw/a.html", text)
    mentions = [item for item in items if isinstance(item, Mention)]
    claims = [item for item in items if isinstance(item, Claim)]
    found = extraction_rows(Found(post, mentions, claims, **more))
    assert not found.faults
    return found.rows


def ids(rows: list[Row], kind: str = "money") -> list[str]:
    return [row["row_id"] for row in rows if row["kind"] == kind]


def test_a_claim_names_its_parts() -> None:
    amount = money(TEXT, "30亿元", "3E9")
    clause, part = rows_of(TEXT, claim(TEXT, "营收涨到30亿元", "3E9", amount), amount)
    assert clause["parts"] == part["row_id"]
    assert (part["value_min"], clause["value_max"]) == ("3000000000", "3000000000")


def test_rows_are_sorted_by_start_and_kind() -> None:
    same = money(TEXT, "30亿元", "3E9")
    clause = claim(TEXT, "30亿元", "3E9", same)
    later = money(TEXT, "20亿元", "2E9")
    assert [row["kind"] for row in rows_of(TEXT, later, same, clause)] == ["claim", "money", "money"]


def test_equal_findings_get_ids_of_their_own_in_any_order() -> None:
    first, second = money(TEXT, "30亿元", "3E9"), money(TEXT, "30亿元", "3E9", nth=1)
    twice = claim(TEXT, "营收涨到30亿元", "3E9", period="2024"), claim(TEXT, "营收涨到30亿元", "3E9", period="2025")
    rows = rows_of(TEXT, first, second, *twice)
    assert len(set(ids(rows) + ids(rows, "claim"))) == 4
    assert rows_of(TEXT, second, *reversed(twice), first) == rows


def test_an_id_outlives_edits_elsewhere_in_the_post() -> None:
    edited = "补一句在前面。" + TEXT + "\n再补一句。"
    before = rows_of(TEXT, money(TEXT, "30亿元", "3E9", nth=1))
    after = rows_of(edited, money(edited, "30亿元", "3E9", nth=1), money(edited, "30亿元", "3E9"))
    assert ids(before)[0] == ids(after)[1]


@pytest.mark.parametrize("change", [{"subject": "别人"}, {"unit": "USD"}, {"value_max": Decimal(9)}, {"object": "谁"}])
def test_another_claim_has_another_id(change: dict[str, str]) -> None:
    one, other = (rows_of(TEXT, claim(TEXT, "营收涨到30亿元", "3", **more)) for more in ({}, change))
    assert ids(one, "claim") != ids(other, "claim")


def test_an_id_is_no_number_to_a_spreadsheet() -> None:
    rows = rows_of(TEXT, *(money(TEXT, TEXT[i : i + 2], "1") for i in range(20)))
    assert all(row["row_id"].isalpha() and len(row["row_id"]) == 16 for row in rows)


@pytest.mark.parametrize(
    ("sentences", "wanted"),
    [
        ([(0, 13), (13, len(TEXT))], TEXT[:13]),
        ([(0, 8), (8, 13), (13, len(TEXT))], TEXT[:13]),
        ([], TEXT),
    ],
    ids=["in one sentence", "across two", "without sentences"],
)
def test_the_sentence_holds_the_span(sentences: list[tuple[int, int]], wanted: str) -> None:
    (row,) = rows_of(TEXT, money(TEXT, "30亿元", "3E9"), sentences=sentences)
    assert row["sentence"] == wanted


def test_a_span_starts_behind_what_a_spreadsheet_would_run() -> None:
    text = "要点：\n- @老王 说营收30元"
    clause = claim(text, "- @老王 说营收30元", "30", subject="@老王", object="=列表", comparison="-8%")
    (row,) = rows_of(text, clause)
    assert (row["text"], row["start"], row["sentence"]) == ("老王 说营收30元", "7", "老王 说营收30元")
    assert (row["subject"], row["object"], row["comparison"]) == ("老王", "列表", "-8%")


def test_a_row_that_breaks_the_contract_is_left_out_and_named() -> None:
    good, bad = money(TEXT, "30亿元", "3E9"), money(TEXT, "20亿元", "2E9", unit="块")
    stated = claim(TEXT, "隔壁那家也是30亿元，成本20亿元", "2E9", bad, money(TEXT, "30亿元", "3E9", nth=1))
    found = extraction_rows(Found(Post("t:1:1", "", TEXT), [good, bad, stated.parts[1]], [stated]))
    assert [row["kind"] for row in found.rows] == ["money", "claim", "money"]
    assert found.rows[1]["parts"] == found.rows[2]["row_id"]
    (fault,) = found.faults
    assert "unit '块' does not belong to money" in fault
    assert "test.money" in fault


def test_a_posts_row() -> None:
    row = post_row(
        Post(
            "t:1:2",
            "raw/a.html",
            "好",
            floor=2,
            posted_at=datetime(2025, 11, 2, 13, 5, tzinfo=UTC),
            views=0,
            quoted=(Quote("前文", "老王", 1), Quote("又")),
        )
    )
    assert row["quoted"] == '[{"text": "前文", "author": "老王", "floor": 1}, {"text": "又"}]'
    assert (row["posted_at"], row["views"], row["replies"], row["is_first"]) == (
        "2025-11-02T13:05:00+00:00",
        "0",
        "",
        "false",
    )
    assert row["sha256"] == hashlib.sha256("好".encode()).hexdigest()
