"""Frozen records made at a third of the price.

A frozen dataclass writes each of its fields through ``object.__setattr__``. A twin with the same slots that is not
frozen takes its fields at once; then it becomes the record.
"""

from collections.abc import Callable
from dataclasses import MISSING, field, fields, make_dataclass
from typing import Any, ParamSpec, TypeVar

from pipeline.records import Mention

P = ParamSpec("P")
T = TypeVar("T")


def sealed(record: Callable[P, T]) -> Callable[P, T]:
    """A function that takes what ``record``, a frozen dataclass with slots and no default factories, takes, and
    gives the same.
    """
    made: list[Any] = [
        one.name if one.default is MISSING else (one.name, one.type, field(default=one.default))
        for one in fields(record)  # type: ignore[arg-type]
    ]
    twin: Callable[P, T] = make_dataclass("Twin", made, slots=True, eq=False, repr=False, match_args=False)

    def make(*args: P.args, **kwargs: P.kwargs) -> T:
        found = twin(*args, **kwargs)
        found.__class__ = record  # type: ignore[assignment]
        return found

    return make


make_mention = sealed(Mention)
