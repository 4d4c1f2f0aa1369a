"""The gate: what the shipped gold posts reached once they reach always."""

import pytest

from pipeline.evaluate import gold
from pipeline.evaluate.scores import Report, Score

from .floors import floors, raised, reached


@pytest.fixture(scope="module")
def report() -> Report:
    return reached()


@pytest.mark.parametrize("layer", floors())
def test_f1_is_not_below_its_floor(report: Report, layer: str) -> None:
    assert report.layers[layer].f1 >= floors()[layer]


def test_every_layer_with_gold_has_a_floor(report: Report) -> None:
    assert {name for name, score in report.layers.items() if score.gold} <= set(floors())


def test_a_floor_is_never_lowered() -> None:
    worse = Report(layers={"money": Score(gold=2, hit=1, found=2, right=1), "date": Score(1, 1, 1, 1)})
    assert raised({"money": 0.9, "event": 0.4}, worse) == {"money": 0.9, "date": 1.0, "event": 0.4}


def test_the_posts_are_of_several_genres_and_scripts() -> None:
    posts = gold.read(gold.own())
    assert len(posts) >= 12
    assert len({post.fields["forum"] for post in posts}) >= 8
    assert any("營收" in post.fields["text"] for post in posts)
    assert {(item.kind, item.label) for post in posts for item in post.items} >= {
        ("claim", label) for label in ("metric", "statement", "event", "trend")
    }
