"""The last part of ``make evaluate``: the scorers of ``../shared`` on our output; skips, and says so, without it.

All extraction goes through ``taojin extract`` and ``taojin numbers``, as a user would run them.
"""

import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).parent.parent
SHARED = HOME.parent / "shared"
SCRATCH = HOME / "scratch"


def run(*command: str | Path, into: Path | None = None) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, cwd=HOME, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{command[0]} …: {done.stderr.strip()}")
    if into is not None:
        into.write_text(done.stdout, "utf-8")
    return done.stdout


def taojin(*arguments: str | Path, into: Path | None = None) -> str:
    return run(sys.executable, "-m", "pipeline", *arguments, into=into)


def tool(name: str, *arguments: str | Path) -> str:
    return run(sys.executable, SHARED / "tools" / name, *arguments)


def gold(name: str) -> str:
    source, posts, out = SHARED / "gold" / f"{name}.jsonl", SCRATCH / f"{name}-raw.jsonl", SCRATCH / name
    tool("score.py", "--posts", source, posts)
    taojin("extract", posts, "--out", out, "--quiet")
    return tool("score.py", source, out / "extractions.csv")


def pages() -> str:
    out = SCRATCH / "pages"
    taojin("extract", SHARED / "corpus" / "pages", "--out", out, "--quiet")
    return tool("score_pages.py", SHARED / "corpus" / "gold.jsonl", out / "posts.csv")


def numbers() -> str:
    suites = sorted((SHARED / "numbers").glob("*.jsonl"))
    posts, out, found = SCRATCH / "numbers-raw.jsonl", SCRATCH / "numbers", SCRATCH / "numbers.jsonl"
    tool("score_numbers.py", "--posts", *suites, posts)
    taojin("extract", posts, "--out", out, "--quiet")
    taojin("numbers", posts, into=found)
    return tool("score_numbers.py", *suites, "--table", out / "extractions.csv", "--numbers", found)


def main() -> None:
    if not SHARED.is_dir():
        print(f"no further measured data at {SHARED}: skipped")
        return
    SCRATCH.mkdir(exist_ok=True)
    for title, scores in (("dev", gold("dev")), ("seed", gold("seed")), ("pages", pages()), ("numbers", numbers())):
        print(f"== {title}\n{scores}")


if __name__ == "__main__":
    main()
