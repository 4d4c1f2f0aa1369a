"""A spaCy model of the user's beside our own finders."""

from pathlib import Path

import pytest
import spacy

from pipeline.errors import SettingsError
from pipeline.extractor import Extractor
from pipeline.records import Post
from pipeline.settings import Settings

TEXT = "微软和青溪工坊在雁栖谷签约，共谋大计。"


@pytest.fixture
def model(tmp_path: Path) -> str:
    """A model that knows two names which nobody else does, and disagrees about one of ours."""
    nlp = spacy.blank("zh")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(  # type: ignore[attr-defined]
        [
            {"label": "ORG", "pattern": "青溪工坊"},
            {"label": "FAC", "pattern": "雁栖谷"},
            {"label": "PERSON", "pattern": "微软"},
            {"label": "CARDINAL", "pattern": "大计"},
        ]
    )
    nlp.to_disk(tmp_path / "tiny")
    return str(tmp_path / "tiny")


def names(settings: Settings) -> list[tuple[str, str, str]]:
    found = Extractor(settings).extract(Post("p:1", "p", TEXT)).mentions
    return [(TEXT[one.start : one.end], one.label, one.rule) for one in found if one.kind == "entity"]


def test_its_entities_are_added_and_ours_win(model: str) -> None:
    ours = ("微软", "ORG", "entity.gazetteer")
    assert names(Settings()) == [ours]
    assert names(Settings(model=model)) == [
        ours,
        ("青溪工坊", "ORG", "entity.model"),
        ("雁栖谷", "LOC", "entity.model"),
    ]


def test_a_model_that_is_not_there_is_named() -> None:
    with pytest.raises(SettingsError, match="zh_nowhere"):
        Extractor(Settings(model="zh_nowhere"))
