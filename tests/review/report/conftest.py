"""Tables to report on: the samples, and posts that want to be run."""

import json
from pathlib import Path

import pytest

from pipeline.cli import main

HOME = Path(__file__).parents[3]
HOSTILE = [
    {
        "post_id": "a:1:1",
        "title": "</script><script>document.title='ran'</script>",
        "author": '"><img src=x onerror="document.title=1">',
        "text": "<b onmouseover=alert(1)>小米</b>营收1159亿元😀，同比增长30.5%。\n"
        "</script><script>document.title='ran'</script>{{ 7*7 }}",
        "posted_at": "2025-11-01T12:00:00+08:00",
    },
    {"post_id": "a:1:2", "title": "=1+1", "text": "小米2025年第三季度营收1000亿元，$x^2$ 不是公式。"},
    {"post_id": "a:1:3", "text": "小米2025年第三季度营收1200亿元。"},
]


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extracted samples and the hostile posts, with something that was rejected."""
    folder = tmp_path_factory.mktemp("report")
    raw = folder / "posts.jsonl"
    raw.write_text("".join(json.dumps(post, ensure_ascii=False) + "\n" for post in HOSTILE) + "{broken\n", "utf-8")
    out = folder / "extracted"
    assert main(["extract", str(HOME / "raw"), str(raw), "--out", str(out), "--quiet"]) == 1
    return out
