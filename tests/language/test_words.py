import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language.sentences import sentences
from pipeline.language.words import Words, tag


def words_of(text, protected=()):
    words = Words(text, sentences(text))
    words.protect(protected)
    return words


def test_a_protected_span_is_one_word():
    text = "数万张英伟达显卡"
    assert (3, 6, "英伟达") in words_of(text, [(0, 3), (3, 6)]).between(0, len(text))


def test_words_cover_their_sentence():
    text = "营收同比增长。利润下降了。"
    assert "".join(word for _, _, word in words_of(text).between(0, len(text))) == text


@settings(deadline=None)
@given(st.text(alphabet="营收增长亿元的在，。 a3"), st.integers(0, 10), st.integers(1, 5))
def test_words_never_cross_a_protected_span(text, start, length):
    span = (start, min(start + length, len(text)))
    inside = any(left <= span[0] and span[1] <= right for left, right in sentences(text))
    if span[0] >= span[1] or not inside:
        return
    for left, right, _ in words_of(text, [span]).between(0, len(text)):
        assert right <= span[0] or left >= span[1] or (left, right) == span


@pytest.mark.parametrize(
    ("word", "expect"), [("利润", "n"), ("表示", "v"), ("的", "uj"), ("很好吃吗哈", "x"), ("A股", "n")]
)
def test_tag(word, expect):
    assert tag(word) == expect
