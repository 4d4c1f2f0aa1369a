"""Words that hold a numeral and are no number, from verdicts on amounts."""

from collections.abc import Iterator, Sequence

from pipeline.language.fold import fold
from pipeline.lexicons import lexicon_rows
from pipeline.review.learn.entities import csv_line
from pipeline.review.learn.evidence import Verdict, grouped
from pipeline.review.learn.proposal import NOT_NUMBERS, Proposal, because
from pipeline.review.learn.words import around

KINDS = ("money", "percent", "quantity")


def proposals(found: Sequence[Verdict], folder: str) -> Iterator[Proposal]:
    """The words of amounts that were wrong each time; only words of Han characters, a written number is one."""
    known = {row["word"] for row in lexicon_rows("not_numbers", folder)}
    for group in grouped(found, KINDS).values():
        if any(verdict.review != "wrong" for verdict in group):
            continue
        for word in dict.fromkeys(around(verdict).whole for verdict in group):
            if word in known or not fold(word).isalpha() or any(character.isascii() for character in word):
                continue
            why = because(f"{word} is a word and no amount", [one.event for one in group])
            yield Proposal(NOT_NUMBERS, csv_line([word, "", ""]), why)
