"""The index of surfaces finds what comparing each of them at each place finds."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.mentions.entities.lookup import lookup

LETTERS = "中国平安ab1 \U00020000"


@given(st.lists(st.text(LETTERS, min_size=1, max_size=9), unique=True), st.text(LETTERS, max_size=40))
def test_every_place_of_every_surface(surfaces: list[str], text: str) -> None:
    found = [(hit.start, hit.end, surfaces[hit.surface]) for hit in lookup(surfaces).hits(text)]
    there = [
        (start, start + len(one), one) for one in surfaces for start in range(len(text)) if text.startswith(one, start)
    ]
    assert sorted(found) == sorted(there)


def test_what_nothing_else_begins_with_is_compared_behind_the_index() -> None:
    surfaces = ["中国平安", "中国平安保险集团", "中国平安保险股份有限公司", "中国"]
    index = lookup(surfaces)
    assert index.rests == bytes([0, 1, 5, 0])
    assert [surfaces[hit.surface] for hit in index.hits("中国平安保险股份有限公")] == ["中国", "中国平安"]
