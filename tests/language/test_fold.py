import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.fold import fold, is_plain, is_traditional, traditional
from tests.cases import cases


@pytest.mark.parametrize("case", cases("language/cases/fold.jsonl"))
def test_fold(case):
    assert fold(case["text"]) == case["expect"]


@given(st.text())
def test_length_is_kept(text):
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="營收億美元利润的了一３％，：Ａa1"))
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "expect"), [("這筆貸款總額為十億", True), ("这笔贷款总额为十亿", False), ("NVDA 3%", False), ("", False)]
)
def test_is_traditional(text, expect):
    assert is_traditional(text) is expect


def test_what_is_taken_as_plain_converts_to_nothing_else():
    every = [chr(code) for code in range(0x4E00, 0xA000)]
    assert [char for char in every if is_plain(char) and ord(char) in traditional()] == []
