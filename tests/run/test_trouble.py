"""Kills, locks, full disks, folders that cannot be written, input that cannot be read: nothing is lost."""

import os
import random
import resource
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from pipeline.errors import InputError, OutputError
from pipeline.records import Page, Post
from pipeline.run import files

from .conftest import Taojin, command, contents, post, rows, write

NOBODY = 65534


def many_posts(number: int, said: str = "元") -> None:
    write("raw/a.jsonl", *(post(f"t:1:{i:03}", f"涨{i}{said}") for i in range(number)))


def wait_for(path: Path, timeout: float = 20.0) -> None:
    until = time.monotonic() + timeout
    while not path.exists():
        assert time.monotonic() < until, f"{path} never came"
        time.sleep(0.01)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_killed_at_any_moment_it_keeps_the_last_good_output_and_resumes(
    taojin: Taojin, tmp_path: Path, jobs: str
) -> None:
    many_posts(120)
    taojin()
    good = contents()
    many_posts(120, "块")
    taojin(out="fresh")
    log, dice = tmp_path / "log", random.Random(7)
    log.touch()
    for _ in range(6):
        aim = len(log.read_text().split()) + dice.randint(0, 70)
        process = command("extract", "--jobs", jobs, TAOJIN_TEST_SLOW="0.01", TAOJIN_TEST_LOG=str(log))
        while process.poll() is None and len(log.read_text().split()) < aim:
            time.sleep(0.005)
        time.sleep(dice.uniform(0, 0.03))
        process.kill()
        process.communicate()
        assert contents() in (good, contents("fresh"))
    process = command("extract", "--jobs", jobs)
    output, _ = process.communicate()
    assert process.returncode == 0
    assert contents() == contents("fresh")
    went_on = ("kept from earlier runs", "0 posts extracted", "nothing is new")
    assert any(words in output for words in went_on), "it began anew instead of going on"


def test_killed_between_any_two_file_operations_it_loses_nothing(taojin: Taojin) -> None:
    """New posts and a decision at once; the files' new contents, their renames and the orphans' removal."""
    write("raw/a.jsonl", post("t:1:1", "涨3元"), post("t:1:2", "5元"))
    taojin()
    table = Path("extracted/extractions.csv")
    table.write_text(table.read_text("utf-8").replace("test.claim,,,", "test.claim,,ok,好"), "utf-8")
    shutil.copytree("extracted", "before")
    good = contents()
    write("raw/b.jsonl", post("t:0:1", "7元"), "{broken")
    taojin()
    new = contents()
    assert [row["note"] for row in rows() if row["review"]] == ["好"]
    for cut in count(1):
        shutil.rmtree("extracted")
        shutil.copytree("before", "extracted")
        process = command("extract", TAOJIN_TEST_DIE_AT=str(cut))
        process.communicate()
        assert all(content in (good.get(name), new[name]) for name, content in contents().items())
        if process.returncode != 9:
            break
        taojin()
        assert contents() == new
    assert cut > 7, "three contents, three renames and the folder were not all cut"


def test_a_killed_run_leaves_no_process_behind(here: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    many_posts(400)
    process = command("extract", "--jobs", "2", TAOJIN_TEST_SLOW="0.05", TAOJIN_TEST_LOG=str(log))
    wait_for(log)
    process.kill()
    process.communicate()
    time.sleep(0.5)
    before = log.read_text()
    time.sleep(0.3)
    assert log.read_text() == before


def test_an_interrupt_ends_it_cleanly(here: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    many_posts(200)
    process = command("extract", "--jobs", "1", TAOJIN_TEST_SLOW="0.05", TAOJIN_TEST_LOG=str(log))
    wait_for(log)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "goes on from here" in errors
    assert "Traceback" not in errors


def test_two_runs_at_once_on_one_folder(here: Path, tmp_path: Path, taojin: Taojin) -> None:
    log = tmp_path / "log"
    many_posts(100)
    first = command("extract", TAOJIN_TEST_SLOW="0.02", TAOJIN_TEST_LOG=str(log))
    wait_for(log)
    second = command("extract")
    _, errors = second.communicate(timeout=10)
    assert second.returncode == 2
    assert f"another run (process {first.pid}) is writing here" in errors
    first.kill()
    first.communicate()
    assert taojin().totals.posts == 100, "the lock of a killed run must not block"


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))


def test_a_full_disk(taojin: Taojin) -> None:
    """A limit on file size stands for the disk's end."""
    write("raw/a.jsonl", post("t:1:1", "3元"))
    taojin()
    good = contents()
    write("raw/b.jsonl", *(post(f"t:2:{i}", f"{i}元" * 300) for i in range(40)))
    process = command("extract", preexec_fn=limited)
    _, errors = process.communicate()
    assert process.returncode == 2
    assert "taojin: " in errors
    assert "Traceback" not in errors
    assert "nothing that was written before is lost" in errors
    assert contents() == good
    assert taojin().totals.posts == 41


@contextmanager
def permissions_counting() -> Iterator[None]:
    """Root may do anything, so be nobody for a while where the tests run as root."""
    root = os.geteuid() == 0
    try:
        os.seteuid(NOBODY) if root else None
        yield
    finally:
        os.seteuid(0) if root else None


