"""Where surfaces stand in a text: an automaton over what tells them apart, the rest compared.

What follows behind the characters that only one surface begins with would make up most of an automaton's nodes, which
take long to read from the cache and do not fit into the processor's.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import ahocorasick

from pipeline.mentions.entities.surfaces import encoded

SHORTEST = 4  # characters of a surface that the automaton holds at least


class Hit(NamedTuple):
    """A surface where it stands."""

    start: int
    end: int
    surface: int


class Lookup(NamedTuple):
    """Surfaces in plain values that a pickle holds. Made by ``lookup``.

    Surface ``n`` is ``texts[ends[n] - lengths[n] : ends[n]]``; the automaton holds it without the last ``rests[n]``
    characters.
    """

    machine: Any
    texts: str
    ends: Sequence[int]
    lengths: bytes
    rests: bytes

    def hits(self, text: str) -> Iterator[Hit]:
        """Every place of every surface, nested ones included; ``text`` is lowered."""
        if not len(self.machine):
            return
        _, texts, ends, lengths, rests = self
        new = tuple.__new__  # Hit(…) would go through a function of Python's for each
        for last, number in self.machine.iter(encoded(text)):
            end = (last + 1) >> 1
            if rest := rests[number]:
                stop = ends[number]
                if not text.startswith(texts[stop - rest : stop], end):
                    continue
                end += rest
            yield new(Hit, (end - lengths[number], end, number))


def lookup(surfaces: Sequence[str]) -> Lookup:
    """``surfaces`` differ and have at most 255 characters."""
    own = heads(surfaces)
    ends, end = array("I"), -1
    for text in surfaces:
        end += len(text) + 1
        ends.append(end)
    return Lookup(
        automaton(text[:length] for text, length in zip(surfaces, own, strict=True)),
        "\n".join(surfaces),
        ends,
        bytes(map(len, surfaces)),
        bytes(len(text) - length for text, length in zip(surfaces, own, strict=True)),
    )


def heads(surfaces: Sequence[str]) -> list[int]:
    """How many characters of each surface are enough: no other surface begins with them."""
    order = sorted(range(len(surfaces)), key=surfaces.__getitem__)
    common = [0, *(shared(surfaces[one], surfaces[two]) for one, two in pairwise(order)), 0]
    found = [0] * len(surfaces)
    for place, number in enumerate(order):
        found[number] = min(len(surfaces[number]), max(SHORTEST, common[place] + 1, common[place + 1] + 1))
    return found


def shared(one: str, two: str) -> int:
    """The length of the beginning that two texts share."""
    length = 0
    for left, right in zip(one, two, strict=False):
        if left != right:
            break
        length += 1
    return length


def automaton(words: Iterable[str]) -> Any:
    """An automaton whose values are the words' places in the sequence."""
    found = ahocorasick.Automaton(ahocorasick.STORE_INTS)
    for number, word in enumerate(words):
        found.add_word(encoded(word), number)
    if len(found):
        found.make_automaton()
    return found


def spans(machine: Any, lengths: Sequence[int], text: str) -> Iterator[Hit]:
    """Every place of every word of an automaton, nested ones included; ``text`` is lowered."""
    if not len(machine):
        return
    new = tuple.__new__
    for last, number in machine.iter(encoded(text)):
        end = (last + 1) >> 1
        yield new(Hit, (end - lengths[number], end, number))
