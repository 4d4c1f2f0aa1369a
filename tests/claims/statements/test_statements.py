"""Statements of one sentence or short post each, by phenomenon, through the whole pipeline."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.claims.attribution.lexicon import frames, verbs
from pipeline.claims.phrases import phrases
from pipeline.claims.statements import find_statements
from pipeline.extractor import Extractor
from pipeline.records import Post
from pipeline.settings import Settings
from tests.cases import cases
from tests.claims.marked import read

FILES = ("statements", "lexicon", "said")
PIECES = [
    "雷军",
    "老板",
    "他",
    "表示",
    "说",
    "：",
    "“",
    "”",
    "，",
    "。",
    "\n",
    "涨了",
    "据",
    "报道",
    "预计",
    "（",
    "）",
    "高盛",
]


def brief(claim, fields):
    return {name: " ".join(claim.inferred) if name == "inferred" else getattr(claim, name) for name in fields}


@pytest.mark.parametrize("case", [case for name in FILES for case in cases(f"claims/statements/cases/{name}.jsonl")])
def test_statement(extractor, case):
    found = [c for c in extractor.extract(Post("case", "", case["text"])).claims if c.label == "statement"]
    briefs = [brief(claim, want) for claim, want in zip(found, case["expect"], strict=False)]
    assert (briefs, len(found)) == (case["expect"], len(case["expect"]))


def test_lexicon_has_the_verbs_it_promises():
    assert len(verbs()) >= 120


def test_a_verb_is_no_trap_of_its_own():
    assert not set(verbs()) & set(frames()["pseudo"])


def test_a_noun_does_not_both_speak_and_document():
    assert not set(phrases().agents) & set(phrases().documents)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_what_is_said_stands_in_the_text(extractor, text):
    reading, _ = read(extractor, text)
    for claim in find_statements(reading):
        assert 0 <= claim.start < claim.end <= len(text)
        assert claim.predicate in text[claim.start : claim.end]
        assert claim.subject == claim.source != ""
        assert claim.object


def test_a_users_own_reporting_verb(extractor, tmp_path):
    text = "雷军唠叨，明年要省着花。"
    (tmp_path / "reporting_verbs.csv").write_text("verb,class,content,speaker\n唠叨,reported,mark,any\n", "utf-8")
    own = Extractor(Settings(lexicons=str(tmp_path)))
    assert said(extractor, text) == []
    assert said(own, text) == [("雷军", "唠叨", "明年要省着花")]
    assert said(extractor, text) == []


def said(extractor, text):
    claims = extractor.extract(Post("case", "", text)).claims
    return [(c.subject, c.predicate, c.object) for c in claims if c.label == "statement"]
