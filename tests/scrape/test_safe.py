"""What a hostile or broken server cannot do."""

import gzip
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.scrape.conftest import FAST, command, environment
from tests.scrape.forum import Forum, Thread


def forum_of(count: int = 3, **more: Any) -> Forum:
    return Forum([Thread(n, 2) for n in range(1, count + 1)], **more)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("file:///etc/passwd", "the scheme file: is refused"),
        ("data:text/html,thread-1-1-1.html", "the scheme data: is refused"),
        ("bbs.example/thread-1-1-1.html", "begins with http"),
        ("https://bbs.example/home.php?mod=space&uid=1", "not an address to start from"),
        ("https://bbs.example/member.php?mod=logging", "not an address to start from"),
    ],
)
def test_an_address_that_is_no_start(crawl: Any, url: str, says: str) -> None:
    done = crawl(url, polite=True)
    assert done.status == 2
    assert says in done.errors
    assert not done.out.exists()


@pytest.mark.parametrize("more", [["--delay", "0.1"], ["--concurrency", "2"], ["--pages", "-1"], ["--since", "soon"]])
def test_a_setting_that_cannot_be(crawl: Any, more: list[str]) -> None:
    done = crawl("https://bbs.example/thread-1-1-1.html", *more, polite=True)
    assert done.status == 2
    assert not done.out.exists()


def test_redirects_that_leave_the_forum_are_refused(crawl: Any) -> None:
    targets = {
        "tid=1": "http://elsewhere.example/thread-1-1-1.html",
        "tid=2": "http://169.254.169.254/thread-1-1-1.html",
        "tid=3": "file:///etc/passwd",
        "tid=4": "http://127.0.0.1:1/thread-1-1-1.html",
        "tid=5": "{forum}admin.php",
        "tid=6": "{forum}forum.php?mod=viewthread&tid=6&again=1",
    }
    with forum_of(7) as forum, forum_of(1) as other:
        for part, to in {**targets, "tid=7": other.url + "thread-1-1-1.html"}.items():
            place = to.replace("{forum}", forum.url)
            forum.quirks[part] = lambda answer, place=place: answer.send(302, "", Location=place)
        done = crawl(forum.start(), "--concurrency", "1")
        assert not done.pages()
        reasons = " ".join(reason for _, reason in done.report["failed"])
        for words in (
            "another host",
            "private or loopback",
            "file:///etc/passwd",
            "neither a thread",
            "max redirections",
        ):
            assert words in reasons
        assert not forum.asked("admin.php")
        assert not other.log
        assert len(forum.asked("again=1")) <= 6


def test_links_that_leave_the_forum_are_not_followed(crawl: Any) -> None:
    with forum_of(1) as other, forum_of(1) as forum:

        def listed(answer: Any) -> str:
            links = f'<a href="{other.url}thread-8-1-1.html">x</a><a href="file:///thread-9-1-1.html">y</a>'
            links += '<a href="/other/thread-9-1-1.html">z</a><a href="forum.php?mod=post&action=reply&tid=1">r</a>'
            return str(answer.forum.show_list(1)).replace("</table>", f"</table>{links}").replace("normalthread", "row")

        forum.quirks["forumdisplay"] = listed
        done = crawl(forum.start())
        assert [path.name for path in done.pages()] == ["t1-p1.html"]
        assert not other.log
        assert {path.partition("&")[0] for path in forum.counts()} == {
            "/robots.txt",
            "/forum.php?mod=forumdisplay",
            "/forum.php?mod=viewthread",
        }


def test_a_forum_that_moved_is_told(crawl: Any) -> None:
    with forum_of(1) as other, forum_of(1) as forum:
        forum.quirks["forumdisplay"] = lambda answer: other.show_list(1)
        done = crawl(forum.start())
        assert done.status == 1
        assert f"{other.host}, another host" in done.text


def test_names_of_files_come_from_no_server(crawl: Any) -> None:
    with forum_of(1) as forum:
        head = {"Content_Disposition": 'attachment; filename="../../evil.html"', "Content_Location": "/../evil.html"}
        forum.quirks["tid=1"] = lambda answer: answer.send(200, forum.show_thread(forum.threads[0], 1), **head)
        done = crawl(forum.start())
        names = sorted(
            path.name for path in done.out.parent.rglob("*") if path.is_file() and ".scrape" not in path.parts
        )
        assert names == ["t1-p1.html", "t1-p1.html.meta.json"]


