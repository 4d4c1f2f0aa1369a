"""The Rust twin cuts as jieba does, and jieba itself cuts where somebody has changed its dictionary."""

import json
import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language import segment
from pipeline.language.fold import fold
from tests.cases import HERE

WORDS = [
    "营收",
    "同比",
    "增长",
    "亿元",
    "英伟达",
    "GPT-4",
    "3.5%",
    "RTX",
    "5090",
    "C++",
    "A股",
    "T恤",
    "的",
    "与",
    "2-3年",
]
RARE = st.sampled_from("龚赟茆㐀𠀀鿏鿿豈é①か한🙂。，：；()[] \t\n\r+#&._%-")
MIXED = st.lists(st.one_of(st.sampled_from(WORDS), RARE, st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)))


def pieces() -> list[str]:
    """The sentences of all cases, folded as they are when they are cut."""
    lines = [line for path in sorted(HERE.rglob("cases/*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    texts = [str(case["text"]) for line in lines if line and "text" in (case := json.loads(line))]
    return [piece for text in texts for piece in re.split(r"(?<=[。\n])", fold(text)) if piece]


def test_the_sentences_of_all_cases_are_cut_alike() -> None:
    found = pieces()
    assert len(found) > 2000
    assert [segment.fast(piece) for piece in found] == [segment.plain(piece) for piece in found]


def test_every_character_is_cut_alike() -> None:
    codes = [*range(1, 0xD800), *range(0xE000, 0x10000), *range(0x1F300, 0x1F400), *range(0x20000, 0x20080)]
    texts = [f"我{char}3.5{char}%龚A{char}国人{char}{char}" for char in map(chr, codes)]
    assert [text for text in texts if segment.fast(text) != segment.plain(text)] == []


def test_runs_of_one_character_are_cut_alike() -> None:
    texts = [f"他{char * 5}，{char * 8}了" for char in map(chr, range(0x4E00, 0x9FA6, 7))]
    assert [text for text in texts if segment.fast(text) != segment.plain(text)] == []


@settings(deadline=None, max_examples=500)
@given(MIXED.map("".join))
def test_anything_is_cut_alike(text: str) -> None:
    assert segment.fast(text) == segment.plain(text)


@pytest.mark.parametrize(
    ("change", "text", "wanted"),
    [
        ("jieba.add_word('青溪工坊')", "我在青溪工坊上班", "我/在/青溪工坊/上班"),
        ("jieba.del_word('增长')", "同比增长", "同比/增/长"),
        ("jieba.initialize()", "买了GPT-4", "买/了/GPT/-/4"),
    ],
)
def test_words_that_a_program_gives_to_jieba_count(change: str, text: str, wanted: str) -> None:
    code = f"import jieba; jieba.setLogLevel(60); {change}\nfrom pipeline.language.segment import cutter, plain\n"
    code += f"cut = cutter()\nprint(cut.__name__, '/'.join(cut({text!r})), cut({text!r}) == jieba.lcut({text!r}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    name = "fast" if "initialize" in change else "plain"
    assert done.stdout.split() == [name, wanted, "True"]
