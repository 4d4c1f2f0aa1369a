"""A forum of our own making, served over HTTP in the shapes of Discuz!: what the crawler meets in the tests."""

import gzip
import html
import random
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

PER_PAGE = 10
PER_LIST = 20
AUTHORS = ("柳下客", "白石", "阿青", "南山樵夫")


@dataclass
class Thread:
    """A thread; post ``n`` has the id ``tid * 1000 + n`` and words that no other post has."""

    tid: int
    posts: int
    last: str = "2025-03-01 10:00"
    sticky: bool = False
    claims: int | None = None

    @property
    def replies(self) -> int:
        return self.posts - 1 if self.claims is None else self.claims

    @property
    def pages(self) -> int:
        return max(1, -(-self.posts // PER_PAGE))


@dataclass
class Seen:
    """A request that the server saw, and when, in seconds of a monotonic clock."""

    path: str
    headers: dict[str, str]
    start: float
    end: float = 0.0
    status: int = 200
    body: str = ""


@dataclass
class Forum:
    """The forum: its threads, and how it behaves. ``quirks`` maps a part of a path to what happens there instead."""

    threads: list[Thread]
    charset: str = "utf-8"
    rewrite: bool = False
    robots: str = "User-agent: *\nDisallow: /forum.php?mod=post\n"
    failing: float = 0.0
    etags: bool = False
    slow: float = 0.0
    quirks: dict[str, Any] = field(default_factory=dict)
    member_only: bool = False
    log: list[Seen] = field(default_factory=list)
    most_at_once: int = 0
    visits: int = 0

    def __post_init__(self) -> None:
        self.lock = threading.Lock()
        self.flying = 0
        self.dice = random.Random(7)

    def __enter__(self) -> "Forum":
        handler = type("Bound", (Handler,), {"forum": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        self.host = f"127.0.0.1:{self.server.server_address[1]}"
        self.url = f"http://{self.host}/"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    # --- addresses

    def link(self, tid: int, page: int = 1) -> str:
        if self.rewrite:
            return f"thread-{tid}-{page}-1.html"
        return f"forum.php?mod=viewthread&amp;tid={tid}&amp;extra=page%3D1" + (f"&amp;page={page}" if page > 1 else "")

    def list_link(self, page: int = 1) -> str:
        return f"forum-2-{page}.html" if self.rewrite else f"forum.php?mod=forumdisplay&fid=2&page={page}"

    def start(self) -> str:
        return self.url + ("forum-2-1.html" if self.rewrite else "forum.php?mod=forumdisplay&fid=2")

    def asked(self, part: str) -> list[str]:
        return [seen.path for seen in self.log if part in seen.path]

    def counts(self) -> Counter[str]:
        return Counter(seen.path for seen in self.log)

    # --- pages

    def thread(self, tid: int) -> Thread | None:
        return next((one for one in self.threads if one.tid == tid), None)

    def page(self, title: str, body: str) -> str:
        with self.lock:
            self.visits += 1
            visits = self.visits
        return (
            f'<!DOCTYPE html><html><head><meta charset="{self.charset}"><title>{title} - 试验论坛</title>'
            f'<base href="{self.url}"></head><body id="nv_forum"><div id="wp">'
            f'<a href="member.php?mod=logging&amp;action=login">登录</a> <a href="home.php?mod=space&amp;uid=1">甲</a>'
            f' <a href="http://elsewhere.example/thread-9-1-1.html">友情链接</a>'
            f'<form><input type="hidden" name="formhash" value="{visits:08x}" /></form>{body}</div>'
            f'<p>GMT+8, 2025-3-2 10:{visits % 60:02}<span id="debuginfo">, Processed in 0.0{visits} second(s)</span>'
            "</p></body></html>"
        )

    def pager(self, page: int, pages: int, link: Any) -> str:
        if pages == 1:
            return ""
        near = [n for n in range(1, pages + 1) if abs(n - page) < 3 or n in (1, pages)]
        cells = "".join(f"<strong>{n}</strong>" if n == page else f'<a href="{link(n)}">{n}</a>' for n in near)
        following = f'<a href="{link(page + 1)}" class="nxt">下一页</a>' if page < pages else ""
        return (
            f'<div class="pg">{cells}<label><span title="共 {pages} 页"> / {pages} 页</span></label>{following}</div>'
        )

    def show_list(self, page: int) -> str:
        ordered = sorted(self.threads, key=lambda one: (one.sticky, one.last, one.tid), reverse=True)
        pages = max(1, -(-len(ordered) // PER_LIST))
        page = min(max(1, page), pages)
        rows = "".join(map(self.row, ordered[(page - 1) * PER_LIST : page * PER_LIST]))
        table = f'<table id="threadlisttableid">{rows}</table>'
        return self.page("股票", table + self.pager(page, pages, self.list_link))

    def row(self, one: Thread) -> str:
        kind = "stick" if one.sticky else "normal"
        link = self.link(one.tid)
        return (
            f'<tbody id="{kind}thread_{one.tid}"><tr><th><a href="{link}" class="s xst">第{one.tid}个话题</a></th>'
            f'<td class="by"><cite><a href="home.php?mod=space&amp;uid=3">{AUTHORS[one.tid % 4]}</a></cite>'
            f"<em><span>2025-1-1</span></em></td>"
            f'<td class="num"><a href="{link}" class="xi2">{one.replies}</a><em>100</em></td>'
            f'<td class="by"><cite>{AUTHORS[0]}</cite><em><a href="forum.php?mod=redirect&amp;tid={one.tid}&amp;'
            f'goto=lastpost#lastpost"><span title="{one.last}">昨天</span></a></em></td></tr></tbody>'
        )

    def show_thread(self, one: Thread, page: int) -> str:
        page = min(max(1, page), one.pages)
        head = (
            f'<div class="hm ptn"><span class="xg1">查看:</span> <span class="xi1">{self.visits}</span><span'
            f' class="pipe">|</span><span class="xg1">回复:</span> <span class="xi1">{one.replies}</span></div>'
            f'<h1 class="ts"><span id="thread_subject">第{one.tid}个话题</span></h1>'
            if page == 1
            else ""
        )
        first = (page - 1) * PER_PAGE + 1
        posts = "".join(self.post(one.tid, n) for n in range(first, min(first + PER_PAGE, one.posts + 1)))
        pager = self.pager(page, one.pages, lambda n: self.link(one.tid, n))
        return self.page(f"第{one.tid}个话题 - 股票", f'<div id="postlist" class="pl bm">{head}{posts}</div>{pager}')

    def post(self, tid: int, n: int) -> str:
        pid = tid * 1000 + n
        words = f"第{tid}题第{n}楼：成交{n}.5亿元，看好{html.escape('A&B')}公司。"
        return (
            f'<div id="post_{pid}"><table id="pid{pid}" class="plhin"><tr><td class="pls"><div class="authi">'
            f'<a href="home.php?mod=space&amp;uid={n}" class="xw1">{AUTHORS[n % 4]}</a></div></td><td class="plc">'
            f'<div class="pi"><strong><a id="postnum{pid}"><em>{n}</em><sup>#</sup></a></strong><div class="authi">'
            f'<em id="authorposton{pid}">发表于 2025-1-{n % 27 + 1} 09:00</em></div></div>'
            f'<div class="pct"><div class="pcb"><table><tr><td class="t_f" id="postmessage_{pid}">{words}</td></tr>'
            "</table></div></div></td></tr></table></div>"
        )

    def archived(self, query: str) -> str | None:
        if match := re.match(r"fid-2\.html(?:&page=(\d+))?", query):
            page = int(match[1] or 1)
            pages = -(-len(self.threads) // PER_LIST)
            rows = "".join(
                f'<li><a href="?tid-{one.tid}.html">第{one.tid}个话题</a> ({one.replies}篇回复)</li>'
                for one in self.threads[(page - 1) * PER_LIST : page * PER_LIST]
            )
            more = "".join(f'<a href="?fid-2.html&amp;page={n}">{n}</a>' for n in range(1, pages + 1) if n != page)
            body = f'<ul type="1">{rows}</ul><div class="page">页: <strong>[{page}]</strong> {more}</div>'
        elif (match := re.match(r"tid-(\d+)\.html(?:&page=(\d+))?", query)) and (one := self.thread(int(match[1]))):
            page = int(match[2] or 1)
            first = (page - 1) * PER_PAGE + 1
            body = "".join(
                f'<p class="author"><strong>{AUTHORS[n % 4]}</strong> 发表于 2025-1-1 09:00</p>'
                f"<h3></h3>第{one.tid}题第{n}楼：成交{n}.5亿元。"
                for n in range(first, min(first + PER_PAGE, one.posts + 1))
            )
            more = "".join(
                f'<a href="?tid-{one.tid}.html&amp;page={n}">{n}</a>' for n in range(1, one.pages + 1) if n != page
            )
            body += f'<div class="page">页: <strong>[{page}]</strong> {more}</div>'
        else:
            return None
        return f'<html><head><base href="{self.url}archiver/"></head><body><div id="content">{body}</div></body></html>'

    def notice(self, words: str) -> str:
        return self.page("提示信息", f'<div id="messagetext" class="alert_error"><p>{words}</p></div>')


class Handler(BaseHTTPRequestHandler):
    """One answer. A quirk is called with the handler; what it returns, if anything, is the page's text."""

    forum: Forum
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def log_message(self, *_: object) -> None:
        """Nothing on standard error."""

    def setup(self) -> None:
        super().setup()
        self.connection.settimeout(30)

    def do_GET(self) -> None:
        self.handle_one("")

    def do_POST(self) -> None:
        self.handle_one(self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode("latin-1"))

    def handle_one(self, body: str) -> None:
        forum = self.forum
        self.seen = Seen(self.path, dict(self.headers.items()), time.monotonic(), body=body)
        with forum.lock:
            forum.log.append(self.seen)
            forum.flying += 1
            forum.most_at_once = max(forum.most_at_once, forum.flying)
            unlucky = forum.failing and forum.dice.random() < forum.failing and self.path != "/robots.txt"
            how = forum.dice.randrange(3)
        try:
            if forum.slow:
                time.sleep(forum.slow)
            if unlucky:
                self.fail(how)
            else:
                self.answer()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            with forum.lock:
                forum.flying -= 1
            self.seen.end = time.monotonic()

    def fail(self, how: int) -> None:
        if how == 0:
            self.close_connection = True  # no answer at all
        elif how == 1:
            self.send(500, "<html><body>error</body></html>")
        else:
            self.truncated()

    def truncated(self) -> None:
        """Half of what the header announces."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "5000")
        self.end_headers()
        self.wfile.write(b"<html><body>" + b"x" * 1000)
        self.close_connection = True

    def answer(self) -> None:
        forum, parts = self.forum, urlsplit(self.path)
        for part, quirk in forum.quirks.items():
            if part in self.path:
                text = quirk(self)
                if text is not None:
                    self.send(200, text)
                return
        query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        if parts.path == "/robots.txt":
            self.send(200 if forum.robots else 404, forum.robots, kind="text/plain")
            return
        if forum.member_only and "auth=yes" not in (self.headers.get("Cookie") or ""):
            self.send(200, forum.notice("抱歉，您需要登录才能查看本版"))
            return
        text = self.found(parts.path, parts.query, query)
        if text is None:
            self.send(404, forum.notice("抱歉，指定的主题不存在或已被删除或正在被审核"))
        else:
            self.send(200, text)

    def found(self, path: str, raw: str, query: dict[str, str]) -> str | None:
        forum = self.forum
        page = int(query.get("page", "1"))
        if path == "/archiver/":
            return forum.archived(raw)
        if match := re.fullmatch(r"/forum-2-(\d+)\.html", path):
            return forum.show_list(int(match[1]))
        if match := re.fullmatch(r"/thread-(\d+)-(\d+)-\d+\.html", path):
            query, page = {"mod": "viewthread", "tid": match[1]}, int(match[2])
        mod = query.get("mod")
        if mod == "forumdisplay" or (path == "/misc.php" and mod == "tag"):
            return forum.show_list(page)
        if mod == "viewthread" and (one := forum.thread(int(query["tid"]))):
            return forum.show_thread(one, page)
        if mod == "rss":
            items = "".join(
                f"<item><title>第{one.tid}个话题</title><link>{forum.url}{forum.link(one.tid)}</link></item>"
                for one in forum.threads
            )
            return f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'
        return None

    def send(self, status: int, text: str | bytes, kind: str = "", **headers: str) -> None:
        """Send an answer; 304 where the forum gives marks and the page has not changed."""
        body = text if isinstance(text, bytes) else text.encode(self.forum.charset, "xmlcharrefreplace")
        if self.forum.etags and status == 200 and kind == "":
            steady = re.sub(rb'[0-9a-f]{8}" />|GMT.*?</p>|xi1">\d+</span><span', b"", body)
            mark = f'"{hash(steady) & 0xFFFFFFFF:x}"'
            headers["ETag"] = mark
            if self.headers.get("If-None-Match") == mark:
                status, body = 304, b""
        self.seen.status = status
        self.send_response(status)
        self.send_header("Content-Type", kind or f"text/html; charset={self.forum.charset}")
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if (
            "gzip" in (self.headers.get("Accept-Encoding") or "")
            and status == 200
            and "Content_Encoding" not in headers
        ):
            body = gzip.compress(body, 1)
            self.send_header("Content-Encoding", "gzip")
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
