"""The two ways from a post to its rows: straight from the rules, and through the spaCy pipeline."""

import json
from datetime import UTC, datetime

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.extractor import Extraction, Extractor
from pipeline.records import Post
from tests.cases import HERE

PASTE = 12  # sentences a post
FOLDERS = ("claims/metrics", "claims/statements", "claims/events", "mentions/amounts", "mentions/dates")


def texts(folder: str) -> list[str]:
    """Posts pasted from the sentences of our cases."""
    files = sorted((HERE / folder / "cases").glob("*.jsonl"))
    lines = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines() if line]
    found = [line["text"] for line in lines if "text" in line]
    return ["。\n".join(found[at : at + PASTE]) for at in range(0, len(found), PASTE)]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def through_spacy(extractor: Extractor, post: Post) -> Extraction:
    return extractor._from_doc(post)


@pytest.mark.parametrize("folder", FOLDERS)
def test_both_ways_find_the_same(extractor: Extractor, folder: str) -> None:
    posts = [
        Post(f"{folder}:{at}", "", text, posted_at=datetime(2025, 11, 3, tzinfo=UTC))
        for at, text in enumerate(texts(folder))
    ]
    assert posts
    for post in posts:
        assert extractor.extract(post) == through_spacy(extractor, post)


def test_a_component_of_the_users_own_has_its_say() -> None:
    extractor = Extractor()
    post = Post("own:1", "", "青溪工坊三季度营收31亿元。")
    before = extractor.extract(post)

    def add(doc: Doc) -> Doc:
        span = doc.char_span(0, 4, label="ORG", alignment_mode="expand")
        assert span is not None
        doc.spans["entity"].append(span)
        return doc

    Language.component("tests_own_entity", func=add)
    extractor.nlp.add_pipe("tests_own_entity", after="taojin_entity")
    after = extractor.extract(post)
    assert len(after.mentions) == len(before.mentions) + 1
    assert [m.rule for m in after.mentions if m not in before.mentions] == ["user"]
    extractor.nlp.remove_pipe("tests_own_entity")
    assert extractor.extract(post) == before
