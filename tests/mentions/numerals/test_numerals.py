"""The number grammar: cases by phenomenon, and what must hold of any text."""

from decimal import Decimal, localcontext
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.mentions.numerals import parse, read_numbers
from tests.cases import cases
from tests.mentions.numerals.writing import FORMS, chinese

Found = tuple[str, Decimal | None, Decimal | None, str]
NUMERIC = "0123456789,.零一二两三四五十百千万亿点半几数多余来个第-~至%年元 \nkWbn"


def number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def found(text: str) -> list[Found]:
    return [(text[n.start : n.end], n.value_min, n.value_max, n.qualifier) for n in read_numbers(text)]


@pytest.mark.parametrize("case", cases("mentions/numerals/cases/numerals.jsonl"))
def test_reads(case: dict[str, Any]) -> None:
    wanted = [(w["text"], number(w["min"]), number(w["max"]), w["qualifier"]) for w in case["want"]]
    assert found(case["text"]) == wanted


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二〇二五", "2025"),
        ("十", "10"),
        ("二十三", "23"),
        ("二三", "23"),
        ("1,200", "1200"),
        ("三点五万", "35000"),
        (" 12 ", "12"),
        ("〇八", "8"),
        ("", None),
        ("几", None),
        ("五千万美元", None),
        ("三十多", None),
        ("abc", None),
    ],
)
def test_parses_a_whole_text(text: str, value: str | None) -> None:
    assert parse(text) == number(value)


@pytest.mark.parametrize("form", sorted(FORMS))
@given(value=st.integers(0, 10**16 - 1))
def test_any_integer_reads_back_from_any_form(form: str, value: int) -> None:
    text = FORMS[form](value)
    assert [(n.value_min, n.value_max) for n in read_numbers(text)] == [(value, value)], text


@given(value=st.integers(0, 10**8), digits=st.text("0123456789", min_size=1, max_size=6))
def test_any_decimal_reads_back(value: int, digits: str) -> None:
    wanted = Decimal(f"{value}.{digits}")
    spoken = chinese(value) + "点" + "".join("零一二三四五六七八九"[int(digit)] for digit in digits)
    for text in (f"{value}.{digits}", f"{value:,}.{digits}", spoken):
        assert [n.value_min for n in read_numbers(text)] == [wanted], text


@given(value=st.decimals("0.01", "9999", places=2), scale=st.sampled_from(["万", "亿", "万亿", "k", "M", "bn"]))
def test_a_scale_multiplies(value: Decimal, scale: str) -> None:
    power = {"万": 4, "亿": 8, "万亿": 12, "k": 3, "M": 6, "bn": 9}[scale]
    (numeral,) = read_numbers(f"{value}{scale}")
    assert numeral.value_min == numeral.value_max == value * 10**power


@given(low=st.integers(1, 10**6), step=st.integers(1, 10**6), scale=st.sampled_from(["", "万", "亿"]))
def test_a_range_shares_its_scale(low: int, step: int, scale: str) -> None:
    (numeral,) = read_numbers(f"{low}-{low + step}{scale}")
    factor = {"": 1, "万": 10**4, "亿": 10**8}[scale]
    assert (numeral.value_min, numeral.value_max) == (low * factor, (low + step) * factor)
    assert numeral.qualifier == "range"


@given(value=st.integers(1, 10**9))
def test_a_minus_is_read(value: int) -> None:
    for text in (f"-{value}", f"负{chinese(value)}", f"为-{value:,}"):
        assert [n.value_max for n in read_numbers(text)] == [-value]


@given(text=st.text() | st.text(NUMERIC, max_size=60))
def test_any_text_gives_ordered_numerals_inside_it(text: str) -> None:
    numerals = read_numbers(text)
    for numeral in numerals:
        assert 0 <= numeral.start < numeral.end <= len(text)
        assert numeral.value_min is not None or numeral.value_max is not None
        if numeral.value_min is not None and numeral.value_max is not None:
            assert numeral.value_min <= numeral.value_max
    assert all(left.end <= right.start for left, right in pairwise(numerals))


@given(text=st.text(NUMERIC, max_size=40))
def test_no_numeral_is_cut_out_of_a_run_of_digits(text: str) -> None:
    for numeral in read_numbers(text):
        before, first = text[: numeral.start][-1:], text[numeral.start]
        last, after = text[numeral.end - 1], text[numeral.end : numeral.end + 1]
        assert not (before.isascii() and before.isdigit() and first.isdigit() and first.isascii())
        assert not (last.isascii() and last.isdigit() and after.isascii() and after.isdigit())


@pytest.mark.parametrize(
    "unit", ["9", "9,", "9-", "-", "万亿", "一", "一万", "3、", "1.", "三 ", "百分之", "9\n: ", "1/"]
)
def test_long_repetitions_are_read(unit: str) -> None:
    for numeral in read_numbers(unit * 3000):
        assert numeral.start < numeral.end


@pytest.mark.parametrize("text", [None, 5, b"5"])
def test_what_is_no_string_is_refused(text: Any) -> None:
    with pytest.raises(TypeError, match="wants a string"):
        read_numbers(text)


def test_the_callers_decimal_context_does_not_matter() -> None:
    text = "1,234,567.89万和三千二百一十万零五"
    wanted = read_numbers(text)
    with localcontext() as context:
        context.prec = 3
        assert read_numbers(text) == wanted
