"""Files and streams → pages, one at a time; what cannot be read becomes a rejection that says what to do."""

import io
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from pipeline.ingest import warc
from pipeline.ingest.charset import decode
from pipeline.ingest.forms import form_of, is_archive, is_binary, post_line
from pipeline.ingest.sidecar import origin
from pipeline.ingest.sources import STDIN
from pipeline.ingest.warc import is_warc
from pipeline.records import Page, Rejection
from pipeline.settings import Settings

STAGE = "ingest"
SNIFF = 65_536


def read(path: str | Path, settings: Settings | None = None) -> Iterator[Page | Rejection]:
    """The pages of one file, or of standard input for ``-``: one page, or one for each line of JSON Lines.

    Yields a ``Rejection`` in place of each page that cannot be read; never raises for what a file holds.
    ``Page.seen_at`` is when a scraped page was fetched, as its sidecar tells, else the file's modification time.
    """
    settings = settings or Settings()
    name = str(path)
    try:
        if name == STDIN:
            yield from read_stream(sys.stdin.buffer, name, settings)
            return
        with Path(path).open("rb") as stream:
            seen_at = datetime.fromtimestamp(Path(path).stat().st_mtime, UTC)
            known = origin(Path(path))
            yield from read_stream(stream, name, settings, known.fetched_at or seen_at, known.url)
    except FileNotFoundError:
        yield Rejection(name, STAGE, "no such file; check the path")
    except IsADirectoryError:
        yield Rejection(name, STAGE, "a folder where a file was expected; give the folder itself as an input")
    except PermissionError:
        yield Rejection(name, STAGE, "not readable for this user; change its permissions")
    except OSError as error:
        yield Rejection(name, STAGE, f"cannot be read: {error.strerror or error}; check the disk or the path")


def read_bytes(data: bytes, name: str, settings: Settings | None = None) -> Iterator[Page | Rejection]:
    """The pages of bytes in memory; ``name`` stands for the file."""
    return read_stream(io.BytesIO(data), name, settings or Settings())


def read_stream(
    stream: BinaryIO, name: str, settings: Settings, seen_at: datetime | None = None, url: str = ""
) -> Iterator[Page | Rejection]:
    """The pages of an open binary stream; ``url`` is where it came from, where that is known.

    JSON Lines are read line by line, so they may be of any length.
    """
    head = stream.read(SNIFF)
    if not head.strip(b" \t\r\n\xef\xbb\xbf"):
        rest = head + stream.read(SNIFF)
        if not rest.strip(b" \t\r\n\xef\xbb\xbf"):
            yield Rejection(name, STAGE, "the file is empty; save the page again")
            return
        head = rest
    if is_lines_of_json(head):
        yield from lines(stream, head, name, settings, seen_at)
        return
    if is_warc(head):
        yield from warc.pages(head, stream, name, settings, seen_at)
        return
    if is_binary(head):
        yield Rejection(name, STAGE, "a binary file, not text; save the page as HTML, MHTML or text")
        return
    data = head + stream.read(max(0, settings.max_page_bytes + 1 - len(head)))
    if len(data) > settings.max_page_bytes:
        reason = f"larger than {settings.max_page_bytes} bytes; raise max_page_bytes, or split the file"
        yield Rejection(name, STAGE, reason)
        return
    yield page(data, name, seen_at, url)


def page(data: bytes, name: str, seen_at: datetime | None, url: str = "") -> Page | Rejection:
    """One page from all of its bytes; ``url`` is where it came from, where that is known."""
    label = ""
    if is_archive(data):
        found = main_part(data)
        if found is None:
            return Rejection(name, STAGE, "an MHTML file without a page in it; save the page again")
        data, label, place, saved_at = found
        url, seen_at = url or place, saved_at or seen_at
    decoded = decode(data, label)
    text = decoded.text.replace("\0", "")
    if not text.strip():
        return Rejection(name, STAGE, "the file is empty; save the page again")
    return Page(name, form_of(text), text, url, decoded.charset, decoded.undecodable, seen_at)


def main_part(data: bytes) -> tuple[bytes, str, str, datetime | None] | None:
    """The page of an MHTML file: its bytes, charset, address, and when it was saved."""
    from email import message_from_bytes  # loaded for MHTML alone
    from email.utils import parsedate_to_datetime

    message = message_from_bytes(data)
    start = str(message.get("Snapshot-Content-Location") or "")
    try:
        saved_at = parsedate_to_datetime(str(message.get("Date") or ""))
    except ValueError:
        saved_at = None
    if saved_at is not None and saved_at.tzinfo is None:
        saved_at = saved_at.replace(tzinfo=UTC)  # "-0000" tells a time in UTC without a zone
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            body = part.get_payload(decode=True)
            if isinstance(body, bytes) and body.strip():
                place = start or str(part.get("Content-Location") or "")
                return body, part.get_content_charset() or "", place, saved_at
    return None


def is_lines_of_json(head: bytes) -> bool:
    """Whether the head of a file is JSON Lines of posts, though a line of it may be broken."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text.startswith(b"{"):
        return False
    first, *others = text.splitlines()
    if len(first) == len(text) and len(head) >= SNIFF:
        return b'"text"' in first and b'"Variables"' not in first  # one line longer than the head
    kinds = [post_line(line.decode("utf-8", "replace")) for line in (first, *others[:20]) if line.strip()]
    if kinds[0] == "broken" and len(kinds) == 1:
        return b'"text"' in first and b'"Variables"' not in first
    return "post" in kinds or (
        kinds.count("other") == len(kinds) and b'"Variables"' not in first and b'"Message"' not in first
    )


def lines(
    stream: BinaryIO, head: bytes, name: str, settings: Settings, seen_at: datetime | None
) -> Iterator[Page | Rejection]:
    """One page for each line of JSON Lines; a broken line is rejected alone."""
    for number, line in enumerate(raw_lines(stream, head, settings.max_page_bytes), 1):
        if line is None:
            reason = f"a line larger than {settings.max_page_bytes} bytes; raise max_page_bytes"
            yield Rejection(name, STAGE, reason, number)
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        decoded = decode(line)
        yield post(decoded.text, decoded.charset, decoded.undecodable, name, number, seen_at)


def raw_lines(stream: BinaryIO, head: bytes, limit: int) -> Iterator[bytes | None]:
    """The lines of ``head`` and of the stream after it; None for one longer than ``limit``."""
    *complete, rest = head.split(b"\n")
    for line in complete:
        yield line if len(line) <= limit else None
    while True:
        line = rest + stream.readline(limit + 1)
        rest = b""
        if not line:
            return
        if len(line) > limit:
            while line and not line.endswith(b"\n"):
                line = stream.readline(limit + 1)
            yield None
            continue
        yield line


def post(
    text: str, charset: str, undecodable: int, name: str, number: int, seen_at: datetime | None
) -> Page | Rejection:
    """The page of one line of JSON Lines."""
    text = text.strip()
    try:
        value = json.loads(text)
    except RecursionError:
        return Rejection(name, STAGE, "JSON nested too deep for a post; correct the line", number)
    except ValueError as error:
        return Rejection(name, STAGE, f"broken JSON: {error}; correct the line", number)
    if not isinstance(value, dict):
        return Rejection(name, STAGE, 'no JSON object; a line is {"post_id": "…", "text": "…"}', number)
    if not isinstance(value.get("text"), str):
        return Rejection(name, STAGE, 'no "text" in this post; every line needs one, a string', number)
    url = value.get("url")
    return Page(name, "post", text, url if isinstance(url, str) else "", charset, undecodable, seen_at, number)
