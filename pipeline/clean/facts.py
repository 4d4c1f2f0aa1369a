"""What a page says of itself: address, site, thread, title, board, views and replies; floors and authors of posts."""

import base64
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from pipeline.clean.markers import Markers
from pipeline.clean.times import Clock, clock
from pipeline.clean.tree import Element, classes, find, plain
from pipeline.records import Page
from pipeline.settings import Settings

SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->", re.I)
SITE_URL = re.compile(r"\bSITEURL\s*=\s*['\"]([^'\"]+)")
REPORT_URL = re.compile(r"\bREPORTURL\s*=\s*['\"]([A-Za-z0-9+/=]+)")
TID_VARIABLE = re.compile(r"\btid\s*=\s*(?:parseInt\(['\"]|['\"]?)(\d+)")
TID = re.compile(r"(?:[?&;]p?tid=|\bthread-|\btid-|viewthread[_-])(\d+)")
VIEWS = re.compile(r"(?:查看|浏览|瀏覽|阅读|閱讀|人气|人氣)\s*[::]?\s*(\d+)")
REPLIES = re.compile(r"(?:回复|回復|回覆|回帖|全部回复|全部回復)\s*[::]?\s*(\d+)")
FLOOR = re.compile(r"(\d{1,7})\s*(?:#|楼|樓|F\b|\^#)")
SUFFIX = re.compile(r"\s+[-–—|_]\s+")


@dataclass(frozen=True, slots=True)
class Facts:
    """What holds for every post of a page; empty or None where the page does not tell."""

    url: str
    site: str
    thread_id: str
    title: str
    forum: str
    views: int | None
    replies: int | None
    clock: Clock


def facts(root: Element, page: Page, settings: Settings, marks: Markers) -> Facts:
    """The facts of a page of any template."""
    url = address(root, page)
    tid = thread_id(root, page, url)
    views, replies = counts(root)
    return Facts(
        url=url,
        site=site(url, page.text),
        thread_id=tid,
        title=title(root, marks),
        forum=forum(root, marks, tid),
        views=views,
        replies=replies,
        clock=clock(page.text, settings.zone, page.seen_at),
    )


def address(root: Element, page: Page) -> str:
    """Where a page came from: what ingest knows, its canonical link, what a browser noted, its base."""
    if page.url.startswith(("http://", "https://")):
        return page.url
    for link in find(root, "//link[@rel='canonical'][@href]"):
        if (href := link.get("href") or "").startswith(("http://", "https://")):
            return href
    if match := SAVED_FROM.search(page.text[:4000]):
        return match[1]
    report = reported(page.text)
    if report:
        return report
    for base in find(root, "//base[@href]"):
        if (href := base.get("href") or "").startswith(("http://", "https://")):
            return href
    match = SITE_URL.search(page.text)
    return match[1] if match else ""


def reported(text: str) -> str:
    """The page's own address, which Discuz keeps for its report form."""
    match = REPORT_URL.search(text)
    if not match:
        return ""
    try:
        url = base64.b64decode(match[1] + "=" * (-len(match[1]) % 4), validate=True).decode("utf-8")
    except (ValueError, UnicodeDecodeError):
        return ""
    return url if url.startswith(("http://", "https://")) and url.isprintable() else ""


def site(url: str, text: str = "") -> str:
    """The host of an address, with a port that is not the usual one and without ``www.``."""
    for candidate in (url, (SITE_URL.search(text) or [""] * 2)[1] if text else ""):
        try:
            parts = urlsplit(candidate)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            continue
        if host:
            host = host.removeprefix("www.")
            return f"{host}:{port}" if port not in (None, 80, 443) else host
    return ""


def thread_id(root: Element, page: Page, url: str) -> str:
    if match := TID.search(url):
        return match[1]
    if match := TID_VARIABLE.search(page.text):
        return match[1]
    for link in find(root, "//a[contains(@href,'tid=') or contains(@href,'thread-')]/@href"):
        if match := TID.search(str(link)):
            return match[1]
    return ""


