"""Posts and findings to make rows of."""

import json
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.records import Claim, Mention, Post


@dataclass
class Found:
    post: Post
    mentions: list[Mention] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)


def cases(name: str) -> list[dict[str, Any]]:
    with Path(__file__).with_name("cases").joinpath(f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def money(text: str, surface: str, value: str, nth: int = 0, **more: Any) -> Mention:
    """The ``nth`` place of ``surface`` in ``text``, as an amount."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(surface, start + 1)
    amount = Decimal(value)
    known = {"value_min": amount, "value_max": amount, "unit": "CNY", "qualifier": "exact", **more}
    return Mention("money", "amount", start, start + len(surface), "test.money", **known)


def claim(text: str, clause: str, value: str, *parts: Mention, **more: Any) -> Claim:
    """A metric claim stated by ``clause``."""
    start, amount = text.index(clause), Decimal(value)
    known = {"subject": "某公司", "predicate": "营收", "value_min": amount, "value_max": amount, "unit": "CNY", **more}
    return Claim("metric", start, start + len(clause), "test.claim", parts=parts, **known)
