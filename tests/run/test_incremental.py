"""A second run does what is new, and its tables are those of a fresh run over the same input."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.run import fingerprint, pool
from pipeline.run.state import APPLICATION

from .conftest import Taojin, command, contents, post, rows, write

NUMBERS = "涨{}元。又花了{}元。"


def two_files() -> None:
    write("raw/a.jsonl", post("t:1:1", "涨3元。"), post("t:1:2", "花了5元。"))
    write("raw/b.jsonl", post("t:2:1", "7元"))


def test_an_unchanged_run_writes_nothing(taojin: Taojin) -> None:
    two_files()
    taojin()
    before = {name: Path("extracted", name).stat() for name in contents()}
    summary = taojin()
    assert (summary.extracted, summary.written) == (0, [])
    assert {name: Path("extracted", name).stat() for name in contents()} == before
    assert summary.totals.rows == {"money": 3, "claim": 1}


def test_an_unchanged_run_imports_nothing_heavy(taojin: Taojin) -> None:
    two_files()
    taojin()
    code = (
        "import sys; from pipeline.cli import main; status = main(['extract']);"
        "print(status, sorted({'spacy', 'pandas', 'jieba', 'numpy', 'lxml', 'bs4', 'opencc'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "nothing is new" in done.stdout
    assert done.stdout.endswith("0 []\n")


@pytest.mark.parametrize(
    ("edit", "extracted", "sources"),
    [
        pytest.param(
            lambda: write("raw/c.jsonl", post("t:3:1", "9元")), 1, {"new": 1, "kept": 2}, id="a file is added"
        ),
        pytest.param(
            lambda: write("raw/a.jsonl", post("t:1:0", "1元"), post("t:1:1", "涨3元。"), post("t:1:2", "花了5元。")),
            1,
            {"changed": 1, "kept": 1},
            id="a post is put before others",
        ),
        pytest.param(lambda: Path("raw/b.jsonl").unlink(), 0, {"gone": 1, "kept": 1}, id="a file is removed"),
        pytest.param(
            lambda: Path("raw/b.jsonl").rename("raw/z.jsonl"), 0, {"new": 1, "gone": 1, "kept": 1}, id="a file is moved"
        ),
        pytest.param(lambda: os.utime("raw/b.jsonl", (1, 1)), 0, {"changed": 1, "kept": 1}, id="a file is touched"),
    ],
)
def test_only_what_is_new_is_extracted(taojin: Taojin, edit: object, extracted: int, sources: dict[str, int]) -> None:
    two_files()
    taojin()
    assert callable(edit)
    edit()
    summary = taojin()
    assert summary.extracted == extracted
    assert summary.sources == sources
    shutil.rmtree("fresh", ignore_errors=True)
    taojin(out="fresh")
    assert contents() == contents("fresh")


def test_a_change_under_the_same_stamp_is_seen(taojin: Taojin, monkeypatch: pytest.MonkeyPatch) -> None:
    """Size and times equal, as when a file is rewritten within the clock's grain."""
    monkeypatch.setattr("pipeline.run.job.stamp", lambda path: ("9 1 1", True))
    write("raw/a.jsonl", post("t:1:1", "3元"))
    taojin()
    write("raw/a.jsonl", post("t:1:1", "4元"))
    assert taojin().extracted == 1


def test_changed_rules_do_all_again_and_say_so(taojin: Taojin, monkeypatch: pytest.MonkeyPatch) -> None:
    two_files()
    taojin()
    monkeypatch.setattr(fingerprint, "PACKAGES", ())
    summary = taojin()
    assert summary.extracted == 3
    assert summary.reasons == ["Python or a package has another version"]


def test_changed_lexicons_of_the_user_do_all_again(taojin: Taojin) -> None:
    two_files()
    Path("mine").mkdir()
    taojin(lexicons="mine")
    assert taojin(lexicons="mine").extracted == 0
    Path("mine/metrics.csv").write_text("a,b\n", "utf-8")
    summary = taojin(lexicons="mine")
    assert (summary.extracted, summary.reasons) == (3, ["your lexicons changed"])


def test_changed_settings_do_all_again(taojin: Taojin) -> None:
    two_files()
    taojin()
    assert taojin(currency="TWD").reasons == ["settings changed"]


def test_rejections_of_unchanged_files_are_remembered(taojin: Taojin) -> None:
    write("raw/a.jsonl", post("t:1:1", "3元"), "{broken", post("t:1:2", "BOOM"))
    taojin()
    write("raw/b.jsonl", post("t:2:1", "7元"))
    assert taojin().totals.rejected == 2
    assert [(row["line"], row["stage"]) for row in rows("extracted/rejected.csv")] == [
        ("2", "ingest"),
        ("3", "extract"),
    ]
    write("raw/a.jsonl", post("t:1:1", "3元"))
    assert taojin().totals.rejected == 0
    assert rows("extracted/rejected.csv") == []


