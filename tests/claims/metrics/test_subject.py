"""Whose a value is: candidates are weighed, the weights are data, and every decision can be looked at."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.claims.metrics.subject import Question, shares
from pipeline.claims.metrics.subject.factors import Rated
from pipeline.claims.scales import SALIENCE
from pipeline.extractor import Extractor
from pipeline.records import Post
from pipeline.settings import Settings
from tests.cases import cases


def subjects(text: str, settings: Settings | None = None) -> list[str]:
    found = Extractor(settings).extract(Post("case", "", text)).claims
    return [claim.subject for claim in found if claim.label == "metric"]


@pytest.mark.parametrize("case", cases("claims/metrics/cases/candidates.jsonl"))
def test_who_can_be_the_subject(case: dict[str, object]) -> None:
    """Every kind of candidate that the text offers is weighed; one with a mention has its name."""
    seen: set[tuple[str, str]] = set()

    def watch(asked: Question, pairs: list[Rated], best: int) -> int:
        seen.update((one.kind, one.name) for one, _ in pairs)
        assert all(one.mention is None or one.mention.name == one.name for one, _ in pairs)
        return best

    with SALIENCE.watched(watch):
        subjects(str(case["text"]))
    assert (case["kind"], case["name"]) in seen


@pytest.mark.parametrize("chosen", ["小米", "腾讯"])
def test_a_watcher_decides(chosen: str) -> None:
    def watch(asked: Question, pairs: list[Rated], best: int) -> int:
        return next(at for at, (one, _) in enumerate(pairs) if one.name == chosen)

    with SALIENCE.watched(watch):
        assert subjects("腾讯和小米都发了财报，营收增长12%。") == [chosen]


@pytest.mark.parametrize(("line", "expected"), [("word|poster,99", ["作者"]), ("place|nowhere,1", ["腾讯"])])
def test_weights_of_your_own_replace_ours(tmp_path: Path, line: str, expected: list[str]) -> None:
    (tmp_path / "salience.csv").write_text(f"factor,weight\n{line}\n", "utf-8")
    assert subjects("腾讯营收增长12%。", Settings(lexicons=str(tmp_path))) == expected


@given(st.lists(st.tuples(st.sampled_from("甲乙丙"), st.floats(-50, 50)), min_size=1))
def test_shares_are_a_distribution(scored: list[tuple[str, float]]) -> None:
    found = shares([name for name, _ in scored], [score for _, score in scored])
    assert sum(found.values()) == pytest.approx(1)
    assert set(found) == {name for name, _ in scored}
