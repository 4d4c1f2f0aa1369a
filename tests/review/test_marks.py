"""Findings in their post, and rows in words."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.review.index import Entry
from pipeline.review.marks import pieces, window
from pipeline.review.pages import card, value_of
from pipeline.review.words import LANGUAGES, words_of
from pipeline.table.rows import EMPTY
from pipeline.table.schema import CERTAINTIES, EXTRACTIONS, KINDS, LABELS, QUALIFIERS, REVIEWS, Row

TEXT = "小米营收1159亿元，\n同比增长30.5%。" * 3


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    found = []
    for number in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(TEXT) - 1))
        end = draw(st.integers(start + 1, len(TEXT)))
        row = {**EMPTY, "row_id": f"r{number}", "kind": draw(st.sampled_from(KINDS))}
        found.append(Entry({**row, "start": str(start), "end": str(end), "text": TEXT[start:end]}))
    return found


@given(entries(), st.data())
def test_the_pieces_are_the_text_and_each_finding_is_marked_where_it_stands(
    found: list[Entry], data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(TEXT)))
    end = data.draw(st.integers(start, len(TEXT)))
    cut = pieces(TEXT, start, end, found)
    assert "".join(piece.text for piece in cut) == TEXT[start:end]
    for entry in found:
        left, right = max(start, int(entry.row["start"])), min(end, int(entry.row["end"]))
        marked = "".join(piece.text for piece in cut if entry.row["row_id"] in piece.rows)
        assert marked == TEXT[left : max(left, right)]


@given(st.integers(0, 2000), st.integers(1, 50), st.integers(1, 600))
def test_the_window_holds_the_row(start: int, length: int, size: int) -> None:
    text = "一行字很长很长。\n" * 300
    left, right = window(text, start, start + length, size)
    assert left <= start
    assert right >= start + length
    assert len(text) <= size or right - left <= size + length + 500


def row(**cells: str) -> Row:
    return {**EMPTY, **cells}


def test_values_are_said_as_people_say_them() -> None:
    zh, en = words_of("zh"), words_of("en")
    money = row(value_min="35080000000", value_max="35080000000", unit="USD")
    assert (value_of(money, zh), value_of(money, en)) == ("350.8亿 USD", "35.08 billion USD")
    assert value_of(row(value_min="20000", unit="人"), zh) == "≥ 2万人"
    assert value_of(row(value_max="32.5", value_min="27", unit="%"), zh) == "27 – 32.5%"
    assert value_of(row(value_max="3", unit="x"), en) == "≤ 3×"
    assert value_of(row(), zh) == ""


def test_a_card_shows_what_was_corrected_and_what_was_inferred() -> None:
    claim = row(kind="claim", label="metric", subject="小米", predicate="营收", unit="USD", inferred="subject")
    shown = card(Entry(claim, "fixed", corrected={"predicate": "净利润"}), words_of("zh"))
    subject, predicate = shown.parts
    assert (subject.text, subject.inferred, subject.old) == ("小米", True, None)
    assert (predicate.text, predicate.old) == ("净利润", "营收")


def test_both_languages_say_the_same_things() -> None:
    tables = [words_of(name).table for name in LANGUAGES]
    assert tables[0].keys() == tables[1].keys()
    for name in ("shows", "keys", "columns"):
        assert tables[0][name].keys() == tables[1][name].keys()
    shown = {*KINDS, *QUALIFIERS, *CERTAINTIES, *REVIEWS, *(label for found in LABELS.values() for label in found)}
    assert shown <= tables[0]["values"].keys()
    assert {column.name for column in EXTRACTIONS if column.correctable} <= tables[0]["columns"].keys()
