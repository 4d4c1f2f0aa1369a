"""The mention finders as scanners of a draft, in the order in which they run."""

from collections.abc import Callable
from datetime import tzinfo
from functools import lru_cache

from pipeline.language.draft import Draft
from pipeline.language.fold import fold
from pipeline.mentions.amounts import currency_of, find_amounts
from pipeline.mentions.context import Context
from pipeline.mentions.dates import find_dates
from pipeline.mentions.entities import find_entities, knowledge_base
from pipeline.mentions.entities.model import load_model, with_model
from pipeline.records import Mention
from pipeline.settings import Settings

Scanner = Callable[[Draft], list[Mention]]


def context_of(draft: Draft, settings: Settings) -> Context:
    """What the finders may know of a draft, with the mentions found so far."""
    posted_at = draft.post.posted_at
    zone: tzinfo = settings.zone
    if posted_at is not None and posted_at.tzinfo is None:
        posted_at = posted_at.replace(tzinfo=zone)
    known = knowledge_base(settings.lexicons)
    return Context(
        text=draft.text,
        folded=draft.folded,
        posted_at=posted_at,
        currency=currency_of(draft.post.site, settings.currency),
        entities=[mention for mention in draft.mentions if mention.kind == "entity"],
        taken=[(mention.start, mention.end) for mention in draft.mentions],
        fiscal_year=known.fiscal_year,
        shares_in=known.shares_in,
        reports_in=known.reports_in,
    )


def scanners(settings: Settings) -> list[Scanner]:
    """The scanners for these settings.

    Entities come first, as a model's name owns its digits; dates before amounts, as 2025年 is no duration.

    Raises:
        SettingsError: the spaCy model of the settings cannot be loaded.
    """

    @lru_cache(maxsize=256)
    def in_title(title: str) -> list[Mention]:  # the same for all posts of a thread
        return find_entities(Context(text=title, folded=fold(title)), None, knowledge_base(settings.lexicons))

    def entities(draft: Draft) -> list[Mention]:
        known = knowledge_base(settings.lexicons)
        if draft.post.title:
            draft.title_entities = in_title(draft.post.title)
        found = find_entities(context_of(draft, settings), draft.words.between, known)
        return with_model(settings.model, draft.folded, found, known) if settings.model else found

    def dates(draft: Draft) -> list[Mention]:
        return find_dates(context_of(draft, settings))

    def amounts(draft: Draft) -> list[Mention]:
        return find_amounts(context_of(draft, settings))

    if settings.model:
        load_model(settings.model)  # a name that is wrong stops the run here
    return [entities, dates, amounts]
