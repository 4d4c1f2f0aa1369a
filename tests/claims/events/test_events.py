"""Events of one sentence or short post each, by predicate and pattern, through the whole pipeline."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.claims.events import find_events
from pipeline.claims.events.lexicon import types
from pipeline.extractor import Extractor
from pipeline.records import Post
from pipeline.settings import Settings
from tests.cases import cases
from tests.claims.marked import read

FILES = ("events", "lexicon", "said", "real")
CONTRACT = [
    "投资",
    "收购",
    "合作",
    "采购",
    "发布",
    "起诉",
    "裁员",
    "监管",
    "任命",
    "离职",
    "上市",
    "融资",
    "停产",
    "涨价",
    "降价",
    "处罚",
]
PIECES = [
    "微软",
    "英伟达",
    "H100",
    "收购",
    "投资",
    "被",
    "对",
    "的",
    "与",
    "合作",
    "裁员",
    "了",
    "，",
    "。",
    "拟",
    "5亿元",
    "其",
]


def brief(claim, fields):
    return {name: " ".join(claim.inferred) if name == "inferred" else getattr(claim, name) for name in fields}


@pytest.mark.parametrize("case", [case for name in FILES for case in cases(f"claims/events/cases/{name}.jsonl")])
def test_event(extractor, case):
    found = [c for c in extractor.extract(Post("case", "", case["text"])).claims if c.label == "event"]
    briefs = [brief(claim, want) for claim, want in zip(found, case["expect"], strict=False)]
    assert (briefs, len(found)) == (case["expect"], len(case["expect"]))


def test_lexicon_holds_the_contracts_list():
    assert list(types()) == CONTRACT


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_an_event_has_an_agent_and_a_place(extractor, text):
    reading, _ = read(extractor, text)
    for claim in find_events(reading):
        assert 0 <= claim.start < claim.end <= len(text)
        assert claim.subject
        assert claim.subject != claim.object


def test_a_users_own_trigger(extractor, tmp_path):
    text = "苹果鲸吞了英特尔。"
    (tmp_path / "events.toml").write_text('[event."收购"]\nverbs = ["鲸吞"]\n', "utf-8")
    own = Extractor(Settings(lexicons=str(tmp_path)))
    assert told(extractor, text) == []
    assert told(own, text) == [("收购", "苹果", "英特尔")]
    assert told(extractor, text) == []


def told(extractor, text):
    claims = extractor.extract(Post("case", "", text)).claims
    return [(c.predicate, c.subject, c.object) for c in claims if c.label == "event"]
