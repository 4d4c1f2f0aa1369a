"""Reposts: posts with the same words up to boilerplate, told by the sentences that they share.

A post's sketch is the hash and the length of each of its sentences, folded to letters and digits; of a long post those
with the smallest hashes (a bottom-k sketch), so that a sketch is bounded. Two posts are the same article where the
sentences they share hold most of the letters of either. Candidates share one of their few smallest hashes, so that
the work grows with the posts and not with their pairs.
"""

import re
import struct
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple, Protocol

LEAST = 100  # letters and digits of a post; a shorter one is nobody's repost
SKETCH = 256  # sentences that a sketch keeps
KEYS = 8  # smallest hashes by which candidates are found
CROWD = 32  # posts that one key leads to at most: a sentence of more posts than that is boilerplate
OF_SHORTER, OF_LONGER = 0.8, 0.6  # share of the letters that both have

END = re.compile(r"[。！？!?；;\n]+")
NO_WORD = re.compile(r"[\W_]+")
BETWEEN = re.compile("[^\u4e00-\u9fff]+")
SHORT = 8  # characters of a mark or a number that texts repeat
PACKED = struct.Struct("<QH")


def sketch(text: str) -> bytes:
    """The sentences of a post, hash (8 bytes) and length (2) each, smallest hash first; empty for a short post."""
    if len(text) < LEAST:
        return b""
    sentences = {words for part in END.split(fold(text)) if (words := NO_WORD.sub("", part))}
    if sum(map(len, sentences)) < LEAST:
        return b""
    hashed = sorted((digest(words), min(len(words), 0xFFFF)) for words in sentences)
    return b"".join(PACKED.pack(*pair) for pair in hashed[:SKETCH])


def fold(text: str) -> str:
    """The text in NFKC and small letters; Han characters are as they are, and join with nothing beside them."""
    return (text if text.isascii() else BETWEEN.sub(normal, text)).lower()


def normal(run: re.Match[str]) -> str:
    written = run.group()
    return normalized(written) if len(written) < SHORT else unicodedata.normalize("NFKC", written)


@lru_cache(maxsize=4096)
def normalized(run: str) -> str:
    return unicodedata.normalize("NFKC", run)


def digest(words: str) -> int:
    return int.from_bytes(blake2b(words.encode("utf-8", "replace"), digest_size=8).digest(), "little")


class Sketch(NamedTuple):
    """A sketch read: lengths by hash, smallest hash first, and their sum."""

    lengths: dict[int, int]
    letters: int


def unpacked(sketched: bytes) -> Sketch:
    return sketch_of(dict(PACKED.iter_unpack(sketched)))


def sketch_of(lengths: dict[int, int]) -> Sketch:
    return Sketch(lengths, sum(lengths.values()))


def same(one: Sketch, other: Sketch) -> float:
    """How much of the longer post both share, 0 where they are not the same article."""
    if len(one.lengths) == SKETCH or len(other.lengths) == SKETCH:
        # only hashes below both sketches' ends can be compared
        limit = min(max(each.lengths) for each in (one, other) if len(each.lengths) == SKETCH)
        one, other = (
            sketch_of({key: size for key, size in each.lengths.items() if key <= limit}) for each in (one, other)
        )
    shorter, longer = (one, other) if one.letters < other.letters else (other, one)
    if shorter.letters < OF_LONGER * longer.letters:
        return 0.0
    shared = sum(map(longer.lengths.__getitem__, shorter.lengths.keys() & longer.lengths.keys()))
    enough = shared >= OF_SHORTER * shorter.letters and shared >= OF_LONGER * longer.letters
    return shared / longer.letters if shared and enough else 0.0


class Index(Protocol):
    """Where earlier posts stand under the smallest hashes of their sketches; ``place`` is whatever finds one again."""

    def sharing(self, hash_: int) -> list[tuple[str, int]]: ...

    def sketch(self, place: int) -> Sketch: ...

    def keep(self, hash_: int, nth: int, name: str, place: int) -> None: ...


def repeats(posts: Iterable[tuple[str, int, Sketch]], index: Index) -> Iterator[tuple[str, str]]:
    """Each repost with the post that it repeats, never itself a repost.

    ``posts`` are ids with places and sketches, earliest first; ``index`` is empty.
    """
    for name, place, own in posts:
        crowds = {key: index.sharing(key) for key in list(own.lengths)[:KEYS]}
        candidates = {other: there for crowd in crowds.values() for other, there in crowd}
        shares = {other: same(own, index.sketch(there)) for other, there in candidates.items()}
        best = max(shares.values(), default=0.0)
        if best:
            yield name, next(other for other, share in shares.items() if share == best)
            continue
        for key, crowd in crowds.items():
            if len(crowd) < CROWD:
                index.keep(key, len(crowd), name, place)
