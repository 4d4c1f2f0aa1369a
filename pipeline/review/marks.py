"""A post's text cut where findings begin and end, so that each can be shown where it stands."""

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.review.index import Entry


class Piece(NamedTuple):
    """A stretch of text under the same findings: the kind of the shortest mention, and whether a claim covers it.

    ``rows`` holds the ids of all findings over it, the shortest first. ``review`` is that of the shortest one.
    """

    text: str
    kind: str = ""
    claimed: bool = False
    review: str = ""
    rows: tuple[str, ...] = ()


def pieces(text: str, start: int, end: int, entries: Sequence[Entry]) -> list[Piece]:
    """The pieces of ``text[start:end]``; joined, they are that text."""
    spans = [(max(start, int(e.row["start"])), min(end, int(e.row["end"])), e) for e in entries]
    spans = [span for span in spans if span[0] < span[1]]
    begins: dict[int, list[Entry]] = {}
    ends: dict[int, list[Entry]] = {}
    for left, right, entry in spans:
        begins.setdefault(left, []).append(entry)
        ends.setdefault(right, []).append(entry)
    cuts = sorted({start, end, *begins, *ends})
    open_now: dict[str, Entry] = {}
    found = []
    for left, right in itertools.pairwise(cuts):
        for entry in ends.get(left, ()):
            open_now.pop(entry.row["row_id"], None)
        for entry in begins.get(left, ()):
            open_now[entry.row["row_id"]] = entry
        found.append(_piece(text[left:right], list(open_now.values())))
    return found


def _piece(text: str, over: list[Entry]) -> Piece:
    if not over:
        return Piece(text)
    over.sort(key=lambda e: (e.row["kind"] == "claim", int(e.row["end"]) - int(e.row["start"])))
    first = over[0]
    kind = "" if first.row["kind"] == "claim" else first.row["kind"]
    claims = [entry for entry in over if entry.row["kind"] == "claim" and entry.review != "wrong"]
    return Piece(text, kind, bool(claims), first.review, tuple(entry.row["row_id"] for entry in over))


def window(text: str, start: int, end: int, size: int) -> tuple[int, int]:
    """The part of a text to show around a span: whole lines, about ``size`` code points; all of a shorter text."""
    if len(text) <= size:
        return 0, len(text)
    left = max(0, start - size // 2)
    right = min(len(text), max(end, left + size))
    left = max(0, text.rfind("\n", max(0, left - 200), left) + 1 or left)
    stop = text.find("\n", right, right + 200)
    return left, right if stop < 0 else stop
