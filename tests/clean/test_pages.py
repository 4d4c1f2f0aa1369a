"""Whole pages of every template, and the pages that hold no post."""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.clean import clean, explain
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


def author_only(*links: str) -> list[Post]:
    names = ("楼主", "沙发")
    posts = "".join(
        f'<table id="pid{pid}"><td><a id="postnum{pid}"{link}>{name}</a><td id="postmessage_{pid}">话</td></table>'
        for pid, link, name in zip((40, 44), links, names, strict=True)
    )
    return clean(Page("a.html", "html", f"<a>显示全部楼层</a>{posts}"))


THREAD_LINK = ' href="forum.php?mod=viewthread&tid=4"'
POST_LINK = ' href="forum.php?mod=redirect&goto=findpost&ptid=4&pid=44"'


@pytest.mark.parametrize(
    ("links", "floors"),
    [((THREAD_LINK, POST_LINK), [1, None]), ((POST_LINK, POST_LINK), [None, None]), (("", ""), [1, None])],
    ids=["the starter's posts", "a replier's posts", "no links: what the label says"],
)
def test_author_only_pages_number_no_floors_but_the_first(links, floors):
    posts = author_only(*links)
    assert [post.floor for post in posts] == floors
    assert [post.is_first for post in posts] == [floor == 1 for floor in floors]


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


def test_the_skin_of_the_documentation_works(tmp_path):
    text = (Path(__file__).parents[2] / "docs" / "cleaning.md").read_text("utf-8")
    skin = re.search(r"```toml\n# my-lexicons/clean/green-skin.toml\n(.*?)```", text, re.S)
    assert skin
    (tmp_path / "clean").mkdir()
    (tmp_path / "clean" / "green-skin.toml").write_text(skin[1], "utf-8")
    html = (
        '<div id="pid7"><div class="green-head">苗圃 2025-4-5 10:00</div><div class="green-words">'
        '<p id="banner_3">公告</p><p class="green-top">公告</p>树苗 35 元'
        '<p class="user-motto">加微信</p>—— 绿野人，植树 12 棵</div></div>'
    )
    page = Page("skin.html", "html", html)
    settings = Settings(lexicons=str(tmp_path))
    (post,) = clean(page, settings)
    assert (post.text, post.posted_at.isoformat()) == ("树苗 35 元", "2025-04-05T10:00:00+08:00")
    assert explain(page, settings) == [
        ("green_banner", "公告"),
        ("green_banner", "公告"),
        ("signature", "加微信"),
        ("green_footer", "—— 绿野人，植树 12 棵"),
    ]


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


def test_a_page_that_is_no_forums_goes_through_the_library():
    (page,) = read(PAGES / "article.html")
    (post,) = clean(page)
    assert (post.cleaner, post.title, post.posted_at.isoformat()) == (
        "trafilatura",
        "钴价又涨了",
        "2025-03-04T10:20:00+08:00",
    )
    lines = post.text.split("\n")
    assert "8 月\t26.5" in lines
    assert any("3×10^2 元" in line for line in lines)
    assert not any(word in post.text for word in ("首页", "版权所有"))


def test_the_library_is_loaded_for_no_forum_page():
    code = (
        "import sys; from pathlib import Path; from pipeline.clean import clean; from pipeline.ingest import read;"
        f"[clean(page) for path in Path({str(PAGES)!r}).iterdir() if path.stem != 'article' for page in read(path)];"
        "print('trafilatura' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


PAGER = '<link rel="canonical" href="https://bbs.example/{}"><div class="pg">{}</div><p id="postmessage_1">三成</p>'


@pytest.mark.parametrize("case", cases("clean/cases/pagers.jsonl"))
def test_page_of_pages(case):
    (post,) = clean(Page("a.html", "html", PAGER.format(case["url"], case["pager"])))
    assert [post.page, post.pages] == case["pages"]


def test_counts_stand_on_the_first_page_alone():
    """Page 2 tells neither views nor replies: none is taken from a member's card or a link."""
    html = (
        '<div class="pg"><a>1</a><strong>2</strong><a>3</a><a class="nxt">下一页</a></div><table id="pid90"><tr><td>'
        '<div class="p_pop" id="userinfo90" style="display: none;"><a href="home.php?mod=space&uid=4">老木</a>'
        '<dl><dt>帖子</dt><dd>3021</dd></dl><p>电话 13800000000</p></div><a id="postnum90"><em>11</em><sup>#</sup></a>'
        '<td class="t_f" id="postmessage_90">木料 2,100 元一方。</td></table>'
    )
    (post,) = clean(Page("p2.html", "html", html))
    assert (post.views, post.replies, post.floor, post.author) == (None, None, 11, "老木")
    assert post.text == "木料 2,100 元一方。"


def test_junk_that_is_only_coloured_away_goes_from_dumps():
    words = "木料每方 2,100 元。5 W: a# I0 K% d\n运费另算。"
    (post,) = clean(Page("dump.txt", "dump", f"老木 发表于 2025-1-2 08:00 | 只看该作者\n{words}\n回复 举报\n"))
    assert post.text == "木料每方 2,100 元。\n运费另算。"


def test_api_gives_what_is_free_of_a_thread_with_a_price():
    given = {
        "thread": {"tid": "8", "subject": "苗木报价", "freemessage": "红枫 12 元一棵。<br />"},
        "postlist": [
            {"pid": "80", "first": "1", "message": "付费主题, 价格 5 金钱", "number": "1"},
            {"pid": "81", "first": "0", "message": "买了。", "number": "2"},
        ],
    }
    posts = clean(Page("a.json", "api", json.dumps({"Variables": given})))
    assert [(post.text, post.status) for post in posts] == [("红枫 12 元一棵。", "truncated"), ("买了。", "")]


def test_a_quote_has_the_floor_of_the_post_that_its_own_link_names():
    link = '<a href="forum.php?mod=redirect&goto=findpost&pid=30&ptid=4">甲 发表于 2025-1-1 08:00</a><br />3 万'
    quotes = "".join(f'<div class="quote"><blockquote>{words}</blockquote></div>' for words in ("旧价 2 万", link))
    html = (
        '<table id="pid30"><td><a id="postnum30">楼主</a><td id="postmessage_30">3 万</table>'
        f'<table id="pid31"><td><a id="postnum31">沙发</a><td id="postmessage_31">{quotes}贵</table>'
    )
    posts = clean(Page("q.html", "html", html))
    assert [(quote.author, quote.floor) for quote in posts[1].quoted] == [("", 0), ("甲", 1)]


def test_a_head_that_holds_the_words_is_read_up_to_them():
    words = '<strong>7楼</strong> <span title="2001-1-1 08:00">说过</span>：3 万'
    html = (
        '<div id="pid70" class="plc"><div class="pi"><ul class="authi"><li><em>楼主</em></li>'
        "<li>2014-2-3 10:00</li></ul>"
        f'<div class="message">{words}</div></div></div>'
    )
    (post,) = clean(Page("head.html", "html", html))
    assert (post.floor, post.posted_at.isoformat()) == (1, "2014-02-03T10:00:00+08:00")


def test_a_head_may_stand_below_the_words():
    html = (
        '<div id="pid80"><div class="message">3 万</div><div class="authi"><a href="space-uid-4.html">老木</a>'
        "<em>5楼</em><span>2014-2-3 10:00</span></div></div>"
    )
    (post,) = clean(Page("foot.html", "html", html))
    assert (post.floor, post.author, post.posted_at.isoformat()) == (5, "老木", "2014-02-03T10:00:00+08:00")
