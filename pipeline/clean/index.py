"""The elements of a page by class and id: one walk over the tree instead of a search for each name."""

from bisect import bisect_left, bisect_right
from functools import lru_cache

from pipeline.clean.tree import DIGITS, Element

CACHED = 200  # characters of a class attribute; forums repeat theirs from page to page
CLASS, ID = b"class", b"id"  # lxml encodes a name that is text each time
Places = list[int]


@lru_cache(maxsize=4096)
def parted(value: str) -> tuple[str, ...]:
    """The names in a class attribute, each once."""
    return tuple(dict.fromkeys(value.split()))


class Index:
    """The elements of a tree, found by class and id, anywhere or below a node; in the page's order."""

    def __init__(self, root: Element) -> None:
        self.root = root
        nodes = list(root.iter())
        self.place = dict(zip(nodes, range(len(nodes)), strict=True))
        # After ``place``, so that the list is freed last, and it frees its last element first: lxml walks up from an
        # element that it frees to the next one in use, which is then its parent.
        self.nodes = nodes
        self.ends: dict[Element, int] = {}
        self.merged: dict[str, Places] = {}
        self.labels: dict[str, int] = {}
        self.again: dict[str, Places] = {}  # of an id that several have, in saved pages
        self.stems: dict[str, Places] = {}  # ids without the number at their end
        alike: dict[str, Places] = {}
        labels, stems = self.labels, self.stems
        for at, node in enumerate(nodes):
            get = node.get
            if value := get(CLASS):
                if value in alike:
                    alike[value].append(at)
                else:
                    alike[value] = [at]
            if label := get(ID):
                if label in labels:
                    self.again.setdefault(label, [labels[label]]).append(at)
                else:
                    labels[label] = at
                stem = label.rstrip(DIGITS)
                if stem in stems:
                    stems[stem].append(at)
                else:
                    stems[stem] = [at]
        self.classed: dict[str, list[Places]] = {}
        for value, places in alike.items():  # far fewer than the elements, so each is parted once
            for name in parted(value) if len(value) <= CACHED else dict.fromkeys(value.split()):
                if name in self.classed:
                    self.classed[name].append(places)
                else:
                    self.classed[name] = [places]

    def by_class(self, name: str, within: Element | None = None) -> list[Element]:
        """The elements with a class."""
        places = self.merged.get(name)
        if places is None:
            groups = self.classed.get(name, ())
            places = self.merged[name] = groups[0] if len(groups) == 1 else sorted(at for one in groups for at in one)
        return self.below(places, within) if places else []

    def by_id(self, name: str, within: Element | None = None) -> list[Element]:
        """The elements with an id."""
        at = self.labels.get(name)
        return self.below(self.again.get(name) or [at], within) if at is not None else []

    def by_stem(self, stem: str, within: Element | None = None) -> list[tuple[str, Element]]:
        """The elements whose id is this and a number, or this alone, with their ids."""
        places = self.stems.get(stem)
        return [(node.get("id") or "", node) for node in self.below(places, within)] if places else []

    def below(self, places: Places, within: Element | None) -> list[Element]:
        """The elements at places, those below a node."""
        nodes = self.nodes
        if within is not None:
            first, last = self.place[within], self.end(within)
            if places[-1] <= first or places[0] > last:
                return []
            low = bisect_right(places, first)
            places = places[low : bisect_left(places, last + 1, low)]
        return [nodes[at] for at in places]

    def end(self, within: Element) -> int:
        """The place of the last element below a node, or of the node itself."""
        found = self.ends.get(within)
        if found is None:
            last = within
            while len(last):
                last = last[-1]
            found = self.ends[within] = self.place[last]
        return found
