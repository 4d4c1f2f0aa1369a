"""``python -m benchmarks.scrape``: what a page costs over plain Scrapy, on a forum served on this machine.

Both ask for the same pages of the same forum without a delay, four at a time, each in a process of its own; plain
Scrapy follows the same links with its own rules and writes each page to a file. Read the ratio, not the milliseconds.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.scrape.forum import Forum, Thread

ROUNDS = 3
ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results"
PLAIN = r"""
import sys
from pathlib import Path
import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.linkextractors import LinkExtractor
from scrapy.spiders import CrawlSpider, Rule

out = Path(sys.argv[2])
out.mkdir()

class Plain(CrawlSpider):
    name = "plain"
    start_urls = [sys.argv[1]]
    rules = (
        Rule(LinkExtractor(allow=r"forum-2-\d+\.html", restrict_css=".pg")),
        Rule(LinkExtractor(allow=r"thread-\d+-\d+-1\.html"), callback="keep", follow=True),
    )
    def keep(self, response):
        (out / response.url.rsplit("/", 1)[1]).write_bytes(response.body)

process = CrawlerProcess({"CONCURRENT_REQUESTS": 4, "CONCURRENT_REQUESTS_PER_DOMAIN": 4, "DOWNLOAD_DELAY": 0,
    "ROBOTSTXT_OBEY": True, "LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False, "CONCURRENT_ITEMS": 1,
    "WARN_ON_GENERATOR_RETURN_VALUE": False})
process.crawl(Plain)
process.start()
"""


def seconds(command: list[str], folder: Path) -> float:
    kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    start = time.perf_counter()
    environment = {**kept, "PYTHONPATH": str(ROOT)}
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)
    return time.perf_counter() - start


def measure() -> tuple[dict[str, float], int]:
    """Median seconds of each, and the pages that each asked for."""
    times: dict[str, list[float]] = {"plain Scrapy": [], "taojin scrape": [], "taojin scrape, nothing new": []}
    with Forum([Thread(tid, 1 + tid % 25) for tid in range(1, 301)], rewrite=True) as forum:
        for _ in range(ROUNDS):
            with tempfile.TemporaryDirectory() as name:
                folder, own = Path(name), [sys.executable, "-m", "pipeline", "scrape", forum.start(), "--quiet"]
                own += ["--delay", "0", "--concurrency", "4"]
                times["plain Scrapy"].append(seconds([sys.executable, "-c", PLAIN, forum.start(), "plain"], folder))
                forum.log.clear()
                times["taojin scrape"].append(seconds(own, folder))
                asked = len(forum.log)
                times["taojin scrape, nothing new"].append(seconds(own, folder))
                if len(list((folder / "plain").iterdir())) != len(list((folder / "raw").rglob("t*.html"))):
                    raise SystemExit("the two did not bring the same pages")
    return {name: statistics.median(values) for name, values in times.items()}, asked


def main() -> None:
    medians, pages = measure()
    plain = medians["plain Scrapy"]
    lines = ["# Scraping", "", f"{pages} pages on loopback, four at a time, no delay.", ""]
    lines += ["| | seconds | ms a page | over plain Scrapy |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {name} | {value:.2f} | {value / pages * 1000:.1f} | {value / plain:.2f} |"
        for name, value in medians.items()
    ]
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "scrape.md").write_text("\n".join(lines) + "\n", "utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
