"""Metric and trend claims of one sentence or short post each, by phenomenon, through the whole pipeline.

A case lists its claims in order; of each only the fields that the phenomenon is about.
"""

from datetime import datetime

import pytest

from pipeline.records import Claim, Post
from tests.cases import cases

FILES = (
    "earnings",
    "markets",
    "fields",
    "forms",
    "context",
    "negatives",
    "sectors",
    "repeats",
    "subjects",
    "holders",
    "linked",
    "periods",
    "sureness",
    "moved",
)


def claims(extractor, case, label):
    posted_at = datetime.fromisoformat(case["posted_at"]) if case.get("posted_at") else None
    post = Post("case", "", case["text"], title=case.get("title", ""), posted_at=posted_at)
    return [claim for claim in extractor.extract(post).claims if claim.label == label]


def brief(claim: Claim, fields):
    return {field: plain(getattr(claim, field)) for field in fields}


def plain(value):
    if isinstance(value, tuple):
        return " ".join(value)
    return "" if value is None else format(value.normalize(), "f") if hasattr(value, "normalize") else value


@pytest.mark.parametrize("case", [case for name in FILES for case in cases(f"claims/metrics/cases/{name}.jsonl")])
def test_metric(extractor, case):
    assert_found(extractor, case)


@pytest.mark.xfail(strict=True, reason="not understood yet; move the case to its phenomenon once it is")
@pytest.mark.parametrize("case", cases("claims/metrics/cases/misses.jsonl"))
def test_known_miss(extractor, case):
    assert_found(extractor, case)


def assert_found(extractor, case):
    found = claims(extractor, case, "metric")
    found.sort(key=lambda c: c.parts[-1].start if c.parts else c.start)
    briefs = [brief(claim, want) for claim, want in zip(found, case["expect"], strict=False)]
    assert (briefs, len(found)) == (case["expect"], len(case["expect"]))


@pytest.mark.parametrize("case", cases("claims/metrics/cases/trends.jsonl"))
def test_trend(extractor, case):
    found = claims(extractor, case, "trend")
    briefs = [brief(claim, want) for claim, want in zip(found, case["trend"], strict=False)]
    assert (briefs, len(found)) == (case["trend"], len(case["trend"]))


EVERY = [case for name in (*FILES, "misses") for case in cases(f"claims/metrics/cases/{name}.jsonl")]
OPENERS = tuple(" \n\t，,、。；;：:)）】]+-−±")


@pytest.mark.parametrize("case", EVERY)
def test_parts_and_span(extractor, case):
    """A claim's parts are mentions of the post, its value stands in its clause, which opens with a word."""
    posted_at = datetime.fromisoformat(case["posted_at"]) if case.get("posted_at") else None
    found = extractor.extract(Post("case", "", case["text"], title=case.get("title", ""), posted_at=posted_at))
    for claim in found.claims:
        if claim.label == "metric":
            assert set(claim.parts) <= set(found.mentions)
            assert claim.start <= claim.parts[-1].start < claim.parts[-1].end <= claim.end
            assert not case["text"].startswith(OPENERS, claim.start)
