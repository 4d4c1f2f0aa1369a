"""Whatever a post holds: no cell runs in a spreadsheet, offsets hold, and readers get back what was written."""

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Claim, Mention, Post, Quote
from pipeline.table.formats import csv_head
from pipeline.table.frame import frame, read
from pipeline.table.rows import extraction_rows, post_row
from pipeline.table.safety import harmless, safe_post
from pipeline.table.schema import EXTRACTIONS, NAMES, POST_NAMES, POSTS, Row
from pipeline.table.text import block_of, rows_of

from .samples import Found, money

RUNS = re.compile(r"[=@\t\r＝＠]|[+\-](?!\d[\d.,]*%?$)")
"""What spreadsheets run, said once more and independently."""

nasty = st.text(
    st.one_of(
        st.sampled_from("=+-@\t\r\n＝＋－＠\"',;| \x00\ud800\u2028\u3000\ufeff0123456789元NA😀"), st.characters()
    ),
    max_size=30,
)


@st.composite
def found(draw: st.DrawFn) -> Found:
    """A post full of anything, with mentions and claims anywhere in it."""
    fields = {name: draw(nasty) for name in ("title", "author", "forum", "url", "site", "thread_id", "pid")}
    quotes = (Quote(draw(nasty), draw(nasty)),) if draw(st.booleans()) else ()
    post = safe_post(Post("p" + draw(nasty), draw(nasty), draw(nasty) + "1元", quoted=quotes, **fields))
    spot = st.integers(0, len(post.text))
    spans = [tuple(sorted(draw(st.tuples(spot, spot)))) for _ in range(draw(st.integers(0, 4)))]
    amount = money(post.text, "1元", "1")
    mentions = [amount, *(replace(amount, start=a, end=b) for a, b in spans)]
    claims = [
        Claim("statement", a, b, "test.claim", subject=draw(nasty), predicate="说", object=draw(nasty), parts=(amount,))
        for a, b in spans
    ]
    return Found(post, mentions, claims)


def tables(sample: Found) -> tuple[list[Row], Row]:
    return extraction_rows(sample).rows, post_row(sample.post)


@settings(max_examples=150, deadline=None)
@given(found())
def test_no_cell_runs_and_every_reader_gets_back_what_was_written(sample: Found) -> None:
    rows, post = tables(sample)
    assert rows, "the amount at the end is always found"
    for row in [*rows, post]:
        assert not [cell for cell in row.values() if RUNS.match(cell)]
    assert all(sample.post.text[int(row["start"]) : int(row["end"])] == row["text"] for row in rows)
    assert list(rows_of(block_of(rows))) == rows
    for columns, names, kept in ((EXTRACTIONS, NAMES, rows), (POSTS, POST_NAMES, [post])):
        text = csv_head(columns) + block_of(kept, names)
        written = io.StringIO(text.removeprefix("\ufeff"), newline="")
        assert [{n: r[n] for n in names} for r in csv.DictReader(written, strict=True)] == [
            {n: r[n] for n in names} for r in kept
        ]
        pandas.testing.assert_frame_equal(read(io.BytesIO(text.encode()), columns), frame(kept, columns))


def test_a_plain_read_csv_differs_in_empty_cells_alone(tmp_path: Path) -> None:
    text = "@老王 花了1元"
    post = safe_post(Post("t:1:1", "", text))
    rows, _ = tables(Found(post, [money(post.text, "1元", "1")]))
    path = tmp_path / "extractions.csv"
    path.write_text(csv_head(EXTRACTIONS) + block_of(rows), "utf-8")
    plain, ours = pandas.read_csv(path), frame(rows)
    for name in NAMES:
        assert [v for v in plain[name] if not pandas.isna(v)] == [
            v for v in ours[name] if v != "" and not pandas.isna(v)
        ]


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1", " =1"),
        ("+86 139", " +86 139"),
        ("-5", "-5"),
        ("-5.2%", "-5.2%"),
        ("- 一", " - 一"),
        ("\t", " \t"),
        ("a=1", "a=1"),
        ("a\x00\ud83d", "a\ufffd\ufffd"),
        ("", ""),
    ],
)
def test_harmless(cell: str, safe: str) -> None:
    assert harmless(cell) == safe
    assert harmless(safe) == safe


def test_a_post_without_danger_is_not_touched() -> None:
    post = Post("t:1:1", "raw/a.html", "涨了 +5%")
    assert safe_post(post) is post


def test_a_mention_of_signs_alone_is_no_row() -> None:
    text = "看=@"
    assert not extraction_rows(Found(Post("t", "", text), [Mention("entity", "ORG", 1, 3, "r", name="x")])).rows
