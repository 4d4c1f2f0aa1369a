"""The metric lexicon, direction verbs and cues, compiled once."""

from typing import Any

from pipeline.frozen import frozen
from pipeline.lexicons import cached, lexicon_rows, lexicon_table
from pipeline.lexicons.matcher import Matcher

EACH = "*"  # in the column `metric`: each surface is its own canonical name


@frozen
class Units:
    """The units that a count can have: any of ``those`` where there are some, and none of ``never``."""

    those: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()

    def __contains__(self, unit: str) -> bool:
        return (not self.those or unit in self.those) and unit not in self.never


ANY = Units()


@frozen
class Metric:
    """One line of ``metrics.csv``.

    ``takes`` are the kinds of value it has: ``money``, ``rate`` (a percentage as a level), ``multiple``,
    ``count`` (a quantity), ``change`` (given as the change in percent), ``change_up`` and ``change_down`` (the
    name says the direction), ``held`` (a share of another company), ``index``, ``view`` (its values are forecasts),
    ``forecast`` (a forecast of another metric), ``change_of`` (its change, whichever way), ``previous`` (the value
    before of another metric). ``role`` is ``noun`` or ``verb``; ``good`` the direction that is good news; ``of`` what
    has the metric where that is no company: ``gpe`` (an economy), ``goods``, ``share``, ``person``, ``human`` (one
    person: an age), ``state`` (places and companies alike). ``units`` are those that it can be counted in.
    """

    name: str
    takes: frozenset[str]
    role: str
    good: str = ""
    of: str = ""
    units: Units = ANY


# What a value has whose metric no word tells; an everyday price has no moves.
PRICE = Metric("价格", frozenset({"money"}), "noun", of="goods")
PRICE_MOVE = Metric("价格", frozenset({"money", "change"}), "noun", of="goods")
SHARE_PRICE = Metric("股价", frozenset({"money", "change"}), "noun")
INDEX = Metric("指数", frozenset({"index", "change"}), "noun")


@frozen
class Direction:
    """``up``, ``down`` or ``flat``; ``strength`` is ``change``, ``level``, ``ratio``, ``compare`` or ``trend``."""

    direction: str
    strength: str


@cached
def metrics() -> Matcher[Metric]:
    """Every surface of every metric, case folded."""
    surfaces: dict[str, Metric] = {}
    for row in lexicon_rows("metrics"):
        takes = frozenset(row.items("takes"))
        own = row["metric"] == EACH
        named = row.items("surfaces") if own or row["role"] == "verb" else (row["metric"], *row.items("surfaces"))
        for surface in named:
            name = surface if own else row["metric"]
            units = units_for(surface) if "count" in takes else ANY
            of = row["of"] or ("goods" if own and name.endswith(cue_tuple("price_endings")) else "")
            metric = Metric(name, takes, row["role"], row["good"], of, units)
            surfaces.setdefault(surface.casefold(), metric)
    return Matcher(surfaces)


@cached
def cue_tuple(name: str) -> tuple[str, ...]:
    """The words of a list of cues for ``str.startswith`` and ``str.endswith``."""
    return tuple(cues()[name])


@cached
def list_units() -> dict[str, str]:
    """What the lines of a table of places count, by their unit, where its heading does not say it."""
    return dict(table()["list_units"])


@cached
def unit_metrics() -> dict[str, Metric]:
    """What a unit alone says is measured: 岁 an age, mAh what a battery holds."""
    people = cues()["person_units"]
    return {
        unit: Metric(name, frozenset({"count"}), "noun", of="human" if unit in people else "")
        for unit, name in table()["units"].items()
    }


@cached
def dimensions() -> dict[str, str]:
    """What an adjective in front of a measure says is measured: 重 a weight."""
    return dict(table()["dimensions"])


@cached
def deeds() -> Matcher[str]:
    """What is done to many with what its count is called: 交付 a 交付量."""
    return Matcher(table()["deeds_counted"])


@cached
def trades() -> Matcher[str]:
    """Verbs of trade with what the price in front of them is: 买入 a 买入价."""
    return Matcher(table()["trades"])


@cached
def counted_units() -> dict[str, Units]:
    """The units of a count by the ending of its metric's name: square metres of 面积, people of 用户."""
    groups = table()["counted"].values()
    return {
        end: Units(frozenset(one.get("units", ())), frozenset(one.get("never", ())))
        for one in groups
        for end in one["endings"]
    }


def units_for(name: str) -> Units:
    """The units that a metric can be counted in, by the longest ending that is known."""
    known = counted_units()
    return next((known[name[at:]] for at in range(len(name)) if name[at:] in known), ANY)


@cached
def suffixes() -> dict[str, Metric]:
    """The kind of metric that a noun's last character makes it: 费 is money, 率 a rate."""
    suffixes = table()["suffixes"]
    return {char: Metric("", frozenset({kind}), "noun", of=of) for char, (kind, of) in suffixes.items()}


@cached
def table() -> dict[str, Any]:
    """The cue lists as they stand in ``metric_cues.toml``."""
    return lexicon_table("metric_cues")


@cached
def directions() -> Matcher[Direction]:
    rows = lexicon_rows("directions")
    return Matcher({row["cue"]: Direction(row["direction"], row["strength"]) for row in rows})


@cached
def cues() -> dict[str, Any]:
    return {name: frozenset(words) for name, words in table().items() if isinstance(words, list)}


@cached
def cue_matcher(name: str) -> Matcher[str]:
    """The words of one cue list, matched to themselves."""
    return Matcher({word: word for word in table()[name]})


GAP = ("connectors", "targets", "yoy", "qoq", "mom", "previous", "bases", "pronouns")


@cached
def gap_matcher() -> Matcher[str]:
    """What may stand between a metric and its value: connectors, directions, comparisons."""
    return between(*GAP)


@cached
def exchange_matcher() -> Matcher[str]:
    """What may stand between money and its rate in other money."""
    return between(*GAP, "currencies", "rates_of_exchange", "breaks", "quotations", "sessions")


@cached
def goods_matcher() -> Matcher[str]:
    """What may stand between raw goods and their price."""
    return between(*GAP, "contracts", "price_moves", "breaks", "quotations", "sessions", "rates")


@cached
def holding_matcher() -> Matcher[str]:
    """What may stand between a deed and the number of shares that it is done with."""
    return between(*GAP, "share_nouns", "sessions")


@cached
def session_matcher() -> Matcher[str]:
    """What may stand between a share and where its price comes to."""
    return between(*GAP, "sessions")


@cached
def passing_matcher() -> Matcher[str]:
    """What may stand between the price that a clause before named and where it came to."""
    return between(*GAP, "price_moves", "breaks", "quotations", "sessions")


def between(*names: str) -> Matcher[str]:
    """The words of some lists of cues, and those of rise and fall."""
    words = {word: word for name in names for word in table()[name]}
    return Matcher(words | {row["cue"]: row["cue"] for row in lexicon_rows("directions")})
