"""The log of decisions as text, and what stands after it."""

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import TableError
from pipeline.table.schema import LOG_NAMES, REVIEW_LOG, UNDO, VERDICTS
from pipeline.table.text import line_of
from pipeline.table.verdicts import Event, History, cells_of_event, moment, new_id, parse, undoing

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
IDS = st.builds(new_id)
EVENTS = st.builds(
    Event,
    row_id=st.sampled_from(["ra", "rb", "rc"]),
    verdict=st.sampled_from(["", "ok", "wrong", "fixed", "added"]),
    note=WORDS,
    corrected=st.none() | st.dictionaries(st.sampled_from(["unit", "name"]), WORDS),
    reviewer=WORDS,
    time=st.integers(0, 10**6).map(lambda number: f"2026-01-05T08:30:00.{number:06d}Z"),
    anchor=st.none() | st.tuples(WORDS, WORDS),
    event_id=IDS,
)


def written(events: list[Event]) -> str:
    return "".join(line_of(cells_of_event(event)) for event in events)


def lines(text: str) -> list[str]:
    return list(io.StringIO(text, newline=""))


@given(st.lists(EVENTS, max_size=6))
def test_what_is_written_is_read(events: list[Event]) -> None:
    text = written(events)
    found, used = parse(lines(text), LOG_NAMES, 1)
    assert used == len(lines(text))
    assert [cells_of_event(event) for event in found] == [cells_of_event(event) for event in events]
    assert [event.corrected for event in found] == [event.corrected for event in events]
    assert [event.anchor for event in found] == [event.anchor for event in events]


@given(st.lists(EVENTS, min_size=1, max_size=4), st.data())
def test_a_log_cut_off_anywhere_gives_its_whole_lines(events: list[Event], data: st.DataObject) -> None:
    text = written(events)
    cut = data.draw(st.integers(0, len(text)))
    found, used = parse(lines(text[:cut]), LOG_NAMES, 1)
    ends = [len(written(events[:count])) for count in range(len(events) + 1)]
    whole = max(count for count, end in enumerate(ends) if end - 1 <= cut or end == 0)
    assert [event.event_id for event in found] == [event.event_id for event in events[:whole]]
    assert "".join(lines(text[:cut])[:used]) in (text[: ends[whole]], text[: ends[whole] - 1])


@given(st.lists(EVENTS, max_size=8), st.randoms())
def test_order_and_repetition_of_lines_do_not_matter(events: list[Event], dice: st.DataObject) -> None:
    times = {event.time for event in events}
    if len(times) < len(events):
        events = [replace(event, time=moment_at(place)) for place, event in enumerate(events)]
    mixed = [*events, *events]
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    one, other = History(events), History(mixed)
    assert {e.row_id: e.event_id for e in one.standing()} == {e.row_id: e.event_id for e in other.standing()}


@given(st.lists(EVENTS, min_size=1, max_size=8), st.data())
def test_an_undone_decision_counts_as_never_made(events: list[Event], data: st.DataObject) -> None:
    events = [replace(event, time=moment_at(place)) for place, event in enumerate(events)]
    target = data.draw(st.sampled_from(events))
    undo = replace(undoing(target), time=moment_at(len(events)))
    with_undo = {e.row_id: e.event_id for e in History([*events, undo]).standing()}
    without = {e.row_id: e.event_id for e in History([e for e in events if e is not target]).standing()}
    assert with_undo == without
    again = replace(undoing(undo), time=moment_at(len(events) + 1))
    restored = {e.row_id: e.event_id for e in History([*events, undo, again]).standing()}
    assert restored == {e.row_id: e.event_id for e in History(events).standing()}


def moment_at(place: int) -> str:
    return f"2026-01-05T08:30:00.{place:06d}Z"


def test_undoing_ones_own_decision_leaves_anothers() -> None:
    mine = Event("ra", "ok", time=moment_at(1))
    yours = Event("ra", "wrong", time=moment_at(2))
    history = History([mine, yours, replace(undoing(mine), time=moment_at(3))])
    stands = history.of("ra")
    assert stands is not None
    assert stands.event_id == yours.event_id


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        ("verdict", "maybe", "'maybe' is none of"),
        ("event_id", "12", "'12' is no event_id"),
        ("row_id", "", "row_id is empty"),
        ("corrected", "[1]", "cannot be read"),
        ("anchor", "{}", "cannot be read"),
    ],
)
def test_a_line_that_is_no_decision_is_named(column: str, cell: str, why: str) -> None:
    cells = dict(zip(LOG_NAMES, cells_of_event(Event("ra", "ok", time=moment())), strict=True))
    text = line_of(list({**cells, column: cell}.values()))
    with pytest.raises(TableError, match="line 8") as error:
        parse(lines(text), LOG_NAMES, 7)
    assert why in str(error.value)


def test_the_log_knows_its_verdicts() -> None:
    allowed = next(column.allowed for column in REVIEW_LOG if column.name == "verdict")
    assert allowed == VERDICTS
    assert UNDO in allowed
