"""``taojin fit``: weights that are fitted to gold posts decide those posts right."""

from pathlib import Path

import pytest

from pipeline.claims.scales import ATTACHMENT, SALIENCE
from pipeline.cli import main
from pipeline.evaluate.fit import FOLDS, METRICS, SUBJECTS, fit
from pipeline.evaluate.fit import read as reading
from pipeline.evaluate.gold import GoldPost, read, training
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
    found = fit(read([gold]), Settings())[SUBJECTS]
    assert found.choices == len(FIRMS)
    assert found.right >= least * found.choices


@pytest.mark.parametrize("name", [METRICS, SUBJECTS])
def test_the_command_writes_lexicons_of_yours(gold: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    folder = gold.parent / "words"
    assert main(["fit", str(gold), "--to", str(folder)]) == 0
    assert f"{name}.csv: " in capsys.readouterr().out
    header, *lines = (folder / f"{name}.csv").read_text("utf-8").splitlines()
    assert header == "factor,weight"
    assert lines
    assert all(float(line.rpartition(",")[2]) for line in lines)


@pytest.mark.parametrize("posts", [[]])
def test_nothing_to_choose_gives_no_weights(posts: list[GoldPost]) -> None:
    assert all(one.weights == {} for one in fit(posts, Settings()).values())


@pytest.mark.parametrize(("name", "least"), [(METRICS, 0.7), (SUBJECTS, 0.7)])
def test_the_weights_that_ship_know_our_posts(name: str, least: float) -> None:
    """Decisions about the posts that ship, by the weights that ship and what they decide of the values before."""
    weights = {one.lexicon: [one.scale().weights] * FOLDS for one in (ATTACHMENT, SALIENCE)}
    choices = reading(Extractor(), Settings(), read(training()), weights)[name]
    assert sum(choice.right[choice.chosen] for choice in choices) >= least * len(choices)
