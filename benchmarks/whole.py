"""The whole job beside its floor and beside parts of other tools: pages of our making, the samples, long texts.

One run on one machine: read the ratios. Every figure is a median of five in processor time, all features on; the rivals
(``benchmarks.rivals``) run on the same pages in an environment of their own, made by ``make bench-peers``. A ratio that
is a tenth worse than the one in ``results/whole.json`` is reported; then the file holds the new ones.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.chart import bars
from benchmarks.forum_pages import page
from benchmarks.forum_text import paragraphs
from benchmarks.lines import CORPUS
from pipeline.claims import finders
from pipeline.clean import clean
from pipeline.errors import InputError
from pipeline.extractor import Extractor
from pipeline.ingest import read, sources
from pipeline.language import segment
from pipeline.mentions import scanners
from pipeline.mentions.entities import knowledge_base
from pipeline.records import Page, Post
from pipeline.run.job import Job, run
from pipeline.run.worker import Worker
from pipeline.settings import Settings
from pipeline.startup import settle

HOME = Path(__file__).parent
PEERS = HOME / ".venv-peers" / "bin" / "python"
SAMPLES = HOME.parent / "raw"
RECORDED = "whole.json"
ROUNDS = 5
MADE, SIZE = 8, 930  # pages, and characters of each of their ten posts
EACH = 3  # of so many pages of real forums one is measured
FEW = 2  # pages on which the slowest of the rivals is measured
LENGTHS = (10_000, 100_000, 1_000_000)
COUNTS = (100, 1_000, 5_000)
SHORT = 120  # characters of the posts that are counted
WORSE = 1.1
WANTED = {
    "whole job / floor": "≤ 6",
    "whole job / trafilatura.extract alone": "< 1",
    "whole job / JioNLP money + time alone": "< 1",
    "straightforward composition / whole job": "≥ 10",
    "1,000,000 characters in a post / 10,000": "≤ 1.1",
    "post of 1,000 to 5,000 / post of 100 to 1,000": "≤ 1.1",
    "two processes / one": "≥ 1.7",
    "unchanged run over 5,000 posts, seconds": "≤ 1",
    "peak memory of 5,000 posts / of 1,000": "≤ 1.1",
}
LARGER_IS_BETTER = ("straightforward composition / whole job", "two processes / one")


def median(job: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Milliseconds of processor time."""
    times = []
    for _ in range(rounds):
        started = time.process_time()
        job()
        times.append(time.process_time() - started)
    return statistics.median(times) * 1000


def whole(files: list[Path]) -> float:
    """Milliseconds of a page, from the file to the tables."""
    job(files)  # loads what is loaded once
    return median(lambda: job(files)) / len(files)


def job(files: list[Path], jobs: int = 1) -> None:
    with tempfile.TemporaryDirectory() as out:
        run(Job(tuple(files), Path(out), jobs=jobs))


