"""``taojin evaluate`` on a user's own cases and reviews, with the real rules."""

import json
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.review.store import Store
from pipeline.table.formats import read_table

from .made import file

TEXT = "小米营收1159亿元，同比增长30.5%。"
CASE = {
    "post_id": "mine",
    "text": TEXT,
    "mentions": [
        {"kind": "money", "label": "amount", "text": "1159亿元", "start": 4, "end": 10}
        | {"value_min": "115900000000", "value_max": "115900000000", "unit": "CNY"},
        {"kind": "percent", "label": "percent", "text": "30.5%", "start": 15, "end": 20}
        | {"value_min": "30.5", "value_max": "30.5", "unit": "%"},
    ],
    "entities": [{"label": "ORG", "text": "小米", "start": 0, "end": 2, "name": "小米"}],
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    file(tmp_path / "my-cases" / "mine.jsonl", CASE)
    return tmp_path


def scores(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, dict[str, dict[str, int]]]:
    main(["evaluate", "--json", *arguments])
    return json.loads(capsys.readouterr().out)


def test_your_cases_are_found_beside_ours(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate"]) == 0
    said = capsys.readouterr().out
    assert "== the gold posts of Taojin" in said
    assert "== your cases in my-cases" in said


def test_a_second_evaluation_tells_what_changed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert scores(capsys, "my-cases")["layers"]["entity"] == {"gold": 1, "hit": 1, "found": 1, "right": 1}
    words = here / "my-words"
    words.mkdir()
    (words / "entity_guards.toml").write_text('blocked = ["小米"]\n', "utf-8")
    (here / "taojin.toml").write_text(f'lexicons = "{words}"\n', "utf-8")  # compiled once for each path
    assert main(["evaluate", "my-cases", "--errors"]) == 1
    said = capsys.readouterr().out
    assert "- entity mine '小米' name=小米" in said
    assert "0 rows added, 1 removed" in said
    assert "F1 1.000 → 0.000  WORSE" in said


def test_reviewed_rows(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file(here / "raw" / "a.jsonl", {"post_id": "a", "text": TEXT})
    assert main(["extract", "--quiet"]) == 0
    (post,) = read_table(Path("extracted"), "posts")
    rows = {row["kind"]: row for row in read_table(Path("extracted")) if row["kind"] != "claim"}
    store = Store(Path("extracted"))
    store.decide([rows["money"]], "ok")
    store.decide([rows["percent"]], "fixed", corrected={"value_min": "30", "value_max": "31"})
    store.decide([rows["entity"]], "wrong")
    store.add(post, (2, 4), {"kind": "entity", "label": "PRODUCT", "name": "营收"})
    found = scores(capsys, "--reviews")
    assert found["layers"]["money"] == {"gold": 1, "hit": 1, "found": 1, "right": 1}
    assert found["layers"]["percent"] == {"gold": 1, "hit": 0, "found": 1, "right": 0}
    assert found["layers"]["entity"] == {"gold": 1, "hit": 0, "found": 1, "right": 0}
    assert found["rules"][rows["money"]["rule"]]["right"] == 1


def test_nothing_was_reviewed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "--reviews"]) == 2
    assert "nothing was reviewed there" in capsys.readouterr().err
