"""Pages as they came: files with a sidecar each, or WARC. File names come from our keys, never from a server."""

import io
import json
import os
import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from pipeline.errors import OutputError
from pipeline.scrape.addresses import Address

SIDECAR = ".meta.json"
"""The ending of the file beside a page that tells where and when it came from; ingest reads it with the page."""
SECRET = frozenset(["set-cookie", "set-cookie2", "www-authenticate", "authorization", "proxy-authenticate"])
PACKED = frozenset(["content-encoding", "transfer-encoding", "content-length", "connection", "keep-alive"])

Headers = Iterable[tuple[str, str]]


class Store(Protocol):
    def save(self, at: Address, url: str, status: int, headers: Headers, body: bytes, now: datetime) -> str:
        """Store a page; its file, relative to the output folder."""

    def close(self) -> None: ...


def folder(at: Address) -> str:
    """A site's folder: its host, port and path in characters that every file system has."""
    return re.sub(r"[^a-z0-9.-]+", "_", at.site.lower()).strip("._")[:100] or "site"


def shown(headers: Headers) -> list[tuple[str, str]]:
    """Headers without those that hold secrets."""
    return [(name, value) for name, value in headers if name.lower() not in SECRET]


class Files:
    """``HOST/t12-p3.html`` and ``HOST/t12-p3.html.meta.json``; each is there whole or not at all."""

    def __init__(self, out: Path) -> None:
        self.out = out

    def save(self, at: Address, url: str, status: int, headers: Headers, body: bytes, now: datetime) -> str:
        name = f"t{at.tid}-p{at.page}.html"
        place = self.out / folder(at)
        meta = {
            "url": url,
            "fetched_at": now.astimezone(UTC).isoformat(timespec="seconds"),
            "status": status,
            "thread": at.tid,
            "page": at.page,
            "headers": shown(headers),
        }
        # The sidecar first: a page is never there without it.
        write(place / (name + SIDECAR), (json.dumps(meta, ensure_ascii=False, indent=1) + "\n").encode(), durable=False)
        write(place / name, body)
        return f"{place.name}/{name}"

    def close(self) -> None:
        """Nothing is open."""


def write(path: Path, data: bytes, durable: bool = True) -> None:
    """Write a file whole or not at all; not at all where it holds the same."""
    part = path.with_name(f".{path.name}.part")
    try:
        if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as stream:
            stream.write(data)
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise OutputError(f"{path}: {error.strerror or error}; what was stored before is kept") from error


class Warc:
    """``HOST/crawl-TIME.warc.gz``, a file for each run; ``sized`` learns how long it is after each record."""

    def __init__(self, out: Path, agent: str, sized: Any) -> None:
        self.out, self.agent, self.sized = out, agent, sized
        self.open: dict[str, tuple[Any, Any, str]] = {}

    def writer(self, place: str, now: datetime) -> tuple[Any, Any, str]:
        from warcio.warcwriter import WARCWriter

        if place not in self.open:
            stem = f"crawl-{now.astimezone(UTC):%Y%m%dT%H%M%S}"
            path = next(
                path
                for count in range(10_000)
                if not (path := self.out / place / (stem + (f"-{count}" if count else "") + ".warc.gz")).exists()
            )
            path.parent.mkdir(parents=True, exist_ok=True)
            file = f"{place}/{path.name}"
            self.sized(file, 0, True)
            stream = path.open("xb")
            writer = WARCWriter(stream, gzip=True)
            info = {"software": self.agent, "format": "WARC File Format 1.0"}
            writer.write_record(writer.create_warcinfo_record(path.name, info))
            self.open[place] = (stream, writer, file)
        return self.open[place]

    def save(self, at: Address, url: str, status: int, headers: Headers, body: bytes, now: datetime) -> str:
        from warcio.statusandheaders import StatusAndHeaders

        try:
            stream, writer, file = self.writer(folder(at), now)
            kept = [(name, value) for name, value in shown(headers) if name.lower() not in PACKED]
            kept.append(("Content-Length", str(len(body))))
            record = writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(body),
                length=len(body),
                http_headers=StatusAndHeaders(f"{status} OK", kept, protocol="HTTP/1.1"),
                warc_headers_dict={"WARC-Date": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")},
            )
            writer.write_record(record)
            stream.flush()
            os.fsync(stream.fileno())
            self.sized(file, stream.tell(), False)
        except OSError as error:
            raise OutputError(f"{self.out}: {error.strerror or error}; what was stored before is kept") from error
        return file

    def close(self) -> None:
        for stream, _, _ in self.open.values():
            stream.close()
        self.open.clear()
