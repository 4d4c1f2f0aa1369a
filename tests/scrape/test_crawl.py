"""What a crawl brings home: from every kind of start, once, and only what is new."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.scrape.forum import Forum, Thread


def small(**more: Any) -> Forum:
    return Forum([Thread(1, 3), Thread(2, 25), Thread(3, 12, sticky=True)], **more)


def wanted(forum: Forum) -> set[str]:
    return {str(one.tid * 1000 + n) for one in forum.threads for n in range(1, one.posts + 1)}


def all_once(done: Any, forum: Forum) -> bool:
    posts = done.posts()
    return {pid.decode() for pid in posts} == wanted(forum) and set(posts.values()) == {1}


def starts_of(forum: Forum) -> dict[str, str]:
    return {
        "list": "forum.php?mod=forumdisplay&fid=2",
        "mobile list": "forum.php?mod=forumdisplay&fid=2&mobile=2",
        "tag": "misc.php?mod=tag&id=3",
        "feed": "forum.php?mod=rss&fid=2",
    }


@pytest.mark.parametrize("kind", ["list", "mobile list", "tag", "feed"])
def test_every_post_of_a_start_arrives_once(crawl: Any, kind: str) -> None:
    with small() as forum:
        done = crawl(forum.url + starts_of(forum)[kind])
        assert done.status == 0, done.errors + done.text
        assert all_once(done, forum)


def test_rewritten_addresses(crawl: Any) -> None:
    with small(rewrite=True) as forum:
        done = crawl(forum.start())
        assert done.status == 0
        assert all_once(done, forum)
        assert not forum.asked("forum.php")


def test_the_archiver(crawl: Any) -> None:
    with small() as forum:
        done = crawl(forum.url + "archiver/?fid-2.html")
        assert done.status == 0
        assert [path.name for path in done.pages()] == [
            f"t{n}.html" for n in ("1-p1", "2-p1", "2-p2", "2-p3", "3-p1", "3-p2")
        ]


def test_the_many_addresses_of_a_thread_are_one(crawl: Any, tmp_path: Path) -> None:
    with small() as forum:
        ways = [
            "thread-2-1-1.html",
            "forum.php?mod=viewthread&tid=2&extra=page%3D1",
            "forum.php?mod=viewthread&tid=2&mobile=2",
        ]
        ways += ["forum.php?mod=redirect&goto=findpost&ptid=2&pid=2014", "thread-2-1-7.html"]
        (tmp_path / "list.txt").write_text("# mine\n" + "\n".join(forum.url + way for way in ways), "utf-8")
        done = crawl("list.txt")
        assert done.status == 0
        assert [path.name for path in done.pages()] == ["t2-p1.html", "t2-p2.html", "t2-p3.html"]
        assert max(forum.counts().values()) == 1


def test_a_post_whose_thread_only_the_forum_knows(crawl: Any) -> None:
    with small() as forum:
        to = f"{forum.url}forum.php?mod=viewthread&tid=2&page=2#pid2014"
        forum.quirks["goto=findpost"] = lambda answer: answer.send(302, "", Location=to)
        done = crawl(forum.url + "forum.php?mod=redirect&goto=findpost&pid=2014")
        assert done.status == 0
        assert len(done.posts()) == 25


def test_pages_since_and_max_threads(crawl: Any) -> None:
    with Forum([Thread(n, 2, last=f"2025-03-{n % 28 + 1:02} 10:00") for n in range(1, 61)]) as forum:
        assert len(crawl(forum.start(), "--pages", "2", out="pages").pages()) == 40
        assert len(crawl(forum.start(), "--max-threads", "7", out="few").pages()) == 7
        forum.log.clear()
        done = crawl(forum.start(), "--since", "2025-03-20", out="since")
        newer = [one for one in forum.threads if one.last >= "2025-03-20"]
        assert len(done.pages()) == len(newer) == len(forum.asked("viewthread"))
        assert len(forum.asked("forumdisplay")) == 2  # the third page would be all older


def test_a_second_run_asks_only_for_what_is_new(crawl: Any) -> None:
    with small() as forum:
        assert crawl(forum.start()).status == 0
        forum.log.clear()
        again = crawl(forum.start())
        assert again.status == 0
        assert not forum.asked("viewthread")
        assert again.report["unchanged_threads"] == 3
        forum.threads[1].posts, forum.threads[1].last = 33, "2025-03-04 11:00"
        before = {path: path.stat().st_mtime_ns for path in again.pages()}
        forum.log.clear()
        third = crawl(forum.start())
        assert third.status == 0
        assert [path.partition("tid=")[2] for path in forum.asked("viewthread")] == ["2&page=3", "2&page=4"]
        assert all_once(third, forum)
        changed = [path.name for path in third.pages() if before.get(path) != path.stat().st_mtime_ns]
        assert changed == ["t2-p3.html", "t2-p4.html"]


def test_a_changed_last_post_or_fewer_replies_are_news(crawl: Any) -> None:
    with small() as forum:
        crawl(forum.start())
        forum.threads[0].last, forum.threads[1].posts = "2025-03-05 09:00", 14
        forum.log.clear()
        crawl(forum.start())
        assert sorted(path.partition("tid=")[2] for path in forum.asked("viewthread")) == ["1", "2", "2&page=2"]


def test_marks_of_the_server_are_given_back(crawl: Any) -> None:
    with small(etags=True) as forum:
        url = forum.url + "forum.php?mod=viewthread&tid=1"
        crawl(url)
        forum.log.clear()
        done = crawl(url)
        assert done.status == 0
        assert [seen.status for seen in forum.log if "viewthread" in seen.path] == [304]
        assert done.report["unchanged"] == 1
        forum.log.clear()
        assert crawl(forum.start()).status == 0
        assert crawl(forum.start()).report["unchanged_threads"] == 3
        assert [seen.status for seen in forum.log if "forumdisplay" in seen.path] == [200, 304]


def test_a_page_that_says_the_same_is_not_written_again(crawl: Any) -> None:
    with small() as forum:
        url = forum.url + "forum.php?mod=viewthread&tid=2&page=1"
        before = {path: path.stat().st_mtime_ns for path in crawl(url).pages()}
        done = crawl(url)
        assert {path: path.stat().st_mtime_ns for path in done.pages()} == before
        assert done.report["stored"] == 0
        next(iter(before)).unlink()
        assert len(crawl(url).pages()) == 3


def test_pages_are_stored_as_they_came_with_a_sidecar(crawl: Any) -> None:
    sent: dict[str, bytes] = {}

    def page(answer: Any) -> None:
        sent["page"] = answer.forum.show_thread(answer.forum.threads[0], 1).encode("gb18030") + b"\x81"
        answer.send(200, sent["page"], kind="text/html; charset=utf-8", Set_Cookie="secret=s3cr3t; path=/", X_Is="kept")

    with small() as forum:
        forum.quirks["tid=1"] = page
        done = crawl(forum.url + "forum.php?mod=viewthread&tid=1")
        (path,) = done.pages()
        assert path.read_bytes() == sent["page"]
        meta = json.loads(path.with_name(path.name + ".meta.json").read_text("utf-8"))
        assert meta["url"] == forum.url + "forum.php?mod=viewthread&tid=1"
        assert meta["status"] == 200
        assert meta["fetched_at"].endswith("+00:00")
        assert ["X-Is", "kept"] in meta["headers"]
        assert b"s3cr3t" not in done.every_byte()


def test_threads_that_lack_posts_are_reported(crawl: Any) -> None:
    with Forum([Thread(1, 3, claims=9), Thread(2, 2)]) as forum:
        done = crawl(forum.start())
        assert done.status == 1
        assert done.report["incomplete"] == [[forum.host, "1", 3, 10]]
        assert "thread 1: 3 / 10" in done.text
        crawl(forum.start())
        forum.log.clear()
        assert crawl(forum.start()).status == 0  # asked twice; nothing more will come until something changes
        assert not forum.asked("viewthread")


def test_a_forum_that_repeats_its_last_page_has_an_end(crawl: Any) -> None:
    with small() as forum:

        def endless(answer: Any) -> str:
            page = int(answer.path.partition("page=")[2] or 1)
            text = answer.forum.show_thread(answer.forum.threads[0], 1)
            return str(
                text.replace(
                    "</form>",
                    f'</form><div class="pg"><a href="forum.php?mod=viewthread&tid=1&page={page + 1}">n</a></div>',
                )
            )

        forum.quirks["tid=1"] = endless
        done = crawl(forum.url + "forum.php?mod=viewthread&tid=1")
        assert done.status == 0
        assert len(done.pages()) == 1
        assert len(forum.asked("tid=1")) < 4


def test_progress_and_report(crawl: Any) -> None:
    with small() as forum:
        done = crawl(forum.start())
        for words in ("threads", "pages", "posts", "a minute", "left"):
            assert words in done.errors
        assert "3 threads asked for: 6 pages stored" in done.text
        assert crawl(forum.start(), "--quiet", out="quiet").text == ""
