"""Every post arrives once: with failing requests, with kills, as files and as WARC."""

import random
import re
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.scrape.conftest import FAST, Done, command, environment
from tests.scrape.forum import PER_PAGE, Forum, Thread

THREADS, POSTS, KILLS = 300, 4000, 5


def big() -> Forum:
    """300 threads of 1 to 40 posts, 4,000 in all."""
    dice = random.Random(3)
    sizes = [dice.randint(1, 24) for _ in range(THREADS)]
    while sum(sizes) != POSTS:
        at = dice.randrange(THREADS)
        sizes[at] = min(40, max(1, sizes[at] + (1 if sum(sizes) < POSTS else -1)))
    return Forum([Thread(tid, size) for tid, size in enumerate(sizes, 1)])


def wanted(forum: Forum) -> Counter[bytes]:
    return Counter(str(one.tid * 1000 + n).encode() for one in forum.threads for n in range(1, one.posts + 1))


def killed(forum: Forum, folder: Path, progress: int, *more: str) -> None:
    """Start the crawl, and kill it when the server has seen so many more requests."""
    call = [*command(forum.start(), "--out", "raw", *more), *FAST]
    goal = len(forum.log) + progress
    process = subprocess.Popen(
        call, cwd=folder, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while len(forum.log) < goal and process.poll() is None:
        time.sleep(0.003)
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_every_post_arrives_once_though_requests_fail_and_the_process_is_killed(crawl: Any, tmp_path: Path) -> None:
    with big() as forum:
        forum.failing = 0.1
        dice = random.Random(11)
        for _ in range(KILLS):
            killed(forum, tmp_path, dice.randint(20, 110))
        done = crawl(forum.start())
        assert done.status == 0, done.text + done.errors
        assert done.posts() == wanted(forum)
        assert sum(done.posts().values()) == POSTS
        assert (done.report["left"], done.report["incomplete"], done.report["failed"]) == (0, [], [])
        pages = sum(one.pages for one in forum.threads)
        assert len(done.pages()) == pages
        answered = Counter(seen.path for seen in forum.log if "viewthread" in seen.path and seen.status == 200)
        assert sum(answered.values()) <= pages * 1.1 + KILLS * 8  # what was stored is not asked for again
        assert not list(done.out.rglob("*.part"))


@pytest.mark.parametrize("kills", [3])
def test_a_warc_has_every_page_once_though_the_process_is_killed(crawl: Any, tmp_path: Path, kills: int) -> None:
    from pipeline.ingest import read, sources

    with Forum([Thread(tid, 1 + tid % 23) for tid in range(1, 41)]) as forum:
        for count in range(kills):
            killed(forum, tmp_path, 8 + 7 * count, "--warc")
        done: Done = crawl(forum.start(), "--warc")
        assert done.status == 0
        pages: list[Any] = [page for path in sources([done.out]) for page in read(path)]
        found = Counter(pid for page in pages for pid in re.findall(r'id="pid(\d+)"', page.text))
        assert {pid.encode(): count for pid, count in found.items()} == dict(wanted(forum))
        assert {page.url for page in pages} >= {f"{forum.url}forum.php?mod=viewthread&tid=1"}
        again = crawl(forum.start(), "--warc")
        assert again.report["unchanged_threads"] == 40


def test_an_interrupted_crawl_says_so_and_goes_on(crawl: Any, tmp_path: Path) -> None:
    with Forum([Thread(tid, PER_PAGE) for tid in range(1, 41)], slow=0.05) as forum:
        call = [*command(forum.start(), "--out", "raw"), *FAST]
        process = subprocess.Popen(
            call, cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        while len(forum.log) < 12:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        text, _ = process.communicate(timeout=30)
        assert process.returncode == 1
        assert "run the same command again" in text
        done = crawl(forum.start())
        assert "going on" in done.errors
        assert done.posts() == wanted(forum)
        assert max(count for path, count in forum.counts().items() if "viewthread" in path) == 1
