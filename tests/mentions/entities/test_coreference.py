"""Words that stand for names: the antecedents, in marked-up sentences."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.fold import fold
from pipeline.language.sentences import sentences
from pipeline.mentions.entities import knowledge_base
from pipeline.mentions.entities.coreference import references
from pipeline.mentions.entities.surfaces import lowered
from pipeline.records import Mention
from tests.cases import cases
from tests.mentions.entities.marked import Name, unmarked

WORDS = [
    "其",
    "该公司",
    "公司",
    "他",
    "后者",
    "前者",
    "双方",
    "微软",
    "和",
    "谷歌",
    "。",
    "，",
    "表示",
    "其他",
    "它",
    "\n",
]


def mentions(names: list[Name]) -> list[Mention]:
    """Entities as the finders give them, linked where the knowledge base has the name."""
    found = []
    for start, surface, label, name in names:
        known = knowledge_base().named(lowered(fold(surface)))
        entity_id = known.id if known and known.label == label else ""
        found.append(Mention("entity", label, start, start + len(surface), "", name=name, entity_id=entity_id))
    return found


@pytest.mark.parametrize("case", cases("mentions/entities/cases/coreference.jsonl"))
def test_references(case: dict[str, Any]) -> None:
    text, names = unmarked(case["marked"])
    folded = fold(text)
    found = references(folded, mentions(names), sentences(folded), knowledge_base())
    assert [[text[one.start : one.end], list(one.names)] for one in found] == case["references"]


@given(st.lists(st.sampled_from(WORDS), max_size=30).map("".join))
def test_antecedents_stand_before_their_word(text: str) -> None:
    names = [
        Mention("entity", "ORG", at, at + 2, "", name=name)
        for name in ("微软", "谷歌")
        for at in range(len(text))
        if text.startswith(name, at)
    ]
    for one in references(text, names, sentences(text) if text else []):
        assert all(name.end <= one.start for name in one.antecedents)
        assert one.antecedents
