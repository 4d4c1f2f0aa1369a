"""Broken pages: posts or an InputError, never anything else, and no work that grows faster than the page."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.fuzz import mutated, posts_of
from pipeline.clean import clean, explain
from pipeline.clean.tree import parse
from pipeline.errors import InputError
from pipeline.ingest import read, read_bytes
from pipeline.records import Page

SOURCES = [path.read_bytes() for path in sorted((Path(__file__).parent / "pages").iterdir())]


def cleaned(data: bytes) -> list:
    posts = []
    for page in read_bytes(data, "mutated"):
        if isinstance(page, Page):
            try:
                posts += clean(page)
                explain(page)
            except InputError:
                continue
    return posts


@pytest.mark.parametrize("seed", range(5))
def test_a_slice_of_the_fuzzing(seed):
    found = [posts_of(data) for _, data in mutated(60, seed)]
    assert len(found) == 60
    assert sum(found) > 20


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SOURCES), st.sampled_from(SOURCES), st.data())
def test_cut_and_spliced_pages(one, other, data):
    head = data.draw(st.integers(0, len(one)))
    tail = data.draw(st.integers(0, len(other)))
    for post in cleaned(one[:head] + other[tail:]):
        assert post.post_id
        assert "\n\n" not in post.text


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(SOURCES), st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 255)), max_size=60))
def test_flipped_bytes(source, flips):
    changed = bytearray(source)
    for at, byte in flips:
        changed[at % len(changed)] = byte
    assert all(post.post_id for post in cleaned(bytes(changed)))


@pytest.mark.parametrize("tag", ["div", "font", "blockquote", "table><tr><td", "ul><li", "b"])
def test_posts_after_deep_nesting_are_found(tag):
    deep = f"<{tag}>" * 10_000
    html = f'<html><body><p id="postmessage_1">头</p>{deep}底<p id="postmessage_2">租金 700 元</p></body></html>'
    assert [post.pid for post in clean(Page("deep.html", "html", html))] == ["1", "2"]


@pytest.mark.parametrize("junk", ['<p title="{}">', "<p style='{}'>", "{}", "<!-- {} -->", "<a href='{}'>"])
@pytest.mark.parametrize("filler", ["5 a", "<", "( ", "中", "&#5;", "[", "color:#fff;", "发表于 ", "\t"])
def test_a_megabyte_of_anything(junk, filler):
    text = junk.format(filler * (1_000_000 // len(filler)))
    html = f'<div id="postmessage_1">尾款 30%</div>{text}'
    assert clean(Page("big.html", "html", html))[0].text.startswith("尾款 30%")


def test_a_tag_without_an_end_after_deep_nesting():
    html = '<p id="postmessage_1">尾款 30%</p>' + "<div>" * 5000 + "<" + "a" * 300_000
    assert clean(Page("open.html", "html", html))[0].text == "尾款 30%"


def test_parse_keeps_what_stands_below_the_limit():
    root = parse("<div>" * 5000 + '<i id="x">有</i>')
    assert root is not None
    assert [node.text for node in root.iter("i")] == ["有"]


def test_every_page_has_a_stable_id():
    for path in sorted((Path(__file__).parent / "pages").iterdir()):
        (page,) = read(path)
        ids = [post.post_id for post in clean(page)]
        assert len(set(ids)) == len(ids)
        assert ids == [post.post_id for post in clean(page)]


def test_a_long_first_line_of_a_quote_takes_linear_time():
    quote = f"<div class='quote'><blockquote>甲{'&nbsp;' * 200_000}</blockquote></div>"
    html = f'<div id="postmessage_1">{quote}租金 700 元</div>'
    assert clean(Page("quote.html", "html", html))[0].text == "租金 700 元"
