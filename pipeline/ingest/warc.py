"""WARC files, as crawlers write them: the pages that answered with 200, in the order of the file."""

import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO

from pipeline.ingest.sidecar import moment
from pipeline.records import Page, Rejection
from pipeline.settings import Settings

STAGE = "ingest"
PAGES = ("text/html", "application/xhtml+xml", "application/json", "application/rss+xml", "application/xml", "text/xml")


def is_warc(head: bytes) -> bool:
    """Whether a file's first bytes are those of a WARC file, packed or not."""
    if head.startswith(b"WARC/"):
        return True
    if not head.startswith(b"\x1f\x8b"):
        return False
    import zlib

    try:
        return zlib.decompressobj(31).decompress(head, 16).startswith(b"WARC/")
    except zlib.error:
        return False


class Rewound(io.RawIOBase):
    """A stream whose head was read already, from its beginning."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self.head, self.stream = head, stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self.head[: len(buffer)] or self.stream.read(len(buffer))
        self.head = self.head[len(data) :]
        buffer[: len(data)] = data
        return len(data)


def pages(
    head: bytes, stream: BinaryIO, name: str, settings: Settings, seen_at: datetime | None
) -> Iterator[Page | Rejection]:
    """The pages of a WARC file. What is not a page (robots.txt, pictures, redirects) is passed over."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        yield Rejection(name, STAGE, "a WARC file, which needs warcio; say pip install 'taojin[scrape]'")
        return
    from pipeline.ingest.reading import page

    found = False
    try:
        for record in ArchiveIterator(io.BufferedReader(Rewound(head, stream), 1 << 16)):
            headers = record.http_headers
            if record.rec_type != "response" or headers is None or headers.get_statuscode() != "200":
                found = True
                continue
            kind = (headers.get_header("Content-Type") or "text/html").partition(";")[0].strip().lower()
            if kind not in PAGES:
                continue
            found = True
            url = record.rec_headers.get_header("WARC-Target-URI") or ""
            data = record.content_stream().read(settings.max_page_bytes + 1)
            if len(data) > settings.max_page_bytes:
                yield Rejection(
                    name, STAGE, f"{url}: larger than {settings.max_page_bytes} bytes; raise max_page_bytes"
                )
                continue
            at = moment(record.rec_headers.get_header("WARC-Date")) or seen_at
            yield page(data, name, at, url)
    except (ArchiveLoadFailed, OSError, EOFError, ValueError) as error:
        words = " ".join(str(error).split())[:200]
        yield Rejection(
            name, STAGE, f"a broken WARC file: {words or type(error).__name__}; what stands before was read"
        )
        return
    if not found:
        yield Rejection(name, STAGE, "a WARC file without a page in it")
