"""A text dump of a page: what a browser's select-all or a text browser (lynx, w3m) gives.

Posts are told by their heads (a time, with the floor above it), and end where the forum's buttons begin. Text
browsers put the author's column before or beside the text; what stands beside it is cut off by its column.
"""

from dataclasses import replace

from pipeline.clean.draft import Draft, once, status_of
from pipeline.clean.dumpbody import drop_tags, kept_lines, own_lines
from pipeline.clean.dumpfacts import PREFIX, facts
from pipeline.clean.dumpheads import Head, archiver_heads, labelled_heads, posted_heads, touch_heads
from pipeline.clean.dumplines import GAP, Line, cut, edge, layout, unwrapped, without_references
from pipeline.clean.facts import Facts
from pipeline.clean.jammer import without_jammer
from pipeline.clean.markers import Markers, any_of, pattern
from pipeline.clean.plainquotes import Written, settle
from pipeline.clean.render import Body
from pipeline.clean.signatures import without_signatures
from pipeline.clean.times import clock, when
from pipeline.records import Page
from pipeline.settings import Settings


def drafted(page: Page, settings: Settings, marks: Markers, explain: bool) -> tuple[list[Draft], Facts, str]:
    """The drafts of a dump's posts, its facts, and the name of the template."""
    text, references = without_references(page.text)
    lines = layout(text)
    at = clock(page.text, settings.zone, page.seen_at)
    bare_page = labelled_heads(lines, marks) or archiver_heads(lines, page.text, marks)
    signed = [] if bare_page else posted_heads(lines, marks)
    heads = bare_page or signed or touch_heads(lines, marks)
    known = facts(references or page.url, lines, heads, at, marks)
    if not heads:
        return [], known, "dump"
    drafts = posts(lines, heads, known, marks, bool(signed), explain)
    if known.replies is None and (last := last_floor(drafts, page.text, marks)):
        known = replace(known, replies=last - 1)
    if bare_page:
        for draft in drafts:
            draft.body.text = marks.smiley.sub("", draft.body.text)
        titled = marks.patterns["title_label"].sub("", drafts[0].body.text, count=1).partition("\n")
        if titled[0].strip() == known.title:
            drafts[0].body.text = titled[2]  # both pages say the title again above the first post
    return drafts, known, "dump"


def last_floor(drafts: list[Draft], text: str, marks: Markers) -> int | None:
    """The highest floor, where a dump is of a thread's last page in its own order; it tells the replies."""
    if not marks.patterns["pages"].search(text) or marks.patterns["next_page"].search(text):
        return None
    floors = [draft.floor for draft in drafts if draft.floor]
    return floors[-1] if len(floors) == len(drafts) and floors == sorted(floors) else None


def posts(
    lines: list[Line], heads: list[Head], known: Facts, marks: Markers, signed: bool, explain: bool
) -> list[Draft]:
    """The posts between the heads; only desktop pages show signatures."""
    ended = []
    for number, head in enumerate(heads):
        end = heads[number + 1].line if number + 1 < len(heads) else len(lines)
        begin = heads[number - 1].start if number else 0
        region = (
            [cut(line, head.column) for line in lines[head.start : end]] if head.column else lines[head.start : end]
        )
        beside = head.column and head.author.isdigit()  # a count of the author's column
        author = "" if beside else head.author
        author = author or author_above(lines[begin : head.line], marks)
        if head.column and not author:
            author = author_beside(lines[head.line : end], marks)
        author = named(author, marks)
        ended.append(own_lines(region, author, marks, number + 1 == len(heads)))
    if signed:
        texts = [line for line in lines if line.text]
        without_signatures(ended, dense=sum(line.indent > 2 for line in texts) * 2 > len(texts))
    limit = edge(lines)

    def stands_alone(text: str) -> bool:
        return bool(marks.of_line(text) or marks.patterns["quote_head"].fullmatch(without_jammer(text)))

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
            is_first=head.floor == 1 or (number == 0 and head.floor is None and known.page in (None, 1)),
            status="",
        )
        draft.status = status_of(body, notices, marks)
        drafts.append(draft)
        written.append(Written(post.author, draft.posted_at, body))
    settle(written, marks)
    for draft in drafts:
        draft.body.text = "\n".join(line for line in draft.body.text.split("\n") if line)
    untyped = PREFIX.sub("", known.title, count=1)
    if untyped and drafts[0].body.text.startswith(untyped):
        for draft in drafts:
            draft.title = untyped  # the text repeats the title, without the category before it
    return drafts


def named(author: str, marks: Markers) -> str:
    """An author's name once, without what a text browser ran together with it."""
    for word in marks.html["deleted"]:
        author = author.removesuffix(word).rstrip()
    return once(GAP.split(author.strip())[0])


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
        if marks.patterns["copy"].fullmatch(text) or foot.fullmatch(text):
            start = at + 1
            break
    if start is None:
        return ""
    for line in lines[start:]:
        text = line.text
        if text and not floor.match(text):
            return text if len(GAP.split(text)[0]) <= 40 and not pattern(marks.dump["jump"]).match(text) else ""
    return ""


def author_beside(lines: list[Line], marks: Markers) -> str:
    """The author who is online in the column beside a long post."""
    online = pattern(marks.dump["online"])
    found = (online.match(line.text) for line in lines)
    return next((match["name"].strip() for match in found if match), "")
