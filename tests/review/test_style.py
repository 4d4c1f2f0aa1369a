"""Every text stands out from its ground by 4.5 to 1 (WCAG AA), by day and by night."""

import re

import pytest

from .client import ROOT

CSS = (ROOT / "pipeline/review/static/review.css").read_text("utf-8")
KINDS = ("money", "percent", "quantity", "date", "entity", "claim")
PAIRS = [
    *((name, ground) for name in ("ink", "soft", "accent", "good", "bad", "fix") for ground in ("paper", "card")),
    *((f"{kind}-ink", kind) for kind in KINDS),
    ("now-ink", "now"),
    ("accent-ink", "accent"),
]


def colours(theme: str) -> dict[str, str]:
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", CSS.partition("@media (prefers-color-scheme: dark)")[0]))
    if theme == "dark":
        found |= re.findall(r"--([\w-]+): (#[0-9a-f]{6})", CSS.partition("@media (prefers-color-scheme: dark)")[2])
    return found


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_contrast(theme: str, text: str, ground: str) -> None:
    found = colours(theme)
    one, other = sorted((luminance(found[text]), luminance(found[ground])))
    assert (other + 0.05) / (one + 0.05) >= 4.5
