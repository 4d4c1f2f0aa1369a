"""What was changed in Label Studio or doccano comes back as decisions."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cli import main
from pipeline.errors import InputError
from pipeline.review.importing.annotated import Span, read
from pipeline.review.importing.deciding import changes
from pipeline.review.store import Store
from pipeline.table.formats import read_table
from pipeline.table.schema import NAMES, Row

TEXT = "😀小米营收1159亿元，同比增长30.5%。阿里涨了三成。"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("raw").mkdir()
    posts = [{"post_id": "p", "text": TEXT, "title": "题"}, {"post_id": "q", "text": "买了3斤苹果，花了20元。"}]
    Path("raw/a.jsonl").write_text("".join(json.dumps(post, ensure_ascii=False) + "\n" for post in posts), "utf-8")
    assert main(["extract", "--quiet"]) == 0
    assert main(["export", "labelstudio", "doccano"]) == 0
    return tmp_path


Edit = Callable[[list[dict[str, Any]]], None]


def annotated(edit: Edit, name: str = "done.json", **more: Any) -> str:
    """Label Studio's export: the predictions of post p taken over as an annotation, and edited."""
    tasks = json.loads(Path("extracted/labelstudio.json").read_text("utf-8"))
    result = json.loads(json.dumps(tasks[0]["predictions"][0]["result"]))
    edit(result)
    tasks[0]["annotations"] = [
        {"result": [], "was_cancelled": True, "updated_at": "2026-01-02"},
        {"result": result, "completed_by": {"id": 3, "email": "wang@example.org"}, "updated_at": "2026-01-01"},
    ]
    Path(name).write_text(json.dumps(tasks, ensure_ascii=False), "utf-8")
    return name


def region(result: list[dict[str, Any]], text: str, label: str) -> dict[str, Any]:
    return next(one for one in result if one.get("value", {}).get("text") == text and one["value"]["labels"] == [label])


def decisions() -> dict[tuple[str, str], tuple[str, dict[str, str] | None]]:
    events = Store(Path("extracted")).standing()
    return {(event.row["kind"], event.row["text"]): (event.verdict, event.corrected) for event in events}


def nothing(result: list[dict[str, Any]]) -> None:
    """Leave it as it is."""


def test_what_is_left_alone_says_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", annotated(nothing)]) == 0
    assert decisions() == {}
    assert "1 posts compared, 1 posts without annotation" in capsys.readouterr().out


def test_what_is_left_alone_is_ok_where_that_is_asked(here: Path) -> None:
    assert main(["import", "--ok", annotated(nothing)]) == 0
    rows = [row for row in read_table(Path("extracted")) if row["post_id"] == "p"]
    assert {key: verdict for key, (verdict, _) in decisions().items()} == {
        (row["kind"], row["text"]): "ok" for row in rows
    }
    assert {event.reviewer for event in Store(Path("extracted")).standing()} == {"wang@example.org"}


def removed(result: list[dict[str, Any]]) -> None:
    result.remove(region(result, "阿里", "entity.ORG"))


def relabelled(result: list[dict[str, Any]]) -> None:
    region(result, "小米", "entity.ORG")["value"]["labels"] = ["entity.PRODUCT"]


def moved(result: list[dict[str, Any]]) -> None:
    region(result, "1159亿元", "money.amount")["value"] |= {"start": 5, "end": 10, "text": "1159亿"}


def added(result: list[dict[str, Any]]) -> None:
    value = {"start": 1, "end": 5, "text": "小米营收", "labels": ["entity.PRODUCT"]}
    result.append({"id": "new", "type": "labels", "value": value})


@pytest.mark.parametrize(
    ("edit", "wanted"),
    [
        (removed, {("entity", "阿里"): ("wrong", None)}),
        (relabelled, {("entity", "小米"): ("fixed", {"label": "PRODUCT"})}),
        (moved, {("money", "1159亿元"): ("wrong", None), ("money", "1159亿"): ("added", None)}),
        (added, {("entity", "小米营收"): ("added", None)}),
    ],
)
def test_label_studio(here: Path, edit: Edit, wanted: dict[tuple[str, str], Any]) -> None:
    assert main(["import", annotated(edit)]) == 0
    assert decisions() == wanted
    before = Path("extracted/reviews.csv").read_bytes()
    assert main(["import", "done.json"]) == 0
    assert Path("extracted/reviews.csv").read_bytes() == before  # once is enough


def test_the_decisions_are_in_the_next_table(here: Path) -> None:
    def both(result: list[dict[str, Any]]) -> None:
        relabelled(result)
        moved(result)

    assert main(["import", annotated(both)]) == 0
    assert main(["extract", "--quiet"]) == 0
    rows = {(r["kind"], r["text"]): r for r in read_table(Path("extracted")) if r["post_id"] == "p"}
    assert (rows["entity", "小米"]["label"], rows["entity", "小米"]["review"]) == ("PRODUCT", "fixed")
    assert rows["money", "1159亿元"]["review"] == "wrong"
    new = rows["money", "1159亿"]
    assert (new["value_min"], new["unit"], new["review"]) == ("115900000000", "CNY", "ok")
    assert main(["export", "labelstudio", "--to", "again"]) == 0  # a wrong row is not offered again
    assert '"1159亿元"' not in Path("again/labelstudio.json").read_text("utf-8")


