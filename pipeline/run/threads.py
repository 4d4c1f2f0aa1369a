"""What of each thread was seen: pages put together, and what is missing, in ``threads.csv``."""

from collections.abc import Iterator
from itertools import groupby

from pipeline.run.state import State
from pipeline.table.safety import harmless
from pipeline.table.schema import Row

LONGEST = 10_000
"""Pages of a thread beyond which a page number is taken for a mistake."""


def threads(state: State) -> Iterator[Row]:
    """The rows of ``threads.csv``, by site and thread."""
    for (site, thread), seen in groupby(state.threads(), key=lambda row: row[:2]):
        rows = list(seen)
        best = max(rows, key=lambda row: row[3])  # the template that shows the most of it
        replies = max(row[4] for row in rows)
        pages, numbers = best[5], {int(number) for number in (best[6] or "").split(",") if number}
        posts = best[3]
        lacks = max(0, replies + 1 - posts) if replies >= 0 else 0
        missing = [n for n in range(1, min(pages, LONGEST) + 1) if n not in numbers] if lacks or replies < 0 else []
        yield {
            "site": harmless(site),
            "thread_id": harmless(thread),
            "title": harmless(best[2]),
            "posts": str(posts),
            "replies": str(replies) if replies >= 0 else "",
            "pages": str(pages) if pages > 0 else "",
            "missing_posts": str(lacks) if replies >= 0 else "",
            "missing_pages": " ".join(map(str, missing)) if numbers else "",
        }
