"""A post of a JSON Lines file: its id and text pass through untouched."""

import json
from datetime import datetime
from typing import Any

from pipeline.clean.identity import host, text_hash
from pipeline.errors import InputError
from pipeline.records import Page, Post
from pipeline.settings import Settings


def posts(page: Page, settings: Settings) -> list[Post]:
    """The one post of a line; a time without a zone gets the settings' zone.

    Raises:
        InputError: ``posted_at`` is no ISO 8601 time.
    """
    try:
        value: dict[str, Any] = json.loads(page.text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{page.source_file}:{page.line}: broken JSON: {error}; correct the line") from error
    text = value["text"]
    identity = value.get("post_id")
    url = string(value, "url")
    return [
        Post(
            post_id=str(identity) if identity not in (None, "") else text_hash(text),
            source_file=page.source_file,
            text=text,
            url=url,
            site=host(url),
            title=string(value, "title"),
            author=string(value, "author"),
            posted_at=posted_at(value.get("posted_at"), settings, page),
            is_first=True,
            cleaner="post",
        )
    ]


def string(value: dict[str, Any], key: str) -> str:
    found = value.get(key)
    return found if isinstance(found, str) else "" if found is None else str(found)


def posted_at(value: object, settings: Settings, page: Page) -> datetime | None:
    if value in (None, ""):
        return None
    try:
        found = datetime.fromisoformat(str(value).strip().replace("Z", "+00:00"))
    except ValueError as error:
        where = f"{page.source_file}:{page.line}" if page.line else page.source_file
        raise InputError(
            f"{where}: posted_at {value!r} is no ISO 8601 time; write it as 2025-11-01T23:51:00+08:00"
        ) from error
    return found if found.tzinfo else found.replace(tzinfo=settings.zone)
