"""The job as a library call: posts in, DataFrame out; no files."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pipeline.errors import InputError, TableError
from pipeline.records import Page, Post
from pipeline.settings import Settings, load
from pipeline.table.rows import extraction_rows
from pipeline.table.safety import safe_post
from pipeline.table.schema import Row

if TYPE_CHECKING:
    import pandas as pd

Input = Post | Mapping[str, Any] | str


def extract(posts: Iterable[Input] | Input, settings: Settings | None = None) -> "pd.DataFrame":
    """The extractions of posts, as a DataFrame with the columns of ``extractions.csv``, sorted as that file is.

    Args:
        posts: records, dicts with the keys of a JSON line (``text``, and optionally ``post_id``, ``posted_at``,
            ``title``, ``author``, ``url``), or bare texts; one of them or many.
        settings: as loaded from ``taojin.toml`` and the environment where None.

    Returns:
        Text columns as ``object`` (empty string for none), ``start`` and ``end`` as ``Int64``, values as
        ``float64``. ``pipeline.table.frame.read`` reads the same from the CSV.

    Raises:
        InputError: an input has no text, or two of one ``post_id`` differ in theirs.
        TableError: a row breaks the contract of the table.

    Example:
        >>> import pipeline
        >>> pipeline.extract("营收同比增长94%至350.8亿美元")[["kind", "text"]].head(1)  # doctest: +SKIP
             kind text
        0  claim  营收同比增长94%
    """
    from pipeline.extractor import Extractor
    from pipeline.table.frame import frame

    settings = settings or load()
    if isinstance(posts, Post | Mapping | str):
        posts = [posts]
    extractor = Extractor(settings)
    texts: dict[str, str] = {}
    rows: dict[str, list[Row]] = {}
    for post in records(posts, settings):
        if texts.setdefault(post.post_id, post.text) != post.text:
            raise InputError(f"two posts of the id {post.post_id} have different texts; give each an id of its own")
        if post.post_id not in rows:
            found = extraction_rows(extractor.extract(post))
            if found.faults:
                raise TableError(found.faults[0])
            rows[post.post_id] = found.rows
    return frame(row for post_id in sorted(rows) for row in rows[post_id])


def records(posts: Iterable[Input], settings: Settings) -> Iterator[Post]:
    """The posts as records, made safe for the table."""
    from pipeline.clean import clean

    for number, post in enumerate(posts):
        if isinstance(post, Post):
            yield safe_post(post)
            continue
        values = {"text": post} if isinstance(post, str) else dict(post)
        if not isinstance(values.get("text"), str):
            raise InputError(f'post {number}: no "text" in it; every post needs one, a string')
        page = Page(source_file="", form="post", text=json.dumps(values, ensure_ascii=False, default=_plain))
        for cleaned in clean(page, settings):
            yield safe_post(cleaned)


def _plain(value: Any) -> str:
    """Times as ISO 8601; anything else as its words."""
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)
