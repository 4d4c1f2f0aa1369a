"""Lexicons of weights: what is no weight is named with its line."""

from pathlib import Path

import pytest

from pipeline.errors import LexiconError
from pipeline.extractor import Extractor
from pipeline.records import Post
from pipeline.settings import Settings


@pytest.mark.parametrize("weight", ["heavy", ""])
@pytest.mark.parametrize(
    ("lexicon", "factor", "text"),
    [("salience", "word|poster", "腾讯营收增长12%。"), ("attachment", "none|money", "这台小米电视，师傅说300元。")],
)
def test_a_weight_that_is_no_number_is_named(tmp_path: Path, lexicon: str, factor: str, text: str, weight: str) -> None:
    (tmp_path / f"{lexicon}.csv").write_text(f"factor,weight\n{factor},{weight}\n", "utf-8")
    with pytest.raises(LexiconError, match=rf"{lexicon}\.csv:2: .*no number"):
        Extractor(Settings(lexicons=str(tmp_path))).extract(Post("case", "", text))
