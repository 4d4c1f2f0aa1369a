"""A sum told again in another currency, which is no second claim: 售价499美元，约合人民币3600元."""

from pipeline.claims.metrics.lexicon import cue_matcher, cues
from pipeline.claims.reading import Reading
from pipeline.records import Mention

APART = 12  # characters between a sum and what it comes to in another currency


def is_conversion(reading: Reading, amount: Mention) -> bool:
    """True for a sum right behind one of another currency, with a word between them that converts."""
    if amount.kind != "money":
        return False
    before = reading.amounts_in(max(0, amount.start - 2 * APART), amount.start)
    if not before or before[-1].kind != "money" or amount.start - before[-1].end > APART:
        return False
    if currency(before[-1]) == currency(amount):
        return False
    between = reading.masked[before[-1].end : amount.end]
    if set(between) & set("。；;\n"):
        return False
    if cue_matcher("conversions").find(between):
        return True
    # 319美元－約台幣10300元: nothing but a sign and 约
    gap = reading.masked[before[-1].end : amount.start].strip(" \0")
    return amount.qualifier == "about" and gap.strip("，,－-—–/=≈（( ") in cues()["about"]


def currency(amount: Mention) -> str:
    return amount.unit.partition("/")[0]