@pytest.fixture
def open_to_all(here: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A working folder that nobody can reach too."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        monkeypatch.chdir(folder)
        yield
        monkeypatch.chdir(here)


@pytest.mark.usefixtures("open_to_all")
def test_a_read_only_output_folder(taojin: Taojin) -> None:
    write("raw/a.jsonl", post("t:1:1", "3元"))
    Path("extracted").mkdir(mode=0o555)
    advice = "cannot be written; change its permissions or choose another folder with --out"
    with permissions_counting(), pytest.raises(OutputError, match=advice):
        taojin()
    assert not any(Path("extracted").iterdir())


def test_an_output_folder_that_is_a_file(taojin: Taojin) -> None:
    write("raw/a.jsonl", post("t:1:1", "3元"))
    Path("extracted").write_text("mine")
    with pytest.raises(OutputError, match="extracted"):
        taojin()
    assert Path("extracted").read_text() == "mine"


@pytest.mark.usefixtures("open_to_all")
def test_an_unreadable_file_is_rejected_and_the_rest_goes_on(taojin: Taojin) -> None:
    write("raw/a.jsonl", post("t:1:1", "3元"))
    write("raw/b.jsonl", post("t:2:1", "3元")).chmod(0)
    Path("extracted").mkdir()
    Path("extracted").chmod(0o777)
    with permissions_counting():
        taojin()
    assert [row["post_id"] for row in rows()] == ["t:1:1"]
    assert [row["source_file"] for row in rows("extracted/rejected.csv")] == ["raw/b.jsonl"]


def test_a_dangling_link_is_rejected_once_and_for_all(taojin: Taojin) -> None:
    Path("raw/gone.html").symlink_to("nowhere")
    assert taojin().totals.rejected == 1
    assert taojin().sources == {"kept": 1}
    write("raw/nowhere", post("t:1:1", "3元"))
    assert taojin().totals.rejected == 0


def test_empty_input_gives_empty_tables(taojin: Taojin) -> None:
    assert taojin().totals.posts == 0
    assert rows() == rows("extracted/posts.csv") == rows("extracted/rejected.csv") == []


def test_input_that_does_not_exist_is_a_wrong_call(taojin: Taojin) -> None:
    with pytest.raises(InputError, match="nowhere: no such file"):
        taojin("nowhere")
    assert not Path("extracted").exists()


def test_the_output_is_never_its_own_input(taojin: Taojin) -> None:
    write("a.jsonl", post("t:1:1", "3元"))
    taojin(".")
    assert taojin(".").sources == {"kept": 1}
    with pytest.raises(OutputError, match="input as well"):
        taojin("extracted")


def test_an_exception_in_cleaning_or_reading_is_a_rejection(taojin: Taojin, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object) -> None:
        raise ZeroDivisionError("by a page")

    write("raw/a.jsonl", post("t:1:1", "3元"))
    monkeypatch.setattr("pipeline.clean.clean", stumble)
    taojin()
    monkeypatch.setattr("pipeline.ingest.read", stumble)
    taojin(out="other")
    found = rows("extracted/rejected.csv") + rows("other/rejected.csv")
    assert [(row["stage"], row["reason"]) for row in found] == [
        ("clean", "ZeroDivisionError: by a page"),
        ("ingest", "ZeroDivisionError: by a page"),
    ]


def test_a_replacement_leaves_the_old_files_until_all_is_written(tmp_path: Path) -> None:
    workshop = tmp_path / "workshop"
    workshop.mkdir()
    (tmp_path / "a").write_text("old")
    (tmp_path / "b").write_text("same")
    replacement = files.Replacement(tmp_path, workshop)
    replacement.path("a").write_text("new")
    replacement.path("b").write_text("same")
    assert (tmp_path / "a").read_text() == "old"
    assert replacement.commit() == ["a"]
    assert (tmp_path / "a").read_text() == "new"
    assert not any(workshop.iterdir())


@pytest.mark.parametrize(
    ("first", "second", "kept", "rejected"),
    [
        pytest.param({"text": "3元"}, {"text": "3元"}, "3元", 0, id="the same text"),
        pytest.param({"text": "3元"}, {"text": "4元"}, "3元", 1, id="another text under the same id"),
    ],
)
def test_copies_of_a_post_give_one_set_of_rows(
    taojin: Taojin, first: dict[str, str], second: dict[str, str], kept: str, rejected: int
) -> None:
    write("raw/a.jsonl", {"post_id": "t:1:1", **first})
    write("raw/b.jsonl", {"post_id": "t:1:1", **second})
    summary = taojin()
    assert (summary.totals.copies, summary.totals.rejected) == (1, rejected)
    assert [row["text"] for row in rows()] == [kept]
    assert [row["source_file"] for row in rows("extracted/posts.csv")] == ["raw/a.jsonl"]
    Path("raw/a.jsonl").unlink()
    taojin()
    assert [row["text"] for row in rows()] == [second["text"]], "the copy takes its place"


def test_a_post_on_several_pages_has_a_row_for_each_and_one_set_of_findings(
    taojin: Taojin, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page with the most replies was saved last; its copy comes last, and the findings are its."""

    def clean(page: Page, settings: object) -> list[Post]:
        text, replies, status = page.text.split("|")
        return [Post("t:1:1", page.source_file, text, replies=int(replies), status=status.strip())]

    monkeypatch.setattr("pipeline.clean.clean", clean)
    for name, page in {"a": "3元|5|", "b": "4元|9|", "c": "4元|9|", "d": "|99|blocked", "e": "2元|1|"}.items():
        Path(f"raw/{name}.txt").write_text(page, "utf-8")
    summary = taojin(formats=("sqlite",))
    assert [row["text"] for row in rows()] == ["4元"]
    posts = [(row["source_file"][4:5], row["text"]) for row in rows("extracted/posts.csv")]
    assert posts == [("d", ""), ("e", "2元"), ("a", "3元"), ("b", "4元")]
    assert (summary.totals.posts, summary.totals.copies, summary.totals.rejected) == (1, 4, 0)