class Stages:
    """Processor time of the stages of extraction, each without the stages inside it."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self.inner = [0.0]

    def timed(self, name: str, make: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any) -> Any:
            self.inner.append(0.0)
            started = time.process_time()
            found = make(*args)
            spent = time.process_time() - started
            self.spent[name] = self.spent.get(name, 0.0) + spent - self.inner.pop()
            self.inner[-1] += spent
            return found

        return call


@contextmanager
def watched(stages: Stages) -> Iterator[None]:
    """Measure the stages inside the block."""
    places: list[tuple[Any, str, str]] = [
        (segment, "fast", "words"),
        (scanners, "find_entities", "entities"),
        (scanners, "find_dates", "dates"),
        (scanners, "find_amounts", "amounts"),
    ]
    kept = [(module, attribute, getattr(module, attribute)) for module, attribute, _ in places]
    rules = dict(finders.FINDERS)
    try:
        for module, attribute, title in places:
            setattr(module, attribute, stages.timed(title, getattr(module, attribute)))
        for title, find in rules.items():
            finders.FINDERS[title] = stages.timed(title, find)
        yield
    finally:
        for module, attribute, value in kept:
            setattr(module, attribute, value)
        finders.FINDERS.update(rules)


def split(pages: list[Page]) -> dict[str, float]:
    """Milliseconds of a page in each stage; ``rest`` is rows, hashes and what is between."""
    worker, stages = Worker(Settings(), "bench", None), Stages()
    worker.warm()
    found: dict[str, float] = {"cleaning": median(lambda: [clean(one) for one in pages])}
    total = median(lambda: [worker.page(one) for one in pages])
    with watched(stages):
        for one in pages:
            worker.page(one)
    found |= {name: spent * 1000 for name, spent in stages.spent.items()}
    found["rest"] = max(0.0, total - sum(found.values()))
    return {name: ms / len(pages) for name, ms in found.items()}


def rivals(sets: dict[str, tuple[list[str], list[str]]]) -> dict[str, dict[str, float | str]]:
    """Milliseconds of a page for each rival; empty where their environment is missing."""
    if not PEERS.exists():
        return {}
    names = [name for name in knowledge_base().lookup.texts.split("\n") if len(name) > 1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    given = json.dumps({"names": names, "few": FEW, "sets": sets})
    command = [PEERS, "-P", HOME / "rivals.py"]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=True, env=environment)
    answer: dict[str, dict[str, float | str]] = json.loads(done.stdout)
    return answer


def by_length(extractor: Extractor) -> dict[int, float]:
    """Milliseconds for 1,000 characters of one post, by its length."""
    found = {}
    for length in LENGTHS:
        text = "\n".join(paragraphs(Random(length), length))
        post = Post("bench:1", "", text, posted_at=datetime(2025, 11, 3, tzinfo=UTC))
        found[length] = (
            median(lambda post=post: extractor.extract(post), 3 if length < LENGTHS[-1] else 1) / length * 1000
        )
    return found


def posts_file(path: Path, count: int) -> None:
    dice = Random(count)
    with path.open("w", encoding="utf-8") as stream:
        for at in range(count):
            text = "\n".join(paragraphs(dice, SHORT))
            post = {"post_id": f"bench:{at}", "posted_at": "2025-11-01T12:00:00+08:00", "text": text}
            stream.write(json.dumps(post, ensure_ascii=False) + "\n")


RUN = """
import resource, sys, time
from pathlib import Path
from pipeline.run.job import Job, run
from pipeline.startup import settle
settle()
run(Job((Path(sys.argv[1]),), Path(sys.argv[2]), jobs=int(sys.argv[3])))
usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
status = Path("/proc/self/status")  # ru_maxrss counts the process that started this one
peak = status.read_text().split("VmHWM:")[1].split()[0] if status.exists() else usage[0].ru_maxrss
print(sum(u.ru_utime + u.ru_stime for u in usage), int(peak) / 1024)
"""


def installed(folder: Path) -> dict[str, str]:
    """An environment in which Python keeps its compiled modules, in a folder here, as it does for a user."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}


def alone(source: Path, out: Path, jobs: int = 1) -> tuple[float, float, float]:
    """Seconds on the clock, seconds of processors and peak megabytes of a run in a new process."""
    environment = installed(out.parent)
    started = time.perf_counter()
    command = [sys.executable, "-c", RUN, source, out, str(jobs)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=HOME.parent, env=environment)
    spent, peak = map(float, done.stdout.split())
    return time.perf_counter() - started, spent, peak


