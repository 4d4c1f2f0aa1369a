"""``python -m benchmarks.linear [MAX_CHARS]``: how the time of numbers grows with hostile text, as ratios.

Each pattern is repeated to half of ``MAX_CHARS`` (a million) and to all of it; the figure is the time of the longer
text through that of the shorter. Two is linear, four would be quadratic.
"""

import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from pipeline.language.fold import fold
from pipeline.mentions.amounts import find_amounts
from pipeline.mentions.context import Context
from pipeline.mentions.dates import find_dates
from pipeline.mentions.numerals import read_numbers

RESULTS = Path(__file__).parent / "results" / "linear.md"
DAY = datetime(2025, 11, 3, 12)
MEGABYTE = 1_000_000
PATTERNS = (
    "9",
    "9,",
    "1,234.5",
    "9-",
    "-",
    "万亿",
    "一万零",
    "三、",
    "（3）",
    "百分之",
    "9元、",
    "花了赚了9万，",
    "保险6200，",
    "单位：亿元\n|9\t",
    "9\n: ",
    "2025-",
    "9月",
    "上上",
    "去年去年同期",
    "每年3月",
)


def readers() -> dict[str, Callable[[str], object]]:
    return {
        "numerals": read_numbers,
        "money, percent, quantity": lambda text: find_amounts(Context(text=text, folded=fold(text))),
        "dates": lambda text: find_dates(Context(text=text, folded=fold(text), posted_at=DAY)),
    }


def seconds(read: Callable[[str], object], text: str) -> float:
    """Processor time: what the neighbours on the machine take does not count."""
    start = time.process_time()
    read(text)
    return time.process_time() - start


def growth(read: Callable[[str], object], pattern: str, size: int) -> float:
    long = (pattern * (size // len(pattern) + 1))[:size]
    half = max(seconds(read, long[: size // 2]), 0.001)
    return seconds(read, long) / half


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else MEGABYTE
    found = readers()
    for read in found.values():
        read("9元")  # lexicons read, patterns compiled
    title = f"Time at {size:,} characters through time at {size // 2:,} (2 is linear):"
    lines = ["# Growth with hostile text", "", title, ""]
    lines += ["| repeated | " + " | ".join(found) + " |", "| --- |" + " --- |" * len(found)]
    worst = 0.0
    for pattern in PATTERNS:
        ratios = [growth(read, pattern, size) for read in found.values()]
        worst = max(worst, *ratios)
        shown = pattern.replace("\n", "⏎").replace("\t", "⇥").replace("|", "\\|")
        lines.append(f"| `{shown}` | " + " | ".join(f"{ratio:.2f}" for ratio in ratios) + " |")
        print(lines[-1], flush=True)
    lines += ["", f"The worst is {worst:.2f}."]
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
