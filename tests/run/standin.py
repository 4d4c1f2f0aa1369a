"""The command line with a stand-in for the rules: every figure is a money mention, every word 涨 a claim on it.

The run and the table are tested with it, so that they need neither spaCy nor any rule. Run as a program it takes
the arguments of ``taojin``; TAOJIN_TEST_SLOW makes each post take that many seconds, and posts that hold the
words BOOM and DIE raise and kill the process. TAOJIN_TEST_DIE_AT kills it at a file operation.
"""

import os
import re
import sys
import time
import types
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.records import Claim, Mention, Post

TEXT_CUE = "涨"


@dataclass(frozen=True)
class Extraction:
    post: Post
    sentences: list[tuple[int, int]]
    mentions: list[Mention]
    claims: list[Claim]


class Extractor:
    def __init__(self, settings: object) -> None:
        pass

    def extract(self, post: Post) -> Extraction:
        if log := os.environ.get("TAOJIN_TEST_LOG"):
            with Path(log).open("a") as stream:
                stream.write(post.post_id + "\n")
        time.sleep(float(os.environ.get("TAOJIN_TEST_SLOW", "0")))
        if "BOOM" in post.text:
            raise RuntimeError("a rule stumbled")
        if "DIE" in post.text:
            os._exit(9)
        sentences = [found.span() for found in re.finditer(r"[^。\n]+。?", post.text)]
        mentions, claims = [], []
        for found in re.finditer(r"\d+(?:\.\d+)?元?", post.text):
            value = Decimal(found[0].rstrip("元"))
            mentions.append(
                Mention("money", "amount", *found.span(), "test.figure", value, value, "CNY", qualifier="exact")
            )
            if post.text[max(0, found.start() - 1) : found.start()] == TEXT_CUE:
                claims.append(
                    Claim(
                        "metric",
                        found.start() - 1,
                        found.end(),
                        "test.claim",
                        subject="某公司",
                        predicate="价格",
                        value_min=value,
                        value_max=value,
                        unit="CNY",
                        measure="change",
                        direction="up",
                        parts=(mentions[-1],),
                    )
                )
        return Extraction(post, sentences, mentions, claims)


def module() -> types.ModuleType:
    """What is to stand where the real rules are imported from."""
    made = types.ModuleType("pipeline.extractor")
    made.Extractor = Extractor  # type: ignore[attr-defined]
    return made


def die_at(count: int) -> None:
    """End the process, as a kill would, before the file operation of this number."""
    left = [count]

    def counted(operation: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*arguments: Any) -> Any:
            left[0] -= 1
            if not left[0]:
                os._exit(9)
            return operation(*arguments)

        return wrapped

    os.fsync = counted(os.fsync)
    Path.replace = counted(Path.replace)  # type: ignore[method-assign]
    Path.unlink = counted(Path.unlink)  # type: ignore[method-assign]


if __name__ == "__main__":
    if place := os.environ.get("TAOJIN_TEST_DIE_AT"):
        die_at(int(place))
    from pipeline.cli import main

    sys.modules["pipeline.extractor"] = module()
    sys.exit(main())
