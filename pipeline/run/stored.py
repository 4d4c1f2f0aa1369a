"""What passes between the workers, the state and the tables."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pipeline.records import Rejection

LAST = "~"
"""Sorts behind every time."""


@dataclass(frozen=True, slots=True)
class StoredPost:
    """A post as the state keeps it: ``cells`` is its line of posts.csv, ``block`` its lines of extractions.csv.

    ``block`` is None where the state has the rows of ``key`` already, or where extraction failed (``key`` empty);
    ``kinds`` names the kind of each of its rows, ``faults`` are rows that had to be left out, a line each. ``rank``,
    ``replies`` and ``views`` choose among copies of one post. ``page`` is the hash of the page that holds it, empty
    for a line of JSON. ``posted`` is when in UTC, ``sketch`` the post's words for finding its reposts, ``place`` its
    site, thread, title, cleaner, page and pages.
    """

    line: int
    post_id: str
    rank: int
    replies: int
    views: int
    sha256: str
    page: bytes
    key: bytes
    cells: str
    block: str | None
    kinds: str = ""
    faults: str = ""
    posted: str = LAST
    sketch: bytes = b""
    place: tuple[str, str, str, str, int, int] = ("", "", "", "", 0, 0)


@dataclass(slots=True)
class PageResult:
    """What one page gave."""

    posts: list[StoredPost] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    extracted: int = 0


class Copy(NamedTuple):
    """One copy of a post, for the tables; ``block`` is None where its extraction failed."""

    post_id: str
    cells: str
    sha256: str
    line: int
    path: bytes
    page: bytes
    block: str | None
    kinds: str | None
    faults: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """A source to read. ``todo`` says why: new, changed, again (interrupted), rules."""

    id: int
    path: Path
    stamp: str
    sha256: str
    todo: str
