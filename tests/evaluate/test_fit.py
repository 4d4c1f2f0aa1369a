"""``taojin fit``: weights that are fitted to gold posts find the subjects of those posts."""

from pathlib import Path

import pytest

from pipeline.claims.metrics.subject.weights import shipped
from pipeline.cli import main
from pipeline.evaluate.fit import FOLDS, fit
from pipeline.evaluate.fit import read as reading
from pipeline.evaluate.gold import read, training
from pipeline.extractor import Extractor
from pipeline.settings import Settings

from .made import file

FIRMS = (
    "小米",
    "腾讯",
    "美团",
    "京东",
    "百度",
    "网易",
    "快手",
    "格力电器",
    "比亚迪",
    "海尔智家",
    "立讯精密",
    "蓝思科技",
)


def case(firm: str, other: str) -> dict[str, object]:
    """A post that names two firms, whose value is the second one's."""
    claim = {"label": "metric", "subject": [firm], "predicate": ["净利润"], "unit": "%", "sentence": ""}
    return {
        "post_id": firm,
        "text": f"{other}不谈，{firm}净利润增长12%。",
        "claims": [claim | {"value_min": "12", "value_max": "12", "measure": "change", "direction": "up"}],
    }


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    pairs = zip(FIRMS, FIRMS[1:] + FIRMS[:1], strict=True)
    return file(tmp_path / "gold" / "made.jsonl", *(case(firm, other) for firm, other in pairs))


@pytest.mark.parametrize("least", [0.9])
def test_weights_of_other_posts_find_the_subject(gold: Path, least: float) -> None:
    found = fit(read([gold]), Settings())
    assert found.choices == len(FIRMS)
    assert found.right >= least * found.choices


@pytest.mark.parametrize("name", ["salience.csv"])
def test_the_command_writes_a_lexicon_of_yours(gold: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    target = gold.parent / "words" / name
    assert main(["fit", str(gold), "--to", str(target)]) == 0
    assert "values, of" in capsys.readouterr().out
    header, *lines = target.read_text("utf-8").splitlines()
    assert header == "factor,weight"
    assert lines
    assert all(float(line.rpartition(",")[2]) for line in lines)


@pytest.mark.parametrize("least", [0.7])
def test_the_weights_that_ship_know_our_posts(least: float) -> None:
    """Subjects of the posts that ship, by the weights that ship and what they decide of the values before."""
    posts = read(training())
    choices = reading(Extractor(), Settings(), posts, [shipped().weights] * FOLDS)
    assert sum(choice.right[choice.chosen] for choice in choices) >= least * len(choices)
