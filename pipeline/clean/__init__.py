"""Pages → posts: the author's words alone, with who, when and where.

One module for each template (``thread`` for desktop and touch, ``archiver``, ``printable``, ``feed``, ``api``,
``dump``); what tells the forum's words from the author's is data, in ``markers.toml``. A line of JSON is a post
already and needs none of them, so they are imported when a page does.
"""

from pipeline.records import Page, Post
from pipeline.settings import Settings


def clean(page: Page, settings: Settings | None = None) -> list[Post]:
    """The posts of a page, without the forum's words.

    Raises:
        InputError: the page holds no post: a login wall, an error notice, another page; the message says what
            to do about it.
    """
    settings = settings or Settings()
    if page.form == "post":
        from pipeline.clean.postline import posts

        return posts(page, settings)
    from pipeline.clean.cleaning import posts_of

    return posts_of(page, settings)


def explain(page: Page, settings: Settings | None = None) -> list[tuple[str, str]]:
    """The pieces that cleaning removes from a page's posts: the marker that removed each, and its text."""
    if page.form == "post":
        return []
    from pipeline.clean.cleaning import removed

    return removed(page, settings or Settings())


def places(page: Page, post: Post) -> list[int]:
    """For each character of ``post.text`` its offset in ``page.text``, or -1 where that is not known."""
    from pipeline.clean.places import offsets_of

    return offsets_of(page, post)


__all__ = ["clean", "explain", "places"]
