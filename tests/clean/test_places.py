"""Where cleaned characters stand in their page."""

import html
import re
from pathlib import Path

import pytest

from pipeline.clean import clean, places
from pipeline.ingest import read
from pipeline.records import Page

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_place_holds_its_character(path):
    (page,) = read(path)
    for post in clean(page):
        found = places(page, post)
        assert len(found) == len(post.text)
        for char, place in zip(post.text, found, strict=True):
            if place >= 0:
                entity = re.match(r"&#?\w+;", page.text[place:])
                assert char in (html.unescape(entity[0]) if entity else page.text[place])
        words = [place for char, place in zip(post.text, found, strict=True) if char.isalnum()]
        assert sum(place >= 0 for place in words) >= 0.65 * len(words)  # an address may come whole from its link


def test_a_post_is_sought_behind_its_number():
    page = Page(
        "twice.html",
        "html",
        '<div id="pid1"><p id="postmessage_1">加 5 元</p></div>'
        '<div id="pid2"><p id="postmessage_2">加 <b>5</b> 元</p></div>',
    )
    one, two = clean(page)
    assert max(places(page, one)) < page.text.index("pid2") < min(place for place in places(page, two) if place >= 0)


def test_hidden_parts_are_skipped():
    page = Page("a.html", "html", '<p id="postmessage_1">年利<s style="display:none">ab</s>率 3&permil;</p>')
    (post,) = clean(page)
    assert "".join(page.text[place] for place in places(page, post) if place >= 0) == "年利率3&"


def test_json_has_no_places():
    page = Page("p.jsonl", "post", '{"text": "一二"}')
    (post,) = clean(page)
    assert places(page, post) == [-1, -1]
