"""Times, notices in lines, hidden junk: the parts below the templates."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.jammer import without_jammer
from pipeline.clean.markers import markers
from pipeline.clean.times import Clock, clock, when
from tests.cases import cases

ZONE = ZoneInfo("Asia/Shanghai")
SEEN = datetime(2025, 3, 5, 8, 30, tzinfo=ZONE)


@pytest.mark.parametrize("case", cases("clean/cases/times.jsonl"))
def test_time(case):
    found = when(case["text"], Clock(ZONE, SEEN), markers())
    assert (found.isoformat() if found else None) == case["time"]


def test_relative_times_need_an_anchor():
    assert when("3 小时前", Clock(ZONE), markers()) is None


@pytest.mark.parametrize("case", cases("clean/cases/footers.jsonl"))
def test_footer(case):
    found = clock(case["footer"], ZONE, datetime(2025, 1, 1, tzinfo=UTC))
    assert found.seen_at.isoformat() == case["seen_at"]


@pytest.mark.parametrize("case", cases("clean/cases/lines.jsonl"))
def test_line(case):
    assert markers().of_line(case["line"]) == case["marker"]


SIGNS = st.characters(min_codepoint=0x21, max_codepoint=0x3B)
LETTERS = st.characters(min_codepoint=0x3F, max_codepoint=0x7E)
JAMMER = st.lists(st.tuples(SIGNS, LETTERS), min_size=5, max_size=15).map(
    lambda pairs: "".join(f"{sign} {letter}" for sign, letter in pairs)
)


@given(JAMMER)
def test_jammer_goes_from_both_ends(junk):
    assert without_jammer("运费九百元。" + junk) == "运费九百元。"
    assert without_jammer(junk + "运费九百元。") == "运费九百元。"


@pytest.mark.parametrize("line", ["a b c d e f g h", "2 x 3 = 6", "Plan A or Plan B? I say A", "1 2 3 4 5 6 7 8 9"])
def test_letters_and_figures_are_no_jammer(line):
    assert without_jammer(line) == line
