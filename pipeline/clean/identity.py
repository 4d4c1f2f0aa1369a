"""The stable id of a post."""

import hashlib
from datetime import datetime
from urllib.parse import urlsplit


def host(url: str) -> str:
    """The host of an address, with a port that is not the usual one and without ``www.``; empty where it has none."""
    try:
        parts = urlsplit(url)
        name, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    name = name.removeprefix("www.")
    return f"{name}:{port}" if name and port not in (None, 80, 443) else name


def post_id(site: str, thread: str, pid: str, title: str, author: str, posted_at: datetime | None, text: str) -> str:
    """``site:tid:pid`` where all three are known, else a hash of what the source says of the post.

    The hash is taken over title, author, time and text, so that a reply added to the page later changes none.
    """
    if site and thread and pid:
        return f"{site}:{thread}:{pid}"
    at = posted_at.isoformat() if posted_at else ""
    return text_hash("\n".join((title, author, at, text)))


def text_hash(text: str) -> str:
    return "h" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:20]
