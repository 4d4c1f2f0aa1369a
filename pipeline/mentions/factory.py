"""The mention finders as spaCy sees them: scanners for the tokenizer, components that write span groups.

Each component owns one group, ``doc.spans[kind]``; a span carries its ``Mention`` as ``span._.mention``. A
component of the user's own between them may add spans to a group: whatever has a ``mention`` becomes a row.
"""

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.util import registry

from pipeline.frozen import replace
from pipeline.language.draft import Draft
from pipeline.mentions.scanners import scanners
from pipeline.records import KINDS, Kind, Mention
from pipeline.settings import Settings

for _kind in KINDS:  # an extension of its own for each kind: spaCy keys a span's data by its offsets
    if not Span.has_extension(_kind):
        Span.set_extension(_kind, default=None)


def register_scanners(settings: Settings) -> list[str]:
    """Register the scanners for these settings with spaCy; gives their names, in the order in which they run."""
    names = []
    for scanner in scanners(settings):
        name = f"taojin.{scanner.__name__}.v1"
        registry.misc.register(name, func=scanner)
        names.append(name)
    return names


def write_group(doc: Doc, kind: Kind) -> Doc:
    """Put the draft's mentions of one kind into its span group."""
    draft: Draft = doc.user_data["draft"]
    spans = []
    for mention in draft.mentions:
        if mention.kind == kind:
            span = doc.char_span(mention.start, mention.end, label=mention.label, alignment_mode="expand")
            if span is not None:
                span._.set(kind, mention)
                spans.append(span)
    doc.spans[kind] = SpanGroup(doc, name=kind, spans=spans)
    return doc


def read_groups(doc: Doc) -> list[Mention]:
    """The mentions of all groups, in order, also those that a component of the user's own added."""
    found: list[Mention] = []
    for kind in KINDS:
        if kind not in doc.spans:
            continue
        for span in doc.spans[kind]:
            mention: Mention | None = span._.get(kind)
            if mention is None:
                mention = Mention(kind, span.label_, span.start_char, span.end_char, "user", name=span.text)
            found.append(replace(mention, label=span.label_) if mention.label != span.label_ else mention)
    return sorted(found, key=lambda m: (m.start, m.end))


def component(kind: Kind) -> Callable[[Doc], Doc]:
    def write(doc: Doc) -> Doc:
        return write_group(doc, kind)

    return write


for _kind in KINDS:
    Language.component(f"taojin_{_kind}", assigns=["doc.spans"], func=component(_kind))
