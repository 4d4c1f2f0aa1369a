"""Write the currency names of Unicode CLDR (through Babel) as a lexicon; a tool for us, not for a run.

    python -m pipeline.mentions.amounts.cldr > pipeline/lexicons/currencies/cldr.csv

Only currencies that are legal tender today, by their Simplified and Traditional names (folded), their symbols and
ISO 4217 codes. What CLDR does not know (美金, 刀, 块) is typed in ``colloquial.csv`` beside it, which also names the
codes that are words of their own (``drop``: ALL, AMD).
"""

import csv
import sys

from babel import Locale
from babel.core import get_global

from pipeline.language.fold import fold
from pipeline.lexicons import lexicon_rows

LOCALES = ("zh_Hans", "zh_Hant", "zh_Hant_HK")


def tender() -> list[str]:
    """ISO 4217 codes of today's currencies; no funds, metals or tests."""
    spans = get_global("territory_currencies")
    codes = {code for entries in spans.values() for code, _, end, is_tender in entries if end is None and is_tender}
    return sorted(code for code in codes if not code.startswith("X") or code in ("XAF", "XOF", "XPF", "XCD"))


def rows() -> list[tuple[str, str, str]]:
    """(surface, code, kind) of all currencies, each surface once."""
    dropped = {row["surface"] for row in lexicon_rows("currencies/colloquial")}
    found: dict[str, tuple[str, str]] = {}
    for code in tender():
        for locale in map(Locale.parse, LOCALES):
            name = fold(locale.currencies.get(code, ""))
            if name and name != code:
                found.setdefault(name, (code, "name"))
            symbol = locale.currency_symbols.get(code, "")
            if symbol and symbol != code and not symbol.isalpha():
                found.setdefault(fold(symbol), (code, "symbol"))
        if code not in dropped:
            found.setdefault(code, (code, "code"))
    return sorted((surface, code, kind) for surface, (code, kind) in found.items() if surface not in dropped)


def main() -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("surface", "code", "kind", "factor", "unless"))
    writer.writerow(
        ("# from CLDR by pipeline/mentions/amounts/cldr.py; type others into colloquial.csv", "", "", "", "")
    )
    writer.writerows((*row, "", "") for row in rows())


if __name__ == "__main__":
    main()
