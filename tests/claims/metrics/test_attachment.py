"""Which metric a value has that no rule is sure of: offers are weighed, the weights are data, and none can win."""

from pathlib import Path

import pytest

from pipeline.claims.metrics.attachment.offers import Offer
from pipeline.claims.metrics.attachment.value import Value
from pipeline.claims.scales import ATTACHMENT, Factor
from pipeline.extractor import Extractor
from pipeline.records import Post
from pipeline.settings import Settings
from tests.cases import cases


def predicates(text: str, settings: Settings | None = None) -> list[str]:
    found = Extractor(settings).extract(Post("case", "", text)).claims
    return [claim.predicate for claim in found if claim.label == "metric"]


@pytest.mark.parametrize("case", cases("claims/metrics/cases/offers.jsonl"))
def test_what_a_value_is_offered(case: dict[str, str]) -> None:
    """Each kind of offer by a text whose value no rule knows; the last offer is always none."""
    seen: set[tuple[str, str]] = set()

    def watch(value: Value, offered: list[Offer], factors: list[list[Factor]], best: int) -> int:
        assert offered[-1].link is None
        seen.update((one.link.metric.predicate, by) for one in offered if one.link is not None for by in one.by)
        return best

    with ATTACHMENT.watched(watch):
        predicates(case["text"])
    assert (case["metric"], case["by"]) in seen


@pytest.mark.parametrize("text", ["小米营收增长12%。", "茅台收报1500元。"])
def test_what_a_rule_knows_is_not_weighed(text: str) -> None:
    def watch(value: Value, offered: list[Offer], factors: list[list[Factor]], best: int) -> int:
        pytest.fail(f"weighed: {value.amount}")

    with ATTACHMENT.watched(watch):
        assert len(predicates(text)) == 1


@pytest.mark.parametrize(("line", "expected"), [("none|money,99", []), ("by|price,99", ["价格"])])
def test_weights_of_your_own_replace_ours(tmp_path: Path, line: str, expected: list[str]) -> None:
    (tmp_path / "attachment.csv").write_text(f"factor,weight\n{line}\n", "utf-8")
    assert predicates("这台小米电视，师傅说300元。", Settings(lexicons=str(tmp_path))) == expected
