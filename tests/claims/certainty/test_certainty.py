"""Certainty and source of marked propositions, by cue, scope and what ends it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.claims.certainty import certainty, source_of
from pipeline.claims.certainty.lexicon import cues, lexicon, rank, strongest
from pipeline.claims.certainty.scopes import scopes
from tests.cases import cases
from tests.claims.marked import read

FILES = ("certainty", "said")


@pytest.mark.parametrize("case", [case for name in FILES for case in cases(f"claims/certainty/cases/{name}.jsonl")])
def test_certainty(extractor, case):
    reading, spans = read(extractor, case["text"])
    assert [certainty(reading, start, end) for start, end in spans] == case["certainty"]


@pytest.mark.parametrize("case", cases("claims/certainty/cases/sources.jsonl"))
def test_source(extractor, case):
    reading, spans = read(extractor, case["text"])
    assert [list(source_of(reading, start, end)) for start, end in spans] == case["source"]


def test_every_cue_has_a_known_class():
    assert {cue.certainty for group in cues().values() for cue in group} <= set(rank())


def test_no_word_is_a_cue_and_none():
    assert not set(cues()) & set(lexicon()["pseudo"])


@given(st.lists(st.sampled_from(["question", "denied", "forecast", "reported", "asserted"]), min_size=1))
def test_strongest_is_first_in_order(names):
    assert rank()[strongest(names)] == min(rank()[name] for name in names)


@given(
    st.lists(
        st.sampled_from(["预计", "如果", "否认", "（", "）", "，", "。", "营收", "5亿元", "吗", "但"]), max_size=20
    )
)
def test_scopes_stay_in_their_sentence(extractor, words):
    reading, _ = read(extractor, "".join(words))
    for index, (start, end) in enumerate(reading.sentences):
        assert all(start <= scope.start <= scope.end <= end for scope in scopes(reading, index))
