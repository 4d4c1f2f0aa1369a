"""The names of a post that are settled so far, by place."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from pipeline.mentions.entities.scene import Found


class Names:
    """Names in order, none overlapping; every question is answered without going through all of them."""

    def __init__(self, found: Iterable[Found]) -> None:
        self.all = sorted(found)
        self.starts = {one.start: one for one in self.all}
        self.ends = {one.end: one for one in self.all}
        self.places = [one.start for one in self.all]

    def __iter__(self) -> Iterator[Found]:
        return iter(self.all)

    def within(self, start: int, end: int) -> list[Found]:
        """Those that lie between two places."""
        at, stop = bisect_left(self.places, start), bisect_left(self.places, end)
        return [one for one in self.all[at:stop] if one.end <= end]

    def over(self, start: int, end: int) -> list[Found]:
        """Those that share a character with a span."""
        at = max(0, bisect_right(self.places, start) - 1)
        return [one for one in self.all[at : bisect_left(self.places, end)] if one.end > start]

    def at(self, place: int) -> Found | None:
        """The one that holds a character."""
        at = bisect_right(self.places, place) - 1
        return self.all[at] if at >= 0 and place < self.all[at].end else None


def settled(found: Iterable[Found], blocked: Sequence[tuple[int, int]] = ()) -> Names:
    """The longest of those that overlap, then the higher rank. Stock tags come before all others."""
    kept: list[Found] = []
    ordered = sorted(found, key=lambda one: (-one.rank // 9, one.start - one.end, -one.rank, one.start))
    owned = bytearray(max([one.end for one in ordered] + [end for _, end in blocked], default=0))
    for start, end in blocked:
        owned[start:end] = b"\1" * (end - start)
    for one in ordered:
        if owned.find(1, one.start, one.end) < 0:
            owned[one.start : one.end] = b"\1" * (one.end - one.start)
            kept.append(one)
    return Names(kept)
