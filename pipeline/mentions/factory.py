"""The mention finders as spaCy sees them: scanners for the tokenizer, components that write span groups.

Each component owns one group, ``doc.spans[kind]``; a span carries its ``Mention`` as ``span._.mention``. A
component of the user's own between them may add spans to a group: whatever has a ``mention`` becomes a row.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import tzinfo
from typing import get_args

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.util import registry

from pipeline.language.draft import Draft
from pipeline.language.fold import fold
from pipeline.mentions.amounts import find_amounts
from pipeline.mentions.context import Context
from pipeline.mentions.dates import find_dates
from pipeline.mentions.entities import find_entities, knowledge_base
from pipeline.mentions.entities.model import load_model, with_model
from pipeline.records import Kind, Mention
from pipeline.settings import Settings

KINDS: tuple[Kind, ...] = get_args(Kind)

for _kind in KINDS:  # an extension of its own for each kind: spaCy keys a span's data by its offsets
    if not Span.has_extension(_kind):
        Span.set_extension(_kind, default=None)


def context_of(draft: Draft, settings: Settings) -> Context:
    """What the finders may know of a draft, with the mentions found so far."""
    posted_at = draft.post.posted_at
    zone: tzinfo = settings.zone
    if posted_at is not None and posted_at.tzinfo is None:
        posted_at = posted_at.replace(tzinfo=zone)
    return Context(
        text=draft.text,
        folded=draft.folded,
        posted_at=posted_at,
        currency=settings.currency,
        entities=[mention for mention in draft.mentions if mention.kind == "entity"],
        taken=[(mention.start, mention.end) for mention in draft.mentions],
        fiscal_year=knowledge_base(settings.lexicons).fiscal_year,
    )


def register_scanners(settings: Settings) -> list[str]:
    """Register the scanners for these settings; gives their names, in the order in which they run.

    Entities come first, as a model's name owns its digits; dates before amounts, as 2025年 is no duration.
    """

    def entities(draft: Draft) -> list[Mention]:
        known = knowledge_base(settings.lexicons)
        if draft.post.title:
            title = draft.post.title
            draft.title_entities = find_entities(Context(text=title, folded=fold(title)), None, known)
        found = find_entities(context_of(draft, settings), draft.words.between, known)
        return with_model(settings.model, draft.folded, found, known) if settings.model else found

    def dates(draft: Draft) -> list[Mention]:
        return find_dates(context_of(draft, settings))

    def amounts(draft: Draft) -> list[Mention]:
        return find_amounts(context_of(draft, settings))

    if settings.model:
        load_model(settings.model)  # a name that is wrong stops the run here
    names = []
    for scanner in (entities, dates, amounts):
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
