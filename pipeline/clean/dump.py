"""A text dump of a page: what a browser's select-all or a text browser (lynx, w3m) gives.

Posts are told by their heads (a time, with the floor above it), and end where the forum's buttons begin. Text
browsers put the author's column before or beside the text; what stands beside it is cut off by its column.
"""

import re
from dataclasses import dataclass
from functools import cache

from pipeline.clean.draft import Draft, status_of
from pipeline.clean.dumplines import Line, bare, column_of, cut, edge, layout, unwrapped, wide, without_references
from pipeline.clean.facts import REPLIES, TID, VIEWS, Facts, floor_of, site
from pipeline.clean.jammer import without_jammer
from pipeline.clean.markers import Markers
from pipeline.clean.plainquotes import HEAD, Written, settle
from pipeline.clean.render import Body
from pipeline.clean.signatures import Ended, without_signatures
from pipeline.clean.times import Clock, clock, when
from pipeline.records import Page
from pipeline.settings import Settings

TIME = (
    r"(?:\d{4}-\d{1,2}-\d{1,2}(?: \d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?)?"
    r"|(?:昨天|前天|今天) ?\d{1,2}:\d{2}|(?:半|\d+) ?(?:小时|小時|分钟|分鐘|天|秒)前)"
)
POSTED = re.compile(
    rf"(?P<before>.{{0,60}}?)(?:发表于|發表於) ?(?P<time>{TIME})"
    r"(?P<after>\s*(?:\||只看|显示|顯示|来自|來自).{0,120})?$"
)
BARE_TIME = re.compile(rf"(?P<count>\d{{0,20}}?)(?P<time>{TIME})$")
LABELLED = re.compile(rf"作者: ?(?P<author>.{{1,40}}?)\s+(?:时间|時間): ?(?P<time>{TIME})$")
BESIDE = re.compile(r"(?:\[[^\[\]]{1,40}\] ?)?(?:楼主|樓主)? ?\|? {0,3}(?:匿名|Anonymous)? {0,3}(?:发表于|發表於)")
LINKS = re.compile(
    r"(?:\|*(?:只看该作者|只看該作者|只看楼主|倒序浏览|倒序瀏覽|正序浏览|阅读模式|閱讀模式|显示全部楼层|顯示全部樓層|只看大图|[来來]自手[机機]|回帖[奖獎][励勵]))+\|*"
)
COPY = re.compile(r"\[?(?:复制链接|複製鏈接|複製連結|打印本页)\]?")
PATH = re.compile(r" ?[›»>] ?")
TITLE = re.compile(r"(?:标题|標題): ?(?P<title>.{1,200}?)(?:\s*\[打印本页\])?$")
ARCHIVER = re.compile(r"'s Archiver|Discuz! X[\d.]+ Archiver")
TAG = re.compile(r"[^\s,，。；：？！:;?!、…~～()（）]{1,15}")
PREFIX = re.compile(r"\[[^\]]{1,12}\] ?(?=\S)")


@dataclass(slots=True)
class Head:
    """Where a post begins: its head's line, the first line of its body, and what the head says."""

    line: int
    start: int
    time: str
    author: str = ""
    floor: int | None = None
    column: int = 0


def drafted(page: Page, settings: Settings, marks: Markers, explain: bool) -> tuple[list[Draft], Facts, str]:
    """The drafts of a dump's posts, its facts, and the name of the template."""
    text, references = without_references(page.text)
    lines = layout(text)
    at = clock(page.text, settings.zone, page.seen_at)
    heads = (
        labelled_heads(lines) or posted_heads(lines, marks) or touch_heads(lines, marks) or archiver_heads(lines, page)
    )
    known = facts(references or page.url, lines, heads, at)
    if not heads:
        return [], known, "dump"
    return posts(lines, heads, known, marks, explain), known, "dump"


def posted_heads(lines: list[Line], marks: Markers) -> list[Head]:
    """Heads as desktop pages have them: the floor, then 发表于 and the time, then links."""
    floor = pattern(marks.dump["floor"])
    heads = []
    for at, line in enumerate(lines):
        if not any(word in line.text for word in marks.dump["posted"]):
            continue
        segment = beside(line.text)
        match = POSTED.fullmatch(segment)
        if not match:
            continue
        above, margin = floor_above(lines, at, floor, marks)
        if not match["after"] and above is None:
            continue
        before = re.sub(r"\[[^\]]*\]|楼主 ?\|?|樓主 ?\|?|\|", " ", match["before"]).strip()
        column = margin if above is not None else column_of(line, segment)
        start = links_end(lines, at, match["after"] or "", column)
        heads.append(Head(at, start, match["time"], before, above, column))
    return heads


