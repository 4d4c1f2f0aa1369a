"""Mutated pages through ingest and clean: ``python -m benchmarks.fuzz [COUNT] [SEED]``.

Pages of ours (``tests/clean/pages``, ``raw/``) are truncated, spliced, flipped, shuffled, nested 10,000 deep and given
attributes of 1 MB. A page must give posts or an ``InputError``; anything else, a page that takes longer than its size
allows, or memory that grows, is printed, kept in the folder that TAOJIN_FUZZ names, and makes the exit status 1.
"""

import os
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.clean import clean, explain
from pipeline.errors import InputError
from pipeline.ingest import read_bytes
from pipeline.records import Page

HOME = Path(__file__).parent.parent
FOLDERS = (HOME / "tests" / "clean" / "pages", HOME / "raw")
DEEP = 10_000
MEGABYTE = 1_000_000
BYTES_A_SECOND = 400_000
"""Slower than this, beside half a second, is no linear time."""

TAGS = [
    b"<div>",
    b"<font>",
    b"<blockquote>",
    b"<ul><li>",
    b"<table><tr><td>",
    b'<div class="quote"><blockquote>',
    b"<b>",
]
FILLERS = [
    "5 a",
    "( ",
    " ",
    "&nbsp;",
    "2025-1-1 ",
    "发表于 ",
    "[",
    "=",
    "本帖最后由",
    "<",
    "<a ",
    "\n",
    "引用",
    "中",
    '" ',
]
LABELS = [b"gbk", b"big5", b"utf-7", b"shift_jis", b"iso-2022-jp", b"euc-kr", b"idna", b"utf-16", b"unicode_escape"]


def sources() -> list[bytes]:
    """The pages to mutate."""
    return [path.read_bytes() for folder in FOLDERS for path in sorted(folder.iterdir()) if path.is_file()]


def truncated(page: bytes, pages: list[bytes], draw: random.Random) -> bytes:
    return page[: draw.randrange(len(page))]


def spliced(page: bytes, pages: list[bytes], draw: random.Random) -> bytes:
    other = draw.choice(pages)
    return page[: draw.randrange(len(page))] + other[draw.randrange(len(other)) :]


def cut_out(page: bytes, pages: list[bytes], draw: random.Random) -> bytes:
    first, last = sorted(draw.randrange(len(page)) for _ in "ab")
    return page[:first] + page[last:]


def flipped(page: bytes, pages: list[bytes], draw: random.Random) -> bytes:
    changed = bytearray(page)
    for _ in range(draw.randrange(1, 200)):
        changed[draw.randrange(len(changed))] = draw.randrange(256)
    return bytes(changed)


def shuffled(page: bytes, pages: list[bytes], draw: random.Random) -> bytes:
    lines = page.split(b"\n")
    draw.shuffle(lines)
    return b"\n".join(lines)


def relabelled(page: bytes, pages: list[bytes], draw: random.Random) -> bytes:
    return page.replace(b"utf-8", draw.choice(LABELS), 3)


def unpaired(page: bytes, pages: list[bytes], draw: random.Random) -> bytes:
    sign = draw.choice([b"<", b">", b'"', b"=", b"</div>", b'id="pid', b"}", b":", b","])
    return page.replace(sign, draw.choice([b"", b"<", b'"', b"\0", b"\xff"]), draw.randrange(1, 50))


def nested(page: bytes, pages: list[bytes], draw: random.Random) -> bytes:
    at = draw.randrange(len(page))
    return page[:at] + draw.choice(TAGS) * DEEP + page[at:]


def with_attribute(page: bytes, pages: list[bytes], draw: random.Random) -> bytes:
    at, filler = draw.randrange(len(page)), draw.choice(FILLERS).encode()
    return page[:at] + b'<div title="' + filler * (MEGABYTE // len(filler)) + b'">' + page[at:]


def stuffed(page: bytes, pages: list[bytes], draw: random.Random) -> bytes:
    at, filler = draw.randrange(len(page)), draw.choice(FILLERS).encode()
    return page[:at] + filler * (MEGABYTE // 4 // len(filler)) + page[at:]


Mutation = Callable[[bytes, list[bytes], random.Random], bytes]
LIGHT: tuple[Mutation, ...] = (truncated, spliced, cut_out, flipped, shuffled, relabelled, unpaired)
HEAVY: tuple[Mutation, ...] = (nested, with_attribute, stuffed)
ONE_HEAVY_IN = 40


def mutated(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Mutated pages with the names of what was done to them; the same for the same seed."""
    draw = random.Random(seed)
    pages = sources()
    for at in range(count):
        page, names = draw.choice(pages), []
        for _ in range(draw.choice((1, 1, 2))):
            change = draw.choice(HEAVY if at % ONE_HEAVY_IN == 0 else LIGHT)
            page = change(page or b"x", pages, draw)
            names.append(change.__name__)
        yield "+".join(names), page


def posts_of(data: bytes) -> int:
    """How many posts come of bytes; raises what should not be raised."""
    found = 0
    for page in read_bytes(data, "mutated"):
        if isinstance(page, Page):
            try:
                posts = clean(page)
                explain(page)
            except InputError:
                continue
            assert all(post.post_id for post in posts)
            found += len(posts)
    return found


def main() -> int:
    given = [int(word) for word in sys.argv[1:3]]
    count, seed = [*given, *(10_000, 1)[len(given) :]]
    keep = os.environ.get("TAOJIN_FUZZ")
    faults = posts = 0
    slowest = 0.0
    memory = 0
    for at, (names, data) in enumerate(mutated(count, seed)):
        started = time.process_time()
        fault = ""
        try:
            posts += posts_of(data)
        except Exception as error:
            fault = f"{type(error).__name__}: {str(error)[:200]}"
        seconds = time.process_time() - started
        slowest = max(slowest, seconds)
        if seconds > 0.5 + len(data) / BYTES_A_SECOND:
            fault = fault or f"{seconds:.1f} s for {len(data):,} bytes"
        if fault:
            faults += 1
            print(f"{at} {names}: {fault}", flush=True)
            if keep:
                Path(keep, f"{seed}-{at}").write_bytes(data)
        if at == min(1000, count // 2):
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory
    print(f"{count:,} pages, {posts:,} posts, {faults} faults, slowest {slowest:.2f} s, {grown // 1024} MB more memory")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
