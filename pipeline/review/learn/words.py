"""The words around a row, cut as the rules cut them."""

from dataclasses import dataclass

from pipeline.review.learn.evidence import Verdict


@dataclass(frozen=True, slots=True)
class Around:
    """``whole`` is the word (or words) that the row is a part of; ``before`` and ``after`` are its neighbours."""

    whole: str
    before: str
    after: str


def around(verdict: Verdict) -> Around:
    """The words of the row's line that touch it; neighbours that are no words are empty."""
    from pipeline.language.segment import cutter

    line, start = verdict.line
    end = start + len(verdict.surface)
    at, first, last, before, after = 0, start, end, "", ""
    for word in cutter()(line):
        left, right = at, at + len(word)
        at = right
        if left < end and right > start:
            first, last = min(first, left), max(last, right)
        elif right <= start:
            before = word
        elif not after:
            after = word
    alone = (first, last) == (start, end)
    kept = [word if alone and _is_word(word) else "" for word in (before, after)]
    return Around(line[first:last], *kept)


def _is_word(word: str) -> bool:
    return bool(word) and all(character.isalnum() for character in word)
