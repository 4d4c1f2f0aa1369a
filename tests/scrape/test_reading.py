"""Addresses, lists, threads, notices and times, without a network."""

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import cases

pytest.importorskip("w3lib", reason="w3lib comes with scrapy (pip install taojin[scrape])")

from pipeline.scrape.addresses import address
from pipeline.scrape.reading import decode, digest, read
from pipeline.scrape.times import moment
from tests.scrape.forum import Forum, Thread

NOON = datetime(2025, 6, 15, 12, 0)
START = "http://bbs.example/forum.php?mod=forumdisplay&fid=2"


def served(threads: list[Thread], **more: Any) -> Forum:
    forum = Forum(threads, **more)
    forum.url = "http://bbs.example/"
    return forum


@pytest.mark.parametrize("case", cases("scrape/cases/addresses.jsonl"))
def test_address(case: dict[str, Any]) -> None:
    at = address(case["url"])
    assert (at and at.kind) == case["kind"]
    if at:
        assert (at.key, at.url) == (case["key"], case["fetch"])


@given(st.text(max_size=60))
def test_an_address_is_one_or_none(tail: str) -> None:
    at = address("https://bbs.example/" + tail)
    assert at is None or (at.site.startswith("bbs.example") and address(at.url) == at)


@pytest.mark.parametrize("case", cases("scrape/cases/notices.jsonl"))
def test_notice(case: dict[str, Any]) -> None:
    at = address("http://bbs.example/thread-1-1-1.html")
    assert at
    page = served([]).notice(case["box"]) + "<!-- " + "x" * 100 + " -->"
    assert read(page, at, at.url, NOON).notice == case["notice"]


@pytest.mark.parametrize("case", cases("scrape/cases/times.jsonl"))
def test_moment(case: dict[str, Any]) -> None:
    assert moment(case["words"], NOON) == case["time"]


def test_a_list_is_read_with_replies_last_post_and_pages() -> None:
    forum = served([Thread(n, n, sticky=n == 3) for n in range(1, 31)])
    at = address(START)
    assert at
    found = read(forum.show_list(1), at, START, NOON)
    assert (len(found.rows), found.shown, found.last) == (20, 1, 2)
    assert found.rows[0].sticky
    assert {(row.at.tid, row.replies, row.last) for row in found.rows} >= {("30", 29, "2025-03-01T10:00")}


def test_a_thread_is_read_with_posts_replies_and_pages() -> None:
    forum = served([Thread(5, 27)])
    at = address("http://bbs.example/forum.php?mod=viewthread&tid=5")
    assert at
    found = read(forum.show_thread(forum.threads[0], 1), at, at.url, NOON)
    assert (found.posts[0], len(found.posts), found.replies, found.last) == ("5001", 10, 26, 3)


def test_pages_that_differ_by_what_every_visit_changes_are_the_same() -> None:
    forum = served([Thread(5, 7)])
    first, second = (forum.show_thread(forum.threads[0], 1) for _ in range(2))
    assert first != second
    assert digest(first) == digest(second)
    assert digest(first) != digest(second.replace("看好", "看空"))


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "big5"])
@pytest.mark.parametrize("claim", ["utf-8", "gbk", "latin-1", "nonsense"])
def test_a_wrong_charset_hides_no_thread(charset: str, claim: str) -> None:
    page = served([Thread(1, 3)]).show_list(1).encode(charset, "replace")
    at = address(START)
    assert at
    assert [row.at.tid for row in read(decode(page, f"text/html; charset={claim}"), at, START, NOON).rows] == ["1"]


@given(st.binary(max_size=300))
def test_any_bytes_are_read(body: bytes) -> None:
    at = address(START)
    assert at
    text = decode(b"<html>" + body)
    assert digest(text)
    assert read(text, at, START, NOON).notice or read(text, at, START, NOON).rows
