"""Dates that a forum's line wrap or quote prefix breaks (20⏎: 24 年第二季)."""

import re
from collections.abc import Sequence

PREFIX = r"[ \t]{0,3}(?:[:>|][ \t]{0,3})"
#: Between digits only behind a quote prefix; before a unit anywhere. It begins with the break, which is soon found.
WRAP = re.compile(
    rf"\n(?:(?<=[0-9]\n){PREFIX}{{1,4}}(?=[0-9]{{1,3}}[ \t]?年)|(?<=[0-9年]\n){PREFIX}{{0,4}}(?=[年月日第上下]))"
)


def unwrapped(text: str) -> tuple[str, Sequence[int] | None]:
    """The text without such breaks, and for each of its characters the offset in the original; None if unbroken."""
    breaks = list(WRAP.finditer(text)) if "\n" in text else []
    if not breaks:
        return text, None
    parts: list[str] = []
    origin: list[int] = []
    at = 0
    for found in [*breaks, None]:
        end = found.start() if found else len(text)
        parts.append(text[at:end])
        origin.extend(range(at, end))
        at = found.end() if found else end
    return "".join(parts), origin
