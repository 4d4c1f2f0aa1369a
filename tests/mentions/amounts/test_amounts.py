"""Money, percent and quantity: cases by phenomenon, and what must hold of any text."""

from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.fold import fold
from pipeline.mentions.amounts import currency_of, find_amounts
from pipeline.mentions.context import Context
from pipeline.records import Mention
from tests.cases import cases
from tests.mentions.numerals.writing import FORMS

FILES = sorted(path.name for path in (Path(__file__).parent / "cases").glob("*.jsonl"))
CASES = [case for name in FILES for case in cases(f"mentions/amounts/cases/{name}")]
PARTS = (
    "3 12 1,200 0.5 十 三百 两 几 半 百 千 万 亿 多 余 元 块 毛 美元 $ ¥ US$ % ‰ 个百分点 倍 成 折 个 家 年 小时 纳米 "
    "kg - ~ 至 、 和 / 每股 一张 超 近 约 不到 以上 左右 ， 。 : （ ） 涨 亏损 单位：亿元 百分之 分之 翻 番 W k EPS"
)
PIECES = st.lists(st.sampled_from([*PARTS.split(" "), "\n", " "]), max_size=14).map("".join)


def amounts(text: str, **context: Any) -> list[Mention]:
    return find_amounts(Context(text=text, folded=fold(text), **context))


def number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


@pytest.mark.parametrize("case", CASES)
def test_finds(case: dict[str, Any]) -> None:
    text = case["text"]
    wanted = [
        (w["kind"], w["text"], number(w["min"]), number(w["max"]), w["unit"], w["qualifier"], w.get("direction", ""))
        for w in case["want"]
    ]
    assert [
        (m.kind, text[m.start : m.end], m.value_min, m.value_max, m.unit, m.qualifier, m.direction)
        for m in amounts(text)
    ] == wanted


@pytest.mark.parametrize("form", sorted(FORMS))
@given(value=st.integers(1, 10**12))
def test_money_reads_back_from_any_form(form: str, value: int) -> None:
    (mention,) = amounts(f"共{FORMS[form](value)}美元。")
    assert (mention.value_min, mention.value_max, mention.unit) == (value, value, "USD")


CENTS = {
    "元角分": lambda y, j, f: f"{y}元{j}角{f}分",
    "块毛分": lambda y, j, f: f"{y}块{j}毛{f}分",
    "块毛 and a digit": lambda y, j, f: f"{y}块{j}毛{f}",
    "decimal": lambda y, j, f: f"{y}.{j}{f}元",
    "symbol": lambda y, j, f: f"¥{y:,}.{j}{f}",
    "capitals": lambda y, j, f: (
        f"人民币{FORMS['capitals'](y)}元{'零壹贰叁肆伍陆柒捌玖'[j]}角{'零壹贰叁肆伍陆柒捌玖'[f]}分"
    ),
}


@pytest.mark.parametrize("form", sorted(CENTS))
@given(yuan=st.integers(1, 10**6), jiao=st.integers(1, 9), fen=st.integers(1, 9))
def test_yuan_jiao_and_fen_read_back(form: str, yuan: int, jiao: int, fen: int) -> None:
    text = f"共{CENTS[form](yuan, jiao, fen)}。"
    (mention,) = amounts(text)
    wanted = yuan + Decimal(jiao) / 10 + Decimal(fen) / 100
    assert (mention.value_min, mention.value_max, mention.unit) == (wanted, wanted, "CNY"), text
    assert text[mention.start : mention.end] == text[1:-1]


PERCENTS = {
    "%": lambda n: (f"{n}%", n, "%"),
    "full width": lambda n: (f"{n}％", n, "%"),
    "spelled": lambda n: (f"百分之{FORMS['chinese'](n)}", n, "%"),
    "‰": lambda n: (f"{n}‰", Decimal(n) / 10, "%"),
    "points": lambda n: (f"{n}个百分点", n, "pp"),
    "basis points": lambda n: (f"{n}个基点", Decimal(n) / 100, "pp"),
    "bp": lambda n: (f"{n}bp", Decimal(n) / 100, "pp"),
    "times": lambda n: (f"{n}倍", n, "x"),
    "fraction": lambda n: (f"{FORMS['chinese'](n + 1)}分之一", None, "%"),
}


@pytest.mark.parametrize("form", sorted(PERCENTS))
@given(number=st.integers(1, 900))
def test_percentages_read_back(form: str, number: int) -> None:
    written, wanted, unit = PERCENTS[form](number)
    (mention,) = amounts(f"约占{written}，")
    assert mention.unit == unit
    if wanted is None:
        assert abs(Decimal(100) / (number + 1) - (mention.value_min or 0)) < Decimal("0.0001")
    else:
        assert (mention.value_min, mention.value_max) == (wanted, wanted), written


