"""Dates and periods, case by case; a case may leave out the days it does not care for."""

import json
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import LexiconError
from pipeline.language.fold import fold
from pipeline.lexicons import using
from pipeline.mentions.context import Context, FiscalYear
from pipeline.mentions.dates import find_dates
from pipeline.mentions.dates.words import words
from pipeline.records import Mention

CASES = [
    json.loads(line)
    for path in sorted((Path(__file__).parent / "cases").glob("*.jsonl"))
    for line in path.read_text("utf-8").splitlines()
]
CALENDARS = {
    "nvidia": FiscalYear((1, 31), 6),
    "apple": FiscalYear((9, 30), 5),
    "microsoft": FiscalYear((6, 30)),
    "alibaba": FiscalYear((3, 31)),
    "amd": FiscalYear((12, 31)),
}


def context(text: str, posted_at: str | None = None, entities: tuple[Mention, ...] = ()) -> Context:
    day = datetime.fromisoformat(posted_at) if posted_at else None
    return Context(text, fold(text), day, entities=entities, fiscal_year=CALENDARS.get)


def names(case: dict[str, Any]) -> tuple[Mention, ...]:
    """The case's entities: name → ``[label, id]``, at their first place in the text."""
    found = []
    for name, (label, key) in case.get("entities", {}).items():
        start = case["text"].index(name)
        found.append(Mention("entity", label, start, start + len(name), "test", name=name, entity_id=key))
    return tuple(found)


def shown(text: str, mentions: list[Mention]) -> list[dict[str, str]]:
    return [
        {
            "text": text[m.start : m.end],
            "label": m.label,
            "period": m.period,
            "start": m.period_start,
            "end": m.period_end,
        }
        for m in mentions
    ]


@pytest.mark.parametrize("case", CASES, ids=[f"{c['phenomenon']}:{c['text']}" for c in CASES])
def test_case(case: dict[str, Any]) -> None:
    found = shown(case["text"], find_dates(context(case["text"], case.get("posted_at"), names(case))))
    wanted = case["want"]
    asked = [{key: row[key] for key in want} for row, want in zip(found, wanted, strict=False)]
    assert [row["text"] for row in found] == [want["text"] for want in wanted]
    assert asked == wanted


def test_label_is_date_for_one_day_only() -> None:
    text = "2025年11月1日和2025年11月"
    assert [row["label"] for row in shown(text, find_dates(context(text)))] == ["date", "period"]


@pytest.mark.parametrize(
    ("text", "inferred"), [("2025年10月", ()), ("10月销量", ("period",)), ("去年", ("period",)), ("FY2025", ())]
)
def test_inferred_says_what_the_context_gave(text: str, inferred: tuple[str, ...]) -> None:
    assert [m.inferred for m in find_dates(context(text, "2025-11-03"))] == [inferred]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("2025年11月1日", "date.absolute.day"),
        ("2025-11-01", "date.absolute.ymd"),
        ("去年第三季度", "date.relative.quarter"),
        ("第二财季", "date.fiscal.quarter"),
        ("2021-2023年", "date.range"),
        ("近三年", "date.rolling"),
        ("第三季度好于去年同期", "date.same_period"),
    ],
)
def test_rule_tells_the_mechanism(text: str, rule: str) -> None:
    assert find_dates(context(text, "2025-11-03"))[-1].rule == rule


def test_a_user_adds_festivals_and_words(tmp_path: Path) -> None:
    lexicon = """
        [[festivals]]
        fixed = [8, 8]
        words = ["会员日"]
        [[relative]]
        unit = "day"
        offset = -1
        words = ["昨个"]
    """
    (tmp_path / "dates.toml").write_text(lexicon, "utf-8")
    with using(str(tmp_path)):
        found = find_dates(context("去年会员日和昨个", "2025-11-03"))
    assert [m.period for m in found] == ["2024-08-08", "2025-11-02"]


@pytest.mark.parametrize("lexicon", ["[[festivals]]\nfixed = [8, 8]", "[[relative]]\nwords = ['昨个']", "[[relative"])
def test_a_bad_lexicon_is_reported(tmp_path: Path, lexicon: str) -> None:
    (tmp_path / "dates.toml").write_text(lexicon, "utf-8")
    with using(str(tmp_path)), pytest.raises(LexiconError, match=r"dates\.toml"):
        find_dates(context("昨天"))


HAN = "〇一二三四五六七八九"


def read_out(day: date) -> str:
    return "".join(HAN[int(d)] for d in str(day.year))


def small(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else HAN[tens] + "十") + (HAN[ones] if ones or not tens else "")


FORMS = [
    lambda d: d.isoformat(),
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d.year}.{d.month:02}.{d.day:02}",
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日",
    lambda d: f"{d.year}年{d.month}月{d.day}號",
    lambda d: f"{read_out(d)}年{small(d.month)}月{small(d.day)}日",
    lambda d: f"{d:%Y%m%d}",
    lambda d: f"民國{d.year - 1911}年{d.month}月{d.day}日",
    lambda d: f"公元{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d.year % 100:02}年{d.month}月{d.day}日",
]
DAYS = st.dates(date(1950, 1, 1), date(2030, 12, 31))


@given(
    DAYS,
    st.sampled_from(FORMS),
    st.sampled_from(["", "于", "公告。", "（"]),
    st.sampled_from(["", "，公告", "发布", "）"]),
)
def test_any_day_reads_back(day: date, form: Any, before: str, after: str) -> None:
    text = before + form(day) + after
    [found] = find_dates(context(text, "2025-11-03"))
    assert (found.period, found.label) == (day.isoformat(), "date")
    assert text[found.start : found.end] == form(day)


@given(DAYS, DAYS, st.sampled_from(FORMS[:5]), st.sampled_from(["至", "到", "-", "—", "~"]))
def test_any_range_reads_back(first: date, last: date, form: Any, join: str) -> None:
    first, last = sorted((first, last + timedelta(days=1)))
    [found] = find_dates(context(form(first) + join + form(last)))
    assert (found.period_start, found.period_end) == (first.isoformat(), last.isoformat())


ATOMS = st.one_of(
    st.sampled_from("年月日号第三上下近前后底初周五十〇的，。:>天个半大元-至,/.\n"),
    st.sampled_from(["2025", "10", "31", "29", "9999", "0000", "99999999", "Q3", "FY", "H1", "W53", "Feb "]),
    st.sampled_from(["季度", "财年", "世纪", "年代", "未来", "民国", "年底", "截至", "补充"]),
    st.sampled_from(sorted(words().meanings)),
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(ATOMS, max_size=30).map("".join))
CLOCKS = st.one_of(st.none(), st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)))


@settings(max_examples=400, deadline=None)
@given(TEXTS, CLOCKS)
def test_random_text_gives_ordered_spans_and_real_days(text: str, clock: datetime | None) -> None:
    found = find_dates(Context(text, fold(text), clock))
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    for m in found:
        if m.period_start and m.period_end:
            assert date.fromisoformat(m.period_start) <= date.fromisoformat(m.period_end)
        assert m.label == "period" or m.period_start == m.period_end
