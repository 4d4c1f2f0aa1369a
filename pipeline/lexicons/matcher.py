"""Surfaces of a lexicon found in a text, leftmost and longest, by an Aho-Corasick automaton."""

import re
from collections.abc import Mapping
from typing import Generic, TypeVar

T = TypeVar("T")


class Matcher(Generic[T]):
    """Finds every surface of ``payloads`` in one pass, whatever their number.

    Example:
        >>> Matcher({"利润": 1, "净利润": 2}).find("净利润和利润")
        [(0, 3, 2), (4, 6, 1)]
    """

    def __init__(self, payloads: Mapping[str, T]) -> None:
        import ahocorasick

        self.automaton = ahocorasick.Automaton()
        for surface, payload in payloads.items():
            self.automaton.add_word(surface, (len(surface), payload))
        if payloads:
            self.automaton.make_automaton()
        self.alphabet = frozenset("".join(payloads))
        self.firsts = frozenset(surface[0] for surface in payloads if surface)
        self.outside = re.compile(f"[^{re.escape(''.join(sorted(self.alphabet)))}]" if self.alphabet else "(?s:.)")

    def find(self, text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int, T]]:
        """``(start, end, payload)`` of each match, in order, none overlapping another."""
        stop = len(text) if end is None else min(end, len(text))
        # The automaton copies the whole of what it is given, so that it gets no more than the stretch asked for, and
        # takes ten times as long to find nothing as the letters that surfaces begin with.
        text = text[start:stop]
        if self.firsts.isdisjoint(text):
            return []
        start += 1
        return [(start + at - length, start + at, payload) for at, (length, payload) in self.automaton.iter_long(text)]

    def whole(self, text: str) -> T | None:
        """The payload of a text that is a surface and nothing else; None for others."""
        found: tuple[int, T] | None = self.automaton.get(text, None)
        return None if found is None else found[1]

    def ending(self, text: str, start: int, end: int) -> tuple[int, int, T] | None:
        """The match of ``find(text, start, end)`` that ends at ``end``, whatever the length in front of it.

        No match holds a character that no surface has, so that what stands before the last of these is not read.
        """
        left = end
        while left > start and text[left - 1] in self.alphabet:
            left -= 1
        found = self.find(text, left, end)
        return found[-1] if found and found[-1][1] == end else None

    def every(self, text: str) -> list[tuple[int, int, T]]:
        """``(start, end, payload)`` of each match, those that overlap too, in the order of their ends."""
        if self.firsts.isdisjoint(text):
            return []
        return [(last - length + 1, last + 1, payload) for last, (length, payload) in self.automaton.iter(text)]
