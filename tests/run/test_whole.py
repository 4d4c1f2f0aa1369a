"""The real rooms together, on the samples: files in, tables out, each row explained."""

import subprocess
import sys
from pathlib import Path

import pytest

import pipeline
from pipeline.cli import main
from pipeline.run.explain import explanation
from pipeline.run.rulebook import cues, description, rule_places
from pipeline.settings import Settings
from pipeline.table.schema import BY_NAME, KINDS, NAMES

from .conftest import contents, post, rows, write

SAMPLES = Path(__file__).parents[2] / "raw"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples' tables."""
    folder = tmp_path_factory.mktemp("whole") / "extracted"
    assert main(["extract", str(SAMPLES), "--out", str(folder), "--quiet"]) == 0
    return folder


def test_the_samples_fill_every_kind_and_column(out: Path) -> None:
    found = rows(str(out / "extractions.csv"))
    assert {row["kind"] for row in found} == set(KINDS)
    written_by_hand = {"review", "note"}
    empty = {name for name in NAMES if not any(row[name] for row in found)}
    assert empty == written_by_hand
    assert not rows(str(out / "rejected.csv"))


def test_offsets_of_the_samples_hold(out: Path) -> None:
    texts = {row["post_id"]: row["text"] for row in rows(str(out / "posts.csv"))}
    for row in rows(str(out / "extractions.csv")):
        assert texts[row["post_id"]][int(row["start"]) : int(row["end"])] == row["text"]
        assert row["text"] in row["sentence"]


def test_parts_are_rows_of_the_same_post(out: Path) -> None:
    found = {row["row_id"]: row for row in rows(str(out / "extractions.csv"))}
    parts = [(row, found[part]) for row in found.values() for part in row["parts"].split()]
    assert parts
    assert all(row["post_id"] == part["post_id"] and part["kind"] != "claim" for row, part in parts)


def test_two_processes_write_the_same_bytes(out: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    assert main(["extract", str(SAMPLES), "--out", str(other), "--quiet", "--jobs", "2"]) == 0
    assert contents(str(other)) == contents(str(out))


def test_a_row_is_explained(out: Path) -> None:
    claim = next(row for row in rows(str(out / "extractions.csv")) if row["kind"] == "claim" and row["parts"])
    told = "\n".join(explanation(claim["row_id"], out, Settings()))
    for title in ("row ", "post ", "sentence", "tokens", "found in the sentence", "rule ", "its cues", "parts"):
        assert f"\n{title}" in f"\n{told}"
    assert f"⟦{claim['text']}⟧".replace("\n", " ⏎ ") in told
    assert all(part in told for part in claim["parts"].split())


def test_every_rule_of_the_samples_has_a_place_in_the_code(out: Path) -> None:
    rules = {row["rule"] for row in rows(str(out / "extractions.csv"))}
    assert {rule for rule in rules if not rule_places(rule)} == set()


def test_a_function_describes_its_rule() -> None:
    source = '"""Of the module."""\n\ndef f():\n    """What it does.\n\n    More."""\n    return 1\n\nX = 2\n'
    assert description(source, 6) == "f: What it does."
    assert description(source, 8) == "Of the module."


def test_cues_name_their_lexicon() -> None:
    found = dict(line.split("  ", 1) for line in cues(["净", "利润", "好"], {"metrics"}))
    assert found["净利润"].startswith("metrics.csv:")
    assert "好" not in found


def test_the_library_finds_what_the_command_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pandas

    from pipeline.table.frame import read

    monkeypatch.chdir(tmp_path)
    said = post("t:1:1", "微软三季度营收同比增长12%，达到650亿美元。", posted_at="2025-11-01T10:00:00+08:00")
    write("raw/a.jsonl", said)
    assert main(["extract", "--quiet"]) == 0
    found = pipeline.extract([said])
    pandas.testing.assert_frame_equal(found, read("extracted/extractions.csv"))
    assert list(found.columns) == list(BY_NAME)
    assert {"money", "percent", "entity", "claim"} <= set(found["kind"])


def test_spacys_command_line_is_left_out_and_still_there_afterwards() -> None:
    code = (
        "import sys\n"
        "from pipeline.startup import import_spacy\n"
        "import_spacy()\n"
        "print('typer' in sys.modules, 'spacy.cli' in sys.modules)\n"
        "from spacy.cli import download\n"
        "print(callable(download))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\nTrue\n"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_lexicon_that_cannot_be_read_stops_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], jobs: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TAOJIN_LEXICONS", "mine")
    Path("mine/entities").mkdir(parents=True)
    Path("mine/entities/more.csv").write_text("id,name\norg.x\n", "utf-8")
    write("raw/a.jsonl", post("t:1:1", "微软营收3亿元"))
    assert main(["extract", "--jobs", jobs]) == 2
    assert "more.csv:2" in capsys.readouterr().err
