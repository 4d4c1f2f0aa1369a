"""What holds for every text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language.fold import fold
from pipeline.mentions.context import Context
from pipeline.mentions.entities import find_entities
from pipeline.mentions.entities.rows import LABELS
from tests.mentions.entities.marked import entities

PIECES = [
    "英伟达",
    "NVDA",
    "$",
    "(",
    ")",
    "苹果",
    "公司",
    "有限公司",
    "CEO",
    "·",
    "《",
    "》",
    "“",
    "”",
    "RTX 5090",
    " ",
    "\n",
]
PIECES += [
    "北京",
    "路",
    "表示",
    "张三",
    "以下简称",
    "集团",
    "对",
    "𠮷",
    "😀",
    "İ",
    "ﬁ",
    "Ａ",
    "@",
    ".com",
    "Q3",
    "酒店",
    "、",
]
texts = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=20).map("".join))


@settings(max_examples=150, deadline=None)
@given(texts)
def test_spans_lie_in_the_text_in_order_without_overlap(text: str) -> None:
    at = 0
    for one in entities(text):
        assert at <= one.start < one.end <= len(text)
        assert one.kind == "entity"
        assert one.label in LABELS
        assert one.name
        assert one.rule.startswith("entity.")
        assert text[one.start : one.end].strip() == text[one.start : one.end]
        at = one.end


@settings(max_examples=80, deadline=None)
@given(texts)
def test_words_are_not_needed(text: str) -> None:
    folded = fold(text)
    assert all(one.end <= len(text) for one in find_entities(Context(text, folded)))


@given(texts)
@settings(max_examples=50, deadline=None)
def test_the_same_text_gives_the_same_names(text: str) -> None:
    assert entities(text) == entities(text)


def test_names_inside_taken_spans_are_left_out() -> None:
    text = "英伟达涨了"
    assert find_entities(Context(text, text))
    assert not find_entities(Context(text, text, taken=[(0, 3)]))
