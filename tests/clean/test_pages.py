"""Whole pages of every template, and the pages that hold no post."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.clean import clean
from pipeline.errors import InputError
from pipeline.ingest import read
from pipeline.records import Page, Post
from pipeline.settings import Settings
from tests.cases import cases

PAGES = Path(__file__).parent / "pages"
SEEN = datetime(2025, 1, 1, tzinfo=UTC)


def shown(post: Post, field: str):
    """A field as the cases write it."""
    value = getattr(post, field)
    if field in ("quoted", "comments"):
        return [[quote.author, quote.floor, quote.text] for quote in value]
    return value.isoformat() if field == "posted_at" and value else value


def assert_posts(posts: list[Post], wanted: list[dict]):
    assert [{field: shown(post, field) for field in want} for post, want in zip(posts, wanted, strict=True)] == wanted


@pytest.mark.parametrize("case", cases("clean/cases/pages.jsonl"))
def test_page(case):
    (page,) = read(PAGES / case["page"])
    assert_posts(clean(page), case["posts"])


@pytest.mark.parametrize("case", cases("clean/cases/dumps.jsonl"))
def test_dump(case):
    posts = clean(Page("dump.txt", "dump", case["dump"], seen_at=SEEN))
    assert_posts(posts, case["posts"])
    for field in ("title", "forum", "views", "replies"):
        assert {getattr(post, field) for post in posts} == {case[field]}


@pytest.mark.parametrize("case", cases("clean/cases/refused.jsonl"))
def test_refused(case):
    with pytest.raises(InputError, match=case["reason"]):
        clean(Page("saved", case.get("form", "html"), case["html"]))


def test_two_bodies_with_one_number():
    """A thread with a price gives its preview another post's number."""
    html = (
        '<table id="pid20"><tr><td><div class="pcb"><div id="postmessage_21" class="t_f">预览三句。</div>'
        '<div class="locked">本主题需向作者支付 <strong>5 金钱</strong> 才能浏览</div></div></td></tr></table>'
        '<table id="pid21"><tr><td><div class="pcb"><table><tr><td class="t_f" id="postmessage_21">买了，值 20 元。'
        "</td></tr></table></div></td></tr></table>"
    )
    posts = clean(Page("price.html", "html", html))
    assert [(post.pid, post.text, post.status) for post in posts] == [
        ("20", "预览三句。", "truncated"),
        ("21", "买了，值 20 元。", ""),
    ]


def test_best_answer_is_not_repeated():
    html = (
        '<div id="pid30" class="plc"><div class="message"><div class="rwdbst"><h3>最佳答案</h3><div>用 8 号线。</div>'
        '</div><div id="postmessage_30">几号线？</div></div></div>'
        '<div id="pid31" class="plc"><div class="message">用 8 号线。</div></div>'
    )
    assert [post.text for post in clean(Page("reward.html", "html", html))] == ["几号线？", "用 8 号线。"]


def test_author_only_pages_number_no_floors():
    html = (
        "<a>显示全部楼层</a>"
        '<table id="pid40"><tr><td><a id="postnum40">楼主</a><td id="postmessage_40">一</td></tr></table>'
        '<table id="pid44"><tr><td><a id="postnum44">沙发</a><td id="postmessage_44">二</td></tr></table>'
    )
    assert [(post.floor, post.is_first) for post in clean(Page("a.html", "html", html))] == [
        (None, True),
        (None, False),
    ]


def test_last_page_tells_the_replies():
    html = (
        '<div class="pg"><strong>2</strong></div>'
        '<table id="pid50"><tr><td><a id="postnum50"><em>11</em><sup>#</sup></a>'
        '<td id="postmessage_50">一</td></tr></table>'
    )
    (post,) = clean(Page("p2.html", "html", html))
    assert (post.floor, post.replies) == (11, 10)


def test_post_line_passes_through():
    line = '{"post_id": "x:1", "text": " 马上注册 w1.jpg\\n", "posted_at": "2025-01-02T03:04:05", "author": "乙"}'
    (post,) = clean(Page("p.jsonl", "post", line, line=3), Settings(timezone="Asia/Taipei"))
    assert (post.post_id, post.text, post.author) == ("x:1", " 马上注册 w1.jpg\n", "乙")
    assert post.posted_at.isoformat() == "2025-01-02T03:04:05+08:00"


def test_post_line_without_an_id_gets_a_stable_one():
    ids = {clean(Page(name, "post", '{"text": "同文"}'))[0].post_id for name in ("a", "b")}
    other = clean(Page("a", "post", '{"text": "异文"}'))[0].post_id
    assert len(ids) == 1
    assert other not in ids


def test_a_users_markers_are_read_after_ours(tmp_path):
    folder = tmp_path / "clean"
    folder.mkdir()
    (folder / "skin.toml").write_text('[drop.signature]\nclasses = ["my-footer"]\n', "utf-8")
    html = '<div id="postmessage_1">水泥 480 元<p class="my-footer">加微信</p></div>'
    (post,) = clean(Page("skin.html", "html", html), Settings(lexicons=str(tmp_path)))
    assert post.text == "水泥 480 元"


def test_markup_left_open_does_not_swallow_the_next_post():
    html = (
        '<div id="pid60"><div class="locked">提示: <em>作者被禁止或删除 内容自动屏蔽</em></div>'
        '<div id="pid61"><div id="postmessage_61">定金 3 成<div><b>尾款 7 成'
        '<div id="pid62"><div id="postmessage_62">运费另付</div></div></div>'
    )
    posts = clean(Page("open.html", "html", html))
    assert [(post.pid, post.text, post.status) for post in posts] == [
        ("60", "", "blocked"),
        ("61", "定金 3 成\n尾款 7 成", ""),
        ("62", "运费另付", ""),
    ]
