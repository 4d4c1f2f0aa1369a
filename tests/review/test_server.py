"""The real server over HTTP: who may come in, what it tells, and that posts stay text."""

import html
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

import pytest

from pipeline.table.schema import ADDED_RULE

from .client import ROOT, Client, Server, start
from .conftest import PAYLOADS, POSTS, extract, table


@pytest.fixture
def client(server: Server) -> Client:
    return server.client()


def page(client: Client, **query: str) -> str:
    answer = client.get("/?" + urlencode(query))
    assert answer.status == 200, answer
    return answer.text


def row_of(out: Path, **cells: str) -> dict[str, str]:
    return next(row for row in table(out) if cells.items() <= row.items())


def test_without_the_token_there_is_nothing(server: Server) -> None:
    stranger = Client(server.address)
    for path in ("/", "/?token=wrong", "/post?row=x", "/static/review.js"):
        answer = stranger.get(path)
        assert answer.status == 403
        assert "小米" not in answer.text
    assert stranger.post("/decide", row="x", review="ok").status == 403
    stranger.cookies = {next(iter(server.client().cookies)): "guessed"}
    assert stranger.get("/").status == 403


def test_the_token_becomes_a_cookie_that_no_other_site_sends(server: Server) -> None:
    client = Client(server.address)
    answer = client.get("/?token=" + server.address.partition("token=")[2])
    assert (answer.status, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert server.address.partition("token=")[2] not in answer.headers["set-cookie"]


def test_odd_cookies_of_other_programs_do_no_harm(client: Client) -> None:
    client.cookies = {"a b": '{"x": [1, 2]}', "é": '"', **client.cookies}
    assert client.get("/").status == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({"Host": "evil.example"}, 421, id="DNS rebinding"),
        pytest.param({"Origin": "http://evil.example"}, 403, id="another site's form"),
        pytest.param({"Origin": "null"}, 403, id="a sandboxed frame"),
        pytest.param({"Origin": ""}, 403, id="no origin"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, 403, id="a browser that tells"),
    ],
)
def test_other_pages_cannot_decide(client: Client, out: Path, headers: dict[str, str], status: int) -> None:
    body = urlencode({"row": table(out)[0]["row_id"], "review": "ok"})
    assert client.ask("POST", "/decide", body, **headers).status == status
    assert not (out / "reviews.csv").exists()


