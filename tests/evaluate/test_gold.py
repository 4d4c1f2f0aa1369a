"""Gold posts are read, and a line that cannot be used is named."""

from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.evaluate import gold

from .made import TEXT, file, item

POST = {"post_id": "p", "text": TEXT}


def test_files_and_folders(tmp_path: Path) -> None:
    file(tmp_path / "cases" / "b.jsonl", {**POST, "post_id": "b"}, "")
    file(tmp_path / "cases" / "a.jsonl", {**POST, "post_id": "a", "partial": True})
    one = file(tmp_path / "c.jsonl", {**POST, "post_id": "c", "mentions": [item(value="3")]})
    posts = gold.read([tmp_path / "cases", one])
    assert [(post.post_id, post.partial) for post in posts] == [("a", True), ("b", False), ("c", False)]
    (found,) = posts[2].items
    assert (found.kind, found.label, found.text, found.one("value_min")) == ("money", "amount", "3元", "3")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{broken", "x.jsonl:2"),
        ("[]", "not a JSON object"),
        ({"post_id": "q"}, "no 'text'"),
        ({"text": TEXT}, "no 'post_id'"),
        (POST, "is there already"),
        ({**POST, "post_id": "q", "mentions": ["3元"]}, "is no object"),
        ({**POST, "post_id": "q", "mentions": [item(label="ORG")]}, "none that a row can have"),
        ({**POST, "post_id": "q", "mentions": [item(start=0)]}, "not '3元'"),
    ],
    ids=str,
)
def test_a_line_that_cannot_be_used(tmp_path: Path, line: object, why: str) -> None:
    path = file(tmp_path / "x.jsonl", POST, line)
    with pytest.raises(InputError, match=why) as error:
        gold.read([path])
    assert "x.jsonl:2" in str(error.value)


def test_a_file_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.jsonl"):
        gold.read([tmp_path / "none.jsonl"])
