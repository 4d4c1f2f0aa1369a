"""Cleaning beside trafilatura, resiliparse and readability-lxml: quality and time of a page.

Quality is the F1 of character pairs (as multisets, white space folded) over all posts of a page, and the pairs that
are wrong: missing or not the authors'. The peers live in an environment of their own (``make bench-peers``); without
it this is skipped, and says so. Where ``../shared`` is at hand, its pages are measured too.
"""

import json
import os
import subprocess
import time
import unicodedata
from collections import Counter
from pathlib import Path
from statistics import mean

from benchmarks import lines as structure
from benchmarks.forum_pages import page
from benchmarks.lines import CORPUS
from benchmarks.peers import ROUNDS
from pipeline.clean import clean
from pipeline.clean.tree import parse
from pipeline.errors import InputError
from pipeline.records import Page

HOME = Path(__file__).parent
PEERS = HOME / ".venv-peers" / "bin" / "python"
MARKUP = ("desktop", "touch", "archiver", "print")
MADE = 12
Answer = dict[str, tuple[str, list[str], list[float]]]


def pairs(text: str) -> Counter[str]:
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    return Counter(folded[at : at + 2] for at in range(max(1, len(folded) - 1)))


def scored(wanted: str, found: str) -> tuple[float, int]:
    """F1 of character pairs, and how many pairs are wrong."""
    left, right = pairs(wanted), pairs(found)
    both = (left & right).total()
    return 2 * both / (left.total() + right.total()), left.total() + right.total() - 2 * both


def ours(pages: list[str]) -> tuple[list[str], list[float]]:
    """The text of each page's posts, and the best of several times in milliseconds."""
    texts, times = [], []
    for html in pages:
        best, text = float("inf"), ""
        for _ in range(ROUNDS):
            started = time.process_time()
            try:
                text = "\n".join(post.text for post in clean(Page("page.html", "html", html)))
            except InputError:
                text = ""
            best = min(best, time.process_time() - started)
        texts.append(text)
        times.append(best * 1000)
    return texts, times


def answers(pages: list[str]) -> Answer:
    """What each library makes of the pages, ours first."""
    lines = "".join(json.dumps(html) + "\n" for html in pages)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [PEERS, "-P", HOME / "peers.py"], input=lines, capture_output=True, text=True, check=True, env=environment
    )
    found: Answer = {"taojin": ("", *ours(pages))}
    for name, told in json.loads(done.stdout).items():
        found[name] = (told["version"], told["texts"], told["ms"])
    return found


def corpus() -> tuple[list[str], list[str]]:
    """The pages of ``../shared`` that are markup, and their posts' words."""
    pages, wanted = [], []
    for line in (CORPUS / "gold.jsonl").read_text("utf-8").splitlines():
        told = json.loads(line)
        if told["template"] in MARKUP and told["charset"].lower() == "utf-8":
            pages.append((CORPUS / "pages" / told["page_file"]).read_text("utf-8"))
            wanted.append("\n".join(post["text"] for post in told["posts"]))
    return pages, wanted


def table(title: str, pages: list[str], wanted: list[str]) -> list[str]:
    size = mean(len(html.encode()) for html in pages) / 1000
    lines = [f"## {title}: {len(pages)} pages of {size:.0f} kB", ""]
    lines += ["| | F1 | wrong pairs a page | × ours | ms a page | × ours |", "| --- | --- | --- | --- | --- | --- |"]
    base: tuple[float, float] | None = None
    for name, (version, texts, times) in answers(pages).items():
        scores = [scored(want, text) for want, text in zip(wanted, texts, strict=True)]
        wrong, ms = mean(score[1] for score in scores), mean(times)
        base = base or (max(wrong, 0.05), ms)
        ratios = f"{wrong / base[0]:.0f} | {ms:.2f} | {ms / base[1]:.1f}"
        lines.append(f"| {name} {version} | {mean(score[0] for score in scores):.3f} | {wrong:.1f} | {ratios} |")
    return [*lines, "", f"Parsing alone (lxml): {parsing(pages):.2f} ms a page.", ""]


def parsing(pages: list[str]) -> float:
    """The mean of the best times to parse each page, in milliseconds."""
    times = []
    for html in pages:
        best = float("inf")
        for _ in range(ROUNDS):
            started = time.process_time()
            parse(html)
            best = min(best, time.process_time() - started)
        times.append(best * 1000)
    return mean(times)


def report(results: Path) -> str:
    """Measure, write ``clean.md`` into a folder, and give what was written."""
    if not PEERS.exists():
        return "cleaning: skipped, no peers to compare with; run `make bench-peers` once"
    made = [page(seed) for seed in range(MADE)]
    lines = [
        "# Cleaning",
        "",
        *table("Pages of our own making", [one.html for one in made], ["\n".join(one.texts) for one in made]),
    ]
    if CORPUS.is_dir():
        lines += table("Pages of ../shared", *corpus())
        lines += ["## Line structure", "", structure.report(), ""]
    results.mkdir(exist_ok=True)
    text = "\n".join(lines)
    (results / "clean.md").write_text(text, "utf-8")
    return text


if __name__ == "__main__":
    print(report(HOME / "results"))
