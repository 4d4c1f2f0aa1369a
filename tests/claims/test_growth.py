"""Twice the post, twice the work: counted in calls, which no load on the machine changes."""

import sys
from datetime import UTC, datetime
from types import FrameType

import pytest

from pipeline.extractor import Extractor
from pipeline.records import Post

SHORT = 2_500  # characters: more than two sentences of the greatest length


def calls(extractor: Extractor, text: str) -> int:
    """How many functions of ours and of the interpreter an extraction calls."""
    count = 0

    def tally(frame: FrameType, event: str, arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    post = Post("test", "", text, posted_at=datetime(2025, 11, 3, tzinfo=UTC))
    before = sys.getprofile()
    sys.setprofile(tally)
    try:
        extractor.extract(post)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("pattern", ["分别为3%、5%和7%，", "3亿元、", "3%\t", "营收3亿元", "同比增长3%、"])
def test_the_calls_of_a_line_without_an_end_grow_with_its_length(pattern: str) -> None:
    extractor = Extractor()
    short = pattern * (SHORT // len(pattern))
    calls(extractor, short)  # lexicons read, words looked up
    assert calls(extractor, short * 4) <= 4.6 * calls(extractor, short)
