"""From verdicts to cases and proposals, and from accepted lines to other rows."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli import main
from pipeline.errors import InputError, LexiconError
from pipeline.evaluate import gold
from pipeline.review.learn.accepting import accept, with_entry
from pipeline.review.learn.proposal import ENTITIES, GUARDS, METRICS, NOT_NUMBERS, Proposal, accepted, diff_of
from pipeline.review.learn.teaching import asked
from pipeline.review.learn.teaching import found as found_proposals
from pipeline.review.store import Store
from pipeline.settings import Settings
from pipeline.table.formats import read_table
from pipeline.table.schema import Row

Find = Callable[..., Row]
Post = Callable[[int], Row]


def lines(settings: Settings | None = None) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for proposal in found_proposals(Path("extracted"), settings or Settings()):
        found.setdefault(proposal.file, []).append(proposal.line)
    return found


def entities(post: int) -> list[tuple[str, str]]:
    return [
        (r["text"], r["name"])
        for r in read_table(Path("extracted"))
        if r["post_id"] == f"p{post}" and r["kind"] == "entity"
    ]


def test_an_alias_of_a_known_entity_and_a_new_one(store: Store, post: Post) -> None:
    store.add(post(2), (10, 14), {"kind": "entity", "label": "ORG", "name": "东湖基金"})
    store.add(post(2), (17, 20), {"kind": "entity", "label": "ORG", "name": "英伟达"})
    new, alias = lines()[ENTITIES]
    assert alias == "org.nvidia,英伟达,ORG,核弹厂,,,,,,"
    assert new.startswith("org.own_")
    assert new.endswith(",东湖基金,ORG,,,,,,,")


def test_a_doubtful_alias_that_was_missed_needs_no_evidence_any_more(store: Store, post: Post) -> None:
    store.add(post(2), (0, 2), {"kind": "entity", "label": "ORG", "name": "英伟达"})
    (line,) = lines()[GUARDS]
    assert tomllib.loads(line)["surface"] == {"default": True, "names": ["绿厂"], "prefer": "org.nvidia"}


def test_a_corrected_name_is_an_alias(store: Store, found: Find) -> None:
    store.decide([found(4, "平安")], "fixed", corrected={"name": "平安银行"})
    assert lines()[ENTITIES][0].split(",")[1:4] == ["平安银行", "ORG", "平安"]


def test_a_homonym_gets_a_guard_and_keeps_ours(store: Store, found: Find) -> None:
    store.decide([found(1, "大众", nth=0)], "ok")
    store.decide([found(1, "大众", nth=1)], "wrong")
    (line,) = lines()[GUARDS]
    rule = tomllib.loads(line)["surface"]
    assert rule["names"] == ["大众"]
    assert {"跟着"} <= set(rule["not_before"])
    assert {"走"} <= set(rule["not_after"])
    assert "人民" in rule["not_before"]  # of the guard that ships
    assert rule["near"]


def test_wrong_in_two_posts_and_right_in_none_is_no_name(store: Store, found: Find) -> None:
    store.decide([found(4, "平安"), found(5, "平安")], "wrong")
    assert lines()[GUARDS] == ['blocked = ["平安"]']


def test_a_metric_that_nobody_knows(store: Store, found: Find) -> None:
    claim = found(3, "拼多多客诉率3.5%", "claim")
    store.decide([claim], "fixed", corrected={"predicate": "客诉率"})
    assert lines()[METRICS] == ["客诉率,客诉率,rate,noun,,"]


def test_a_synonym_of_a_known_metric(store: Store, found: Find) -> None:
    claim = found(3, "复访率12%", "claim")
    assert claim["predicate"] == "复访率"
    store.decide([claim], "fixed", corrected={"predicate": "复购率"})
    (line,) = lines()[METRICS]
    assert line.startswith("复购率,复访率,")
    assert "rate" in line.split(",")[2].split("|")  # as the lexicon says of the metric


def test_a_word_that_is_no_number(store: Store, found: Find) -> None:
    store.decide([found(5, "三千块", "money")], "wrong")
    assert lines()[NOT_NUMBERS] == ["三千块,,"]


def test_right_rows_teach_nothing(store: Store, found: Find, capsys: pytest.CaptureFixture[str]) -> None:
    store.decide([found(0, "小米")], "ok")
    assert lines() == {}
    assert main(["learn"]) == 0
    assert "teach nothing" in capsys.readouterr().out


def test_nothing_is_applied_unasked_and_cases_are_kept(
    store: Store, found: Find, capsys: pytest.CaptureFixture[str]
) -> None:
    store.decide([found(0, "1159亿元", "money")], "ok")
    store.decide([found(4, "平安"), found(5, "平安")], "wrong")
    assert main(["learn"]) == 0
    said = capsys.readouterr()
    assert '+blocked = ["平安"]' in said.out
    assert "3 cases, 3 new" in said.err
    assert not Path("my-words").exists()
    posts = gold.read([Path("my-cases")])
    assert [(post.post_id, len(post.items), len(post.wrong), post.partial) for post in posts] == [
        ("p0", 1, 0, True),
        ("p4", 0, 1, True),
        ("p5", 0, 1, True),
    ]
    assert main(["learn", "--no-cases"]) == 0
    assert main(["evaluate", "my-cases", "--errors"]) == 0
    assert "+ entity p4 '平安'" in capsys.readouterr().out


def test_a_case_outlives_its_review(store: Store, found: Find) -> None:
    (event,) = store.decide([found(0, "小米")], "ok")
    assert main(["learn"]) == 0
    store.undo([event.event_id])
    store.decide([found(1, "途观")], "ok")
    assert main(["learn"]) == 0
    assert [post.post_id for post in gold.read([Path("my-cases")])] == ["p0", "p1"]


def test_accepted_lines_change_the_rows(
    store: Store, found: Find, post: Post, capsys: pytest.CaptureFixture[str]
) -> None:
    store.add(post(2), (0, 2), {"kind": "entity", "label": "ORG", "name": "英伟达"})
    store.decide([found(1, "大众", nth=0)], "ok")
    store.decide([found(1, "大众", nth=1), found(4, "平安"), found(5, "平安")], "wrong")
    store.decide([found(3, "拼多多客诉率3.5%", "claim")], "fixed", corrected={"predicate": "客诉率"})
    assert main(["learn"]) == 0
    Path("lines.diff").write_text(capsys.readouterr().out, "utf-8")
    assert main(["learn", "--accept", "lines.diff"]) == 0
    assert 'write lexicons = "my-words" into taojin.toml' in capsys.readouterr().out
    words = str(Path("my-words").resolve())  # compiled once for each path
    Path("taojin.toml").write_text(f'lexicons = "{words}"\n', "utf-8")
    assert main(["evaluate", "my-cases"]) == 0
    assert main(["extract", "--out", "again", "--quiet"]) == 0
    rows = list(read_table(Path("again")))
    names = [(row["post_id"], row["text"], row["name"]) for row in rows if row["kind"] == "entity"]
    assert ("p2", "绿厂", "英伟达") in names
    assert [text for post_id, text, _ in names if post_id == "p1"] == ["大众", "途观"]
    assert not [name for name in names if name[1] == "平安"]
    assert {"客诉率"} <= {row["predicate"] for row in rows if row["post_id"] == "p3"}
    assert lines(Settings(lexicons=words)) == {}  # what is known is not proposed again


def test_only_what_is_left_in_the_diff_is_taken(here: Path) -> None:
    proposals = [Proposal(METRICS, "甲率,甲率,rate,noun,,", "a"), Proposal(METRICS, "乙率,乙率,rate,noun,,", "b")]
    text = "\n".join(line for line in diff_of(proposals) if "甲" not in line)
    assert [proposal.line for proposal in accepted(text, "x")] == ["乙率,乙率,rate,noun,,"]
    accept(accepted(text, "x"), Path("my-words"))
    assert (
        Path("my-words/metrics.csv").read_text("utf-8") == "metric,surfaces,takes,role,good,of\n乙率,乙率,rate,noun,,\n"
    )
    assert accept(accepted(text, "x"), Path("my-words")) == []  # a second time changes nothing


def test_asked_line_by_line(here: Path) -> None:
    proposals = [Proposal(NOT_NUMBERS, f"{word},,", "why") for word in ("一甲", "一乙", "一丙", "一丁")]
    answers = iter(["y", "n", "Y", "q"])
    said = list(asked(proposals, Path("my-words"), Settings(), lambda question: next(answers)))
    assert said[0] == "2 lines taken, into my-words/not_numbers.csv"
    assert Path("my-words/not_numbers.csv").read_text("utf-8") == "word,unless,not_after\n一甲,,\n一丙,,\n"


@pytest.mark.parametrize(
    "line",
    ["metrics.csv|甲,乙", "entities/learned.csv|org.x,,ORG,,,,,,,", 'entity_guards.toml|surface = {near = ["甲"]}'],
)
def test_lines_that_cannot_be_read_change_nothing(here: Path, line: str) -> None:
    file, _, content = line.partition("|")
    accept([Proposal(NOT_NUMBERS, "一甲,,", "")], Path("my-words"))
    with pytest.raises(LexiconError, match=r"my-words.*nothing was changed"):
        accept([Proposal(file, content, ""), Proposal(NOT_NUMBERS, "一乙,,", "")], Path("my-words"))
    assert sorted(path.name for path in Path("my-words").rglob("*.*")) == ["not_numbers.csv"]
    assert "一乙" not in Path("my-words/not_numbers.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("+metric", "no file is named"),
        ("+++ taojin.toml\n+x", "is none of"),
        ("+++ metrics.csv\nmetric", "begins with"),
        ("+++ entity_guards.toml\n+blocked", "write key"),
        ('+++ entity_guards.toml\n+blocked = "x"', "no list"),
    ],
)
def test_a_diff_that_cannot_be_understood(here: Path, text: str, why: str) -> None:
    Path("x.diff").write_text(text, "utf-8")
    with pytest.raises(InputError, match=why):
        accept(accepted(Path("x.diff").read_text("utf-8"), "x.diff"), Path("my-words"))


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=6)


@given(st.lists(st.tuples(st.sampled_from(["blocked", "nothing"]), words), max_size=6), st.lists(words, max_size=2))
def test_words_are_added_to_a_file_of_the_users_own(added: list[tuple[str, str]], tables: list[str]) -> None:
    from pipeline.review.learn.entities import _list

    text = '# mine\nnothing = [\n  "甲",  # one\n]\n\n[single]\n"华" = "gpe.china"\n'
    for word in tables:
        text = with_entry(text, Proposal(GUARDS, f"surface = {{names = {_list([word])}, default = true}}", ""))
    for key, word in added:
        text = with_entry(text, Proposal(GUARDS, f"{key} = {_list([word])}", ""))
    found = tomllib.loads(text)
    for key, word in added:
        assert word in found[key]
    assert found["single"] == {"华": "gpe.china"}
    assert "甲" in found["nothing"]
    assert [rule["names"] for rule in found.get("surface", [])] == [[word] for word in dict.fromkeys(tables)]
