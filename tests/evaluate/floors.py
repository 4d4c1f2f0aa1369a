"""The F1 that the shipped gold posts must reach; ``python -m tests.evaluate.floors`` raises, and never lowers, it."""

import tomllib
from math import floor
from pathlib import Path

from pipeline.evaluate import gold
from pipeline.evaluate.running import extracted
from pipeline.evaluate.scores import Report, evaluate
from pipeline.settings import Settings

FILE = Path(__file__).with_name("floors.toml")
HEAD = (
    "# F1 of each layer on pipeline/evaluate/posts, rounded down. Raised by `python -m tests.evaluate.floors` alone.\n"
)


def floors() -> dict[str, float]:
    return tomllib.loads(FILE.read_text("utf-8")) if FILE.exists() else {}


def reached() -> Report:
    posts = gold.read(gold.own())
    return evaluate(posts, extracted(posts, Settings()))


def raised(old: dict[str, float], report: Report) -> dict[str, float]:
    """The floors at what is reached now, or where they were."""
    now = {name: floor(score.f1 * 1000) / 1000 for name, score in report.layers.items() if score.gold}
    return {name: max(old.get(name, 0.0), value) for name, value in now.items()} | {
        name: value for name, value in old.items() if name not in now
    }


if __name__ == "__main__":
    lines = (f'"{name}" = {value}\n' for name, value in raised(floors(), reached()).items())
    FILE.write_text(HEAD + "".join(lines), "utf-8")
