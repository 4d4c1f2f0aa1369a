"""The stable id of a post."""

import hashlib

from pipeline.records import Post


def post_id(post: Post) -> str:
    """``site:tid:pid`` where all three are known, else a hash of what the source says of the post.

    The hash is taken over title, author, time and text, so that a reply added to the page later changes none.
    """
    if post.site and post.thread_id and post.pid:
        return f"{post.site}:{post.thread_id}:{post.pid}"
    at = post.posted_at.isoformat() if post.posted_at else ""
    return text_hash("\n".join((post.title, post.author, at, post.text)))


def text_hash(text: str) -> str:
    return "h" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:20]
