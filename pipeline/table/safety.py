"""No cell that a spreadsheet would run, and none that UTF-8 or a CSV reader cannot carry.

A cell that begins with ``=``, ``@``, tab, carriage return, line feed (or their full-width forms), or with a sign
that is not that of a plain number, is run by spreadsheets. The record itself is made safe before anything is
extracted: such a field of a post gets one leading space, and offsets count it; so the CSV, the DataFrame and the
offsets agree. Spans and names found in a post are trimmed of such characters instead.
"""

import re
from dataclasses import replace
from functools import lru_cache
from typing import Any

from pipeline.records import Post, Quote

_FORMULA = re.compile(r"[=@\t\r\n＝＠]|[+\-＋－](?!(?:\d{1,20}(?:,\d{3}){0,9}(?:\.\d{1,20})?%?)\Z)")
FORMULA_STARTS = frozenset("=@\t\r\n＝＠+-＋－")
_LEADING = re.compile(r"[=@\t\r\n＝＠+\-＋－\s]+")
_UNFIT = re.compile("[\x00\ud800-\udfff]")
_FIELDS = ("post_id", "source_file", "url", "site", "forum", "thread_id", "pid", "title", "author", "text", "reply_to")


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet might run the cell."""
    return cell[:1] in FORMULA_STARTS and _FORMULA.match(cell) is not None


def harmless(cell: str) -> str:
    """The cell with one space before it if a spreadsheet might run it; NUL and lone surrogates become U+FFFD."""
    if _UNFIT.search(cell):
        cell = _UNFIT.sub("\ufffd", cell)
    return " " + cell if _FORMULA.match(cell) else cell


def safe_post(post: Post) -> Post:
    """The post as extraction and table see it; the same object where nothing is to do."""
    changed: dict[str, Any] = {}
    for field in _FIELDS:
        value = getattr(post, field)
        safe = harmless(value)
        if safe != value:
            changed[field] = safe
    for field in ("quoted", "comments"):
        quotes: tuple[Quote, ...] = getattr(post, field)
        if any(_UNFIT.search(quote.text + quote.author) for quote in quotes):
            changed[field] = tuple(_fit(quote) for quote in quotes)
    return replace(post, **changed) if changed else post


def _fit(quote: Quote) -> Quote:
    return replace(quote, text=_UNFIT.sub("\ufffd", quote.text), author=_UNFIT.sub("\ufffd", quote.author))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space around it and without characters that would make its cell a formula."""
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    if start < end and is_formula(text[start:end]):
        found = _LEADING.match(text, start, end)
        start = found.end() if found else start
    return start, end


@lru_cache(maxsize=16_384)
def without_formula(cell: str) -> str:
    """A name or phrase taken from a post, made harmless by dropping what leads it."""
    cell = _UNFIT.sub("\ufffd", cell).strip()
    return _LEADING.sub("", cell, count=1) if is_formula(cell) else cell
