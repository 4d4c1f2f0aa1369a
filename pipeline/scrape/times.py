"""When a thread was last written to, as a list tells it."""

import re
import tomllib
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any


@cache
def table() -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads(Path(__file__).with_name("pages.toml").read_text("utf-8"))["time"]
    return table


def moment(words: str, now: datetime) -> str:
    """The time that words name, as ``YYYY-MM-DDTHH:MM`` in the forum's zone; a date alone has no hour; else empty.

    ``now`` is the forum's own time. Words that round ("3 hours ago") give the hour, so that they are no key of
    what has changed: their minutes are left out.
    """
    words = words.replace("\xa0", " ")
    if match := re.search(table()["exact"], words):
        year, month, day, hour, minute = match.groups()
        try:
            at = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0))
        except ValueError:
            return ""
        return at.isoformat(timespec="minutes") if hour else at.date().isoformat()
    if match := re.search(table()["ago"], words):
        count = 0.5 if match[1] == "半" else int(match[1])
        at = now - timedelta(seconds=count * table()["units"][match[2]])
        return at.strftime("%Y-%m-%dT%H")
    if match := re.search(table()["day"], words):
        at = now - timedelta(days=table()["days"][match[1]])
        date = at.date().isoformat()
        return f"{date}T{int(match[2]):02}:{match[3]}" if match[2] else date
    return ""
