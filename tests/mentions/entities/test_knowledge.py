"""The knowledge base: rows, surfaces, what it knows, its cache, a user's own names."""

import os
import pickle
import zlib
from pathlib import Path

import pytest

from pipeline.errors import LexiconError
from pipeline.mentions.context import Context, FiscalYear
from pipeline.mentions.entities import find_entities, knowledge_base, store
from pipeline.mentions.entities.compile import clashes, compiled
from pipeline.mentions.entities.knowledge import KnowledgeBase
from pipeline.mentions.entities.rows import currency_of_exchange, fiscal_year, ticker_code
from pipeline.mentions.entities.surfaces import encoded, lowered, variants

HEADER = "id,name,label,aliases,ticker,parent,country,fiscal_year_end,note,ambiguous\n"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("12-31", FiscalYear((12, 31))),
        ("09-last-Sat", FiscalYear((9, 31), 5)),
        ("01-last-Sun", FiscalYear((1, 31), 6)),
        ("13-01", None),
        ("", None),
        ("01-last-Son", None),
    ],
)
def test_fiscal_year(cell: str, expected: FiscalYear | None) -> None:
    assert fiscal_year(cell) == expected


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("微软", {"微软"}),
        ("RTX 5090", {"rtx 5090", "rtx5090", "rtx-5090"}),
        ("GPT-4", {"gpt-4", "gpt4", "gpt 4"}),
        ("H100", {"h100", "h-100"}),
        ("沃伦·巴菲特", {"沃伦·巴菲特", "沃伦巴菲特", "沃伦.巴菲特"}),
        ("宝马X1", {"宝马x1", "宝马 x1"}),
    ],
)
def test_variants(surface: str, expected: set[str]) -> None:
    assert expected <= set(variants(surface))
    assert variants(surface)[0] == lowered(surface)


def test_variants_stay_few() -> None:
    assert len(variants("A 1 B 2 C 3 D 4 E 5")) < 100


def test_lowering_keeps_the_length() -> None:
    assert len(lowered("İSTANBUL")) == len("İSTANBUL")
    assert len(encoded("𠮷A\ud800")) == 2 * 3


@pytest.mark.parametrize(("ticker", "code"), [("NVDA.US", "NVDA"), ("BRK.B.US", "BRK.B"), ("600519.SH", "")])
def test_ticker_code(ticker: str, code: str) -> None:
    assert ticker_code(ticker) == code


def test_what_it_knows() -> None:
    kb = knowledge_base()
    nvidia = kb.named("英伟达")
    assert nvidia is not None
    assert kb.entity(nvidia.id) == nvidia == kb.by_id[nvidia.id] == kb.by_ticker("NVDA")
    assert kb.fiscal_year(nvidia.id) == FiscalYear((1, 31), 6)
    chip = kb.named("h100")
    assert chip is not None
    assert kb.parent(chip.id) == nvidia
    assert kb.entity("org.none") is None
    assert kb.parent("org.none") is None
    assert kb.fiscal_year("org.none") is None


def test_surfaces_have_one_owner_or_are_declared_ambiguous() -> None:
    found = clashes()
    assert not found, "\n".join(f"{one.surface}: {one.first.error('')} {one.second.error('')}" for one in found)


def write(folder: Path, rows: str) -> str:
    (folder / "entities").mkdir()
    (folder / "entities" / "own.csv").write_text(HEADER + rows, "utf-8")
    return str(folder)


def test_a_user_adds_names_and_aliases(tmp_path: Path) -> None:
    nvidia = knowledge_base().named("英伟达")
    assert nvidia is not None
    user = write(tmp_path, f"org.own,澜岳智造,ORG,澜岳,,,,,,\n{nvidia.id},,,铲子王,,,,,,\n")
    kb = KnowledgeBase(compiled(user))
    text = "铲子王和澜岳合作"
    assert [one.name for one in find_entities(Context(text, text), kb=kb)] == [nvidia.name, "澜岳智造"]
    own = kb.named("铲子王")
    assert own is not None
    assert own.tickers == nvidia.tickers


