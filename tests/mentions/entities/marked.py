"""Marked-up sentences: ``分析师[[郭明錤|PERSON]]预计[[果子|ORG|苹果]]降价`` is a text and its names."""

import re

from pipeline.language.fold import fold
from pipeline.language.sentences import sentences
from pipeline.language.words import Words
from pipeline.mentions.context import Context
from pipeline.mentions.entities import find_entities
from pipeline.records import Mention

MARK = re.compile(r"\[\[([^|\]]+)\|([A-Z]+)(?:\|([^\]]+))?\]\]")
Name = tuple[int, str, str, str]


def unmarked(marked: str) -> tuple[str, list[Name]]:
    """The text without marks, and ``(start, surface, label, canonical name)`` of each."""
    text, names, at = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        names.append((len(text), match[1], match[2], match[3] or match[1]))
        text += match[1]
        at = match.end()
    return text + marked[at:], names


def entities(text: str) -> list[Mention]:
    folded = fold(text)
    return find_entities(Context(text, folded), Words(folded, sentences(folded) if text else []).between)


def found(text: str) -> list[Name]:
    return [(one.start, text[one.start : one.end], one.label, one.name) for one in entities(text)]
