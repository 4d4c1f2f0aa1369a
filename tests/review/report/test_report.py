"""The report is one file that loads nothing, runs nothing from a post, and shows what the tables hold."""

import json
import re
import shutil
import subprocess
import sys
import warnings
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.errors import OutputError
from pipeline.review.report.style import needed
from pipeline.review.report.words import LANGUAGES
from pipeline.table.formats import read_table

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Parts(HTMLParser):
    """Every attribute that could load or run something, and the content of each script."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sources: list[str] = []
        self.handlers: list[str] = []
        self.scripts: list[str] = []
        self.tags: list[str] = []
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.sources += [value or "" for name, value in attrs if name in ("src", "href", "srcset", "data", "action")]
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        self.inside = tag == "script"
        if self.inside:
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.scripts[-1] += data


@pytest.fixture(scope="module", params=LANGUAGES)
def report(request: pytest.FixtureRequest, tables: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp(request.param)
    assert main(["report", "--out", str(tables), "--to", str(to), "--lang", request.param]) == 0
    return to


@pytest.fixture(scope="module")
def page(report: Path) -> str:
    return (report / "report.html").read_text("utf-8")


def data_of(page: str) -> dict[str, list[list[str]]]:
    return json.loads(Parts(page).scripts[0])


def test_nothing_is_loaded_and_nothing_else_runs(page: str) -> None:
    parts = Parts(page)
    assert parts.sources
    assert all(source.startswith(("data:", "#")) for source in parts.sources)
    assert not parts.handlers
    assert len(parts.scripts) == 2
    assert not {"link", "iframe", "object", "embed", "base"} & set(parts.tags)
    assert "url(http" not in page
    assert "default-src &#39;none&#39;" in page


def test_all_rows_and_texts_are_in_it(page: str, tables: Path) -> None:
    data = data_of(page)
    rows = list(read_table(tables))
    assert len(data["rows"]) == len(rows)
    for found, row in zip(data["rows"], rows, strict=True):
        post, kind, label, start, end = found[:5]
        assert (kind, label) == (row["kind"], row["label"])
        assert data["posts"][int(post)][0][int(start) : int(end)] == row["text"]


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here")
def test_a_browser_shows_it(report: Path, tmp_path: Path) -> None:
    flags = "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-sync"
    done = subprocess.run(
        [
            str(CHROMIUM),
            *flags.split(),
            f"--user-data-dir={tmp_path}",
            "--dump-dom",
            f"file://{report / 'report.html'}",
        ],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    shown = done.stdout
    assert "<title>ran" not in shown
    assert re.search(r'<mark class="claim"[^>]*><mark class="entity"[^>]*>小米</mark>', shown)
    assert '<mark class="money"' in shown
    assert "&lt;b onmouseover=alert(1)&gt;" in shown
    assert "{{ 7*7 }}" in shown
    assert shown.count("<tr>") > 50


def test_contradicting_claims_stand_side_by_side(page: str) -> None:
    (group,) = re.findall(r"<summary>小米 营收.*?</details>", page, flags=re.DOTALL)
    assert re.findall(r'<p class="value">([^ ]+)', group) in (["1000亿", "1200亿"], ["100", "120"])
    assert "1000亿元" in group


def test_what_was_rejected_is_told(page: str) -> None:
    assert "not a JSON object" in page or "JSON" in page.partition('class="plain"')[2]


def test_pictures_need_no_font(report: Path) -> None:
    pictures = {path.stem for path in report.glob("*.svg")}
    assert pictures == {path.stem for path in report.glob("*.png")}
    assert pictures == {"course", "contradicted", "discussed", "certainty", "activity", "kinds", "input"}
    for path in report.glob("*.svg"):
        picture = path.read_text("utf-8")
        assert "<text" not in picture
        assert "font-family" not in picture
        assert "<path" in picture
    for path in report.glob("*.png"):
        assert path.read_bytes().startswith(b"\x89PNG")


def test_the_font_is_cut_down_to_what_is_shown(tables: Path, report: Path, tmp_path: Path) -> None:
    page, language = (report / "report.html").read_text("utf-8"), report.name[:2]
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a glyph that no font has would be one
        assert main(["report", "--out", str(tables), "--to", str(tmp_path), "--no-font", "--lang", language]) == 0
    without = (tmp_path / "report.html").read_text("utf-8")
    assert 'font-family:"Taojin Han"' in page
    assert "@font-face" not in without
    assert len(page) - len(without) < 1_500_000
    for path in tmp_path.glob("*.*g"):
        assert path.read_bytes() == (report / path.name).read_bytes(), path.name  # and the same bytes every time


def test_a_large_table_is_cut_and_says_so(tables: Path, tmp_path: Path) -> None:
    assert main(["report", "--out", str(tables), "--to", str(tmp_path), "--rows", "120", "--no-font"]) == 0
    page = (tmp_path / "report.html").read_text("utf-8")
    data, rows = data_of(page), list(read_table(tables))
    assert 0 < len(data["rows"]) <= 120
    assert f"共 {len(rows):,} 行，这里是 {len(data['rows']):,} 行" in page
    counted: dict[str, int] = {}
    for row in rows:
        counted[row["post_id"]] = counted.get(row["post_id"], 0) + 1
    shown = [sum(int(row[0]) == number for row in data["rows"]) for number in range(len(data["posts"]))]
    assert all(count in counted.values() for count in shown)  # posts are whole


def test_a_missing_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(OutputError, match="make report"):
        needed()


def test_without_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--out", str(tmp_path)]) == 2
    assert "taojin extract" in capsys.readouterr().err


def test_empty_tables(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("", "utf-8")
    main(["extract", str(tmp_path / "empty.jsonl"), "--out", str(tmp_path / "out"), "--quiet"])
    assert main(["report", "--out", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / "report" / "report.html").exists()