def links_end(lines: list[Line], at: int, links: str, column: int) -> int:
    """The line after a head and its links, which a text browser may have broken at its right edge."""
    start = at + 1
    for place in range(at + 1, min(at + 4, len(lines)) if links else 0):
        text = cut(lines[place], column).text if column else lines[place].text
        links += text
        if not text or not LINKS.fullmatch("".join(links.split())):
            break
        start = place + 1
    return start


def beside(text: str) -> str:
    """The part of a head's line that is not the author's column: the time with the words before it."""
    found = BESIDE.search(text)
    if not found:
        return text
    gap = text.rfind("  ", 0, found.start())
    return text[gap:].strip() if gap >= 0 else text


def floor_above(lines: list[Line], at: int, floor: re.Pattern[str], marks: Markers) -> tuple[int | None, int]:
    """The floor in the line above a head, and the column in which it stands beside the author's."""
    line = next((line for line in reversed(lines[max(0, at - 3) : at]) if line.text), None)
    if line is None:
        return None, 0
    segment = line.text if floor.fullmatch(line.text) else line.text.rpartition("  ")[2].strip()
    match = floor.fullmatch(segment)
    if not match:
        return None, 0
    label = match["name"] or match["number"] + "#"
    return floor_of(label, marks), column_of(line, segment) or narrow(lines[at : at + 12], line, segment)


def narrow(below: list[Line], line: Line, segment: str) -> int:
    """The column of a post beside a very narrow author's column (匿名), or 0."""
    column = wide(line.raw[: max(0, line.raw.rfind(segment))])
    beside_it = [one.raw[:column].strip() for one in below if one.raw and one.indent < column]
    return column if column > 0 and any(text and wide(text) < column for text in beside_it) else 0


def labelled_heads(lines: list[Line]) -> list[Head]:
    """Heads as the printable page has them."""
    found = [(at, LABELLED.fullmatch(" ".join(line.text.split()))) for at, line in enumerate(lines)]
    return [Head(at, at + 1, match["time"], match["author"]) for at, match in found if match]


def touch_heads(lines: list[Line], marks: Markers) -> list[Head]:
    """Heads as touch pages have them: the floor and the author in one line, the time in the next."""
    floor = re.compile(rf"(?:{marks.dump['floor']})\s*(?P<author>.{{1,40}})")
    heads = []
    for at, line in enumerate(lines):
        match = floor.fullmatch(bare(line.text))
        if not match:
            continue
        below = next((n for n in range(at + 1, min(at + 4, len(lines))) if lines[n].text), None)
        time = BARE_TIME.fullmatch(bare(lines[below].text)) if below is not None else None
        if time is not None and below is not None:
            label = match["name"] or match["number"] + "#"
            heads.append(Head(at, below + 1, time["time"], match["author"].strip(), floor_of(label, marks)))
    return heads


def archiver_heads(lines: list[Line], page: Page) -> list[Head]:
    """Heads as the archiver has them: author and time in one line, like a quote's, which begins a post's body."""
    if not ARCHIVER.search(page.text):
        return []
    heads: list[Head] = []
    empty = True
    for at, line in enumerate(lines):
        match = POSTED.fullmatch(line.text)
        if match and match["before"].strip() and not (heads and empty):
            heads.append(Head(at, at + 1, match["time"], match["before"].strip()))
            empty = True
        elif line.text and "编辑" not in line.text:
            empty = False
    return heads


@cache
def pattern(source: str) -> re.Pattern[str]:
    return re.compile(source)


@cache
def any_of(sources: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(sources))


