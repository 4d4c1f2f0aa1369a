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
from typing import Protocol

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


def unpacked(sketched: bytes) -> dict[int, int]:
    """A sketch as lengths by hash, smallest hash first."""
    return dict(PACKED.iter_unpack(sketched))


def same(one: dict[int, int], other: dict[int, int]) -> float:
    """How much of the longer post both share, 0 where they are not the same article."""
    if len(one) == SKETCH or len(other) == SKETCH:  # only hashes below both sketches' ends can be compared
        limit = min(max(cut) for cut in (one, other) if len(cut) == SKETCH)
        one = {key: size for key, size in one.items() if key <= limit}
        other = {key: size for key, size in other.items() if key <= limit}
    shared = sum(size for key, size in one.items() if key in other)
    shorter, longer = sorted((sum(one.values()), sum(other.values())))
    return shared / longer if shared and shared >= OF_SHORTER * shorter and shared >= OF_LONGER * longer else 0.0


class Index(Protocol):
    """Where earlier posts stand under the smallest hashes of their sketches; ``place`` is whatever finds one again."""

    def sharing(self, hash_: int) -> list[tuple[str, int]]: ...

    def sketch(self, place: int) -> bytes: ...

    def keep(self, hash_: int, name: str, place: int) -> None: ...


def repeats(posts: Iterable[tuple[str, int, bytes]], index: Index) -> Iterator[tuple[str, str]]:
    """Each repost with the post that it repeats, never itself a repost.

    ``posts`` are ids with places and sketches, earliest first; ``index`` is empty.
    """
    for name, place, sketched in posts:
        own = unpacked(sketched)
        keys = list(own)[:KEYS]
        candidates = {other: there for key in keys for other, there in index.sharing(key)}
        shares = {other: same(own, unpacked(index.sketch(there))) for other, there in candidates.items()}
        best = max(shares.values(), default=0.0)
        if best:
            yield name, next(other for other, share in shares.items() if share == best)
            continue
        for key in keys:
            index.keep(key, name, place)
