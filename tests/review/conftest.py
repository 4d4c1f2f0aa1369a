"""A folder with a table of real rules, and a server on it."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.run.job import Job, run

from .client import Server, start

PAYLOADS = (
    "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">\r\n"
    '=HYPERLINK("http://evil.example/","点我") &amp; &#x4e2d; {{ 7*7 }} {% raw %} ${7*7} </mark></div>\n'
    "<iframe src=javascript:alert(1)> 小米营收1159亿元<b onclick=alert(1)>同比增长30.5%</b>。"
)
POSTS = [
    {
        "post_id": "bbs.demo:7:1",
        "title": "三季度谁赚了钱",
        "author": "老王",
        "forum": "股市闲谈",
        "posted_at": "2025-11-02T21:05:00+08:00",
        "text": "小米2025年第三季度营收1131亿元，同比增长22.3%。\n据高盛估计，明年净利润约300亿元。\n"
        "大家都说雷军很满意。",
    },
    {
        "post_id": "bbs.demo:7:2",
        "title": "三季度谁赚了钱",
        "author": "小李",
        "posted_at": "2025-11-03T08:00:00+08:00",
        "text": "微軟的淨利潤是277億美元，比上年多了12%。",
    },
    {"post_id": "bbs.demo:8:1", "title": "<i>标题</i>", "author": '"><svg onload=alert(1)>', "text": PAYLOADS},
]


def extract(folder: Path, posts: list[dict[str, str]] | None = None) -> Path:
    """Run the pipeline on posts; the output folder."""
    raw, out = folder / "posts.jsonl", folder / "extracted"
    if posts is not None:
        raw.write_text("".join(json.dumps(post, ensure_ascii=False) + "\n" for post in posts), "utf-8")
    run(Job((raw,), out, jobs=1))
    return out


def table(out: Path, name: str = "extractions.csv") -> list[dict[str, str]]:
    with (out / name).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return extract(tmp_path, POSTS)


@pytest.fixture
def server(out: Path) -> Iterator[Server]:
    served = start(out, "--reviewer", "甲", "--lang", "zh")
    yield served
    served.stop()
