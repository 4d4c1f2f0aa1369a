"""A bar chart as SVG, without a library."""

from collections.abc import Mapping
from html import escape

WIDTH, ROW, LEFT, RIGHT, TOP = 760, 34, 240, 70, 50
OURS, OTHERS = "#c8102e", "#8a8f98"


def bars(title: str, values: Mapping[str, float], marked: str) -> str:
    """Horizontal bars, the shortest first; ``marked`` is the one that stands out."""
    longest = max(values.values())
    height = TOP + ROW * len(values) + 16
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"'
        ' font-family="sans-serif" font-size="14">',
        f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
        f'<text x="16" y="28" font-size="16" font-weight="bold">{escape(title)}</text>',
    ]
    for place, (name, value) in enumerate(sorted(values.items(), key=lambda pair: pair[1])):
        y = TOP + ROW * place
        size = max(1.0, (WIDTH - LEFT - RIGHT) * value / longest)
        weight = ' font-weight="bold"' if name == marked else ""
        parts += [
            f'<text x="{LEFT - 10}" y="{y + 20}" text-anchor="end"{weight}>{escape(name)}</text>',
            f'<rect x="{LEFT}" y="{y + 5}" width="{size:.1f}" height="{ROW - 12}" rx="2"'
            f' fill="{OURS if name == marked else OTHERS}"/>',
            f'<text x="{LEFT + size + 8:.1f}" y="{y + 20}"{weight}>{value:.1f}</text>',
        ]
    return "\n".join([*parts, "</svg>", ""])
