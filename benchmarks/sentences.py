"""``python -m benchmarks.sentences``: the whole extraction on hostile posts, as ratios.

Each pattern is repeated; most have no sentence's end. ``growth`` is the processor time of the post through that of a
quarter of it: four is linear, sixteen would be quadratic. ``beside ordinary text`` is what a character costs through
what one of news costs.
"""

import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.claims import RICH, fill
from pipeline.extractor import Extractor
from pipeline.records import Post

RESULTS = Path(__file__).parent / "results" / "sentences.md"
SIZE = 40_000  # characters of a post
ROUNDS = 2
PATTERNS = (
    "分别为3%、5%和7%，",
    "分别为3%、5%和",
    "3亿元、",
    "3亿元。",
    "3%",
    "3%\t",
    "营收3亿元",
    "营收3亿元，",
    "同比增长3%、",
    "“好”，",
    "他说：“公司增长3%”，",
    "腾讯说",
    "（增长3%）",
)


def seconds(extractor: Extractor, text: str) -> float:
    """The best processor time of some rounds."""
    post, best = Post("bench", "", text, posted_at=datetime(2025, 11, 3, tzinfo=UTC)), float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        extractor.extract(post)
        best = min(best, time.process_time() - start)
    return best


def report() -> str:
    """Measure, write ``sentences.md``, and give what was written."""
    extractor = Extractor()
    seconds(extractor, RICH)  # lexicons read, patterns compiled
    ordinary = seconds(extractor, fill(RICH, SIZE))
    title = f"Posts of {SIZE:,} characters through posts of {SIZE // 4:,} (4 is linear), and through ordinary text:"
    lines = [
        "# Hostile sentences",
        "",
        title,
        "",
        "| repeated | growth | beside ordinary text |",
        "| --- | --- | --- |",
    ]
    for pattern in PATTERNS:
        whole, part = (seconds(extractor, fill(pattern, size)) for size in (SIZE, SIZE // 4))
        lines.append(f"| `{pattern.replace(chr(9), '⇥')}` | {whole / part:.2f} | {whole / ordinary:.2f} |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    RESULTS.write_text(report(), "utf-8")
    print(RESULTS.read_text("utf-8"))
