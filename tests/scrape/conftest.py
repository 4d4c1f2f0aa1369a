"""Crawls as a user runs them: the command, in a process of its own, against a forum on loopback."""

import importlib.util
import json
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
MISSING = [name for name in ("scrapy", "warcio") if importlib.util.find_spec(name) is None]
needs_scrapy = pytest.mark.skipif(
    bool(MISSING), reason=f"{' and '.join(MISSING)} not installed (pip install taojin[scrape])"
)
FAST = ["--delay", "0", "--concurrency", "4"]
QUICK = {"TAOJIN_SCRAPE_BACKOFF": "0.05"}


def pytest_collection_modifyitems(items: list[Any]) -> None:
    for item in items:
        if "tests/scrape" in item.path.as_posix():
            item.add_marker(needs_scrapy)


@dataclass
class Done:
    status: int
    out: Path
    text: str
    errors: str

    @property
    def report(self) -> dict[str, Any]:
        return dict(json.loads((self.out / ".scrape" / "report.json").read_text("utf-8")))

    def pages(self) -> list[Path]:
        return sorted(path for path in self.out.rglob("*.html") if not path.name.startswith("."))

    def posts(self) -> Counter[str]:
        """How often each post's id is on disk."""
        found: Counter[str] = Counter()
        for path in self.pages():
            found.update(re.findall(rb'id="pid(\d+)"', path.read_bytes()))
        return found

    def every_byte(self) -> bytes:
        """All that is stored, the catalogue too."""
        return b"".join(path.read_bytes() for path in self.out.rglob("*") if path.is_file())


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "pipeline", "scrape", *arguments]


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower() and "TAOJIN" not in name}
    return {**kept, "PYTHONPATH": str(ROOT), **QUICK, **more}


@pytest.fixture(scope="session")
def warm() -> Any:
    """A process that forks a crawl for each line it reads; None where there is no fork."""
    if not hasattr(os, "fork"):
        yield None
        return
    call = [sys.executable, "-m", "tests.scrape.warm"]
    process = subprocess.Popen(
        call, cwd=ROOT, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    yield process
    assert process.stdin
    process.stdin.close()
    process.wait(30)


@pytest.fixture
def crawl(tmp_path: Path, warm: Any) -> Any:
    """Run the command to its end, in a process of its own."""

    def run(*arguments: str, polite: bool = False, out: str = "raw", **env: str) -> Done:
        call = command(*arguments, "--out", out, *([] if polite else FAST))
        if warm:
            texts = [tmp_path.with_name(tmp_path.name + ending) for ending in (".out", ".err")]
            asked = {"arguments": call[3:], "folder": str(tmp_path), "environment": environment(**env)}
            asked |= {"out": str(texts[0]), "errors": str(texts[1])}
            warm.stdin.write(json.dumps(asked) + "\n")
            warm.stdin.flush()
            status = int(warm.stdout.readline())
            return Done(status, tmp_path / out, *(path.read_text("utf-8") for path in texts))
        done = subprocess.run(
            call, cwd=tmp_path, env=environment(**env), capture_output=True, text=True, timeout=60, check=False
        )
        return Done(done.returncode, tmp_path / out, done.stdout, done.stderr)

    return run
