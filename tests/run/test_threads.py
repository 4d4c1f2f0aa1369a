"""Pages of one thread put together, what is missing of them, and reposts, in the tables of a run."""

from pathlib import Path

import pytest

from .conftest import Taojin, contents, post, rows, write

ARTICLE = "".join(f"第{number}家工厂在本月停工，减少产量{number * 37}吨。" for number in range(1, 13))


def page(tid: int, number: int, pages: int, pids: range, replies: int) -> str:
    """A thread's page with one post a pid."""
    links = "".join(f"<a>{n}</a>" for n in range(1, pages + 1) if n != number)
    told = f'<div class="hm"><span>查看:</span><span>9</span><span>回复:</span><span>{replies}</span></div>'
    bodies = "".join(f'<table id="pid{pid}"><tr><td id="postmessage_{pid}">第{pid}层</td></tr></table>' for pid in pids)
    return (
        f'<base href="https://bbs.example/"><link rel="canonical" href="https://bbs.example/thread-{tid}-{number}-1.html">'
        f'<span id="thread_subject">题{tid}</span>{told}<div class="pg"><strong>{number}</strong>{links}</div>{bodies}'
    )


def saved(name: str, html: str) -> None:
    Path("raw", name).write_text(html, "utf-8")


def test_what_of_a_thread_was_not_seen(taojin: Taojin) -> None:
    saved("a1.html", page(1, 1, 4, range(1, 4), 11))
    saved("a3.html", page(1, 3, 4, range(7, 10), 11))
    saved("a3-again.html", page(1, 3, 4, range(8, 11), 12))
    saved("b1.html", page(2, 1, 2, range(20, 22), 2))
    saved("b2.html", page(2, 2, 2, range(22, 23), 2))
    totals = taojin().totals
    assert (totals.threads, totals.incomplete, totals.missing_posts) == (2, 1, 6)
    columns = ("site", "thread_id", "title", "posts", "replies", "pages", "missing_posts", "missing_pages")
    assert [tuple(row[name] for name in columns) for row in rows("extracted/threads.csv")] == [
        ("bbs.example", "1", "题1", "7", "12", "4", "6", "2 4"),
        ("bbs.example", "2", "题2", "3", "2", "2", "0", ""),
    ]
    saved("a2.html", page(1, 2, 4, range(4, 7), 12))
    saved("a4.html", page(1, 4, 4, range(11, 14), 12))
    assert taojin().totals.incomplete == 0


@pytest.mark.parametrize("jobs", [1, 2])
def test_reposts_name_the_earliest_and_keep_their_claims(taojin: Taojin, jobs: int) -> None:
    write("raw/b.jsonl", post("t:9:1", "转自别处：\n" + ARTICLE + "涨3元。", posted_at="2025-03-02T08:00:00+08:00"))
    write("raw/a.jsonl", post("t:1:1", ARTICLE, posted_at="2025-03-02T02:00:00+00:00"), post("t:1:2", "不错，涨5元。"))
    assert taojin(jobs=jobs).totals.reposts == 1
    assert {row["post_id"]: row["duplicate_of"] for row in rows("extracted/posts.csv")} == {
        "t:9:1": "",
        "t:1:1": "t:9:1",
        "t:1:2": "",
    }
    assert any(row["post_id"] == "t:1:1" for row in rows())


def test_a_repost_is_found_in_a_later_run_as_in_one(taojin: Taojin) -> None:
    write("raw/a.jsonl", post("t:5:1", ARTICLE, posted_at="2025-03-02T08:00:00+08:00"))
    taojin()
    write("raw/b.jsonl", post("t:1:1", ARTICLE, posted_at="2024-01-01T08:00:00+08:00"))
    summary = taojin()
    assert (summary.extracted, summary.totals.reposts) == (1, 1)
    taojin(out="other")
    assert contents() == contents("other")
    assert {row["duplicate_of"] for row in rows("extracted/posts.csv")} == {"", "t:1:1"}
    Path("raw/b.jsonl").unlink()
    assert taojin().totals.reposts == 0


def test_blocked_posts_are_kept_without_text(taojin: Taojin) -> None:
    notice = '<table id="pid3"><tr><td><div class="locked">作者被禁止或删除 内容自动屏蔽</div></td></tr></table>'
    saved("a.html", page(1, 1, 1, range(1, 3), 2) + notice)
    told = [(row["pid"], row["text"], row["status"], row["cleaner"]) for row in rows_of_a_run(taojin)]
    assert told == [("1", "第1层", "", "desktop"), ("2", "第2层", "", "desktop"), ("3", "", "blocked", "desktop")]


def rows_of_a_run(taojin: Taojin) -> list[dict[str, str]]:
    taojin()
    return rows("extracted/posts.csv")


def test_bytes_that_no_charset_reads_are_reported(taojin: Taojin) -> None:
    Path("raw/a.html").write_bytes(page(1, 1, 1, range(1, 2), 0).encode() + "我们的运费涨了三成".encode() + b"\xff\xfe")
    assert [row["status"] for row in rows_of_a_run(taojin)] == [""]
    (told,) = rows("extracted/rejected.csv")
    assert told["stage"] == "ingest"
    assert told["reason"].startswith("2 bytes no utf-8, shown as \ufffd")


def test_a_post_with_a_number_is_the_original_of_its_archived_copy(taojin: Taojin) -> None:
    stamp = "2025-3-1 08:10"
    head = f'<td><em id="authorposton5">{stamp}</em></td><td id="postmessage_5">'
    html = page(7, 1, 1, range(5, 6), 0).replace("第5层", ARTICLE)
    saved("z.html", html.replace('<td id="postmessage_5">', head))
    saved(
        "a.html",
        f'<div id="content"><p class="author"><strong>甲</strong>发表于 {stamp}</p><h3>题7</h3>{ARTICLE}</div>',
    )
    told = {(row["cleaner"], row["duplicate_of"]) for row in rows_of_a_run(taojin)}
    assert told == {("desktop", ""), ("archiver", "bbs.example:7:5")}
