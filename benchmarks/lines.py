"""Line structure: whether paragraphs, list items and table rows of the gold stand on lines of their own.

``python -m benchmarks.lines`` reads the pages of ``../shared``; without them it is skipped, and says so. White space
within a line is folded, but for the tabs between a row's cells.
"""

import json
import unicodedata
from collections import Counter
from pathlib import Path

from pipeline.clean import clean
from pipeline.ingest import read
from pipeline.records import Page

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus"
BAR = 0.98
TEMPLATES = ("desktop", "touch", "api")  # those that number their posts, so that a post is found by its number


def folded(text: str) -> list[str]:
    """The lines of a text that hold anything, white space gone but for tabs between words."""
    lines = unicodedata.normalize("NFKC", text).split("\n")
    cells = (["".join(cell.split()) for cell in line.split("\t")] for line in lines)
    return [line for row in cells if (line := "\t".join(row).strip("\t"))]


def measured() -> dict[str, Counter[str]]:
    """For each template: posts, those with every line of the gold, those with no other line either."""
    found: dict[str, Counter[str]] = {name: Counter() for name in TEMPLATES}
    for told in map(json.loads, (CORPUS / "gold.jsonl").read_text("utf-8").splitlines()):
        if told["template"] not in TEMPLATES:
            continue
        counts = found[told["template"]]
        (page,) = read(CORPUS / "pages" / told["page_file"])
        assert isinstance(page, Page)
        texts = {post.pid: post.text for post in clean(page)}
        for gold in told["posts"]:
            wanted = folded(gold["text"])
            if not wanted:
                continue
            ours = folded(texts.get(str(gold["pid"]), ""))
            counts["posts"] += 1
            counts["rows"] += sum("\t" in line for line in wanted)
            counts["rows kept"] += sum("\t" in line for line in wanted if line in set(ours))
            counts["kept"] += set(wanted) <= set(ours)
            counts["same"] += wanted == ours
    return found


def report() -> str:
    """The shares as a table."""
    if not CORPUS.is_dir():
        return "line structure: skipped, ../shared is not here"
    lines = ["| template | posts | all lines of the gold | no other line | rows of tables | bar |", "| --- " * 6 + "|"]
    for name, counts in measured().items():
        kept, same = (counts[key] / max(1, counts["posts"]) for key in ("kept", "same"))
        rows = f"{counts['rows kept']} of {counts['rows']}"
        lines.append(f"| {name} | {counts['posts']} | {kept:.3f} | {same:.3f} | {rows} | {BAR} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(report())