def test_every_answer_is_fenced(client: Client) -> None:
    for path in ("/", "/static/review.js", "/nowhere", "/post?row=x"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "data:" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"


def test_nothing_comes_from_elsewhere() -> None:
    for path in (ROOT / "pipeline/review/static").iterdir():
        found = re.findall(r"https?://[^\s\"')]+", path.read_text("utf-8"))
        assert not [address for address in found if address != "http://www.w3.org/2000/svg"]


def test_a_posts_markup_is_text(client: Client) -> None:
    shown = page(client, show="all", post="bbs.demo:8:1")
    own = re.sub(r"<(/?)(script|link)[^>]*/static/[^>]*>", "", shown)
    assert "<script>" not in own
    assert not re.search(r"<(img|iframe|svg|b )", own)
    assert "&lt;i&gt;标题&lt;/i&gt;" in own
    assert "<i>标题" not in own
    assert not re.search(r"<[^>]*\son\w+\s*=", own)
    assert "49" not in re.sub(r"<[^>]*>", "", shown), "no template is run"
    text = re.search(r'<div class="text"[^>]*>(.*?)</div>', shown, re.DOTALL)
    assert text
    assert html.unescape(re.sub(r"</?mark[^>]*>", "", text[1])) == PAYLOADS


def test_a_verdict_is_told_and_kept(client: Client, out: Path) -> None:
    row = row_of(out, kind="money")
    told = client.tell("/decide", row=row["row_id"], review="wrong", event="e" + "x" * 15).told
    assert told["done"] == 1
    assert 'data-review="wrong"' in told["rows"][row["row_id"]]
    again = client.tell("/decide", row=row["row_id"], review="wrong", event="e" + "x" * 15)
    assert again.status == 200
    (line,) = table(out, "reviews.csv")
    wanted = {"row_id": row["row_id"], "verdict": "wrong", "reviewer": "甲", "event_id": "e" + "x" * 15, "via": "app"}
    assert wanted.items() <= line.items()
    extract(out.parent)
    assert row_of(out, row_id=row["row_id"])["review"] == "wrong"
    assert "e" + "x" * 15 not in page(client)


def test_the_forms_work_without_the_script(client: Client, out: Path) -> None:
    row = row_of(out, kind="money")
    answer = client.post("/decide", ok=row["row_id"], back="kind=money")
    assert answer.status == 303
    assert answer.headers["location"].startswith("/?kind=money")
    assert client.get(answer.headers["location"]).status == 200
    assert client.post("/undo", back="").status == 303
    edit = client.get("/edit?row=" + row["row_id"]).text
    fields = dict(re.findall(r'name="(value_min|value_max|unit|note)" value="([^"]*)"', edit))
    answer = client.post(
        "/decide", row=row["row_id"], review="fixed", **{**fields, "value_min": "1.5亿", "value_max": "1.5亿"}
    )
    assert answer.status == 303
    add = client.post("/add", post="bbs.demo:7:1", words="大家", kind_label="entity/PERSON", name="众人")
    assert add.status == 303
    bulk = client.post("/bulk", filter="kind=percent")
    assert bulk.status == 303
    extract(out.parent)
    assert row_of(out, row_id=row["row_id"])["value_min"] == "150000000"
    added = row_of(out, rule=ADDED_RULE)
    assert (added["text"], added["name"], added["review"]) == ("大家", "众人", "ok")
    assert {row["review"] for row in table(out) if row["kind"] == "percent"} == {"ok"}


@pytest.mark.parametrize(
    ("path", "fields", "why"),
    [
        ("/decide", {"row": "rnone", "review": "ok"}, "no such row"),
        ("/decide", {"row": "", "review": "maybe"}, "no such row"),
        ("/decide", {"row": "money", "review": "maybe"}, "none of"),
        ("/decide", {"row": "money", "review": "fixed", "value_min": "abc"}, "value_min"),
        ("/decide", {"row": "money", "review": "fixed", "value_min": "9", "value_max": "1"}, "above"),
        ("/decide", {"row": "money", "review": "fixed", "unit": "=1+1"}, "formula"),
        ("/decide", {"row": "money", "review": "fixed"}, "没有改动"),
        ("/decide", {"row": "money", "review": "ok", "event": "12"}, "id"),
        ("/add", {"post": "bbs.demo:7:1", "words": "没有的话", "kind_label": "entity/ORG"}, "没有这段"),
        ("/add", {"post": "bbs.demo:7:1", "words": "大家", "kind_label": "entity/ORG"}, "name is empty"),
        ("/add", {"post": "bbs.demo:7:1", "words": "大家", "kind_label": "entity/amount", "name": "x"}, "label"),
        ("/add", {"post": "nowhere", "words": "大家", "kind_label": "entity/ORG"}, "no such post"),
        ("/undo", {}, "没有可以撤销"),
    ],
)
def test_what_cannot_be_is_refused_and_said(
    client: Client, out: Path, path: str, fields: dict[str, str], why: str
) -> None:
    if fields.get("row") == "money":
        fields = {**fields, "row": row_of(out, kind="money")["row_id"]}
    answer = client.tell(path, **fields)
    assert 400 <= answer.status < 500
    assert why in answer.told["error"]
    assert not (out / "reviews.csv").exists()


def test_a_form_of_any_size_is_not_read(client: Client) -> None:
    assert client.tell("/decide", note="x" * 200_000).status == 413


def test_a_corrected_name_brings_its_id(client: Client, out: Path) -> None:
    row = row_of(out, kind="entity", name="小米")
    client.tell("/decide", row=row["row_id"], review="fixed", name="微软", entity_id=row["entity_id"], label="ORG")
    extract(out.parent)
    fixed = row_of(out, row_id=row["row_id"])
    assert (fixed["name"], fixed["entity_id"], fixed["review"]) == ("微软", "org.microsoft", "fixed")


def test_a_note_alone_is_no_verdict(client: Client, out: Path) -> None:
    row = row_of(out, kind="money")
    client.tell("/decide", row=row["row_id"], review="fixed", note="再查", unit=row["unit"])
    extract(out.parent)
    assert (row_of(out, row_id=row["row_id"])["review"], row_of(out, row_id=row["row_id"])["note"]) == ("", "再查")


def test_two_reviewers_on_one_server_and_two_servers_on_one_folder(server: Server, out: Path) -> None:
    other = start(out, "--reviewer", "丙")
    try:
        one, two, three = server.client("王 五"), server.client("乙"), other.client()
        rows = [row["row_id"] for row in table(out)]
        for client, row_id in zip((one, two, three), rows, strict=False):
            client.tell("/decide", row=row_id, review="ok")
        since = one.get(f"/changes?since=0&rows={'%20'.join(rows)}").told
        assert [since["rows"][row_id].count('data-review="ok"') for row_id in rows[:4]] == [1, 1, 1, 0]
        assert three.get(f"/changes?since={since['version']}&rows=").status == 204
        assert [line["reviewer"] for line in table(out, "reviews.csv")] == ["王 五", "乙", "丙"]
        one.tell("/undo")
        assert [line["row_id"] for line in table(out, "reviews.csv")][-1] == rows[0]
    finally:
        other.stop()


def test_the_language_is_the_browsers_or_the_chosen_one(out: Path) -> None:
    server = start(out)
    try:
        client = server.client()
        assert "undecided" in client.get("/", Accept_Language="en-GB,en;q=0.9").text
        assert "未审" in client.get("/", Accept_Language="zh-CN,zh;q=0.9,en;q=0.8").text
        client.post("/me", lang="en")
        assert 'lang="en"' in client.get("/", Accept_Language="zh-CN").text
    finally:
        server.stop()


def test_a_page_is_light_however_long_the_post(tmp_path: Path) -> None:
    long = {
        "post_id": "bbs.demo:1:1",
        "text": "\n".join(f"第{n}家公司营收{n}亿元，同比增长{n % 90}%。" for n in range(1, 1500)),
    }
    server = start(extract(tmp_path, [long, *POSTS]))
    try:
        client = server.client()
        row = table(tmp_path / "extracted")[3000]
        for query in ("", "show=all&row=" + row["row_id"], "show=all&whole=1"):
            assert len(client.get("/?" + query).text.encode()) < 300_000
    finally:
        server.stop()


def test_without_its_packages_the_command_says_what_to_do(out: Path, tmp_path: Path) -> None:
    for name in ("starlette", "uvicorn", "jinja2"):
        (tmp_path / f"{name}.py").write_text(f"raise ModuleNotFoundError('No module named {name}', name={name!r})")
    path = os.pathsep.join((str(tmp_path), str(ROOT)))
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "review", "--out", str(out)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
        check=False,
    )
    assert done.returncode == 2
    assert "make review" in done.stderr
