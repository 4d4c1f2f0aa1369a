"""Words of a clause and the noun phrases that they form."""

from pipeline.claims.phrases.heads import entities_of, head_entity, is_office, span, written
from pipeline.claims.phrases.leading import BEFORE_SUBJECT, joins, leading, modifies
from pipeline.claims.phrases.lexicon import is_agent, is_document, is_person, phrases
from pipeline.claims.phrases.units import Unit, units, without_asides

__all__ = [
    "BEFORE_SUBJECT",
    "Unit",
    "entities_of",
    "head_entity",
    "is_agent",
    "is_document",
    "is_office",
    "is_person",
    "joins",
    "leading",
    "modifies",
    "phrases",
    "span",
    "units",
    "without_asides",
    "written",
]
