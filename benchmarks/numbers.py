"""``make bench``: all amounts and dates of a text beside JioNLP's money and Recognizers-Text, in one run.

The peers live in an environment of their own (``benchmarks/.venv-peers``, made by ``make bench-peers``); without it
they are left out, and the table says so. Each figure is the best of five passes over the same sentences of our own,
in processor time: once over those of the amounts' tests, which hold little but numbers, and once over those of the
claims' tests, which are as posts are.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

HOME = Path(__file__).parent
PEERS = HOME / ".venv-peers" / "bin" / "python"
TESTS = HOME.parent / "tests"
SOURCES = {"numbers only": "mentions/amounts/cases/*.jsonl", "as in posts": "claims/*/cases/*.jsonl"}
DAY = datetime(2025, 11, 3, 12)
ROUNDS = 5
PASTE = 20  # sentences a text, about a forum post


def texts(source: str) -> list[str]:
    """Sentences of our own test cases, pasted into posts."""
    paths = sorted(TESTS.glob(SOURCES[source]))
    cases = [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines() if line]
    sentences = [case["text"] for case in cases if isinstance(case.get("text"), str)]
    return ["。\n".join(sentences[at : at + PASTE]) for at in range(0, len(sentences), PASTE)]


def timed(read: Callable[[str], object], posts: list[str]) -> float:
    """Milliseconds for each 1,000 characters, the best of several passes."""
    read(posts[0])
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for post in posts:
            read(post)
        best = min(best, time.process_time() - start)
    return best * 1e6 / sum(map(len, posts))


def ours(posts: list[str]) -> dict[str, float]:
    from pipeline.language.fold import fold
    from pipeline.mentions.amounts import find_amounts
    from pipeline.mentions.context import Context
    from pipeline.mentions.dates import find_dates
    from pipeline.mentions.numerals import read_numbers

    def all_kinds(text: str) -> object:
        folded = fold(text)
        dates = find_dates(Context(text=text, folded=folded, posted_at=DAY))
        taken = [(mention.start, mention.end) for mention in dates]
        return find_amounts(Context(text=text, folded=folded, taken=taken))

    return {
        "Taojin: all four kinds": timed(all_kinds, posts),
        "Taojin: money, percent, quantity": timed(lambda t: find_amounts(Context(text=t, folded=fold(t))), posts),
        "Taojin: numerals alone": timed(read_numbers, posts),
    }


def peers(posts: list[str]) -> dict[str, float]:
    """The peers' figures; this part runs inside their environment."""
    found: dict[str, float] = {}
    try:
        import jionlp  # type: ignore[import-not-found]

        found["JioNLP: money"] = timed(lambda t: jionlp.ner.extract_money(t, with_parsing=True), posts)
    except ImportError:
        pass
    try:
        from recognizers_number import NumberRecognizer  # type: ignore[import-not-found]
        from recognizers_number_with_unit import NumberWithUnitRecognizer  # type: ignore[import-not-found]

        money = NumberWithUnitRecognizer("zh-cn").get_currency_model()
        percent = NumberRecognizer("zh-cn").get_percentage_model()
        found["Recognizers-Text: currency, percentage"] = timed(lambda t: (money.parse(t), percent.parse(t)), posts)
    except ImportError:
        pass
    return found


def measure(source: str) -> dict[str, float]:
    figures = ours(texts(source))
    if PEERS.exists():
        done = subprocess.run(
            [PEERS, "-m", "benchmarks.numbers", "peers", source],
            cwd=HOME.parent,
            capture_output=True,
            text=True,
            check=False,
        )
        lines = done.stdout.splitlines()
        figures |= json.loads(lines[-1]) if done.returncode == 0 and lines else {}
    return figures


def report(results: Path) -> str:
    """Measure, write ``numbers.md`` and give its text."""
    figures = {source: measure(source) for source in SOURCES}
    lines = ["# Numbers", "", "Milliseconds for each 1,000 characters.", ""]
    lines += ["| what | " + " | ".join(figures) + " |", "| --- |" + " --- |" * len(figures)]
    for key in next(iter(figures.values())):
        lines.append(f"| {key} | " + " | ".join(f"{found[key]:.2f}" for found in figures.values()) + " |")
    if not any("JioNLP" in line or "Recognizers" in line for line in lines):
        lines += ["", "The peers are not installed: `make bench-peers` makes their environment."]
    results.mkdir(exist_ok=True)
    (results / "numbers.md").write_text("\n".join(lines) + "\n", "utf-8")
    return "\n".join(lines)


def main() -> None:
    if sys.argv[1:2] == ["peers"]:
        print(json.dumps(peers(texts(sys.argv[2])), ensure_ascii=False))
        return
    print(report(HOME / "results"))


if __name__ == "__main__":
    main()
