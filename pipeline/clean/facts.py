"""What a page says of itself: address, site, thread, title, board, views and replies; floors and authors of posts."""

import base64
import re
from dataclasses import dataclass
from itertools import islice

from pipeline.clean.identity import host
from pipeline.clean.index import Index
from pipeline.clean.markers import Markers
from pipeline.clean.times import Clock, clock
from pipeline.clean.tree import Element, plain, small
from pipeline.records import Page
from pipeline.settings import Settings

SAVED_FROM = re.compile(r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(\S+?)\s", re.I)
SITE_URL = re.compile(r"SITEURL\s{0,9}=\s{0,9}['\"]([^'\"]{1,500})")
REPORT_URL = re.compile(r"REPORTURL\s{0,9}=\s{0,9}['\"]([A-Za-z0-9+/=]{1,2000})")
TID_VARIABLE = re.compile(r"\btid\s*=\s*(?:parseInt\(['\"]|['\"]?)(\d+)")
TID = re.compile(r"(?:[?&;]p?tid=|\bthread-|\btid-|viewthread[_-])(\d+)")
FIRST_POST = re.compile(r"id=[\"']?(?:pid|post_|postmessage_)\d")
PAGE = re.compile(r"(?:\bthread-\d+-(\d{1,5})-|[?&;]page=(\d{1,5})\b)")
NUMBER = re.compile(r"(?<!\d)\d{1,5}(?!\d)")
HEADROOM = 20_000
NEAR = 200
MANY = 300
CATEGORY = re.compile(r"\[[^\]]{1,20}\]")
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
    page: int | None = None
    pages: int | None = None


def facts(index: Index, page: Page, settings: Settings, marks: Markers) -> Facts:
    """The facts of a page of any template."""
    root = index.root
    url = address(root, page)
    tid = thread_id(root, page, url)
    if tid and url.endswith("/") and not TID.search(url):
        url = f"{url}forum.php?mod=viewthread&tid={tid}"  # only the forum's own address is known
    views, replies = counts(index, marks)
    page_number, pages = pager(index, url, marks)
    if views is None:
        views, replies = labelled(page.text, marks)
    return Facts(
        url=url,
        site=site(url, page.text),
        thread_id=tid,
        title=title(index, marks),
        forum=forum(index, marks),
        views=views,
        replies=replies,
        clock=clock(page.text, settings.zone, page.seen_at),
        page=page_number,
        pages=pages,
    )


def pager(index: Index, url: str, marks: Markers) -> tuple[int | None, int | None]:
    """Which of a thread's pages this is, and how many there are; None where it shows no pager."""
    for node in (node for name in marks.html["pager_classes"] for node in index.by_class(name)):
        own = [int(match[0]) for one in node.iter("strong") if (match := NUMBER.search(plain(one)))]
        if own:
            told = marks.patterns["pages"].search(plain(node))
            linked = [int(match[0]) for one in node.iter("a") if (match := NUMBER.search(plain(one)))]
            return own[0], max(own[0], *linked, int(told[1]) if told else 0)
    match = PAGE.search(url)
    return (int(match[1] or match[2]), None) if match else (None, None)


def address(root: Element, page: Page) -> str:
    """Where a page came from: what ingest knows, its canonical link, what a browser noted, its base."""
    if page.url.startswith(("http://", "https://")):
        return page.url
    for link in root.iter("link"):
        if link.get("rel") == "canonical" and (href := link.get("href") or "").startswith(("http://", "https://")):
            return href
    if match := SAVED_FROM.search(page.text[:4000]):
        return match[1]
    report = reported(page.text)
    if report:
        return report
    for base in root.iter("base"):
        if (href := base.get("href") or "").startswith(("http://", "https://")):
            return href
    return assigned("SITEURL", SITE_URL, page.text)


def assigned(name: str, pattern: re.Pattern[str], text: str) -> str:
    """What a script of the page sets a variable to; its name is sought first, which is faster than a pattern."""
    at = text.find(name)
    match = pattern.match(text, at) if at >= 0 else None
    return match[1] if match else ""


def reported(text: str) -> str:
    """The page's own address, which Discuz keeps for its report form."""
    coded = assigned("REPORTURL", REPORT_URL, text)
    if not coded:
        return ""
    try:
        url = base64.b64decode(coded + "=" * (-len(coded) % 4), validate=True).decode("utf-8")
    except (ValueError, UnicodeDecodeError):
        return ""
    return url if url.startswith(("http://", "https://")) and url.isprintable() else ""


def site(url: str, text: str = "") -> str:
    """The host of an address, else of the one that a page's script gives as its own."""
    return host(url) or host(assigned("SITEURL", SITE_URL, text))


def thread_id(root: Element, page: Page, url: str) -> str:
    if match := TID.search(url):
        return match[1]
    if match := TID_VARIABLE.search(page.text):
        return match[1]
    for link in root.iter("a"):
        if match := TID.search(link.get("href") or ""):
            return match[1]
    return ""


def title(index: Index, marks: Markers) -> str:
    """A thread's title, without its category and the site's name."""
    for name in marks.html["title_ids"]:
        for node in index.by_id(name):
            if text := plain(node):
                return text
    for name in marks.html["title_classes"]:
        for node in index.by_class(name):
            head = next(node.iter("h2"), None) if name == "postlist" else node
            if head is not None and (text := uncategorized(head)):
                return text
    parts = named(index, marks)
    for head in index.root.iter("h1"):
        if parts and (text := plain(head)) and len(text) > 1 and parts[0].startswith(text):
            return text
    if len(parts) > 2:
        return " - ".join(parts[:-2])
    return parts[0].rpartition("_")[0] or parts[0] if parts else ""


def uncategorized(head: Element) -> str:
    """A heading's own words; its categories stand in lines of their own above them."""
    lines = "\n".join([head.text or "", *(child.tail or "" for child in head)]).split("\n")
    words = [line for line in (" ".join(line.split()) for line in lines) if line]
    while len(words) > 1 and CATEGORY.fullmatch(words[0]):
        del words[0]
    return " ".join(words)


def named(index: Index, marks: Markers) -> list[str]:
    """The parts of a page's ``title`` element: thread, board and site, in that order."""
    node = next(index.root.iter("title"), None)
    parts = SUFFIX.split(plain(node)) if node is not None else []
    spoken = [part for part in parts if part and not marks.patterns["page_number"].fullmatch(part)]
    return [part for part in spoken if not part.startswith(tuple(marks.html["title_words"]))]


def own_text(node: Element) -> str:
    """An element's own words, without its children's (a category, a link to the author's posts)."""
    words = node.text or ""
    if len(node):
        words += "".join([child.tail or "" for child in node])
    return " ".join(words.split())


def forum(index: Index, marks: Markers) -> str:
    """The board that a thread stands in: the last link of the path that leads to one."""
    places = [index.by_id(name) for name in marks.html["path_ids"]]
    places += [index.by_class(name) for name in marks.html["path_classes"]]
    for nodes in places:
        links = [link for node in nodes for link in node.iter("a")]
        names = [plain(link) or beside(link) for link in links if is_board(link.get("href") or "")]
        if any(names):
            return [name for name in names if name][-1]
    parts = named(index, marks)
    return parts[-2] if len(parts) > 2 else ""


def beside(link: Element) -> str:
    """The words after a link that is an arrow alone."""
    follower = link.getnext()
    return plain(follower) if follower is not None and follower.tag == "span" and small(follower) else ""


def is_board(href: str) -> bool:
    """Whether an address is a board's list of threads (rewritten or not, saved or not)."""
    if "mod=forumdisplay" in href or re.search(r"[?/]?\bfid-\d+\.html", href):
        return True
    return bool(re.search(r"(?:^|/)forum-\w+-\d+\.html", href)) or "forumdisplay" in href


def counts(index: Index, marks: Markers) -> tuple[int | None, int | None]:
    """Views and replies, from the head of the list of posts (the first page of a thread may be the only one)."""
    for node in (*index.by_class("hm"), *index.by_class("bm_inf")):
        text = plain(node)
        if views := marks.patterns["views"].search(text):
            replies = marks.patterns["replies"].search(text)
            return int(views[1]), int(replies[1]) if replies else None
    for mark in index.by_class("dm-eye"):
        holder = mark.getparent()
        numbers = [int(plain(em)) for em in holder.iter("em") if plain(em).isdigit()] if holder is not None else []
        if numbers:
            return numbers[0], numbers[1] if len(numbers) > 1 else None
    return following_number(index.by_class("foldviews")), following_number(index.by_class("foldreplies"))


def labelled(text: str, marks: Markers) -> tuple[int | None, int | None]:
    """Views and replies as words and numbers anywhere above the first post."""
    first = FIRST_POST.search(text)
    if first is None:
        return paired(text, marks)
    head = text[max(0, first.start() - HEADROOM) : first.start()]
    patterns = marks.patterns
    named = patterns["views_word"].search(head)  # the rest is slower, and most pages but a thread's first name no views
    views = patterns["views_markup"].search(head, named.start()) if named else None
    replies = patterns["replies_markup"].search(head)
    if named and replies is None and (counted := patterns["views_counted"].search(head)):
        # a skin may write 5120 阅读, 2 评论
        behind = patterns["replies_counted"].search(head)
        if behind or views is None:
            views, replies = counted, behind
    return int(views[1]) if views else None, int(replies[1]) if replies else None


def paired(text: str, marks: Markers) -> tuple[int | None, int | None]:
    """Views with replies right behind them, on a page whose posts have no numbers."""
    views = marks.patterns["views_markup"].search(text)
    replies = marks.patterns["replies_markup"].search(text, views.end(), views.end() + NEAR) if views else None
    return (int(views[1]), int(replies[1])) if views and replies else (None, None)


def following_number(nodes: list[Element]) -> int | None:
    """The number in the element after a mark."""
    following = nodes[0].getnext() if nodes else None
    text = plain(following) if following is not None else ""
    return int(text) if text.isdigit() and len(text) < 12 else None


def floor_of(text: str, marks: Markers) -> int | None:
    """The floor that a label names: 楼主, 沙发, 5#, 12楼."""
    text = text.strip()
    if match := marks.patterns["floor"].search(text):
        return int(match[1] or match[2])
    names = marks.html["floor_names"]
    if text in names:
        return int(names[text])
    for name, value in names.items():
        if name in text:
            return int(value)
    return int(text) if text.isdigit() and len(text) < 8 else None


def author_of(node: Element, marks: Markers) -> str:
    """The author that a post's head names: a link to a member's space, or a word such as 匿名."""
    profile = ""
    for link in node.iter("a"):
        href = link.get("href") or ""
        if any(part in href for part in marks.html["space_links"]) and "op=" not in href:
            label = own_text(link) or plain(link)
            if label and not has_image_only(link):
                if "do=" not in href:
                    return label
                if "do=profile" in href:
                    profile = profile or label
    if profile:
        return profile
    for one in islice(node.iter("em"), MANY):
        parent = one.getparent()
        if parent is not None and small(one) and plain(one) in marks.html["deleted"]:
            return own_text(parent)
    for one in node.iter("a", "span", "div", "b", "strong", "li"):
        label = own_text(one)
        if label in marks.html["anonymous"]:
            return label
    return ""


def has_image_only(link: Element) -> bool:
    return len(link) > 0 and not plain(link)
