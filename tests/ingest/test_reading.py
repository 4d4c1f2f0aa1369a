"""Bytes → pages: forms, charsets, lines, and what is rejected."""

import io
import json
import sys
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean import clean
from pipeline.ingest import read, read_bytes
from pipeline.ingest.charset import decode
from pipeline.records import Page, Rejection
from pipeline.settings import Settings
from tests.cases import cases


@pytest.mark.parametrize("case", cases("ingest/cases/charsets.jsonl"))
def test_charset(case):
    found = decode(case["text"].encode(case["codec"]))
    assert (found.text, found.charset, found.undecodable) == (case["text"], case["charset"], 0)


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_undecodable_bytes_are_counted_and_shown(codec):
    data = "<meta charset={}>我们的运费\n涨了三成，大家说不要急\n".format(
        "utf-8" if codec == "utf-8" else "gbk"
    ).encode(codec)
    found = decode(data + b"\xff\xfe\xff 10%")
    assert found.undecodable == 3
    assert found.text.endswith("\ufffd\ufffd\ufffd 10%")
    assert found.text.startswith(data.decode(codec))


def test_a_page_of_one_line_with_a_broken_byte():
    found = decode("<p>我们的运费涨了三成，大家说不要急".encode() + b"\xe4" + b"</p>")
    assert (found.text, found.charset) == ("<p>我们的运费涨了三成，大家说不要急\ufffd</p>", "utf-8")
    assert found.undecodable == 1


def test_a_page_of_two_charsets():
    data = "<meta charset=gbk>\n我们的运费涨了三成\n".encode("gbk") + "页脚是另一个程序写的\n".encode()
    found = decode(data)
    assert found.text.splitlines()[1:] == ["我们的运费涨了三成", "页脚是另一个程序写的"]


def test_halves_of_a_character_are_put_together():
    assert decode(b"&#55357;&#56832; 10%").text == "😀 10%"


@given(st.text(st.characters(blacklist_categories=["Cs"]), min_size=1))
def test_utf8_is_read_back(text):
    assert decode(("标" + text).encode()).text in ("标" + text, ("标" + text).removeprefix("\ufeff"))


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_rejected(data):
    assert all(isinstance(found, Page | Rejection) for found in read_bytes(data, "x"))


@pytest.mark.parametrize("case", cases("ingest/cases/forms.jsonl"))
def test_form(case):
    (page,) = read_bytes(case["text"].encode(), "name.png")
    assert (page.form, page.text) == (case["form"], case["text"])


@pytest.mark.parametrize("case", cases("ingest/cases/rejected.jsonl"))
def test_rejected(case):
    (found,) = read_bytes(bytes.fromhex(case["hex"]), "x.html")
    assert isinstance(found, Rejection)
    assert found.stage == "ingest"
    assert case["reason"] in found.reason


def test_too_large():
    (found,) = read_bytes(b"<html>" + b"x" * 1000, "x", Settings(max_page_bytes=1000))
    assert "max_page_bytes" in found.reason


def test_a_broken_line_is_rejected_alone():
    lines = '{"text": "一"}\n{"text": "二"\n\n[1]\n{"post_id": 4}\n{"post_id": "5", "text": "五"}'
    found = list(read_bytes(lines.encode(), "posts.jsonl"))
    assert [(type(one).__name__, one.line) for one in found] == [
        ("Page", 1),
        ("Rejection", 2),
        ("Rejection", 4),
        ("Rejection", 5),
        ("Page", 6),
    ]


def test_a_broken_first_line_is_rejected_alone():
    first, second = read_bytes(b'\xef\xbb\xbf{"text": "a", }\n{"text": "b"}\n', "posts.jsonl")
    assert (first.line, second.line) == (1, 2)
    assert isinstance(first, Rejection)


def test_a_line_too_large_is_rejected_alone():
    lines = [json.dumps({"text": "短"}), json.dumps({"text": "x" * 5000}), json.dumps({"text": "尾"})]
    found = list(read_bytes("\n".join(lines).encode(), "p", Settings(max_page_bytes=1000)))
    assert [type(one).__name__ for one in found] == ["Page", "Rejection", "Page"]


def test_lines_are_read_one_at_a_time(monkeypatch):
    """A file of any length: no more of it is read than the lines that were asked for."""

    class Endless(io.RawIOBase):
        given = 0

        def readable(self):
            return True

        def readinto(self, buffer):
            line = b'{"text": "%s"}\n' % (b"a" * 200)
            count = min(len(line), len(buffer))
            buffer[:count] = line[:count]
            Endless.given += count
            return count

    monkeypatch.setattr(sys, "stdin", type("Stdin", (), {"buffer": io.BufferedReader(Endless(), 215)})())
    pages = read("-")
    assert [next(pages).line for _ in range(2000)] == list(range(1, 2001))
    assert Endless.given < 2_000_000


def test_a_line_of_two_charsets_is_read_tag_by_tag():
    data = "<p>正文是一种编码写的，很长很长的一行话</p>".encode() + "<i>插件的广告另一种</i>".encode("gbk")
    found = decode(data + "<b>页脚</b>".encode())
    assert found.text == "<p>正文是一种编码写的，很长很长的一行话</p><i>插件的广告另一种</i><b>页脚</b>"
    assert found.undecodable == 0


def test_mhtml_gives_page_charset_address_and_time(tmp_path):
    message = EmailMessage()
    message["Snapshot-Content-Location"] = "https://www.haigang.example/thread-5-1-1.html"
    message["Date"] = "Wed, 05 Mar 2025 04:30:00 -0000"
    message.set_content("ignored")
    message.make_related()
    message.add_related("<p id='postmessage_9'>运费 3 成</p>".encode("gbk"), "text", "html", params={"charset": "gbk"})
    message.add_related(b"\x89PNG", "image", "png")
    (tmp_path / "saved.mhtml").write_bytes(message.as_bytes())
    (page,) = read(tmp_path / "saved.mhtml")
    assert (page.form, page.charset, page.url) == ("html", "gb18030", "https://www.haigang.example/thread-5-1-1.html")
    assert page.seen_at == datetime(2025, 3, 5, 4, 30, tzinfo=UTC)
    assert [post.post_id for post in clean(page)] == ["haigang.example:5:9"]


def test_seen_at_is_the_files_time(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("<p>一</p>", "utf-8")
    (page,) = read(path)
    assert page.seen_at.timestamp() == pytest.approx(path.stat().st_mtime)


def test_missing_folder_unreadable(tmp_path, monkeypatch):
    (missing,) = read(tmp_path / "none.html")
    (folder,) = read(tmp_path)
    assert ("no such file" in missing.reason, "folder" in folder.reason) == (True, True)

    def refuse(self, mode):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    (unreadable,) = read(tmp_path / "secret.html")
    assert "permissions" in unreadable.reason
