"""A context variable that holds a value inside a block."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")


@contextmanager
def held(variable: ContextVar[T], value: T) -> Iterator[None]:
    """Set the variable, and put back what it held before when the block ends."""
    token = variable.set(value)
    try:
        yield
    finally:
        variable.reset(token)
