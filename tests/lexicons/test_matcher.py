"""The matcher: what ends at a place is told without reading all that stands before it."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.lexicons.matcher import Matcher

MATCHER = Matcher(dict.fromkeys(("为", "约为", "约", "为约三", "的"), True))


@given(st.text("为约三的。一", max_size=20), st.integers(0, 5))
def test_the_match_that_ends_at_a_place_is_the_one_that_find_gives(text: str, start: int) -> None:
    for end in range(start, len(text) + 1):
        whole = [match for match in MATCHER.find(text, start, end) if match[1] == end]
        assert MATCHER.ending(text, start, end) == (whole[0] if whole else None)


@given(st.text(st.sampled_from("约为三的"), max_size=4))
def test_a_whole_surface_is_what_finding_gives_for_all_of_a_text(text: str) -> None:
    found = MATCHER.find(text)
    assert MATCHER.whole(text) == (True if [m[:2] for m in found] == [(0, len(text))] else None)
