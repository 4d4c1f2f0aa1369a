"""The knowledge base: what must hold of every row of ``entities/*.csv``, whoever wrote it."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

import pytest
from opencc import OpenCC

from pipeline.lexicons import Row, lexicon_rows, lexicon_table

HEADER = ["id", "name", "label", "aliases", "ticker", "parent", "country", "fiscal_year_end", "note", "ambiguous"]
LABELS = {"ORG", "PERSON", "PRODUCT", "GPE", "LOC", "EVENT", "LAW"}
FISCAL_YEAR_END = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]|last-(Mon|Tue|Wed|Thu|Fri|Sat|Sun))")
# The form of a code on each exchange, by the suffix that names the exchange.
TICKER = {
    "SH": r"(60[0135]|68[89]|900)\d{3}",  # main board, STAR, B shares
    "SZ": r"(00[0-4]|30[0-2]|200)\d{3}",  # main board, ChiNext, B shares
    "BJ": r"(43|83|87|88|92)\d{4}",
    "HK": r"\d{5}",
    "US": r"[A-Z]{1,5}(\.[AB])?",
    "TW": r"\d{4}",
    "TWO": r"\d{4}",
    "T": r"\d{3}[\dA-Z]",
    "KS": r"\d{6}",
    "KQ": r"\d{6}",
    "NS": r"[A-Z&-]{1,12}",
    "SR": r"\d{4}",
    "KL": r"\d{4}",
}
ELSEWHERE = {  # letters and digits; Nordic share classes behind a hyphen
    *("AS", "DE", "PA", "BR", "L", "SW", "MI", "MC", "LS", "VI", "ST", "HE", "CO", "OL", "IR", "WA"),
    *("AX", "NZ", "TO", "SI", "BK", "JK", "PS", "VN", "TA", "SA", "MX", "AE", "JO"),
}
to_simplified = OpenCC("t2s").convert


def fold(text: str) -> str:
    """What matching does to a text: width, case and script make no difference."""
    return to_simplified(unicodedata.normalize("NFKC", text).casefold())


def where(row: Row) -> str:
    return f"{row.file.name}:{row.line} {row['id']}"


def forms(row: Row) -> tuple[str, ...]:
    return (row["name"], *row.items("aliases"))


def ticker_is_wellformed(ticker: str) -> bool:
    code, _, exchange = ticker.rpartition(".")
    if exchange in ELSEWHERE:
        return re.fullmatch(r"[A-Z0-9]{1,10}(-[A-Z])?", code) is not None
    return exchange in TICKER and re.fullmatch(TICKER[exchange], code) is not None


@pytest.fixture(scope="module")
def entities() -> list[Row]:
    return lexicon_rows("entities/*")


def report(faults: Iterable[str]) -> None:
    found = list(faults)
    assert not found, "\n".join(found[:50])


def test_every_file_has_the_header(entities: list[Row]) -> None:
    report(where(row) for row in entities if list(row.cells) != HEADER)


def test_ids_are_unique_slugs(entities: list[Row]) -> None:
    seen: dict[str, Row] = {}
    for row in entities:
        assert re.fullmatch(r"[a-z]+\.[a-z0-9]+(?:[._-][a-z0-9]+)*", row["id"]), where(row)
        assert row["id"] not in seen, f"{where(row)} and {where(seen[row['id']])}"
        seen[row["id"]] = row


def test_labels_are_of_the_contract(entities: list[Row]) -> None:
    report(f"{where(row)}: {row['label']}" for row in entities if row["label"] not in LABELS)


def test_names_and_aliases_are_longer_than_one_character(entities: list[Row]) -> None:
    report(
        f"{where(row)}: {form!r}"
        for row in entities
        for form in forms(row)
        if len(form) < 2 and form not in row.items("ambiguous")
    )


def test_no_form_is_said_twice_in_a_row(entities: list[Row]) -> None:
    report(where(row) for row in entities if len({fold(form) for form in forms(row)}) < len(forms(row)))


def test_shared_forms_are_declared_ambiguous_in_every_row(entities: list[Row]) -> None:
    holders: dict[str, list[tuple[Row, str]]] = defaultdict(list)
    for row in entities:
        for form in forms(row):
            holders[fold(form)].append((row, form))
    report(
        f"{form!r}: {', '.join(where(row) for row, _ in rows)}"
        for form, rows in holders.items()
        if len(rows) > 1 and not all(written in row.items("ambiguous") for row, written in rows)
    )


def test_ambiguous_forms_are_forms_of_the_row(entities: list[Row]) -> None:
    report(f"{where(row)}: {form!r}" for row in entities for form in row.items("ambiguous") if form not in forms(row))


def test_tickers_have_the_form_of_their_exchange(entities: list[Row]) -> None:
    report(
        f"{where(row)}: {ticker}"
        for row in entities
        for ticker in row.items("ticker")
        if not ticker_is_wellformed(ticker)
    )


def test_a_ticker_belongs_to_one_entity(entities: list[Row]) -> None:
    holders: dict[str, list[str]] = defaultdict(list)
    for row in entities:
        for ticker in row.items("ticker"):
            holders[ticker].append(where(row))
    report(f"{ticker}: {', '.join(rows)}" for ticker, rows in holders.items() if len(rows) > 1)


def test_parents_exist_and_make_no_circle(entities: list[Row]) -> None:
    parents = {row["id"]: row["parent"] for row in entities}
    report(f"{where(row)}: no {row['parent']}" for row in entities if row["parent"] and row["parent"] not in parents)
    for row in entities:
        line = [row["id"]]
        while parents.get(line[-1]):
            line.append(parents[line[-1]])
            assert line[-1] not in line[:-1], f"{where(row)}: its own parent"


def test_countries_are_iso_3166_codes(entities: list[Row]) -> None:
    report(
        f"{where(row)}: {row['country']}"
        for row in entities
        if row["country"] and not re.fullmatch(r"[A-Z]{2}", row["country"])
    )


def test_fiscal_year_ends_are_dates_or_last_weekdays(entities: list[Row]) -> None:
    report(
        f"{where(row)}: {row['fiscal_year_end']}"
        for row in entities
        if row["fiscal_year_end"] and not FISCAL_YEAR_END.fullmatch(row["fiscal_year_end"])
    )


def test_companies_are_organizations(entities: list[Row]) -> None:
    report(where(row) for row in entities if row.file.name.startswith("companies_") and row["label"] != "ORG")


def test_the_id_of_a_listed_company_is_its_code(entities: list[Row]) -> None:
    """Codes outlive names: 600000.SH is org.sh600000 whatever it is called."""
    ids = {
        "HK": "org.hk",
        "TW": "org.tw",
        "TWO": "org.tw",
        "SH": "org.sh",
        "SZ": "org.sz",
        "BJ": "org.bj",
        "US": "org.us_",
    }
    report(
        where(row)
        for row in entities
        if row.file.name.startswith("listed_")
        and row["id"]
        not in [ids[market] + code.lower() for code, _, market in (t.partition(".") for t in row.items("ticker"))]
    )


def test_coded_names_are_forms_of_companies_with_a_code(entities: list[Row]) -> None:
    codes = {fold(form) for row in entities if row["ticker"] for form in forms(row)}
    rules = [rule for rule in lexicon_table("entity_guards")["surface"] if rule.get("coded")]
    assert rules
    report(name for rule in rules for name in rule["names"] if fold(name) not in codes)


@pytest.mark.parametrize(
    ("ticker", "right"),
    [
        ("600519.SH", True),
        ("300750.SZ", True),
        ("00700.HK", True),
        ("BRK.B.US", True),
        ("285A.T", True),
        ("VOLV-B.ST", True),
        ("700.HK", False),
        ("600519.SZ", False),
        ("000858.SH", False),
        ("NVDA", False),
        ("2330.TWSE", False),
    ],
)
def test_ticker_form(ticker: str, right: bool) -> None:
    assert ticker_is_wellformed(ticker) is right
