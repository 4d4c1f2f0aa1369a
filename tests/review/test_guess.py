"""The form of a new row is filled as far as the words tell."""

import pytest

from pipeline.review.guess import entity_id_of, guess


@pytest.mark.parametrize(
    ("words", "cells"),
    [
        ("3.5亿美元", {"kind": "money", "label": "amount", "value_min": "350000000", "unit": "USD"}),
        ("去年三季度", {"kind": "date", "label": "period", "period": "2024-Q3"}),
        ("微軟", {"kind": "entity", "label": "ORG", "name": "微软", "entity_id": "org.microsoft"}),
        ("小米营收达到1159亿元", {"kind": "claim", "label": "metric", "subject": "小米", "value_max": "115900000000"}),
        ("隔壁老王", {"kind": "entity", "name": "隔壁老王"}),
        ("很长" * 200, {"kind": "claim", "label": "statement"}),
    ],
)
def test_a_selection(words: str, cells: dict[str, str]) -> None:
    found = guess(words, "2025-11-02T21:05:00+08:00")
    assert {name: found.get(name) for name in cells} == cells


def test_a_known_name_has_its_id() -> None:
    assert (entity_id_of("微软"), entity_id_of("隔壁老王")) == ("org.microsoft", "")
