"""The review page on 100,000 rows: the first page and every filter over HTTP, and what a verdict takes.

The rows are those of the samples in ``raw/``, repeated under other posts' ids. Milliseconds are the processor's, of a
request over HTTP with its page; the ratio to one pass of a CSV reader over the same table says
more across machines.
"""

import csv
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from pipeline.review.desk import Desk
from pipeline.review.server import prepare
from pipeline.table.formats import csv_head
from pipeline.table.schema import EXTRACTIONS, NAMES, POST_NAMES, POSTS, Row
from pipeline.table.text import line_of
from pipeline.table.verdicts import new_id
from tests.review.client import Client

HOME = Path(__file__).parent.parent
ROWS = 100_000
ROUNDS = 5
VERDICTS = 50
SLOWEST, HEAVIEST = 300, 300
"""Milliseconds and kB, the bars."""
FILTERS: dict[str, dict[str, str]] = {
    "first page": {},
    "all rows": {"show": "all"},
    "kind": {"kind": "percent"},
    "label": {"label": "ORG"},
    "certainty": {"certainty": "forecast"},
    "qualifier": {"qualifier": "about"},
    "rule": {"rule": "money.unit"},
    "forum": {"forum": "科技观察"},
    "post": {"post": "h-77-1"},
    "entity": {"entity": "微软"},
    "metric": {"metric": "营收"},
    "value range": {"low": "1亿", "high": "100亿"},
    "search, many found": {"q": "营收"},
    "search, none found": {"q": "没有这样的话"},
    "everything at once": {"kind": "claim", "certainty": "asserted", "metric": "营收", "q": "英伟达", "low": "1亿"},
}


def repeat(samples: Path, out: Path) -> int:
    """Write a table of the samples' rows, again and again under other ids; how many."""

    def read(name: str) -> list[Row]:
        with (samples / name).open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))

    posts, rows = read("posts.csv"), read("extractions.csv")
    by_post: dict[str, list[Row]] = {}
    for row in rows:
        by_post.setdefault(row["post_id"], []).append(row)
    written = copy = 0
    out.mkdir()
    with (
        (out / "posts.csv").open("w", encoding="utf-8", newline="") as texts,
        (out / "extractions.csv").open("w", encoding="utf-8", newline="") as table,
    ):
        texts.write(csv_head(POSTS))
        table.write(csv_head(EXTRACTIONS))
        while written < ROWS:
            copy += 1
            for number, post in enumerate(posts):
                post_id = f"h-{copy}-{number}"
                texts.write(line_of([{**post, "post_id": post_id}[name] for name in POST_NAMES]))
                for row in by_post.get(post["post_id"], ()):
                    own = {**row, "post_id": post_id, "row_id": f"{row['row_id']}{copy}", "parts": ""}
                    table.write(line_of([own[name] for name in NAMES]))
                    written += 1
    return written


class Timing(NamedTuple):
    """A page: the processor's milliseconds for its first request and the median of those after it; its kB."""

    page: str
    first: float
    again: float
    weight: float


def milliseconds(do: Callable[[], object]) -> float:
    """The processor's, of the server and of this client, which run in one process."""
    begin = time.process_time()
    do()
    return (time.process_time() - begin) * 1000


def timing(client: Client, page: str, path: str) -> Timing:
    sizes: list[int] = []

    def ask() -> None:
        answer = client.get(path)
        sizes.append(len(answer.text.encode()))
        if answer.status != 200:
            raise SystemExit(answer.text)

    first, *again = [milliseconds(ask) for _ in range(ROUNDS + 1)]
    return Timing(page, first, statistics.median(again), sizes[0] / 1000)


def measure(folder: Path) -> tuple[list[Timing], dict[str, float]]:
    subprocess.run(
        [sys.executable, "-m", "pipeline", "extract", str(HOME / "raw"), "--out", str(folder / "samples"), "--quiet"],
        cwd=HOME,
        check=True,
    )
    out = folder / "extracted"
    rows = repeat(folder / "samples", out)
    ids: list[str] = []

    def read() -> None:
        with (out / "extractions.csv").open(encoding="utf-8-sig", newline="") as stream:
            ids.extend(row[0] for row in csv.reader(stream))

    desks: list[Desk] = []
    reading = milliseconds(read)
    opening = milliseconds(lambda: desks.append(Desk(out)))
    served = prepare(desks[0])
    thread = threading.Thread(target=served.run)
    thread.start()
    try:
        client = Client(served.address).login()
        pages = [timing(client, name, "/?" + urlencode(query)) for name, query in FILTERS.items()]
        pages.append(timing(client, "a page in the middle", f"/?show=all&row={ids[rows // 2]}"))

        def decide() -> None:
            for row_id in ids[1 : VERDICTS + 1]:
                if client.tell("/decide", row=row_id, review="ok", event=new_id()).status != 200:
                    raise SystemExit("a verdict was refused")

        begin = time.perf_counter()
        decide()
        verdict = (time.perf_counter() - begin) * 1000 / VERDICTS
    finally:
        served.server.should_exit = True
        thread.join()
    return pages, {"rows": rows, "reading": reading, "opening": opening, "verdict": verdict}


def report(results: Path) -> str:
    """Measure, write ``review.md``, and give its text."""
    with tempfile.TemporaryDirectory() as name:
        pages, other = measure(Path(name))
    lines = [
        f"# Review page, {other['rows']:,.0f} rows",
        "",
        "| page | first, ms | again, ms | kB |",
        "| --- | --- | --- | --- |",
    ]
    lines += [f"| {page} | {first:.0f} | {again:.0f} | {weight:.0f} |" for page, first, again, weight in pages]
    slowest, heaviest = max(max(page.first, page.again) for page in pages), max(page.weight for page in pages)
    lines += [
        "",
        "| figure | value | bar |",
        "| --- | --- | --- |",
        f"| slowest page, ms | {slowest:.0f} | ≤ {SLOWEST} |",
        f"| heaviest page, kB | {heaviest:.0f} | ≤ {HEAVIEST} |",
        f"| slowest page / one pass of a CSV reader over the table | {slowest / other['reading']:.2f} | |",
        f"| a verdict, durable, with its answer, ms by the clock | {other['verdict']:.1f} | |",
        f"| opening the table, s of the processor | {other['opening'] / 1000:.1f} | |",
        "",
    ]
    text = "\n".join(lines)
    results.mkdir(exist_ok=True)
    (results / "review.md").write_text(text, "utf-8")
    return text


if __name__ == "__main__":
    print(report(Path(__file__).parent / "results"))
