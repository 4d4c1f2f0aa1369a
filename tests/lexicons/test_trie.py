import re

from hypothesis import given
from hypothesis import strategies as st

from pipeline.lexicons.trie import trie

LETTERS = "利润率.[-]^\\"


@given(st.sets(st.text(LETTERS, min_size=1, max_size=4), min_size=1, max_size=12), st.text(LETTERS, max_size=20))
def test_a_trie_finds_what_alternatives_find(words: set[str], text: str) -> None:
    alternatives = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    assert [m.span() for m in re.finditer(trie(words), text)] == [m.span() for m in re.finditer(alternatives, text)]


@given(st.sets(st.text(LETTERS, min_size=1, max_size=3), min_size=1, max_size=8), st.text(LETTERS, max_size=12))
def test_what_follows_may_ask_for_a_shorter_word(words: set[str], text: str) -> None:
    alternatives = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    behind = "(?=利|$)"
    assert re.findall(f"({trie(words)}){behind}", text) == re.findall(f"({alternatives}){behind}", text)


def test_no_words_match_nothing() -> None:
    assert re.search(trie([]), "利润") is None


def test_what_must_not_follow_belongs_to_its_word() -> None:
    pattern = trie(["年", "年底"], {"年": ["轻"]})
    assert re.findall(pattern, "年轻，今年，年底") == ["年", "年底"]
