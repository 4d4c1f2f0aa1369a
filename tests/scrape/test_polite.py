"""How a crawl behaves: robots.txt, delays, waits, walls, logins."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.scrape.forum import Forum, Thread


def forum_of(count: int = 3, **more: Any) -> Forum:
    return Forum([Thread(n, 2) for n in range(1, count + 1)], **more)


def gaps(forum: Forum) -> list[float]:
    starts = sorted(seen.start for seen in forum.log)
    return [later - earlier for earlier, later in pairwise(starts)]


def test_one_request_at_a_time_and_the_delay_between_them(crawl: Any) -> None:
    with forum_of(4, slow=0.1) as forum:
        done = crawl(forum.start(), "--delay", "0.3", polite=True)
        assert done.status == 0
        assert forum.most_at_once == 1
        assert min(gaps(forum)) >= 0.28  # as the server's clock sees it


def test_who_asks(crawl: Any) -> None:
    with forum_of() as forum:
        crawl(forum.start(), "--contact", "me@example.org")
        agents = {seen.headers["User-Agent"] for seen in forum.log}
        assert len(agents) == 1
        assert agents.pop().startswith("taojin/")
        assert all("me@example.org" in seen.headers["User-Agent"] for seen in forum.log)


def test_robots_txt_is_obeyed(crawl: Any) -> None:
    with forum_of(robots="User-agent: *\nDisallow: /*tid=2\n") as forum:
        done = crawl(forum.start())
        assert forum.log[0].path == "/robots.txt"
        assert not forum.asked("tid=2")
        assert len(done.pages()) == 2
        assert "robots.txt" in done.text
        assert done.status == 1


def test_a_crawl_delay_of_robots_txt_is_kept(crawl: Any) -> None:
    with forum_of(robots="User-agent: *\nCrawl-delay: 0.4\n") as forum:
        crawl(forum.start())
        assert min(gaps(forum)[1:]) >= 0.38
        assert forum.most_at_once == 1 or min(gaps(forum)[1:]) >= 0.38


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_waited_for(crawl: Any, status: int) -> None:
    with forum_of() as forum:
        times = iter([1])

        def busy(answer: Any) -> str | None:
            if next(times, None):
                return answer.send(status, "busy", Retry_After="1")
            return str(answer.forum.show_thread(answer.forum.threads[1], 1))

        forum.quirks["tid=2"] = busy
        done = crawl(forum.start(), "--delay", "0", polite=True)
        assert done.status == 0
        (at, seen) = next((at, seen) for at, seen in enumerate(forum.log) if seen.status == status)
        assert forum.log[at + 1].start - seen.end >= 0.95  # nobody is asked meanwhile


def test_a_wait_that_is_too_long_ends_the_crawl_to_be_resumed(crawl: Any) -> None:
    with forum_of(8) as forum:
        forum.quirks["tid=4"] = lambda answer: answer.send(429, "busy", Retry_After="86400")
        done = crawl(forum.start(), "--delay", "0", polite=True)
        assert done.status == 1
        assert "86400" in done.text
        forum.quirks.clear()
        done = crawl(forum.start())
        assert done.status == 0
        assert len(done.pages()) == 8
        assert max(forum.counts()[path] for path in forum.counts() if "viewthread" in path and "tid=4" not in path) == 1


def test_a_flood_notice_is_waited_out(crawl: Any) -> None:
    with forum_of() as forum:
        times = iter([1, 2])

        def flood(answer: Any) -> str:
            if next(times, None):
                return str(answer.forum.notice("您的访问过于频繁，请稍候再试"))
            return str(answer.forum.show_thread(answer.forum.threads[1], 1))

        forum.quirks["tid=2"] = flood
        done = crawl(forum.start())
        assert done.status == 0
        assert len(done.pages()) == 3
        assert len(forum.asked("tid=2")) == 3


def test_walls_are_reported_and_end_a_crawl_that_brings_nothing(crawl: Any) -> None:
    with forum_of(40) as forum:
        forum.quirks["viewthread"] = lambda answer: answer.forum.notice("请输入验证码后继续")
        done = crawl(forum.start())
        assert done.status == 1
        assert not done.pages()
        assert "captcha" in done.text
        assert len(forum.asked("viewthread")) < 20


def test_a_login_wall_is_reported_by_notice_and_by_redirect(crawl: Any) -> None:
    with forum_of(3) as forum:
        forum.quirks["tid=2"] = lambda answer: answer.forum.notice("抱歉，您需要登录才能查看")
        to = f"{forum.url}member.php?mod=logging&action=login"
        forum.quirks["tid=3"] = lambda answer: answer.send(302, "", Location=to)
        done = crawl(forum.start())
        assert len(done.pages()) == 1
        assert done.text.count("--cookies") == 1
        assert "2 × the forum asks for a login" in done.text
        assert not forum.asked("member.php")


COOKIES = (
    "# Netscape HTTP Cookie File\n"
    "127.0.0.1\tFALSE\t/\tFALSE\t0\tauth\tyes\n"
    "#HttpOnly_127.0.0.1\tFALSE\t/\tFALSE\t0\tkey\tS3CR3T\n"
    "elsewhere.example\tFALSE\t/\tFALSE\t0\tother\tTHEIRS\n"
)


def test_the_users_cookies_open_the_forum_and_are_kept_nowhere(crawl: Any, tmp_path: Path) -> None:
    (tmp_path / "cookies.txt").write_text(COOKIES, "utf-8")
    with forum_of(member_only=True) as forum:
        assert crawl(forum.start(), out="guest").status == 1
        forum.failing = 0.3
        done = crawl(forum.start(), "--cookies", "cookies.txt")
        assert done.status == 0, done.text + done.errors
        assert len(done.pages()) == 3
        sent = [seen.headers.get("Cookie", "") for seen in forum.log]
        assert any("key=S3CR3T" in cookie for cookie in sent)
        assert not any("THEIRS" in cookie for cookie in sent)
        assert b"S3CR3T" not in done.every_byte() + done.text.encode() + done.errors.encode()


def test_a_broken_cookie_file_is_named_without_its_words(crawl: Any, tmp_path: Path) -> None:
    (tmp_path / "cookies.txt").write_text("auth=S3CR3T", "utf-8")
    done = crawl("http://127.0.0.1:9/thread-1-1-1.html", "--cookies", "cookies.txt")
    assert done.status == 2
    assert "cookies.txt" in done.errors
    assert "S3CR3T" not in done.errors


LOGIN = (
    '<html><body><form method="post" name="login" id="loginform_L1" action="member.php?mod=logging&amp;action=login'
    '&amp;loginsubmit=yes&amp;loginhash=L1"><input type="hidden" name="formhash" value="abcd1234">'
    '<input name="username"><input type="password" name="password">{more}</form></body></html>'
)


def with_login(forum: Forum, more: str = "") -> None:
    def logging(answer: Any) -> str | None:
        if "loginsubmit" not in answer.path:
            return LOGIN.replace("{more}", more)
        if "username=%E9%98%BF%E9%9D%92" in answer.seen.body and "password=p%26ss" in answer.seen.body:
            return answer.send(200, "<html><body>欢迎您回来</body></html>", Set_Cookie="auth=yes; path=/")
        return str(answer.forum.notice("登录失败，密码错误，请先登录"))

    forum.member_only = True
    forum.quirks["member.php"] = logging


def test_form_login_from_the_environment(crawl: Any) -> None:
    with forum_of(robots="User-agent: *\nDisallow: /member.php\n") as forum:
        with_login(forum)
        done = crawl(forum.start(), TAOJIN_LOGIN_USER="阿青", TAOJIN_LOGIN_PASSWORD="p&ss")
        assert done.status == 0, done.text + done.errors
        assert len(done.pages()) == 3
        assert "formhash=abcd1234" in next(seen.body for seen in forum.log if "loginsubmit" in seen.path)
        everything = done.every_byte() + done.text.encode() + done.errors.encode()
        assert b"p&ss" not in everything
        assert b"p%26ss" not in everything


@pytest.mark.parametrize(
    ("password", "more", "says"),
    [("wrong", "", "refused the login"), ("p&ss", '<input name="seccodeverify">', "captcha")],
)
def test_a_login_that_fails_ends_the_crawl(crawl: Any, password: str, more: str, says: str) -> None:
    with forum_of() as forum:
        with_login(forum, more)
        done = crawl(forum.start(), TAOJIN_LOGIN_USER="阿青", TAOJIN_LOGIN_PASSWORD=password)
        assert done.status == 1
        assert says in done.text
        assert not forum.asked("forumdisplay")