def title(root: Element, marks: Markers) -> str:
    """A thread's title, without its category and the site's name."""
    for name in marks.html["title_ids"]:
        for node in find(root, f"//*[@id='{name}']"):
            if text := plain(node):
                return text
    for name in marks.html["title_classes"]:
        for node in find(root, f"//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"):
            head = next(iter(find(node, "h2")), None) if name == "postlist" else node
            if head is not None and (text := own_text(head)):
                return text
    for node in find(root, "//head/title | //title"):
        text = plain(node)
        if text:
            return SUFFIX.split(text)[0].strip()
    return ""


def own_text(node: Element) -> str:
    """An element's own words, without its children's (a category, a link to the author's posts)."""
    return " ".join("".join([node.text or "", *(child.tail or "" for child in node)]).split())


def forum(root: Element, marks: Markers, tid: str) -> str:
    """The board that a thread stands in: the last link of the path that leads to one."""
    boards = []
    for name in marks.html["path_ids"]:
        boards = find(root, f"//*[@id='{name}']//a")
        if boards:
            break
    if not boards:
        for name in marks.html["path_classes"]:
            boards = find(root, f"//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]//a")
            if boards:
                break
    if not boards:
        boards = find(root, "//*[contains(@class,'header') or contains(@class,'nav')]//a")
    found = ""
    for link in boards:
        href = link.get("href") or ""
        if is_board(href) and plain(link):
            found = plain(link)
    return found


def is_board(href: str) -> bool:
    """Whether an address is a board's list of threads (rewritten or not, saved or not)."""
    if "mod=forumdisplay" in href or re.search(r"[?/]?\bfid-\d+\.html", href):
        return True
    return bool(re.search(r"(?:^|/)forum-\w+-\d+\.html", href)) or "forumdisplay" in href


def counts(root: Element) -> tuple[int | None, int | None]:
    """Views and replies, from the head of the list of posts (the first page of a thread may be the only one)."""
    for node in find(root, "//*[@id='postlist']//*[contains(@class,'hm')] | //*[contains(@class,'bm_inf')]"):
        text = plain(node)
        views, replies = VIEWS.search(text), REPLIES.search(text)
        if views:
            return int(views[1]), int(replies[1]) if replies else None
    for node in find(root, "//*[contains(@class,'dm-eye')]/.."):
        numbers = [int(plain(em)) for em in find(node, "em") if plain(em).isdigit()]
        if numbers:
            return numbers[0], numbers[1] if len(numbers) > 1 else None
    views_node = find(root, "//*[contains(@class,'foldviews')]/following-sibling::em[1]")
    replies_node = find(root, "//*[contains(@class,'foldreplies')]/following-sibling::em[1]")
    return number(views_node), number(replies_node)


def number(nodes: list[Element]) -> int | None:
    text = plain(nodes[0]) if nodes else ""
    return int(text) if text.isdigit() and len(text) < 12 else None


def floor_of(text: str, marks: Markers) -> int | None:
    """The floor that a label names: 楼主, 沙发, 5#, 12楼."""
    text = text.strip()
    if match := FLOOR.search(text):
        return int(match[1])
    names = marks.html["floor_names"]
    if text in names:
        return int(names[text])
    for name, value in names.items():
        if name in text:
            return int(value)
    return int(text) if text.isdigit() and len(text) < 8 else None


def author_of(node: Element, marks: Markers) -> str:
    """The author that a post's head names: a link to a member's space, or a word such as 匿名."""
    for link in node.iter("a"):
        href = link.get("href") or ""
        if any(part in href for part in marks.html["space_links"]) and "do=" not in href and "op=" not in href:
            label = own_text(link) or plain(link)
            if label and not has_image_only(link):
                return label
    for one in node.iter("em"):
        parent = one.getparent()
        if parent is not None and plain(one) in marks.html["deleted"]:
            return own_text(parent)
    for one in node.iter("a", "span", "div", "b", "strong", "li"):
        label = own_text(one)
        if label in marks.html["anonymous"]:
            return label
    return ""


def has_image_only(link: Element) -> bool:
    return len(link) > 0 and not plain(link)


def has_class(node: Element, names: list[str]) -> bool:
    return any(name in names for name in classes(node))