def by_count(folder: Path) -> dict[str, Any]:
    """Runs over few and many posts: time of a post, memory, an unchanged run, two processes."""
    found: dict[str, Any] = {"ms a post": {}, "peak MB": {}}
    posts_file(folder / "first.jsonl", 1)
    alone(folder / "first.jsonl", folder / "first")  # compiles the modules
    before = (0, 0.0)
    for count in COUNTS:
        source = folder / f"{count}.jsonl"
        posts_file(source, count)
        _, spent, peak = alone(source, folder / f"out{count}")
        # of the posts that the run before had not: start-up costs the same
        found["ms a post"][count] = (spent - before[1]) * 1000 / (count - before[0])
        found["peak MB"][count] = peak
        before = (count, spent)
    found["unchanged"] = alone(source, folder / f"out{COUNTS[-1]}")[1]
    one, two = (alone(source, folder / f"jobs{jobs}", jobs)[0] for jobs in (1, 2))
    found["two processes"] = one / two
    tables = [(folder / f"jobs{jobs}" / "extractions.csv").read_bytes() for jobs in (1, 2)]
    found["same bytes"] = tables[0] == tables[1]
    return found


def real() -> dict[str, list[Path]]:
    """Saved pages of real forums, where ``../shared`` has them: less is told a line than on the pages of our making."""
    files = sorted(CORPUS.glob("pages/**/*.html"))[::EACH] if CORPUS.exists() else []
    return {"forums": [file for file in files if is_thread(file)]} if files else {}


def is_thread(file: Path) -> bool:
    """True for a page that has posts."""
    try:
        return any(clean(one) for one in read(file, Settings()) if isinstance(one, Page))
    except InputError:
        return False


def measure() -> dict[str, Any]:
    """Everything, as plain values."""
    settle()  # as the command does before a run
    extractor = Extractor()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = [page(seed, SIZE, 9 + seed) for seed in range(MADE)]
        files = [folder / f"{seed}.html" for seed in range(MADE)]
        for file, one in zip(files, made, strict=True):
            file.write_text(one.html, "utf-8")
        samples = [file for file in sources([SAMPLES]) if file.suffix == ".html"]
        sets: dict[str, tuple[list[str], list[str]]] = {}
        ours, rows, characters = {}, {}, {}
        for title, group in (("pages", files), ("samples", samples), *real().items()):
            pages = [one for file in group for one in read(file, Settings()) if isinstance(one, Page)]
            posts = [clean(one) for one in pages]
            sets[title] = ([one.text for one in pages], ["\n".join(post.text for post in each) for each in posts])
            ours[title] = whole(group)
            found = [extractor.extract(post) for each in posts for post in each]
            rows[title] = sum(len(one.mentions) + len(one.claims) for one in found) / len(group)
            characters[title] = sum(len(post.text) for each in posts for post in each) / len(group)
        return {
            "ours": ours,
            "rows": rows,
            "characters": characters,
            "bytes": {
                title: sum(len(html.encode()) for html in pages) / len(pages) for title, (pages, _) in sets.items()
            },
            "stages": split([Page(file.name, "html", file.read_text("utf-8")) for file in files]),
            "rivals": rivals(sets),
            "by length": by_length(extractor),
            "by count": by_count(folder),
        }


def ratios(found: dict[str, Any]) -> dict[str, dict[str, float]]:
    """The figures that the bars are about."""
    result: dict[str, dict[str, float]] = {}
    for title, ms in found["ours"].items():
        told = {name: value for name, value in found["rivals"].get(title, {}).items() if not isinstance(value, str)}
        here = {
            f"whole job / {name}": ms / value for name, value in told.items() if name != "straightforward composition"
        }
        if (slow := told.get("straightforward composition")) is not None:
            here["straightforward composition / whole job"] = slow / ms
        result[title] = here
    lengths, counts = found["by length"], found["by count"]
    last = COUNTS[-1]
    result["scale"] = {
        "1,000,000 characters in a post / 10,000": lengths[LENGTHS[-1]] / lengths[LENGTHS[0]],
        "post of 1,000 to 5,000 / post of 100 to 1,000": counts["ms a post"][last] / counts["ms a post"][COUNTS[1]],
        "two processes / one": counts["two processes"],
        "unchanged run over 5,000 posts, seconds": counts["unchanged"],
        "peak memory of 5,000 posts / of 1,000": counts["peak MB"][last] / counts["peak MB"][COUNTS[1]],
    }
    return result


