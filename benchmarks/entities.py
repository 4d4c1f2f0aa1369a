"""Finding known names: the shipped knowledge base, 3,000 entities, 200,000 synthetic names; and loading it.

The text is that of our own test sentences, repeated: a name in every line. Milliseconds are the processor's, the best
of some rounds on one machine; the ratio to jieba's cutting of the same text says more across machines.
"""

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.language.fold import fold
from pipeline.language.segment import plain
from pipeline.mentions.context import Context
from pipeline.mentions.entities import find_entities, knowledge_base
from pipeline.mentions.entities.lookup import lookup
from pipeline.mentions.entities.surfaces import lowered

HOME = Path(__file__).parent.parent
CASES = HOME / "tests" / "mentions" / "entities" / "cases"
SIZE = 50_000  # characters
ROUNDS = 15
FEW, MANY = 3_000, 200_000
TRADES = ("科技", "股份", "集团", "银行", "电子", "医药", "实业", "资本", "智能", "能源")
LOAD = """
import time
from pipeline.mentions.entities import knowledge_base
start = time.process_time()
knowledge_base()
print(time.process_time() - start)
"""


def sample() -> str:
    lines = (CASES / "homonyms.jsonl").read_text("utf-8").splitlines()
    text = "。\n".join(json.loads(line)["text"] for line in lines)
    return (text * (SIZE // len(text) + 1))[:SIZE]


def best(do: Callable[[], Any]) -> float:
    """Milliseconds for 1,000 characters."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        do()
        times.append(time.process_time() - start)
    return min(times) * 1e6 / SIZE


def names(count: int, known: list[str]) -> list[str]:
    """The known surfaces, and companies made of the same characters: two to four of them and a line of business."""
    dice = random.Random(count)
    letters = "".join(one for one in known if "\u3400" <= one[0] <= "\u9fff")
    found = dict.fromkeys(known)
    while len(found) < count:
        found["".join(dice.choices(letters, k=dice.randint(2, 4))) + dice.choice(TRADES)] = None
    return list(found)


def matching(surfaces: list[str], text: str) -> float:
    table = lookup(list(dict.fromkeys(surfaces)))
    return best(lambda: list(table.hits(text)))


def load() -> float:
    """Milliseconds until the knowledge base of a new process can be asked, its cache being there."""
    command = [sys.executable, "-c", LOAD]
    runs = [subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=True) for _ in range(ROUNDS + 1)]
    return sorted(float(run.stdout) for run in runs[1:])[ROUNDS // 2] * 1e3


def measure() -> dict[str, float]:
    kb, text = knowledge_base(), sample()
    low = lowered(fold(text))
    known = kb.lookup.texts.split("\n")
    posts = [text[at : at + 1000] for at in range(0, SIZE, 1000)]
    return {
        "shipped": best(lambda: list(kb.hits(low))),
        "few": matching([lowered(fold(kb.at(number).name)) for number in range(FEW)], low),
        "many": matching(names(MANY, known), low),
        "load": load(),
        "jieba": best(lambda: plain(text)),
        "finding": best(lambda: [find_entities(Context(post, fold(post))) for post in posts]),
    }


def report(results: Path) -> str:
    """Measure, write ``entities.md``, and give its text."""
    found = measure()
    rows = (
        (f"matching, {FEW:,} entities, ms per 1,000 characters", found["few"], "≤ 0.1"),
        ("matching, the shipped knowledge base, ms per 1,000 characters", found["shipped"], "≤ 0.1"),
        (f"matching, {MANY:,} names, ms per 1,000 characters", found["many"], "≤ 0.15"),
        ("loading the knowledge base, ms", found["load"], "≤ 50"),
        ("matching the shipped names / jieba cutting the same text", found["shipped"] / found["jieba"], ""),
        ("all entity finders without words / jieba cutting the same text", found["finding"] / found["jieba"], ""),
    )
    lines = ["# Entities", "", "| figure | value | bar |", "| --- | --- | --- |"]
    lines += [f"| {name} | {value:.3f} | {bar} |" for name, value, bar in rows]
    text = "\n".join([*lines, ""])
    results.mkdir(exist_ok=True)
    (results / "entities.md").write_text(text, "utf-8")
    return text


if __name__ == "__main__":
    print(report(Path(__file__).parent / "results"))
