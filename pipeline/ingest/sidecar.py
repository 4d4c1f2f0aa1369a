"""The file beside a page that tells where and when it came from, as the scraper writes it."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

SIDECAR = ".meta.json"
"""``t12-p1.html`` has its sidecar in ``t12-p1.html.meta.json``."""
LIMIT = 1_000_000


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a page came from and when; empty and None where nothing is known."""

    url: str = ""
    fetched_at: datetime | None = None


def origin(page: Path) -> Origin:
    """What a page's sidecar tells; nothing where there is none, or it cannot be read."""
    path = page.with_name(page.name + SIDECAR)
    try:
        if path.stat().st_size > LIMIT:
            return Origin()
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return Origin()
    if not isinstance(found, dict):
        return Origin()
    url = found.get("url")
    return Origin(url if isinstance(url, str) else "", moment(found.get("fetched_at")))


def moment(value: object) -> datetime | None:
    """A time of ISO 8601, in UTC where it names no zone."""
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def is_sidecar(path: Path) -> bool:
    """Whether a file is the sidecar of one that lies beside it."""
    return path.name.endswith(SIDECAR) and path.with_name(path.name.removesuffix(SIDECAR)).exists()
