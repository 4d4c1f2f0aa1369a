"""kill -9 of the server in the middle of 1,000 verdicts from two clients."""

import random
import sys
import threading
from collections import Counter
from http.client import HTTPException
from pathlib import Path

import pytest

from pipeline.run.job import Job, run
from pipeline.table.verdicts import new_id
from tests.run import standin
from tests.run.conftest import post, write

from .client import Client, Server, start
from .conftest import table

VERDICTS, KILLS = 1000, 3


class Reviewer(threading.Thread):
    """Decides on its rows, one after another; what is not acknowledged it says again, as the page does."""

    def __init__(self, rows: list[str], seed: int) -> None:
        super().__init__()
        self.todo = [(row, new_id(), random.Random(seed + at).choice(("ok", "wrong"))) for at, row in enumerate(rows)]
        self.acknowledged: dict[str, str] = {}
        self.server: Server | None = None
        self.up = threading.Event()
        self.errors: list[str] = []

    def run(self) -> None:
        client: Client | None = None
        for row, event, verdict in self.todo:
            while event not in self.acknowledged:
                self.up.wait(60)
                try:
                    if client is None:
                        assert self.server is not None
                        client = self.server.client()
                    answer = client.tell("/decide", row=row, review=verdict, event=event)
                except (OSError, HTTPException):
                    client = None
                    self.up.wait(0.01)
                    continue
                if answer.status != 200:
                    self.errors.append(answer.text)
                    return
                self.acknowledged[event] = row


def test_none_acknowledged_is_lost_and_none_is_doubled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "pipeline.extractor", standin.module())
    text = "。".join(f"第{n}笔" + f"{n}元" for n in range(1, 101))
    write("raw/a.jsonl", *(post(f"t:1:{n}", text) for n in range(10)))
    out = tmp_path / "extracted"
    run(Job((Path("raw"),), out, jobs=1))
    rows = [row["row_id"] for row in table(out)][:VERDICTS]
    assert len(rows) == VERDICTS
    reviewers = [Reviewer(rows[::2], 1), Reviewer(rows[1::2], 2)]

    def serve() -> Server:
        server = start(out)
        for reviewer in reviewers:
            reviewer.server = server
            reviewer.up.set()
        return server

    server = serve()
    for reviewer in reviewers:
        reviewer.start()
    for kill in range(1, KILLS + 1):
        while sum(len(reviewer.acknowledged) for reviewer in reviewers) < kill * VERDICTS // (KILLS + 1):
            assert any(reviewer.is_alive() for reviewer in reviewers), [reviewer.errors for reviewer in reviewers]
            threading.Event().wait(0.005)
        for reviewer in reviewers:
            reviewer.up.clear()
        server.stop(kill=True)
        known = {event for reviewer in reviewers for event in list(reviewer.acknowledged)}
        kept = Counter(line["event_id"] for line in table(out, "reviews.csv"))
        assert known <= kept.keys(), "acknowledged, and lost"
        assert set(kept.values()) == {1}
        server = serve()
    for reviewer in reviewers:
        reviewer.join()
        assert not reviewer.errors
    server.stop(kill=True)
    lines = table(out, "reviews.csv")
    assert Counter(line["event_id"] for line in lines) == {event: 1 for r in reviewers for _, event, _ in r.todo}
    run(Job((Path("raw"),), out, jobs=1))
    said = {row: verdict for reviewer in reviewers for row, _, verdict in reviewer.todo}
    assert {row["row_id"]: row["review"] for row in table(out) if row["review"]} == said
