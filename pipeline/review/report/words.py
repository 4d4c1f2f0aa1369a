"""The report's own words in its languages, from ``words.toml``, and how it writes numbers."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    language: str
    table: Mapping[str, str]
    names: Mapping[str, str]
    scales: tuple[tuple[Decimal, str], ...]

    def __call__(self, key: str, **filled: object) -> str:
        """A sentence or heading, its places filled."""
        return self.table[key].format(**filled)

    def name(self, value: str) -> str:
        """A value of the table (``asserted``, ``money``, …) as readers call it; as it is where they call it so."""
        return self.names.get(value, value)

    def amount(self, value: Decimal | float, unit: str = "") -> str:
        """A number with the language's scales: 350.8亿, 35.08 bn."""
        number = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
        size = abs(number)
        for scale, word in self.scales:
            if size >= scale:
                return f"{figures(number / scale)}{word}{unit}"
        return f"{figures(number)}{unit}"


def figures(number: Decimal) -> str:
    """At most four significant figures, no needless zeros: 350.8, 0.0125, 12000."""
    if not number:
        return "0"
    places = max(0, 3 - number.adjusted())
    text = f"{number:.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@cache
def words(language: str) -> Words:
    """The words of ``zh`` or ``en``."""
    table = tomllib.loads((files("pipeline.review.report") / "words.toml").read_text("utf-8"))[language]
    scales = tuple((Decimal(scale), word) for scale, word in table["scales"])
    return Words(language, table["text"], table["names"], scales)
