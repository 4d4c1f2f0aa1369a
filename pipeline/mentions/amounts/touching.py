"""What touches a number or an amount, one character on either side: most of it calls for no look any closer."""

from pipeline.frozen import frozen
from pipeline.lexicons import cached
from pipeline.mentions.amounts.cues import cues
from pipeline.mentions.amounts.lexicon import by_edge, counters, cue_table, currencies, edges, words
from pipeline.mentions.numerals.combine import dash_opens

NAMED = ("name", "code", "symbol")  # roles of what may stand before a number


@frozen
class Touching:
    """Characters before and behind: of a currency, of a price for each of something, of a cue that bounds an amount.

    ``sharing`` ends words that hand a cue on, ``thing`` the things that a price may be for. ``more`` begins 多 and the
    like, ``dash`` what may stand between the ends of a range.
    """

    currency_before: frozenset[str]
    currency_behind: frozenset[str]
    price_before: frozenset[str]
    price_behind: frozenset[str]
    bound_before: frozenset[str]
    bound_behind: frozenset[str]
    sharing: frozenset[str]
    thing: frozenset[str]
    more: frozenset[str]
    dash: frozenset[str]


@cached
def touching() -> Touching:
    named, units = words("money.named"), [unit for found in currencies().by_first.values() for unit in found]
    currency = {u.surface[-1] for u in units if u.role in NAMED and (u.role != "name" or u.surface in named)}
    bound = frozenset((*cues("before"), *by_edge("qualifiers.between", True), " "))
    sharing = edges("qualifiers.shared", True)
    thing = frozenset(word[-1] for word in cue_table()["per"]["things"]) | counters().last.keys()
    return Touching(
        currency_before=frozenset(currency | {" "}),
        currency_behind=frozenset((*words("marks.rounded"), " ", *currencies().by_first)),
        price_before=sharing | thing | bound,
        price_behind=edges("per.behind") | edges("per.rounded") | {"/", " "},
        bound_before=bound,
        bound_behind=frozenset((*cues("behind"), "(", "（", "+", " ")),
        sharing=sharing,
        thing=thing,
        more=frozenset(cues("unit")),
        dash=dash_opens(),
    )