def test_jobs_change_no_byte(taojin: Taojin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "BATCH_PAGES", 3)
    for number in range(4):
        write(f"raw/{number}.jsonl", *(post(f"t:{number}:{i}", NUMBERS.format(i, number)) for i in range(10)), "broken")
    taojin(out="one")
    taojin(out="two", jobs=2)
    assert contents("one") == contents("two")
    assert len(rows("two/extractions.csv")) == 120
    assert len(rows("two/rejected.csv")) == 4


def test_a_page_that_kills_its_process_is_rejected_alone(taojin: Taojin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "BATCH_PAGES", 4)
    write("raw/a.jsonl", *(post(f"t:1:{i:02}", "DIE 1元" if i == 5 else f"{i}元") for i in range(12)))
    summary = taojin(jobs=2)
    assert summary.totals.posts == 11
    (rejected,) = rows("extracted/rejected.csv")
    assert (rejected["line"], rejected["stage"]) == ("6", "extract")


def test_formats_asked_for_once_stay_fresh(taojin: Taojin) -> None:
    two_files()
    taojin(formats=("jsonl", "sqlite"))
    write("raw/c.jsonl", post("t:3:1", "9元"))
    taojin()
    assert len(Path("extracted/posts.jsonl").read_text("utf-8").splitlines()) == 4
    base = sqlite3.connect("extracted/taojin.sqlite")
    assert base.execute("SELECT count(*), sum(value_min) FROM extractions WHERE kind = 'money'").fetchone() == (4, 24.0)
    base.close()


@pytest.mark.parametrize("damage", ["noise", "cut", "foreign", "empty", "other version"])
def test_a_state_that_cannot_be_used_is_set_aside(taojin: Taojin, damage: str) -> None:
    two_files()
    taojin()
    before = contents()
    state = Path("extracted/.taojin/state.sqlite3")
    if damage == "noise":
        state.write_bytes(b"\x00no database" * 999)
    elif damage == "cut":
        state.write_bytes(state.read_bytes()[: state.stat().st_size // 2])
    elif damage == "empty":
        state.write_bytes(b"")
    else:
        state.unlink() if damage == "foreign" else None
        base = sqlite3.connect(state)
        base.execute("CREATE TABLE IF NOT EXISTS meta (other)")
        base.execute(f"PRAGMA application_id = {7 if damage == 'foreign' else APPLICATION}")
        base.execute("PRAGMA user_version = 99")
        base.close()
    summary = taojin()
    assert summary.extracted == 3
    assert bool(summary.messages) == (damage != "empty")
    assert contents() == before
    assert taojin().extracted == 0


texts = st.sampled_from(["1元", "涨2元。", "花3元", "无", "BOOM"])
files = st.dictionaries(
    st.sampled_from("abc"), st.lists(st.tuples(st.sampled_from("123"), texts), max_size=3), max_size=3
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(files, min_size=2, max_size=4))
def test_history_leaves_no_trace(taojin: Taojin, history: list[dict[str, list[tuple[str, str]]]]) -> None:
    """Whatever lay in raw/ before, the tables are those of what lies there now."""
    shutil.rmtree("extracted", ignore_errors=True)
    for state in history:
        shutil.rmtree("raw")
        Path("raw").mkdir()
        for name, posts in state.items():
            write(f"raw/{name}.jsonl", *(post(f"t:1:{number}", text) for number, text in posts))
        taojin()
    shutil.rmtree("fresh", ignore_errors=True)
    taojin(out="fresh")
    assert contents() == contents("fresh")


def test_standard_input_is_a_source_like_any_other(here: Path) -> None:
    write("posts.jsonl", post("t:1:1", "3元"))
    for said in ("1 post extracted", "0 posts extracted"):
        with Path("posts.jsonl").open() as stream:
            process = command("extract", "-", stdin=stream)
            output, errors = process.communicate()
        assert (process.returncode, errors) == (0, "")
        assert said in output or "nothing is new" in output
    assert [row["text"] for row in rows()] == ["3元"]
    assert [row["source_file"] for row in rows("extracted/posts.csv")] == ["stdin"]


def test_a_rollback_journal_for_network_drives(taojin: Taojin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAOJIN_STATE_WAL", "0")
    two_files()
    taojin(jobs=2)
    write("raw/a.jsonl", post("t:1:1", "涨3元。"), post("t:1:3", "1元"))
    assert taojin(jobs=2).extracted == 1
    base = sqlite3.connect("extracted/.taojin/state.sqlite3")
    assert base.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    base.close()
