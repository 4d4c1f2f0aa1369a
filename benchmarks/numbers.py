"""``make bench``: all amounts and dates of a text beside JioNLP's money and Recognizers-Text, in one run.

The peers live in an environment of their own (``benchmarks/.venv-peers``, made by ``make bench-peers``); without it
they are left out, and the table says so. Each figure is the best of five passes over the same sentences of our own.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

HOME = Path(__file__).parent
PEERS = HOME / ".venv-peers" / "bin" / "python"
CASES = HOME.parent / "tests" / "mentions" / "amounts" / "cases"
ROUNDS = 5
PASTE = 20  # sentences a text, about a forum post


def texts() -> list[str]:
    """Sentences of our own test cases, pasted into posts."""
    lines = [line for path in sorted(CASES.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    sentences = [json.loads(line)["text"] for line in lines if line]
    return ["。\n".join(sentences[at : at + PASTE]) for at in range(0, len(sentences), PASTE)]


def timed(read: Callable[[str], object], posts: list[str]) -> float:
    """Milliseconds for each 1,000 characters, the best of several passes."""
    read(posts[0])
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for post in posts:
            read(post)
        best = min(best, time.perf_counter() - start)
    return best * 1e6 / sum(map(len, posts))


def ours(posts: list[str]) -> dict[str, float]:
    from pipeline.language.fold import fold
    from pipeline.mentions.amounts import find_amounts
    from pipeline.mentions.context import Context
    from pipeline.mentions.numerals import read_numbers

    return {
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


def measure() -> dict[str, float]:
    posts = texts()
    figures = ours(posts)
    if PEERS.exists():
        done = subprocess.run(
            [PEERS, "-m", "benchmarks.numbers", "peers"], cwd=HOME.parent, capture_output=True, text=True, check=False
        )
        lines = done.stdout.splitlines()
        figures |= json.loads(lines[-1]) if done.returncode == 0 and lines else {}
    return figures


def report(results: Path) -> str:
    """Measure, write ``numbers.md`` and give its text."""
    figures = measure()
    lines = ["# Numbers", "", "| what | ms per 1,000 characters |", "| --- | --- |"]
    lines += [f"| {key} | {value:.2f} |" for key, value in figures.items()]
    if not any(key.startswith(("JioNLP", "Recognizers")) for key in figures):
        lines += ["", "The peers are not installed: `make bench-peers` makes their environment."]
    results.mkdir(exist_ok=True)
    (results / "numbers.md").write_text("\n".join(lines) + "\n", "utf-8")
    return "\n".join(lines)


def main() -> None:
    if sys.argv[1:] == ["peers"]:
        print(json.dumps(peers(texts()), ensure_ascii=False))
        return
    print(report(HOME / "results"))


if __name__ == "__main__":
    main()
