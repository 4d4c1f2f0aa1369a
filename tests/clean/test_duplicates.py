"""Which posts are one article."""

import random
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.duplicates import SKETCH, same, sketch, unpacked
from pipeline.run.reposts import Reposts
from tests.cases import cases

LONG = [f"第{n}批货在{n % 12 + 1}月到港，共计{n * 37}吨，单价{n * 3 + 200}元。" for n in range(1, 700)]


def alike(one: str, other: str) -> bool:
    return same(unpacked(sketch(one)), unpacked(sketch(other))) > 0


def originals(listed: list[tuple[str, bytes]]) -> dict[str, str]:
    """The reposts among posts with their sketches, earliest first."""
    base = sqlite3.connect(":memory:", isolation_level=None)
    base.execute("CREATE TABLE posts (post_id TEXT, posted TEXT, sketch BLOB)")
    rows = [(name, f"{number:06}", sketched) for number, (name, sketched) in enumerate(listed)]
    base.executemany("INSERT INTO posts VALUES (?,?,?)", rows)
    found = Reposts(base, "SELECT post_id, posted, rowid, length(sketch) FROM posts ORDER BY post_id")
    return {name: original for name, _ in listed if (original := found.original(name))}


@pytest.mark.parametrize("case", cases("clean/cases/reposts.jsonl"))
def test_repost(case):
    assert alike(case["one"], case["other"]) is case["same"]
    assert alike(case["other"], case["one"]) is case["same"]


def test_a_sketch_is_bounded_and_still_tells_long_articles_apart():
    assert len(sketch("".join(LONG))) == SKETCH * 10
    assert alike("".join(LONG), "转载：\n" + "".join(LONG))
    assert not alike("".join(LONG), "".join(LONG[:200]))
    assert not alike("".join(LONG[:350]), "".join(LONG[350:]))


@given(st.permutations(range(6)))
def test_whichever_comes_in_between_the_earliest_is_the_original(order):
    article = "".join(LONG[:40])
    posts = [(f"p{number}", sketch("".join(LONG[60 + number * 40 : 100 + number * 40]))) for number in order]
    listed = [
        ("a", sketch(article)),
        *posts,
        ("b", sketch(article + "转载完毕。")),
        ("c", sketch("网友整理。" + article)),
    ]
    assert originals(listed) == {"b": "a", "c": "a"}


def test_boilerplate_that_all_posts_share_joins_none():
    draw = random.Random(3)
    texts = {f"p{n}": "".join([*LONG[:3], *draw.sample(LONG, 20)]) for n in range(200)}
    listed = [(name, sketch(text)) for name, text in texts.items()]
    assert originals(listed) == {}
