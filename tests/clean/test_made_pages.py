"""The pages that cleaning is measured on give back what was put in, line by line."""

import pytest

from benchmarks.forum_pages import page
from pipeline.clean import clean
from pipeline.records import Page


@pytest.mark.parametrize("seed", range(12))
def test_made_page(seed):
    made = page(seed)
    posts = clean(Page("made.html", "html", made.html))
    assert [post.text for post in posts] == made.texts
    assert [post.floor for post in posts] == list(range(1, 11))
    assert {(post.site, post.thread_id, post.views, post.replies) for post in posts} == {
        ("haigang.example", "9", 888, 9)
    }