def test_offsets_in_utf_16_are_found_out(here: Path) -> None:
    def utf16(result: list[dict[str, Any]]) -> None:
        for one in result:
            if "value" in one:
                ends = {name: len(TEXT[: one["value"][name]].encode("utf-16-le")) // 2 for name in ("start", "end")}
                one["value"] |= ends

    assert main(["import", annotated(utf16)]) == 0
    assert decisions() == {}


def test_json_min(here: Path) -> None:
    rows = [row for row in read_table(Path("extracted")) if row["post_id"] == "p" and row["text"] != "阿里"]
    values = [
        {"start": int(r["start"]), "end": int(r["end"]), "text": r["text"], "labels": [f"{r['kind']}.{r['label']}"]}
        for r in rows
    ]
    Path("min.json").write_text(json.dumps([{"text": TEXT, "post_id": "p", "id": 1, "label": values}]), "utf-8")
    assert main(["import", "min.json", "--reviewer", "li"]) == 0
    assert decisions() == {("entity", "阿里"): ("wrong", None)}


@pytest.mark.parametrize("form", ["label", "entities"])
def test_doccano(here: Path, form: str) -> None:
    lines = [json.loads(line) for line in Path("extracted/doccano.jsonl").read_text("utf-8").splitlines()]
    lines = [line for line in lines if line["post_id"] == "p"]
    (line,) = lines
    line["label"] = [span for span in line["label"] if TEXT[span[0] : span[1]] != "阿里"] + [[1, 5, "entity.PRODUCT"]]
    if form == "entities":
        spans = line.pop("label")
        line["entities"] = [{"id": 9, "start_offset": s, "end_offset": e, "label": label} for s, e, label in spans]
        line["relations"] = []
    Path("done.jsonl").write_text(json.dumps(line, ensure_ascii=False) + "\n", "utf-8")
    assert main(["import", "done.jsonl"]) == 0
    assert decisions() == {("entity", "阿里"): ("wrong", None), ("entity", "小米营收"): ("added", None)}


def test_kinds_that_were_not_annotated_are_left_alone(here: Path) -> None:
    line = {"text": TEXT, "post_id": "p", "label": [[1, 3, "entity.ORG"]]}
    Path("done.jsonl").write_text(json.dumps(line), "utf-8")
    assert main(["import", "done.jsonl"]) == 0
    assert decisions() == {("entity", "阿里"): ("wrong", None)}


def test_a_post_that_is_another_one_now_is_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [{"text": TEXT + "!", "post_id": "p", "label": []}, {"text": "?", "post_id": "none", "label": []}]
    Path("done.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    assert main(["import", "done.jsonl"]) == 1
    said = capsys.readouterr().err
    assert "done.jsonl:1: the text of post p is another one now" in said
    assert "done.jsonl:2: its post none is not in" in said
    assert decisions() == {}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{broken", "Label Studio or doccano"),
        ("[1]", "no JSON object"),
        ('{"text": "甲乙", "label": [[0, 1, "animal"]]}', "is none of"),
        ('{"text": "甲乙", "label": [[1, 1, "entity.ORG"]]}', "a span from"),
        ('{"text": "甲乙", "label": [[1, 9, "entity.ORG"]]}', "a span ends at 9"),
        (
            '[{"text": "甲乙", "label": [{"start": 0, "end": 1, "text": "丙", "labels": ["entity.ORG"]}]}]',
            "the span '丙'",
        ),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, content: str, why: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(content, "utf-8")
    with pytest.raises(InputError, match=why):
        read(path)


@st.composite
def rows_and_spans(draw: st.DrawFn) -> tuple[list[Row], list[Span]]:
    places = st.tuples(st.integers(0, 8), st.integers(1, 4), st.sampled_from(["ORG", "PERSON"]))
    rows = [
        {**dict.fromkeys(NAMES, ""), "row_id": f"r{number}", "kind": "entity", "label": label}
        | {"start": str(start), "end": str(start + size)}
        for number, (start, size, label) in enumerate(draw(st.lists(places, max_size=5)))
    ]
    spans = [Span(start, start + size, "entity", label) for start, size, label in draw(st.lists(places, max_size=5))]
    return rows, spans


@given(rows_and_spans())
@settings(max_examples=200)
def test_every_row_and_every_span_is_accounted_for(made: tuple[list[Row], list[Span]]) -> None:
    rows, spans = made
    found = changes(rows, spans, frozenset(["entity"]))
    seen = [row["row_id"] for row in (*found.kept, *found.removed, *(row for row, _ in found.relabelled))]
    assert sorted(seen) == sorted(row["row_id"] for row in rows)
    after = {(int(r["start"]), int(r["end"]), r["label"]) for r in found.kept}
    after |= {(int(r["start"]), int(r["end"]), label) for r, label in found.relabelled}
    after |= {(span.start, span.end, span.label) for span, _ in found.added}
    assert after == {(span.start, span.end, span.label) for span in spans}


@given(rows_and_spans())
def test_spans_as_exported_change_nothing(made: tuple[list[Row], list[Span]]) -> None:
    rows, _ = made
    spans = [Span(int(row["start"]), int(row["end"]), "entity", row["label"]) for row in rows]
    found = changes(rows, spans, frozenset(["entity"]))
    assert (found.removed, found.relabelled, found.added) == ([], [], [])
