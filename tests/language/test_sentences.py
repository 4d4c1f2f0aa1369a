from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.sentences import sentences
from tests.cases import cases


@pytest.mark.parametrize("case", cases("language/cases/sentences.jsonl"))
def test_sentences(case):
    text = case["text"]
    assert [text[start:end] for start, end in sentences(text)] == case["expect"]


@given(st.text(alphabet="涨跌了。！？…“”（）\n 3.5~:>aB"))
def test_every_visible_character_is_in_one_sentence(text):
    spans = sentences(text)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    outside = "".join(text[left:right] for left, right in gaps(spans, len(text)))
    assert not outside.strip()


def gaps(spans, length):
    edges = [0, *(edge for span in spans for edge in span), length]
    return list(zip(edges[::2], edges[1::2], strict=True))
