"""A folder of input, a job on it with stand-in rules, and the command line in a process of its own."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.run.job import Job, Summary, run
from pipeline.settings import Settings

from . import standin

PROGRAM = Path(standin.__file__)
Taojin = Callable[..., Summary]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder with raw/ in it, and the stand-in for the rules."""
    (tmp_path / "raw").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "pipeline.extractor", standin.module())
    return tmp_path


@pytest.fixture
def taojin(here: Path) -> Taojin:
    """One run in this process."""

    def extract(*raw: str, out: str = "extracted", jobs: int = 1, **settings: Any) -> Summary:
        formats = settings.pop("formats", ("csv",))
        return run(Job(tuple(map(Path, raw or ("raw",))), Path(out), Settings(**settings), jobs, formats))

    return extract


def write(path: str, *posts: dict[str, Any] | str) -> Path:
    """A JSON Lines file; a bare string is a line as it stands."""
    lines = (post if isinstance(post, str) else json.dumps(post, ensure_ascii=False) for post in posts)
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return target


def post(post_id: str, text: str, **more: Any) -> dict[str, Any]:
    return {"post_id": post_id, "text": text, **more}


def rows(path: str = "extracted/extractions.csv") -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def contents(out: str = "extracted") -> dict[str, bytes]:
    """The tables in a folder."""
    return {path.name: path.read_bytes() for path in Path(out).iterdir() if path.is_file()}


def command(*arguments: str, **more: Any) -> "subprocess.Popen[str]":
    """The command line in a process of its own, with the stand-in rules; capital keywords are its environment."""
    environment = {name: more.pop(name) for name in list(more) if name.isupper()}
    return subprocess.Popen(
        [sys.executable, str(PROGRAM), *arguments],
        stdin=more.pop("stdin", subprocess.DEVNULL),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUTF8": "1", **environment},
        **more,
    )
