"""Records: equal and hashed by their fields, altered as ``dataclasses.replace`` does."""

import dataclasses

import pytest

from pipeline.frozen import frozen, replace


@frozen
class Pair:
    left: int
    right: tuple[int, ...] = ()


@frozen
class Single:
    only: str


@pytest.mark.parametrize(
    ("record", "changes"), [(Pair(1), {"right": (2,)}), (Pair(1, (2,)), {}), (Single("a"), {"only": "b"})]
)
def test_replace_does_what_dataclasses_do(record, changes):
    assert replace(record, **changes) == dataclasses.replace(record, **changes)
    assert hash(replace(record)) == hash(record)


def test_replace_refuses_a_field_that_is_none():
    with pytest.raises(AttributeError):
        replace(Pair(1), middle=2)
