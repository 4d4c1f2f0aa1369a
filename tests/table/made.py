"""Tables of any content that the schema allows, for Hypothesis."""

from datetime import date
from string import ascii_lowercase

from hypothesis import strategies as st

from pipeline.table.safety import harmless
from pipeline.table.schema import EXTRACTIONS, POSTS, Column, Row

HARD = [
    "_x000D_",
    "a\rb",
    "\u2028",
    "￾",
    "\x0b\x1f",
    " 前后 ",
    "😀" * 3,
    "中\n文",
    '"',
    "''",
    "nan",
    "TRUE",
    "1e5",
    "007",
]
words = st.one_of(
    st.sampled_from(HARD), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
).map(harmless)
digits = st.from_regex(r"(0|[1-9][0-9]{0,30})", fullmatch=True)
decimals = st.one_of(
    digits, st.from_regex(r"(0|[1-9][0-9]{0,12})\.[0-9]{1,12}", fullmatch=True), st.sampled_from(["007", "1.50"])
)


def cells(column: Column) -> st.SearchStrategy[str]:
    """Cells of a column, empty ones among them."""
    if column.type == "boolean":
        return st.sampled_from(["true", "false"])
    if column.allowed:
        return st.sampled_from(column.allowed)
    by_type = {"integer": digits, "decimal": decimals, "date": st.dates(date(1, 1, 1)).map(date.isoformat)}
    return st.just("") | by_type.get(column.type, words)


def rows_of(columns: tuple[Column, ...], **fixed: str) -> st.SearchStrategy[Row]:
    return st.fixed_dictionaries(
        {column.name: st.just(fixed[column.name]) if column.name in fixed else cells(column) for column in columns}
    )


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[Row], list[Row]]:
    """Posts and rows, sorted by post; some posts have several copies, some rows parts."""
    ids = draw(st.lists(st.text(ascii_lowercase, min_size=1, max_size=4), unique=True, max_size=4).map(sorted))
    posts: list[Row] = []
    rows: list[Row] = []
    for post_id in ids:
        posts += draw(st.lists(rows_of(POSTS, post_id=post_id), min_size=1, max_size=3))
        for number in range(draw(st.integers(0, 3))):
            earlier = [row["row_id"] for row in rows if row["post_id"] == post_id]
            parts = " ".join(draw(st.lists(st.sampled_from(earlier), unique=True))) if earlier else ""
            rows.append(draw(rows_of(EXTRACTIONS, post_id=post_id, row_id=f"r{post_id}{number}", parts=parts)))
    return posts, rows
