"""A property worked out once: ``functools.cached_property`` without the lock that it takes before Python 3.12."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class lazy(Generic[T]):  # noqa: N801 — reads as the decorator that it is
    """Kept under its own name among the instance's attributes, where it is found before this is asked again."""

    def __init__(self, find: Callable[[Any], T]) -> None:
        self.find, self.name, self.__doc__ = find, find.__name__, find.__doc__

    def __get__(self, instance: Any, owner: type | None = None) -> T:
        found = instance.__dict__[self.name] = self.find(instance)
        return found
