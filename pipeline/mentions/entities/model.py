"""Entities of a trained spaCy model that the user has installed (``Settings.model``), beside ours."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import Any

from pipeline.errors import SettingsError
from pipeline.mentions.entities.knowledge import KnowledgeBase
from pipeline.mentions.entities.rows import LABELS
from pipeline.mentions.entities.surfaces import lowered
from pipeline.records import Mention

RULE = "entity.model"


@cache
def load_model(name: str) -> Any:
    """The installed model, or the one in a folder, loaded once.

    Raises:
        SettingsError: there is none of that name, or it cannot be loaded.
    """
    import spacy

    try:
        return spacy.load(name)
    except (OSError, ValueError, ImportError) as error:
        raise SettingsError(f"model = {name!r} cannot be loaded: {error}; install it or leave model empty") from error


def with_model(name: str, folded: str, found: Sequence[Mention], kb: KnowledgeBase) -> list[Mention]:
    """Our mentions, and the model's where ours leave room; ``folded`` is the text in Simplified characters.

    Labels outside the table's are mapped by ``[model]`` of ``entity_patterns.toml`` or dropped.
    """
    labels: dict[str, str] = kb.patterns["model"]["labels"]
    ours = sorted(found, key=lambda one: one.start)
    starts = [one.start for one in ours]
    theirs = []
    for span in load_model(name)(folded).ents:
        label = labels.get(span.label_, span.label_)
        written = folded[span.start_char : span.end_char]
        start = span.start_char + len(written) - len(written.lstrip())
        end = start + len(written.strip())
        at = bisect_left(starts, end)
        if label not in LABELS or start == end or (at and ours[at - 1].end > start):
            continue
        text = folded[start:end]
        known = kb.named(lowered(text))
        linked = known if known and known.label == label else None
        theirs.append(
            Mention(
                "entity",
                label,
                start,
                end,
                RULE,
                name=linked.name if linked else text,
                entity_id=linked.id if linked else "",
            )
        )
    return sorted([*ours, *theirs], key=lambda one: one.start)
