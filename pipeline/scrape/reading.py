"""What a forum's page says to a crawler: threads of a list, posts of a thread, further pages, notices."""

import hashlib
import re
import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from lxml import etree, html
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, resolve_encoding

from pipeline.scrape.addresses import Address, address
from pipeline.scrape.times import moment

HOME = Path(__file__).with_name("pages.toml")
NUMBER = re.compile(r"\d{1,9}")
FEED_LINK = re.compile(
    r"<link>\s*(?:<!\[CDATA\[)?\s*([^<\]\s]{8,2000})|<link\b[^<>]{0,200}\bhref=[\"']([^\"'<>]{8,2000})"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A thread on a list. ``replies`` is None, ``last`` (ISO 8601, to the minute) empty, where the list is silent."""

    at: Address
    replies: int | None = None
    last: str = ""
    sticky: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A page, read. ``posts`` are their ids (or places, where a template gives none); ``last`` the last page known."""

    notice: str = ""
    reason: str = ""
    rows: tuple[Row, ...] = ()
    posts: tuple[str, ...] = ()
    replies: int | None = None
    shown: int = 0
    last: int = 1
    elsewhere: str = ""


@cache
def table() -> dict[str, Any]:
    return tomllib.loads(HOME.read_text("utf-8"))


def decode(body: bytes, content_type: str = "") -> str:
    """Text of a page: UTF-8 where it is that, else what it claims to be, else GB18030; bytes it cannot read stay."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        claims = (html_body_declared_encoding(body), http_content_type_encoding(content_type))
        names = [resolve_encoding(name) for name in claims if name]
        for name in [*filter(None, names), "gb18030"]:
            try:
                return body.decode("gb18030" if name in ("gbk", "gb2312") else name)
            except UnicodeDecodeError:
                continue
    return body.decode("gb18030", "surrogateescape")


def digest(text: str) -> str:
    """A hash of what a page says, without what differs at every visit."""
    for pattern in volatile():
        text = pattern.sub(lambda match: match[1] if match.re.groups else "", text)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def volatile() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, table()["volatile"]["patterns"]))


@cache
def kinds() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    return tuple((one["name"], re.compile(one["pattern"], re.I), one["reason"]) for one in table()["notice"]["kind"])


def read(text: str, at: Address, url: str, now: datetime) -> Reading:
    """Read a page of any kind. ``url`` is where it came from, ``now`` the anchor of "3 minutes ago"."""
    root = parse(text)
    if root is None:
        return feed(text, url) if at.kind == "feed" else notice_of(text, None)
    if at.kind == "feed":
        return feed(text, url)
    base = address_base(root, url)
    if at.kind == "thread":
        found = thread(root, at, base)
        return found if found.posts else notice_of(text, root)
    found = threads(root, at, base, now)
    return found if found.rows else merged(found, notice_of(text, root))


def merged(found: Reading, notice: Reading) -> Reading:
    return Reading(notice.notice, notice.reason, last=found.last, shown=found.shown, elsewhere=found.elsewhere)


def parse(text: str) -> Any:
    if not text.strip():
        return None
    clean = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", text.replace("\0", ""))
    try:
        return html.document_fromstring(clean.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError):
        return None


def address_base(root: Any, url: str) -> str:
    """What the page's links are relative to."""
    for node in root.iterfind(".//base"):
        if href := node.get("href"):
            return urljoin(url, str(href))
    return url


def links(nodes: Any, base: str) -> list[Address]:
    """The addresses of the links below nodes that have a shape of a forum's."""
    found = []
    for node in nodes:
        for link in node.iter("a", "area"):
            try:
                at = address(urljoin(base, (link.get("href") or "").strip()))
            except ValueError:
                continue
            if at:
                found.append(at)
    return found


def pages(root: Any, at: Address, base: str) -> tuple[int, int]:
    """The page that is shown (0 where the forum does not say), and the last one."""
    how = table()["thread"]
    shown, last = 0, at.page
    for pager in root.xpath(how["pager"])[:4]:
        words = pager.xpath(how["shown"]).strip(" []")
        shown = int(words) if words.isdecimal() and len(words) < 8 else shown
        if total := re.search(how["total"], pager.text_content()):
            last = max(last, int(total[1]))
        last = max([last, *(link.page for link in links([pager], base) if same_thing(link, at))])
    return shown, last


def same_thing(one: Address, other: Address) -> bool:
    if one.kind != other.kind or one.site != other.site:
        return False
    return one.tid == other.tid if one.kind == "thread" else True


def thread(root: Any, at: Address, base: str) -> Reading:
    how = table()["thread"]
    ids = [re.fullmatch(how["post_id"], str(value)) for value in root.xpath(how["posts"])]
    posts = tuple(dict.fromkeys(match[1] for match in ids if match))
    if not posts:
        heads = root.xpath(how["plain_posts"])
        posts = tuple(f"p{at.page}.{place}" for place in range(1, len(heads) + 1))
    told = [re.search(how["replies"], head.text_content()) for head in root.xpath(how["head"])[:3]]
    replies = next((int(match[1]) for match in told if match), None) if at.page == 1 else None
    shown, last = pages(root, at, base)
    return Reading(posts=posts, replies=replies, shown=shown, last=last)


def threads(root: Any, at: Address, base: str, now: datetime) -> Reading:
    rows: dict[str, Row] = {}
    elsewhere = ""
    for how in table()["row"]:
        for node in root.xpath(how["each"]):
            found = [link for link in links([node], base) if link.kind == "thread"]
            here = [link for link in found if link.site == at.site]
            elsewhere = elsewhere or next((link.site for link in found if link.site != at.site), "")
            if here and here[0].tid not in rows:
                rows[here[0].tid] = row(node, here[0], how, now)
        if rows:
            break
    else:
        for link in links([root], base):
            if link.kind == "thread" and link.site == at.site:
                rows.setdefault(link.tid, Row(link))
            elif link.kind == "thread":
                elsewhere = elsewhere or link.site
    shown, last = pages(root, at, base)
    return Reading(rows=tuple(rows.values()), shown=shown, last=last, elsewhere="" if rows else elsewhere)


def row(node: Any, at: Address, how: dict[str, str], now: datetime) -> Row:
    replies = None
    for holder in node.xpath(how["replies"])[:1] if "replies" in how else ():
        number = re.search(how.get("replies_in", NUMBER.pattern), holder.text_content())
        replies = int(number[number.re.groups]) if number else None
    last = ""
    for holder in node.xpath(how["last"])[:1] if "last" in how else ():
        titles = [one.get("title") or "" for one in holder.iter("span")]
        last = next(filter(None, (moment(words, now) for words in (*titles, holder.text_content()))), "")
    return Row(at, replies, last, bool(node.xpath(how["sticky"])) if "sticky" in how else False)


def feed(text: str, url: str) -> Reading:
    """The threads that a feed names."""
    rows: dict[str, Row] = {}
    for match in FEED_LINK.finditer(text):
        at = address(urljoin(url, (match[1] or match[2]).replace("&amp;", "&")))
        if at and at.kind == "thread":
            rows.setdefault(at.tid, Row(at))
    return Reading(rows=tuple(rows.values()))


def notice_of(text: str, root: Any) -> Reading:
    """Why a page holds neither posts nor threads, where it says so itself."""
    how = table()["notice"]
    told = [text] if root is None else [" ".join(box.text_content().split()) for box in root.xpath(how["boxes"])]
    if root is not None:
        body = " ".join(" ".join(root.xpath("//body//text()[not(ancestor::script or ancestor::style)]")).split())
        told += [body] if len(body) <= how["short"] else []
    for words in told:
        for name, pattern, reason in kinds():
            if pattern.search(words[: 4 * how["short"]]):
                return Reading(name, reason)
    return Reading("empty", "no post and no thread was found on the page")
