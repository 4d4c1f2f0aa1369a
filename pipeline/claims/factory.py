"""The claim rules as spaCy components; each adds to ``doc.spans["claims"]`` and ``doc._.claims``."""

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from pipeline.claims.finders import FINDERS, in_order
from pipeline.claims.reading import Reading
from pipeline.mentions.factory import read_groups
from pipeline.records import Claim

if not Doc.has_extension("claims"):
    Doc.set_extension("claims", default=None)


def reading_of(doc: Doc) -> Reading:
    """The doc's reading, made once and shared by the claim components."""
    reading: Reading | None = doc.user_data.get("reading")
    if reading is None:
        reading = doc.user_data["reading"] = Reading(doc.user_data["draft"], read_groups(doc))
    return reading


def claims_of(doc: Doc) -> list[Claim]:
    """All claims of a doc, in the order of their places."""
    return in_order(doc._.claims or [])


def component(find: Callable[[Reading], list[Claim]]) -> Callable[[Doc], Doc]:
    def write(doc: Doc) -> Doc:
        found = find(reading_of(doc))
        doc._.claims = [*(doc._.claims or []), *found]
        spans = [doc.char_span(c.start, c.end, label=c.label, alignment_mode="expand") for c in found]
        earlier = list(doc.spans["claims"]) if "claims" in doc.spans else []
        doc.spans["claims"] = SpanGroup(doc, name="claims", spans=[*earlier, *(s for s in spans if s is not None)])
        return doc

    return write


for _name, _find in FINDERS.items():
    Language.component(f"taojin_{_name}", assigns=["doc.spans", "doc._.claims"], func=component(_find))