@given(
    low=st.integers(1, 5000),
    step=st.integers(1, 5000),
    dash=st.sampled_from("-–—~～至到"),
    unit=st.sampled_from(["元", "万元", "亿美元", "%", "个百分点", "倍", "公里", "家", "GW"]),
    twice=st.booleans(),
)
def test_a_range_reads_back_whichever_end_has_the_unit(low: int, step: int, dash: str, unit: str, twice: bool) -> None:
    text = f"为{low}{unit if twice else ''}{dash}{low + step}{unit}。"
    (mention,) = amounts(text)
    factor = {"万": 10**4, "亿": 10**8}.get(unit[0], 1)
    assert (mention.value_min, mention.value_max) == (low * factor, (low + step) * factor), text
    assert (mention.qualifier, text[mention.start : mention.end]) == ("range", text[1:-1])


@given(value=st.decimals("0", "1000", places=2), sign=st.sampled_from(["", "-", "+"]))
def test_a_signed_percentage_keeps_a_positive_value(value: Decimal, sign: str) -> None:
    text = f"涨跌幅{sign}{value}%"
    (mention,) = amounts(text)
    assert (mention.value_min, mention.value_max, mention.unit) == (value, value, "%")
    assert mention.direction == {"": "", "-": "down", "+": "up"}[sign]
    assert text[mention.start] not in "+-"


@given(text=st.text() | PIECES)
def test_any_text_gives_ordered_mentions_with_sound_bounds(text: str) -> None:
    mentions = amounts(text)
    for mention in mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.value_min is not None or mention.value_max is not None
        assert mention.unit
        assert mention.unit.split("/")[0] != "LOCAL"
        assert all(value is None or value >= 0 for value in (mention.value_min, mention.value_max))
        if mention.value_min is not None and mention.value_max is not None:
            assert mention.value_min <= mention.value_max
    assert all(left.end <= right.start for left, right in pairwise(mentions))


@given(text=PIECES, start=st.integers(0, 20), length=st.integers(1, 8))
def test_nothing_is_found_in_what_others_have_taken(text: str, start: int, length: int) -> None:
    for mention in amounts(text, taken=[(start, start + length)]):
        assert mention.end <= start or mention.start >= start + length


@pytest.mark.parametrize(
    ("text", "surface", "unit", "inferred"),
    [
        ("营收71亿美元，上年是66亿", "66亿", "USD", ("unit",)),
        ("净亏8000万", "8000万", "CNY", ("unit",)),
        ("花了30块", "30块", "CNY", ()),
        ("這間房間要價三千塊", "三千塊", "TWD", ("unit",)),
        ("分别拿到2、5、9亿元", "2", "CNY", ("unit",)),
    ],
)
def test_what_context_gives_is_marked(text: str, surface: str, unit: str, inferred: tuple[str, ...]) -> None:
    (mention,) = [m for m in amounts(text) if text[m.start : m.end] == surface]
    assert (mention.unit, mention.inferred) == (unit, inferred)


def test_the_setting_gives_the_local_currency() -> None:
    assert [m.unit for m in amounts("一碗面45块，房租3万", currency="TWD")] == ["TWD", "TWD"]


@pytest.mark.parametrize(
    ("site", "setting", "currency"),
    [
        ("", "CNY", "CNY"),
        ("bbs.example.com", "CNY", "CNY"),
        ("forum.example.com.tw:8080", "CNY", "TWD"),
        ("www.ptt.cc", "CNY", "TWD"),
        ("bbs.example.hk", "CNY", "HKD"),
        ("bbs.example.hk", "USD", "USD"),
        ("notptt.cc", "CNY", "CNY"),
    ],
)
def test_the_site_gives_the_local_currency_unless_the_setting_does(site: str, setting: str, currency: str) -> None:
    assert currency_of(site, setting) == currency


@pytest.mark.parametrize(
    "unit", ["9", "9元", "-9%", "万亿", "3、", "1-", "百分之", "一张", "单位：亿元 ", "9\n: ", "约", "$"]
)
def test_long_repetitions_are_read(unit: str) -> None:
    text = unit * 2000
    assert all(m.start < m.end for m in amounts(text))


COMPANIES = {"甲": "USD", "乙": "HKD", "丙": ""}  # as they are named, and where their shares trade


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("甲目标价120，乙目标价40", ["USD", "HKD"]),
        ("甲的股票跌到170就加仓", ["USD"]),
        ("股票我180买的。甲今年分红了", ["USD"]),
        ("丙目标价120", ["CNY"]),
        ("甲营收765亿，净利277亿", ["USD", "USD"]),
        ("甲手机花了2万", ["CNY"]),
        ("丙营收765亿", ["CNY"]),
        ("甲目标价900元", ["CNY"]),
    ],
)
def test_a_company_gives_the_currency_of_its_shares_and_large_sums(text: str, units: list[str]) -> None:
    named = [
        Mention("entity", "ORG", at, at + 1, "test", entity_id=char)
        for at, char in enumerate(text)
        if char in COMPANIES
    ]
    found = amounts(text, entities=named, shares_in=COMPANIES.__getitem__, reports_in=COMPANIES.__getitem__)
    assert [mention.unit for mention in found] == units
