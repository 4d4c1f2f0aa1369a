"""Verdicts, undoing, edits, runs and losses in any order, against a few lines of what should come of them."""

import csv
import itertools
import os
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.review.store import Store
from pipeline.run.job import Job, run

from . import standin
from .conftest import post, rows, write
from .test_reviews import save

ROWS = 3
PLACES = st.integers(0, ROWS - 1)
VERDICTS = st.sampled_from(["ok", "wrong", "fixed"])
STEPS = st.one_of(
    st.tuples(st.just("decide"), PLACES, VERDICTS, st.sampled_from(["甲", "乙"])),
    st.tuples(st.just("undo"), st.sampled_from(["甲", "乙"])),
    st.tuples(st.just("edit"), PLACES, st.sampled_from(["ok", "wrong", ""])),
    st.tuples(st.just("extract")),
    st.tuples(st.just("lose"), st.sampled_from([".taojin", "reviews.csv", "extractions.csv"])),
)


@dataclass
class Model:
    """Each row's decisions in order of time, as (when, verdict, who); an edit counts from when its file was saved."""

    made: list[list[tuple[int, str, str]]] = field(default_factory=lambda: [[] for _ in range(ROWS)])
    table: list[str] = field(default_factory=lambda: [""] * ROWS)
    pending: dict[int, str] = field(default_factory=dict)
    saved: int = 0

    def stands(self, place: int) -> str:
        return max(self.made[place], default=(0, "", ""))[1]

    def extract(self) -> None:
        for place, verdict in self.pending.items():
            if verdict != self.table[place]:
                self.made[place].append((self.saved, verdict, "table"))
        self.pending.clear()
        self.table = [self.stands(place) for place in range(ROWS)]


def edit(place: int, verdict: str) -> None:
    table = rows()
    table[place]["review"] = verdict
    save("extracted/extractions.csv", table)
    os.utime("extracted/extractions.csv", ns=(time.time_ns(), time.time_ns()))


def verdicts() -> list[str]:
    return [row["review"] for row in rows()]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(STEPS, max_size=14))
def test_the_table_says_what_was_decided_last(steps: list[tuple[str, ...]]) -> None:
    home = Path.cwd()
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "pipeline.extractor", standin.module())
        patch.chdir(folder)
        try:
            follow(steps)
        finally:
            os.chdir(home)


def follow(steps: list[tuple[str, ...]]) -> None:
    def extract() -> None:
        run(Job((Path("raw"),), Path("extracted"), jobs=1))

    write("raw/a.jsonl", post("t:1:1", "，".join(f"{number}元" for number in range(ROWS))))
    extract()
    model, clock = Model(), itertools.count(1)
    machine = rows()
    events: list[tuple[int, int, str, str]] = []
    for name, *more in [*steps, ("extract",)]:
        now, store = next(clock), Store(Path("extracted"))
        if name == "decide":
            place, verdict, who = int(more[0]), more[1], more[2]
            made = store.decide([machine[place]], verdict, corrected={"unit": "USD"}, reviewer=who)
            model.made[place].append((now, verdict, who))
            events.append((now, place, who, made[0].event_id))
        elif name == "undo":
            mine = [event for event in events if event[2] == more[0]]
            if mine:
                events.remove(mine[-1])
                store.undo([mine[-1][3]], more[0])
                at, place, who, _ = mine[-1]
                model.made[place] = [one for one in model.made[place] if one[::2] != (at, who)]
        elif name == "edit":
            edit(int(more[0]), more[1])
            model.pending[int(more[0])], model.saved = more[1], now
        elif name == "lose":
            extract()  # what is not in one place is in another
            model.extract()
            lose(Path("extracted") / more[0])
            extract()
            if more[0] == "reviews.csv":  # only what stands is left to be put back
                model.made = [[(0, verdict, "table")] if verdict else [] for verdict in model.table]
                events.clear()
        else:
            extract()
            model.extract()
            assert verdicts() == model.table
            assert [row["unit"] for row in rows()] == ["USD" if v == "fixed" else "CNY" for v in model.table]
    assert_log_is_whole()


def lose(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def assert_log_is_whole() -> None:
    path = Path("extracted/reviews.csv")
    if path.exists():
        with path.open(encoding="utf-8-sig", newline="") as stream:
            ids = [line["event_id"] for line in csv.DictReader(stream, strict=True)]
        assert len(ids) == len(set(ids))
