"""Names known and unknown, in marked-up sentences; and sentences that hold none."""

from typing import Any

import pytest

from tests.cases import cases
from tests.mentions.entities.marked import found, unmarked


@pytest.mark.parametrize("case", cases("mentions/entities/cases/names.jsonl"))
def test_names(case: dict[str, Any]) -> None:
    text, names = unmarked(case["marked"])
    assert found(text) == names


@pytest.mark.parametrize("case", cases("mentions/entities/cases/no_names.jsonl"))
def test_no_names(case: dict[str, Any]) -> None:
    assert found(case["text"]) == []


@pytest.mark.parametrize("case", cases("mentions/entities/cases/homonyms.jsonl"))
def test_homonyms(case: dict[str, Any]) -> None:
    """A word is a name where its sentence says so, and none where it says otherwise."""
    start = case["text"].index(case["surface"])
    end = start + len(case["surface"])
    over = [name for name in found(case["text"]) if name[0] < end and start < name[0] + len(name[1])]
    assert bool(over) == (case["phenomenon"] == "name")