def test_a_users_alias_wins(tmp_path: Path) -> None:
    kb = KnowledgeBase(compiled(write(tmp_path, "org.own,澜岳智造,ORG,英伟达,,,,,,\n")))
    assert [one.name for one in find_entities(Context("英伟达", "英伟达"), kb=kb)] == ["澜岳智造"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("org.own,澜岳,COMPANY,,,,,,,", "label"),
        ("org.own,,ORG,,,,,,,", "name is empty"),
        (",澜岳,ORG,,,,,,,", "id is empty"),
        ("org.own,澜岳,ORG,,,,,2月,,", "fiscal_year_end"),
        ("org.own,澜岳,ORG", "cells"),
        ("org.own,澜岳,ORG,,,,,,,\norg.own,澜岳二,ORG,,,,,,,", "is taken"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, row: str, reason: str) -> None:
    user = write(tmp_path, row + "\n")
    line = 2 + row.count("\n")
    with pytest.raises(LexiconError, match=rf"own\.csv:{line}: .*{reason}"):
        compiled(user)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "taojin"


def test_the_cache_is_made_once_and_is_private(home: Path) -> None:
    made = []

    def make() -> store.Parts:
        made.append(1)
        return {"parts": len(made)}

    assert store.load_or_make("", make) == store.load_or_make("", make) == {"parts": 1}
    assert home.stat().st_mode & 0o077 == 0
    assert [file.stat().st_mode & 0o077 for file in home.iterdir()] == [0]


def test_other_lexicons_have_another_cache(home: Path, tmp_path: Path) -> None:
    user = write(tmp_path, "org.own,澜岳智造,ORG,,,,,,,\n")
    assert store.key("") != store.key(user)


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "no pickle", "writable", "link"])
def test_a_cache_that_cannot_be_trusted_is_made_anew(home: Path, damage: str) -> None:
    store.load_or_make("", lambda: {"parts": 1})
    (file,) = home.iterdir()
    content = file.read_bytes()
    if damage == "writable":
        file.chmod(0o666)
    elif damage == "link":
        file.rename(home / "elsewhere")
        file.symlink_to(home / "elsewhere")
    else:
        garbage = b"garbage"
        file.write_bytes(
            {
                "cut": content[:-1],
                "changed": content[:-1] + b"x",
                "empty": b"",
                "no pickle": zlib.crc32(garbage).to_bytes(store.HEAD) + garbage,
            }[damage]
        )
    assert store.load_or_make("", lambda: {"parts": 2}) == {"parts": 2}


def test_a_folder_that_others_can_write_is_not_used(home: Path) -> None:
    home.mkdir()
    home.chmod(0o777)
    (home / "entities-x.bin").write_bytes(pickle.dumps({}))
    assert store.folder() is None
    assert store.load_or_make("", lambda: {"parts": 1}) == {"parts": 1}
    assert len(list(home.iterdir())) == 1


@pytest.mark.skipif(os.getuid() == 0, reason="root can write everywhere")
def test_a_folder_that_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path.chmod(0o500)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert store.folder() is None


@pytest.mark.parametrize(
    ("ticker", "currency"),
    [("NVDA.US", "USD"), ("00700.HK", "HKD"), ("600519.SH", "CNY"), ("2330.TW", "TWD"), ("TCEHY.US", ""), ("X", "")],
)
def test_currency_of_exchange(ticker: str, currency: str) -> None:
    assert currency_of_exchange(ticker) == currency


@pytest.mark.parametrize(
    ("name", "currency"), [("英伟达", "USD"), ("腾讯", "HKD"), ("贵州茅台", "CNY"), ("中芯国际", ""), ("h100", "")]
)
def test_in_which_currency_shares_trade(name: str, currency: str) -> None:
    kb = knowledge_base()
    entity = kb.named(name)
    assert entity is not None
    assert kb.shares_in(entity.id) == currency


@pytest.mark.parametrize(
    ("name", "currency"), [("英伟达", "USD"), ("贵州茅台", "CNY"), ("丰田", "JPY"), ("台积电", "TWD"), ("腾讯", "")]
)
def test_in_which_currency_a_company_reports_at_home(name: str, currency: str) -> None:
    kb = knowledge_base()
    entity = kb.named(name)
    assert entity is not None
    assert kb.reports_in(entity.id) == currency