def test_bombs_and_endless_answers_are_stopped(crawl: Any) -> None:
    bomb = gzip.compress(b"<html>" + b"\0" * 50_000_000, 9)

    def endless(answer: Any) -> None:
        answer.send_response(200)
        answer.send_header("Content-Type", "text/html")
        answer.end_headers()
        answer.close_connection = True
        for _ in range(200):
            answer.wfile.write(b"x" * 100_000)

    with forum_of(4) as forum:
        forum.quirks["tid=1"] = lambda answer: answer.send(200, bomb, Content_Encoding="gzip")
        forum.quirks["tid=2"] = endless
        forum.quirks["tid=3"] = lambda answer: answer.send(200, b"x" * 3_000_000)
        done = crawl(forum.start(), "--max-bytes", "1000000", TAOJIN_SCRAPE_RETRIES="1")
        assert done.status == 1
        assert [path.name for path in done.pages()] == ["t4-p1.html"]
        assert len(done.report["failed"]) == 3


def test_slow_and_truncated_answers_are_asked_for_again_and_then_reported(crawl: Any) -> None:
    with forum_of(3) as forum:
        forum.quirks["tid=1"] = lambda answer: time.sleep(3)
        forum.quirks["tid=2"] = lambda answer: answer.truncated()
        done = crawl(forum.start(), "--timeout", "0.7", TAOJIN_SCRAPE_RETRIES="1")
        assert done.status == 1
        assert [path.name for path in done.pages()] == ["t3-p1.html"]
        assert len(forum.asked("tid=1")) == len(forum.asked("tid=2")) == 2
        assert len(done.report["failed"]) == 2


def test_time_is_limited_and_the_rest_is_resumed(crawl: Any) -> None:
    with forum_of(30, slow=0.2) as forum:
        done = crawl(forum.start(), "--max-time", "1")
        assert done.status == 1
        assert "--max-time" in done.text
        assert 0 < done.report["left"] < 30
        forum.slow = 0
        assert crawl(forum.start()).status == 0
        assert len(done.pages()) == 30


def test_a_folder_that_cannot_be_written(crawl: Any, tmp_path: Path) -> None:
    (tmp_path / "raw").write_text("a file", "utf-8")
    with forum_of(1) as forum:
        done = crawl(forum.start())
        assert done.status == 2
        assert "raw" in done.errors
        assert not forum.log


def test_a_page_that_cannot_be_written_ends_the_crawl(crawl: Any, tmp_path: Path) -> None:
    with forum_of(2) as forum:
        place = tmp_path / "raw" / forum.host.replace(":", "_")
        place.parent.mkdir()
        place.write_text("a file where the site's folder should be", "utf-8")
        done = crawl(forum.start())
        assert done.status == 2
        assert str(place.name) in done.errors
        place.unlink()
        assert crawl(forum.start()).status == 0
        assert len(done.pages()) == 2


def test_two_crawls_into_one_folder(crawl: Any, tmp_path: Path) -> None:
    with forum_of(5, slow=0.6) as forum:
        call = [*command(forum.start(), "--out", "raw"), *FAST]
        first = subprocess.Popen(
            call, cwd=tmp_path, env=environment(), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        while not forum.log:
            time.sleep(0.05)
        second = crawl(forum.start())
        assert second.status == 2
        assert "another scrape" in second.errors
        assert first.wait(30) == 0


def test_without_the_extra_the_command_says_what_to_do(tmp_path: Path) -> None:
    code = (
        "import sys, importlib.util as u; real = u.find_spec;"
        "u.find_spec = lambda name, *a: None if name in ('scrapy', 'warcio') else real(name, *a);"
        "from pipeline.cli import main; sys.exit(main(['scrape', 'http://127.0.0.1:9/thread-1-1-1.html']))"
    )
    call = [sys.executable, "-c", code]
    done = subprocess.run(call, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "scrapy and warcio" in done.stderr
    assert "taojin[scrape]" in done.stderr
