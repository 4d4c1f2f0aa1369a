"""Discuz's mobile API: a thread as JSON, messages as markup without code blocks and edit notices."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from pipeline.clean.draft import Draft, status_of
from pipeline.clean.facts import Facts, site
from pipeline.clean.markers import Markers
from pipeline.clean.render import Body, body
from pipeline.clean.times import Clock, epoch, when
from pipeline.clean.tree import parse
from pipeline.errors import InputError
from pipeline.records import Page, Quote
from pipeline.settings import Settings

HOST = re.compile(r"https?://[^\s\"'<>\\]+?/(?:forum\.php\?mod=redirect|static/image/)")
AVATAR = re.compile(r"https?://[^\s\"'<>\\]+?/uc_server/")


def variables(page: Page) -> dict[str, Any]:
    """What the API gives of a thread.

    Raises:
        InputError: it gives a message instead, or another module's data.
    """
    try:
        found = json.loads(page.text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"broken JSON: {error}; save the answer again") from error
    given = found.get("Variables")
    if (
        isinstance(given, dict)
        and isinstance(given.get("postlist"), list | dict)
        and isinstance(given.get("thread"), dict)
    ):
        return given
    message = found.get("Message")
    told = message.get("messagestr") or message.get("messageval") if isinstance(message, dict) else None
    if told:
        raise InputError(f"the API gives a message instead of a thread: {html.unescape(str(told))[:200]}")
    raise InputError("JSON of the mobile API without a thread in it; save the answer of module=viewthread")


def facts(page: Page, given: dict[str, Any], settings: Settings) -> Facts:
    thread = given["thread"]
    forum = given.get("forum")
    replies, size, floors = integer(thread.get("replies")), integer(given.get("ppp")), list(numbers(given))
    host = HOST.search(page.text.replace("\\/", "/")) or AVATAR.search(page.text.replace("\\/", "/"))
    url = page.url or (host[0] if host else "")
    return Facts(
        url=page.url,
        site=site(url),
        thread_id=string(thread.get("tid")),
        title=html.unescape(string(thread.get("subject"))),
        forum=html.unescape(string(forum.get("name"))) if isinstance(forum, dict) else "",
        views=integer(thread.get("views")),
        replies=replies,
        clock=Clock(settings.zone, page.seen_at.astimezone(settings.zone) if page.seen_at else None),
        page=(floors[0] - 1) // size + 1 if size and floors else None,
        pages=replies // size + 1 if size and replies is not None else None,
    )


def listed(posts: object) -> list[Any]:
    """A list of the API, which PHP writes as an object where its keys are not in a row."""
    return list(posts.values()) if isinstance(posts, dict) else posts if isinstance(posts, list) else []


def numbers(given: dict[str, Any]) -> Iterator[int]:
    """The floors of the posts."""
    for one in listed(given["postlist"]):
        if isinstance(one, dict) and (floor := integer(one.get("number")) or integer(one.get("position"))):
            yield floor


def string(value: object) -> str:
    return str(value) if isinstance(value, str | int) else ""


def integer(value: object) -> int | None:
    text = string(value)
    return int(text) if text.isdigit() and len(text) < 12 else None


def drafts(given: dict[str, Any], facts: Facts, marks: Markers, explain: bool) -> Iterator[Draft]:
    for one in listed(given["postlist"]):
        if isinstance(one, dict):
            yield draft(one, given, facts, marks, explain)


def draft(one: dict[str, Any], given: dict[str, Any], facts: Facts, marks: Markers, explain: bool) -> Draft:
    message = string(one.get("message")).replace("&amp;amp;", "&amp;").replace("&amp;", "&")
    root = parse(f"<div>{message}</div>") if message.strip() else None
    words = body(root, marks, explain) if root is not None else Body(removed=[] if explain else None)
    notices = []
    first = string(one.get("first")) == "1"
    if marks.blocked.match(words.text):
        notices, words.text = [words.text], ""
    elif marks.blocked.match(message):
        notices, words.text = [message], ""
    free = string(given["thread"].get("freemessage")) if first and notices else ""
    if free and (shown := parse(f"<div>{free}</div>")) is not None:
        words = body(shown, marks, explain)  # what may be read of a thread with a price
    poll = given.get("special_poll")
    if first and isinstance(poll, dict):
        words.text = "\n".join(filter(None, (words.text, *poll_options(poll))))
    floor = integer(one.get("number")) or integer(one.get("position"))
    anonymous = string(one.get("anonymous")) not in ("", "0")
    return Draft(
        body=words,
        pid=string(one.get("pid")),
        author=html.unescape(string(one.get("author")) or string(one.get("username"))) or ("匿名" if anonymous else ""),
        posted_at=epoch(one.get("dbdateline"), facts.clock.zone)
        or when(html.unescape(string(one.get("dateline"))), facts.clock, marks),
        floor=floor,
        is_first=first,
        comments=list(comments(string(one.get("pid")), given)),
        status=status_of(words, notices or words.notices, marks),
    )


def poll_options(poll: dict[str, Any]) -> Iterator[str]:
    for number, option in enumerate(listed(poll.get("polloptions")), 1):
        if isinstance(option, dict) and (label := html.unescape(string(option.get("polloption"))).strip()):
            yield f"{number}. {label}"


def comments(pid: str, given: dict[str, Any]) -> Iterator[Quote]:
    table = given.get("comments")
    found = table.get(pid) if isinstance(table, dict) else None
    for one in listed(found):
        if isinstance(one, dict) and one.get("comment"):
            yield Quote(
                html.unescape(re.sub(r"<[^<>]*>", "", string(one["comment"]))).strip(),
                html.unescape(string(one.get("author"))),
            )