def regressions(old: dict[str, dict[str, float]], new: dict[str, dict[str, float]]) -> list[str]:
    """Ratios that are a tenth worse than they were."""
    found = []
    for title, figures in new.items():
        for name, value in figures.items():
            before = old.get(title, {}).get(name)
            if before is None:
                continue
            worse = before / value if name in LARGER_IS_BETTER else value / before
            if worse > WORSE:
                found.append(f"WORSE by {worse - 1:.0%}: {title}, {name}: {before:.2f} → {value:.2f}")
    return found


def tables(found: dict[str, Any], figures: dict[str, dict[str, float]]) -> list[str]:
    lines = ["# The whole job", "", "| what | on | ratio | bar |", "| --- | --- | --- | --- |"]
    for title, each in figures.items():
        lines += [f"| {name} | {title} | {value:.2f} | {WANTED.get(name, '')} |" for name, value in each.items()]
    lines += ["", f"Same bytes from one process and two: {'yes' if found['by count']['same bytes'] else 'NO'}.", ""]
    lines += ["![milliseconds a page](whole.svg)", ""]
    lines += ["| " + " | ".join(["ms a page", *found["ours"]]) + " |", "| --- " * (len(found["ours"]) + 1) + "|"]
    lines += ["| " + " | ".join(["whole job", *(f"{found['ours'][title]:.1f}" for title in found["ours"])]) + " |"]
    for name in next(iter(found["rivals"].values()), {}):
        told = (found["rivals"][title][name] for title in found["ours"])
        cells = [value if isinstance(value, str) else f"{value:.1f}" for value in told]
        lines += ["| " + " | ".join([name, *cells]) + " |"]
    for name in ("bytes", "characters", "rows"):
        lines += [
            "| " + " | ".join([f"{name} a page", *(f"{found[name][title]:,.0f}" for title in found["ours"])]) + " |"
        ]
    lines += ["", "| stage | ms a page |", "| --- | --- |"]
    lines += [f"| {name} | {ms:.2f} |" for name, ms in sorted(found["stages"].items(), key=lambda pair: -pair[1])]
    lines += ["", "| characters of a post | ms for 1,000 |", "| --- | --- |"]
    lines += [f"| {length:,} | {ms:.2f} |" for length, ms in found["by length"].items()]
    lines += ["", "| posts | ms a further post | peak MB |", "| --- | --- | --- |"]
    counts = found["by count"]
    lines += [f"| {count:,} | {counts['ms a post'][count]:.2f} | {counts['peak MB'][count]:.0f} |" for count in COUNTS]
    return [*lines, ""]


def report(results: Path) -> str:
    """Measure, write ``whole.md``, ``whole.svg`` and ``whole.json`` into a folder, and give what was written."""
    found = measure()
    figures = ratios(found)
    recorded = results / RECORDED
    worse = regressions(json.loads(recorded.read_text("utf-8")), figures) if recorded.exists() else []
    text = "\n".join([*tables(found, figures), *worse])
    results.mkdir(exist_ok=True)
    (results / "whole.md").write_text(text, "utf-8")
    rounded = {title: {name: round(value, 3) for name, value in each.items()} for title, each in figures.items()}
    recorded.write_text(json.dumps(rounded, ensure_ascii=False, indent=1) + "\n", "utf-8")
    told = {name: ms for name, ms in found["rivals"].get("pages", {}).items() if not isinstance(ms, str)}
    shown = {"Taojin, whole job": found["ours"]["pages"], **told}
    title = (
        f"Milliseconds a page of {found['characters']['pages']:,.0f} characters and {found['rows']['pages']:.0f} rows"
    )
    (results / "whole.svg").write_text(bars(title, shown, next(iter(shown))), "utf-8")
    if not told:
        text += "\nno rivals to compare with; run `make bench-peers` once"
    return text


if __name__ == "__main__":
    print(report(HOME / "results"))
