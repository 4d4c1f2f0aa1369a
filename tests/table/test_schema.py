from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.errors import TableError
from pipeline.records import Post
from pipeline.table import check, schema
from pipeline.table.document import document
from pipeline.table.rows import extraction_rows

from .samples import Found, cases, money

DOCS = Path(__file__).parents[2] / "docs"
EXTRACTIONS = (
    "row_id post_id kind label text start end sentence value_min value_max unit qualifier name entity_id subject"
    " predicate object measure direction period period_start period_end comparison certainty source parts rule"
    " inferred review note"
)
POSTS = (
    "post_id source_file url site forum thread_id pid floor title author posted_at views replies is_first quoted text"
    " sha256"
)
OURS = "cleaner status reply_to comments page pages duplicate_of"


def test_the_columns_are_the_contracts() -> None:
    assert tuple(EXTRACTIONS.split()) == schema.NAMES
    assert (*POSTS.split(), *OURS.split()) == schema.POST_NAMES


@pytest.mark.parametrize("case", cases("cells"), ids=lambda case: case["phenomenon"])
def test_a_cell_is_checked(case: dict[str, str]) -> None:
    columns = {**{column.name: column for column in schema.POSTS}, **schema.BY_NAME}
    fault = check.faults(columns[case["column"]], case["cell"])
    assert bool(fault) == bool(case["fault"])
    assert case["fault"] in fault


@pytest.mark.parametrize("case", cases("broken"), ids=lambda case: case["phenomenon"])
def test_a_row_is_checked(case: dict[str, dict[str, str]]) -> None:
    text = "花了30元。"
    (row,) = extraction_rows(Found(Post("t:1:1", "", text), [money(text, "30元", "30")])).rows
    check.check_extraction(row, text)
    with pytest.raises(TableError, match=str(case["fault"])):
        check.check_extraction({**row, **case["cells"]}, text)


@pytest.mark.parametrize("case", cases("decimals"), ids=lambda case: case["phenomenon"])
def test_decimals_are_plain(case: dict[str, str | None]) -> None:
    assert check.plain(Decimal(case["value"]) if case["value"] is not None else None) == case["cell"]


@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_what_is_no_number_is_no_value(value: str) -> None:
    with pytest.raises(TableError):
        check.plain(Decimal(value))


def test_examples_fit_their_columns() -> None:
    for column in (*schema.EXTRACTIONS, *schema.POSTS, *schema.REJECTED):
        assert not (column.example and check.faults(column, column.example)), column.name


def test_the_data_dictionary_is_made_from_the_schema() -> None:
    text = (DOCS / "table.md").read_text("utf-8")
    assert text == document((DOCS / "decisions.md").read_text("utf-8")), "run `make docs`"
    assert all(f"| `{name}` |" in text for name in (*schema.NAMES, *schema.POST_NAMES))
