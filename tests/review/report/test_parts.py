"""Words, numbers, windows of time: the parts of the report."""

import re
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest

from pipeline.review.report.data import Facts, Point, Shelf, gather, top
from pipeline.review.report.plots.activity import window
from pipeline.review.report.plots.course import worth
from pipeline.review.report.plots.parts import short
from pipeline.review.report.words import LANGUAGES, words
from pipeline.table.formats import read_table
from pipeline.table.schema import NAMES, POST_NAMES

DAY = date(2025, 6, 2)


def test_both_languages_have_the_same_words() -> None:
    one, other = (words(language).table for language in LANGUAGES)
    assert set(one) == set(other)
    places = re.compile(r"\{(\w+)\}")
    for key in one:
        assert sorted(places.findall(one[key])) == sorted(places.findall(other[key])), key


MADE = re.compile(r"bin_\w+|head_\w+|\w+_note|\w+_none|activity_\w+")
"""Keys that the code puts together."""


def test_no_word_is_left_over() -> None:
    home = Path(str(files("pipeline.review.report")))
    code = [path.read_text("utf-8") for path in home.rglob("*") if path.suffix in (".py", ".html", ".js")]
    used = set(re.findall(r"\w+", " ".join(code)))
    assert [key for key in words("zh").table if key not in used and not MADE.fullmatch(key)] == []


@pytest.mark.parametrize(
    ("number", "chinese", "english"),
    [
        ("35080000000", "350.8亿", "35.08 bn"),
        ("1.5", "1.5", "1.5"),
        ("0.0125", "0.0125", "0.0125"),
        ("9999", "9999", "9.999 k"),
        ("12345678", "1235万", "12.35 m"),
        ("3800000000000", "3.8万亿", "3.8 tn"),
        ("0", "0", "0"),
        ("66.6667", "66.67", "66.67"),
    ],
)
def test_numbers_are_written_with_the_scales_of_the_language(number: str, chinese: str, english: str) -> None:
    assert words("zh").amount(Decimal(number)) == chinese
    assert words("en").amount(Decimal(number)) == english


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("英伟达", "英伟达"),
        ("a\nb  c", "a b c"),
        ("数据中心业务营收增长", "数据中心业务营收…"),
        ("\x07x\ue000", "x"),
        ("", ""),
    ],
)
def test_labels_are_short_and_drawable(text: str, wanted: str) -> None:
    assert short(text, 8) == wanted


@pytest.mark.parametrize(
    ("days", "name", "outside"),
    [
        ([0, 1, 2], "day", 0),
        ([0, 30, 100], "week", 0),
        ([0, 500, 900], "month", 0),
        ([0, 5000], "year", 0),
        ([*range(100, 140), -4000], "day", 1),
    ],
)
def test_the_window_of_time(days: list[int], name: str, outside: int) -> None:
    facts = Facts(days=Counter({(DAY + timedelta(days=day), ""): 1 for day in days}))
    found = window(facts)
    assert (found.bin, found.outside) == (name, outside)


def test_a_story_is_worth_more_than_many_points_of_one_time() -> None:
    def point(subject: str, day: int) -> Point:
        at = DAY + timedelta(days=day)
        return Point(subject, Decimal(1), Decimal(1), at, at, "asserted")

    assert worth([point("甲", 0), point("甲", 90)]) > worth([point("甲", 0), point("乙", 0), point("丙", 0)])


def test_the_shelf_keeps_reviewed_posts_then_those_with_claims() -> None:
    shelf = Shelf(4)
    for number in range(50):
        claims = number % 3
        rows = [{**dict.fromkeys(NAMES, ""), "kind": "claim" if place < claims else "date"} for place in range(2)]
        if number == 7:
            rows[0]["review"] = "ok"
        shelf.put({**dict.fromkeys(POST_NAMES, ""), "post_id": str(number)}, rows)
    assert [shown.post["post_id"] for shown in shelf.all()] == ["2", "7"]


def test_top() -> None:
    assert top(Counter("aaabbc"), 2) == ([("a", 3), ("b", 2)], 1)


def test_what_is_counted_is_what_the_tables_hold(tables: Path) -> None:
    facts = gather(tables, 10_000)
    rows, posts = list(read_table(tables)), {row["post_id"] for row in read_table(tables, "posts")}
    assert (facts.posts, facts.rows) == (len(posts), len(rows))
    assert sum(facts.kinds.values()) == len(rows)
    assert sum(count.total() for count in facts.certainty.values()) == sum(row["kind"] == "claim" for row in rows)
    mentioned = {(row["post_id"], row["name"], row["label"]) for row in rows if row["kind"] == "entity"}
    assert facts.entities.total() == len(mentioned)
    assert facts.days.total() + facts.undated == facts.posts
    assert facts.rejected.total() == 1
