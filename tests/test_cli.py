"""The command line: arguments, exit statuses, messages. The rules are stand-ins where they do not matter."""

import json
import os
import pty
import subprocess
import sys
import termios
from pathlib import Path

import pytest

import pipeline
from pipeline.cli import COMMANDS, main
from tests.run import standin

POSTS = [{"post_id": "t:1:1", "text": "股价涨3元。花了三十亿五千万元"}, {"post_id": "t:1:2", "text": "还有-5块"}]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "pipeline.extractor", standin.module())
    Path("raw").mkdir()
    Path("raw/a.jsonl").write_text("".join(json.dumps(post) + "\n" for post in POSTS), "utf-8")
    return tmp_path


def break_a_line() -> None:
    with Path("raw/a.jsonl").open("a") as stream:
        stream.write("{broken\n")


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)])
def test_help_on_all(command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main([*command, "--help"])
    assert stop.value.code == 0
    said = capsys.readouterr().out
    assert "usage: taojin" in said
    assert not command or "examples:" in said


def test_a_command_imports_no_other(tmp_path: Path) -> None:
    code = (
        "import sys; from pipeline.cli import main\n"
        "try: main(['numbers', '--help'])\n"
        "finally: print([name for name in sys.modules if name.startswith('pipeline.scrape')])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert said.stdout.endswith("[]\n")


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"taojin {pipeline.__version__}\n"
    project = Path(__file__).parents[1] / "pyproject.toml"
    assert f'version = "{pipeline.__version__}"' in project.read_text("utf-8")


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        ["extract", "--jobs", "0"],
        ["extract", "--jobs", "many"],
        ["dig"],
        ["extract", "nowhere"],
        ["extract", "--format", "xls"],
        ["extract", "--settings", "none.toml"],
        ["explain", "rnone"],
    ],
    ids=" ".join,
)
def test_a_wrong_call(here: Path, wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    try:
        status: object = main(wrong)
    except SystemExit as stop:
        status = stop.code
    assert status == 2
    said = capsys.readouterr().err
    assert said.startswith(("taojin: ", "usage: "))
    assert "Traceback" not in said
    assert not Path("extracted/extractions.csv").exists()


def test_extract_tells_what_it_did(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract"]) == 0
    said = capsys.readouterr().out
    assert "1 file: 1 new\n2 posts extracted\n2 posts, 3 rows: money 2, claim 1\n" in said
    break_a_line()
    assert main(["extract", "--format", "jsonl,sqlite"]) == 1
    said = capsys.readouterr().out
    assert "0 posts extracted, 2 kept from earlier runs" in said
    assert "1 rejected: see extracted/rejected.csv" in said
    assert {path.name for path in Path("extracted").glob("*.*")} >= {
        "posts.jsonl",
        "extractions.jsonl",
        "taojin.sqlite",
    }


def test_quiet_is_quiet(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


def test_numbers(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    break_a_line()
    assert main(["numbers", "raw/a.jsonl"]) == 1
    out, err = capsys.readouterr()
    first, second = map(json.loads, out.splitlines())
    assert first["post_id"] == "t:1:1"
    wanted = {"text": "三十亿五千万", "start": 8, "end": 14, "value_min": "3050000000", "value_max": "3050000000"}
    assert {**wanted, "qualifier": "exact"} in first["numbers"]
    assert second["numbers"][0]["value_min"] == "-5"
    assert "raw/a.jsonl:3: broken JSON" in err


def test_clean(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clean", "raw/a.jsonl"]) == 0
    said = capsys.readouterr().out
    assert "post_id: t:1:1\n" in said
    assert f"\n{POSTS[0]['text']}\n" in said


def test_clean_explains_what_it_removed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    samples = Path(__file__).parents[1] / "raw"
    page = next(path for path in sorted(samples.iterdir()) if path.suffix == ".html")
    assert main(["clean", "--explain", str(page)]) == 0
    assert "pieces were removed" in capsys.readouterr().out


def test_a_reader_that_goes_away_is_no_error(here: Path) -> None:
    Path("raw/a.jsonl").write_text((json.dumps(POSTS[0]) + "\n") * 5000, "utf-8")
    taojin = f'"{sys.executable}" -m pipeline numbers raw/a.jsonl'
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", f"{taojin} | head -1"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 1


def test_a_bar_on_a_terminal_alone(here: Path) -> None:
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    os.set_blocking(ours, False)
    command = [sys.executable, str(Path(standin.__file__)), "extract"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), "TAOJIN_TEST_SLOW": "0.2"}
    process = subprocess.Popen(command, stderr=theirs, stdout=subprocess.PIPE, env=environment)
    process.communicate()
    assert process.returncode == 0
    assert b"0/1" in os.read(ours, 4096)
    os.close(ours)
    os.close(theirs)


def test_importing_the_library_is_cheap() -> None:
    code = "import sys, pipeline; print(len({'spacy', 'pandas', 'jieba', 'numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "0\n"


@pytest.mark.parametrize(
    "posts",
    [
        [POSTS[1], POSTS[0]],
        [json.loads(json.dumps(post)) for post in [*POSTS, *POSTS]],
    ],
    ids=["in another order", "twice"],
)
def test_the_library_gives_what_the_command_writes(here: Path, posts: list[dict[str, str]]) -> None:
    import pandas

    from pipeline.table.frame import read

    main(["extract", "--quiet"])
    found = pipeline.extract(posts)
    pandas.testing.assert_frame_equal(found, read("extracted/extractions.csv"))


def test_the_library_takes_texts_and_records(here: Path) -> None:
    from pipeline.errors import InputError
    from pipeline.records import Post

    found = pipeline.extract(["涨3元", Post("t:9:9", "", "=7元")])
    assert list(found["text"]) == ["涨3元", "3元", "7元"]
    assert list(found["start"]) == [0, 1, 2]
    assert len(pipeline.extract([])) == 0
    assert len(pipeline.extract("3元")) == 1
    with pytest.raises(InputError, match="different texts"):
        pipeline.extract([Post("t:1:1", "", "1元"), Post("t:1:1", "", "2元")])
    with pytest.raises(InputError, match="post 1"):
        pipeline.extract(["1元", {"post_id": "t:1:1"}])