def posts(lines: list[Line], heads: list[Head], known: Facts, marks: Markers, explain: bool) -> list[Draft]:
    """The posts between the heads."""
    ended = []
    for number, head in enumerate(heads):
        end = heads[number + 1].line if number + 1 < len(heads) else len(lines)
        begin = heads[number - 1].start if number else 0
        region = (
            [cut(line, head.column) for line in lines[head.start : end]] if head.column else lines[head.start : end]
        )
        author = head.author or author_above(lines[begin : head.line], marks)
        if head.column and not author:
            author = author_beside(lines[head.start : end], marks)
        ended.append(own_lines(region, author, marks, number + 1 == len(heads)))
    texts = [line for line in lines if line.text]
    without_signatures(ended, dense=sum(line.indent > 2 for line in texts) * 2 > len(texts))
    limit = edge(lines)

    def stands_alone(text: str) -> bool:
        return bool(marks.of_line(text) or HEAD.fullmatch(without_jammer(text)))

    drafts = []
    written = []
    for number, (head, post) in enumerate(zip(heads, ended, strict=True)):
        body = Body(removed=[] if explain else None)
        notices = kept_lines(unwrapped(post.lines, limit, head.column, stands_alone), body, marks)
        if number == 0:
            drop_tags(body, known.title)
        draft = Draft(
            body=body,
            author=post.author,
            posted_at=when(head.time, known.clock, marks),
            floor=head.floor,
            is_first=head.floor == 1 or (number == 0 and head.floor is None),
            status="",
        )
        draft.status = status_of(body, notices, marks)
        drafts.append(draft)
        written.append(Written(post.author, draft.posted_at, body))
    settle(written, marks)
    for draft in drafts:
        draft.body.text = "\n".join(line for line in draft.body.text.split("\n") if line)
    if drafts and drafts[0].body.text.startswith(bare := PREFIX.sub("", known.title, count=1)) and bare:
        for draft in drafts:
            draft.title = bare  # the text repeats the title, without the category before it
    return drafts


def author_above(lines: list[Line], marks: Markers) -> str:
    """The author whose block stands above a head: who is online, or the first line after the post before."""
    online = pattern(marks.dump["online"])
    foot = any_of(tuple(marks.dump["foot"]))
    floor = pattern(marks.dump["floor"])
    start = None
    for at in range(len(lines) - 1, -1, -1):
        text = lines[at].text
        if match := online.match(text):
            return match["name"].strip()
        if COPY.fullmatch(text) or foot.fullmatch(text):
            start = at + 1
            break
    if start is None:
        return ""
    for line in lines[start:]:
        text = line.text
        if text and not floor.match(text):
            return text if len(text) <= 40 and not pattern(marks.dump["jump"]).match(text) else ""
    return ""


def author_beside(lines: list[Line], marks: Markers) -> str:
    """The author who is online in the column beside a long post."""
    online = pattern(marks.dump["online"])
    found = (online.match(line.text) for line in lines)
    return next((match["name"].strip() for match in found if match), "")


def own_lines(region: list[Line], author: str, marks: Markers, last: bool) -> Ended:
    """The lines of a post's own cell, up to its foot or the page's, and how they end."""
    foot = any_of(tuple(marks.dump["foot"]))
    end = any_of(tuple(marks.dump["end"]))
    button = pattern(marks.dump["button"])
    post = Ended(author, [])
    opened = False
    stop = len(region)
    for at, line in enumerate(region):
        text = line.text
        if not text:
            if line.cell and opened:
                post.foot, stop = "cell", at
                break
            opened = opened or line.cell
        else:
            opened = opened or line.cell
            if end.fullmatch(text):
                post.foot, stop = "end", at
            elif foot.fullmatch(text) or heads_foot(region, at, marks):
                post.foot, stop = "button" if button.fullmatch(text) else "foot", at
            if post.foot:
                break
        post.lines.append(line)
    while post.lines and not post.lines[-1].text:
        post.lines.pop()
    if post.foot == "foot":
        post.below = above_button(region[stop:], button)
    if last and post.foot in ("end", ""):
        imprint_off(post.lines, marks)
    return post


def heads_foot(region: list[Line], at: int, marks: Markers) -> bool:
    """Whether a line is the heading of ratings or comments, as what follows tells."""
    then = marks.dump["foot_heading"].get(region[at].text)
    if then is None:
        return False
    following = [line.text for line in region[at + 1 : at + 12] if line.text][:3]
    return any(pattern(then).fullmatch(text) for text in following)


def above_button(region: list[Line], button: re.Pattern[str]) -> str:
    """The block right above a post's buttons, below its foot: the author's signature."""
    at = next((at for at, line in enumerate(region) if at and button.fullmatch(line.text)), 0)
    while at and not region[at - 1].text:
        at -= 1
    start = at
    while start > 1 and region[start - 1].text:
        start -= 1
    return "\n".join(line.text for line in region[start:at])


def imprint_off(kept: list[Line], marks: Markers) -> None:
    """Take what the site says of itself off the end of the last post."""
    imprint = any_of(tuple(marks.dump["imprint"]))
    while len(kept) > 1 and (imprint.fullmatch(kept[-1].text) or foreign(kept) or not kept[-1].text):
        kept.pop()


def foreign(kept: list[Line]) -> bool:
    """Whether the last line is a long sentence in Latin letters under a text in Chinese."""
    last = kept[-1].text
    letters = sum(char.isalpha() and char < "\u0250" for char in last)
    han = sum("\u4e00" <= char <= "\u9fff" for line in kept[:-1] for char in line.text)
    return letters >= 40 and letters * 10 > len(last) * 7 and han >= 100 and not any(char.isdigit() for char in last)


