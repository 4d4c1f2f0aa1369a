"""What of a post's element is the author's."""

import pytest

from pipeline.clean import clean, explain
from pipeline.records import Page, Post
from tests.cases import cases

THREAD = (
    '<html><body><table id="pid5"><tr><td><div class="authi"><a href="home.php?mod=space&uid=1">甲</a> '
    '<em id="authorposton5">发表于 2025-1-1 08:00</em></div><table><tr><td class="t_f" id="postmessage_5">{}</td></tr>'
    "</table></td></tr></table></body></html>"
)


def post_of(html: str) -> Post:
    (post,) = clean(Page("thread.html", "html", THREAD.format(html)))
    return post


@pytest.mark.parametrize("case", cases("clean/cases/bodies.jsonl"))
def test_body(case):
    post = post_of(case["html"])
    assert post.text == case["text"]
    assert [[quote.author, quote.floor, quote.text] for quote in post.quoted] == case.get("quoted", [])
    assert post.reply_to == case.get("reply_to", "")
    assert post.status == case.get("status", "")


def test_explain_names_the_marker_of_each_piece():
    html = '租金 900 元<span style="display:none">5 A( b# C</span><br />w1.jpg<div class="sign">签名</div>'
    removed = explain(Page("thread.html", "html", THREAD.format(html)))
    assert removed == [("hidden.style", "5 A( b# C"), ("signature", "签名"), ("image_name", "w1.jpg")]


def test_explain_of_a_post_line_is_empty():
    assert explain(Page("posts.jsonl", "post", '{"text": "本帖最后由 甲 于 2025-1-1 08:00 编辑"}')) == []
