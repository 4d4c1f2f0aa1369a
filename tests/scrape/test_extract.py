"""What was scraped is read again: sidecars and WARC through ingest, and the whole way to posts."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.clean import clean
from pipeline.ingest import read, sources
from pipeline.records import Page, Rejection
from tests.scrape.forum import Forum, Thread


@pytest.mark.parametrize("form", [[], ["--warc"]])
def test_scraped_pages_become_posts(crawl: Any, form: list[str]) -> None:
    with Forum([Thread(1, 13), Thread(2, 1)]) as forum:
        done = crawl(forum.start(), *form)
        found: list[Any] = [page for path in sources([done.out]) for page in read(path)]
        assert len(found) == 3
        posts = [post for page in found for post in clean(page)]
        assert len({post.post_id for post in posts}) == len(posts) == 14
        assert {post.site for post in posts} == {forum.host}
        assert all(post.url.startswith(forum.url) for post in posts)
        assert all(page.seen_at and (datetime.now(UTC) - page.seen_at).total_seconds() < 120 for page in found)


def test_a_sidecar_gives_address_and_time_and_is_no_source(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body>甲</body></html>", "utf-8")
    side = tmp_path / "a.html.meta.json"
    side.write_text(
        json.dumps({"url": "https://b.example/thread-1-1-1.html", "fetched_at": "2025-03-01T10:00:00+00:00"})
    )
    (tmp_path / "posts.meta.json").write_text('{"text": "a post file of that name"}', "utf-8")
    assert [path.name for path in sources([tmp_path])] == ["a.html", "posts.meta.json"]
    (page,) = read(tmp_path / "a.html")
    assert isinstance(page, Page)
    assert (page.url, page.seen_at) == ("https://b.example/thread-1-1-1.html", datetime(2025, 3, 1, 10, tzinfo=UTC))


@pytest.mark.parametrize("words", ["", "[1]", '{"url": 5, "fetched_at": "soon"}', "[" * 100_000, "\udcff"])
def test_a_broken_sidecar_is_as_good_as_none(tmp_path: Path, words: str) -> None:
    (tmp_path / "a.html").write_text("<html><body>甲</body></html>", "utf-8")
    (tmp_path / "a.html.meta.json").write_bytes(words.encode("utf-8", "surrogateescape"))
    (page,) = read(tmp_path / "a.html")
    assert isinstance(page, Page)
    assert page.url == ""
    assert page.seen_at


def record(kind: str, url: str, http: str) -> bytes:
    body = http.encode()
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-03-01T10:00:00Z\r\n"
    head += f"WARC-Record-ID: <urn:uuid:{url}>\r\nContent-Type: application/http; msgtype=response\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body + b"\r\n\r\n"


PAGE = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body>一页</body></html>"
ROBOTS = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nUser-agent: *"
MOVED = "HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n"


@pytest.mark.parametrize("packed", [True, False])
def test_other_crawlers_warc_files(tmp_path: Path, packed: bool) -> None:
    records = [record("response", f"http://b.example/{n}", http) for n, http in enumerate([PAGE, ROBOTS, MOVED, PAGE])]
    data = b"".join(gzip.compress(one) for one in records) if packed else b"".join(records)
    (tmp_path / "a.bin").write_bytes(data)
    found = list(read(tmp_path / "a.bin"))
    assert [page.url for page in found if isinstance(page, Page)] == ["http://b.example/0", "http://b.example/3"]
    (tmp_path / "torn.warc.gz").write_bytes(data[: -len(data) // 8])
    torn = list(read(tmp_path / "torn.warc.gz"))
    assert isinstance(torn[0], Page)
    assert not any(isinstance(one, Page) and one.url.endswith("3") and "一页" not in one.text for one in torn)


def test_a_packed_file_that_is_no_warc_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(gzip.compress(b"<html>a page</html>"))
    (found,) = read(tmp_path / "a.gz")
    assert isinstance(found, Rejection)
