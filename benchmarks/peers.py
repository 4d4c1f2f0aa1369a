"""The peers' side of ``benchmarks.clean``: run by their own Python, JSON Lines of pages in, one JSON object out.

A line is the page as a string. The answer maps each library to its version, its text of each page, and the best of
``ROUNDS`` times for each, in milliseconds.
"""

import json
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

ROUNDS = 3


def extractors() -> dict[str, Callable[[str], str]]:
    """The libraries, each as its documentation says to get a page's main text."""
    import trafilatura
    from lxml import html as lxml_html
    from readability import Document
    from resiliparse.extract.html2text import extract_plain_text

    def readability(page: str) -> str:
        return str(lxml_html.fromstring(Document(page).summary()).text_content())

    return {
        "trafilatura": lambda page: trafilatura.extract(page, include_comments=True) or "",
        "resiliparse": lambda page: extract_plain_text(page, main_content=True),
        "readability-lxml": readability,
    }


def main() -> None:
    pages = [json.loads(line) for line in sys.stdin]
    answer: dict[str, Any] = {}
    for name, extract in extractors().items():
        texts, times = [], []
        for page in pages:
            best, text = float("inf"), ""
            for _ in range(ROUNDS):
                started = time.process_time()
                try:
                    text = extract(page)
                except Exception:
                    text = ""
                best = min(best, time.process_time() - started)
            texts.append(text)
            times.append(best * 1000)
        answer[name] = {"version": version(name), "texts": texts, "ms": times}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
