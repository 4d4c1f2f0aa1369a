"""What every template's module makes: drafts of posts, made into posts with the page's facts."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain, repeat

from pipeline.clean.facts import Facts
from pipeline.clean.identity import post_id
from pipeline.clean.markers import Markers
from pipeline.clean.render import Body
from pipeline.records import Page, Post, Quote


@dataclass(slots=True)
class Draft:
    """One post as a template shows it."""

    body: Body
    pid: str = ""
    author: str = ""
    posted_at: datetime | None = None
    floor: int | None = None
    is_first: bool = False
    comments: list[Quote] = field(default_factory=list)
    status: str = ""
    title: str = ""
    forum: str = ""
    url: str = ""
    thread_id: str = ""


def once(name: str) -> str:
    """A name that a page says several times in a row, once."""
    parts = name.split()
    return parts[0] if len(parts) > 1 and len(set(parts)) == 1 else " ".join(parts)


def status_of(body: Body, notices: list[str], marks: Markers) -> str:
    """``blocked`` where a notice stands in place of the text, ``truncated`` where it stands beside a part of it."""
    if not notices and not body.notices:
        return ""
    told = any(marks.blocked.search(notice) for notice in notices if not marks.shown.search(notice))
    withheld = told or any(not marks.shown.search(notice) for notice in body.notices)
    if not withheld:
        return ""
    return "truncated" if body.text else "blocked"


def finished(drafts: list[Draft], page: Page, facts: Facts, cleaner: str) -> list[Post]:
    """The posts of a page: quotes' floors and ids filled in."""
    floors = {draft.pid: draft.floor for draft in drafts if draft.pid and draft.floor}
    posts = []
    for draft in drafts:
        sources = chain(draft.body.sources, repeat(""))
        quoted = [
            quote if quote.floor else replace(quote, floor=floors.get(source) or 0)
            for quote, source in zip(draft.body.quoted, sources, strict=False)
        ]
        thread, title = draft.thread_id or facts.thread_id, draft.title or facts.title
        key = post_id(facts.site, thread, draft.pid, title, draft.author, draft.posted_at, draft.body.text)
        post = Post(
            post_id=key,
            source_file=page.source_file,
            text=draft.body.text,
            url=draft.url or facts.url,
            site=facts.site,
            forum=draft.forum or facts.forum,
            thread_id=thread,
            pid=draft.pid,
            floor=draft.floor,
            title=title,
            author=draft.author,
            posted_at=draft.posted_at,
            views=facts.views,
            replies=facts.replies,
            is_first=draft.is_first or draft.floor == 1,
            quoted=tuple(quoted),
            comments=tuple(draft.comments),
            reply_to=draft.body.reply_to,
            status=draft.status,
            cleaner=cleaner,
            page=facts.page,
            pages=facts.pages,
        )
        posts.append(post)
    return posts


def fill_floors(drafts: list[Draft], counted: bool) -> None:
    """A floor whose name is not known stands between its neighbours, where they leave room for one.

    ``counted`` tells that the page gives the thread's views, which stand on its first page.
    """
    for at, draft in enumerate(drafts):
        if draft.floor is not None:
            continue
        before = drafts[at - 1].floor if at else 0 if counted else None
        after = drafts[at + 1].floor if at + 1 < len(drafts) else None
        if before is not None and (after is None or after == before + 2):
            draft.floor = before + 1
