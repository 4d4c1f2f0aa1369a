"""A user's own folder of lexicons: units, currencies and cues of theirs are read beside ours."""

from pathlib import Path

import pytest

from pipeline.extractor import Extractor
from pipeline.records import Post
from pipeline.settings import Settings

OWN = {
    "units.csv": "surfaces,unit,label,unless\n麻袋,麻袋,count,\n",
    "currencies/own.csv": "surface,code,kind,factor,unless\n星火券,CNY,name,,\n",
    "bounds.csv": "cue,side,qualifier,unless\n撑破天,before,at_most,\n",
    "amounts.toml": '[governors]\neveryday = ["跑腿辛劳"]\n',
}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("收了30麻袋稻谷", ("quantity", "麻袋", "exact")),
        ("一共给了500星火券", ("money", "CNY", "exact")),
        ("营收撑破天3亿元", ("money", "CNY", "at_most")),
        ("跑腿辛劳350，别嫌少", ("money", "CNY", "exact")),
    ],
)
def test_own_words_count_where_their_folder_is_set(tmp_path: Path, text: str, wanted: tuple[str, str, str]) -> None:
    for name, content in OWN.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, "utf-8")
    post = Post("own:1", "own.jsonl", text)
    kinds = ("money", "quantity")
    own = [m for m in Extractor(Settings(lexicons=str(tmp_path))).extract(post).mentions if m.kind in kinds]
    shipped = [m for m in Extractor(Settings()).extract(post).mentions if m.kind in kinds]
    assert [(m.kind, m.unit, m.qualifier) for m in own] == [wanted]
    assert [(m.kind, m.unit, m.qualifier) for m in shipped] != [wanted]
