"""A folder with a few extracted posts, and verdicts on their rows."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.review.store import Store
from pipeline.table.formats import read_table
from pipeline.table.schema import Row

POSTS = [
    "小米营收1159亿元，同比增长30.5%。",
    "大众途观卖得好，跟着大众走。",
    "绿厂下个月发布新卡，东湖基金重仓了核弹厂。",
    "拼多多客诉率3.5%，复访率12%。",
    "长城汽车和长城润滑油，平安的股价涨了。",
    "平安的股价跌了，花了三千块。",
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    lines = (
        json.dumps({"post_id": f"p{number}", "text": text}, ensure_ascii=False) for number, text in enumerate(POSTS)
    )
    Path("raw").mkdir()
    Path("raw/posts.jsonl").write_text("\n".join(lines), "utf-8")
    assert main(["extract", "--quiet"]) == 0
    return tmp_path


@pytest.fixture
def store(here: Path) -> Store:
    return Store(Path("extracted"))


@pytest.fixture
def found(here: Path) -> Callable[..., Row]:
    """The row of a post with a text (the ``nth`` of them)."""

    def find(post: int, text: str, kind: str = "entity", nth: int = 0) -> Row:
        rows = [
            r for r in read_table(Path("extracted")) if (r["post_id"], r["text"], r["kind"]) == (f"p{post}", text, kind)
        ]
        return rows[nth]

    return find


@pytest.fixture
def post(here: Path) -> Callable[[int], Row]:
    return lambda number: next(row for row in read_table(Path("extracted"), "posts") if row["post_id"] == f"p{number}")
