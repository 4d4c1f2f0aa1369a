"""The elements of a page by class and id: one walk over the tree instead of a search for each name."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import repeat

from pipeline.clean.tree import DIGITS, Element

CACHED, LONGEST = 4096, 200  # class attributes and the characters of one; forums repeat theirs from page to page
CLASS, ID, TITLE = b"class", b"id", b"title"  # lxml encodes a name that is text each time
GET = Element.get
Places = list[int]


class Sought(dict[str | None, tuple[str, ...]]):
    """Of each class attribute the names that are looked up, each once; the others would only be stored and freed."""

    def __init__(self, names: frozenset[str]) -> None:
        super().__init__()
        self.names = names
        self[None] = ()

    def __missing__(self, value: str) -> tuple[str, ...]:
        found = tuple(name for name in dict.fromkeys(value.split()) if name in self.names)
        if len(value) <= LONGEST and len(self) < CACHED:
            self[value] = found
        return found


class Index:
    """The elements of a tree, found by class and id, anywhere or below a node; in the page's order."""

    def __init__(self, root: Element, sought: Sought) -> None:
        self.root = root
        nodes = list(root.iter())
        place: dict[Element, int] = {}
        self.place = place  # of those with a name, until another one's is asked for
        # After ``place``, so that the list is freed last, and it frees its last element first: lxml walks up from an
        # element that it frees to the next one in use, which is then its parent.
        self.nodes = nodes
        self.spans: dict[Element, tuple[int, int]] = {}
        self.classed: dict[str, Places] = {name: [] for name in sought.names}
        for at, names in enumerate(map(sought.__getitem__, map(GET, nodes, repeat(CLASS)))):
            if names:
                place[nodes[at]] = at
                for name in names:
                    self.classed[name].append(at)
        self.labels: dict[str, int] = {}
        self.again: dict[str, Places] = {}  # of an id that several have, in saved pages
        self.stems: defaultdict[str, Places] = defaultdict(list)  # of ids with a number at their end, without it
        self.stemmed: dict[str, Places] = {}  # the same with those that are this alone
        for at, label in enumerate(map(GET, nodes, repeat(ID))):
            if label:
                place[nodes[at]] = at
                if self.labels.setdefault(label, at) != at:
                    self.again.setdefault(label, [self.labels[label]]).append(at)
                if label[-1] in DIGITS:
                    self.stems[label.rstrip(DIGITS)].append(at)

    def by_class(self, name: str, within: Element | None = None) -> list[Element]:
        """The elements with a class.

        Raises:
            KeyError: it is none of those that are sought; ``markers.toml`` lists them.
        """
        places = self.classed[name]
        return self.below(places, within) if places else []

    def by_classes(self, names: Iterable[str], within: Element) -> Iterator[Element]:
        """The elements below a node with one class after another."""
        for name in names:
            if places := self.classed[name]:
                yield from self.below(places, within)

    def by_id(self, name: str, within: Element | None = None) -> list[Element]:
        """The elements with an id."""
        at = self.labels.get(name)
        return self.below(self.again.get(name) or [at], within) if at is not None else []

    def by_stem(self, stem: str, within: Element | None = None) -> list[tuple[str, Element]]:
        """The elements whose id is this and a number, or this alone, with their ids."""
        places = self.stemmed.get(stem)
        if places is None:
            alone = [self.labels[stem]] if stem in self.labels else []
            places = self.stemmed[stem] = sorted(self.stems.get(stem, []) + self.again.get(stem, alone))
        return [(node.get(ID) or "", node) for node in self.below(places, within)] if places else []

    def below(self, places: Places, within: Element | None) -> list[Element]:
        """The elements at places, those below a node."""
        nodes = self.nodes
        if within is not None:
            first, last = self.spans.get(within) or self.span(within)
            if places[-1] <= first or places[0] > last:
                return []
            low = bisect_right(places, first)
            places = places[low : bisect_right(places, last, low)]
        return [nodes[at] for at in places]

    def place_of(self, node: Element) -> int:
        """Where a node stands among all of them."""
        found = self.place.get(node)
        if found is None:
            self.place.update(zip(self.nodes, range(len(self.nodes)), strict=True))
            found = self.place[node]
        return found

    def span(self, within: Element) -> tuple[int, int]:
        """The place of a node and that of the last element below it."""
        found = self.spans.get(within)
        if found is None:
            last = within
            while len(last):
                last = last[-1]
            first = self.place_of(within)
            found = self.spans[within] = first, self.nodes.index(last, first)
        return found

    def parts(self, node: Element, end: Element | None) -> list[Element]:
        """A node and the elements below it, up to one where that is below it too."""
        first, last = self.span(node)
        if end is not None and first < (at := self.place_of(end)) <= last:
            last = at - 1
        return self.nodes[first : last + 1]