def kept_lines(texts: list[str], body: Body, marks: Markers) -> list[str]:
    """Put the author's lines into the body; give the notices among the others."""
    within = any_of(tuple(marks.dump["within"]))
    picture = pattern(marks.dump["picture"])
    struck = pattern(marks.dump["struck"])
    kept = []
    notices = []
    for text in texts:
        text = without_jammer(struck.sub("", picture.sub("", text))).strip()
        if not text:
            kept.append("")
            continue
        marker = "dump" if within.fullmatch(text) else marks.of_line(text) if len(text) < 400 else ""
        if marks.blocked.match(text):
            marker = "blocked"
        if marker:
            if marker in ("hidden", "blocked", "price"):
                notices.append(text)
                body.notices.append(text)
            if body.removed is not None:
                body.removed.append((marker, text))
            continue
        kept.append(text)
    body.text = "\n".join(kept).strip()
    return notices


def drop_tags(body: Body, title: str) -> None:
    """Take the thread's tags off the end of its first post: words joined by commas, or one that the thread is about."""
    *above, last = body.text.split("\n")
    words = last.split(", ")
    if not above or not all(TAG.fullmatch(word) for word in words):
        return
    about = len(last) <= 8 and (last.lower() in title.lower() or (above[-1] == "" and last in "".join(above)))
    if len(words) > 1 or about:
        if body.removed is not None:
            body.removed.append(("tags", last))
        body.text = "\n".join(above).rstrip()


def facts(url: str, lines: list[Line], heads: list[Head], at: Clock) -> Facts:
    """What a dump says above its first post."""
    top = [line.text for line in lines[: heads[0].line if heads else 80]]
    path = next((text for text in top if text.count("›") >= 2 or ("»" in text and "›" in text)), "")
    steps = [step.strip() for step in PATH.split(path)] if path else []
    views = replies = None
    title = ""
    for number, text in enumerate(top):
        if match := VIEWS.search(text):
            views = int(match[1])
            if found := REPLIES.search(text):
                replies = int(found[1])
                rest = text[found.end() :].strip()
                title = title or rest
        if COPY.fullmatch(text) and not title:
            title = wrapped_title(top, number)
        elif match := TITLE.match(text):
            title = match["title"]
        elif (
            title
            and not COPY.search("".join(top[:number]))
            and text
            and VIEWS.search(top[number - 1])
            and not COPY.fullmatch(text)
        ):
            title += text  # a title that the text browser broke
    if not title:
        title, steps, views, replies = touch_facts(lines, heads, steps)
    title = untyped(title, steps)
    forum = steps[-2] if len(steps) > 2 else steps[-1] if len(steps) == 1 else ""
    name = steps[0] if len(steps) > 2 else ""
    thread = TID.search(url)
    return Facts(url, site(url) or name, thread[1] if thread else "", title, forum, views, replies, at)


def wrapped_title(top: list[str], at: int) -> str:
    """The block of lines above the link that copies a thread's address."""
    block: list[str] = []
    for text in reversed(top[:at]):
        if not text:
            if block:
                break
            continue
        if VIEWS.search(text):
            break
        block.insert(0, text)
        if len(block) == 3:
            break
    return "".join(block)


def untyped(title: str, steps: list[str]) -> str:
    """A title without the category before it, which the path does not repeat."""
    match = PREFIX.match(title)
    if match and steps and len(steps) > 2 and not steps[-1].startswith(match[0].strip()):
        return title[match.end() :]
    return title


def touch_facts(
    lines: list[Line], heads: list[Head], steps: list[str]
) -> tuple[str, list[str], int | None, int | None]:
    """A touch page's or the archiver's head: the board, the title, and counts run together with the first time."""
    above = [line.text for line in lines[: heads[0].line] if line.text] if heads else []
    if steps and not above[-1:]:
        return steps[-1], steps, None, None
    replies = next((int(match[1]) for line in lines if (match := re.search(r"全部回[复復](\d+)", line.text))), None)
    views = None
    if replies is not None and heads:
        for line in lines[heads[0].line : heads[0].start]:
            match = BARE_TIME.fullmatch(bare(line.text))
            if match and match["count"].endswith(str(replies)):
                views = int(match["count"].removesuffix(str(replies)) or 0) or None
    title = above[-1] if above else ""
    if steps:
        return steps[-1], steps, views, replies
    return title, above[-2:-1], views, replies
