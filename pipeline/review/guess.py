"""What selected words are, as far as the finders of mentions know: the first filling of the form of a new row."""

from datetime import datetime

from pipeline.language.fold import fold
from pipeline.mentions.amounts import find_amounts
from pipeline.mentions.context import Context
from pipeline.mentions.dates import find_dates
from pipeline.mentions.entities import find_entities, knowledge_base
from pipeline.records import Mention
from pipeline.table.check import plain
from pipeline.table.schema import Row

LONGEST = 200


def guess(words: str, posted_at: str = "", lexicons: str = "") -> Row:
    """Kind, label and cells for a selection.

    Words that are one mention are that; words around a value are a claim with it; others are a name.
    """
    if len(words) > LONGEST:
        return {"kind": "claim", "label": "statement", "certainty": "reported"}
    when = datetime.fromisoformat(posted_at) if posted_at else None
    context = Context(words, fold(words), when)
    entities = find_entities(context, None, knowledge_base(lexicons))
    dates = find_dates(context)
    taken = [(mention.start, mention.end) for mention in [*entities, *dates]]
    amounts = find_amounts(Context(words, fold(words), when, taken=taken))
    found = [*entities, *dates, *amounts]
    whole = words.strip()
    for mention in found:
        if words[mention.start : mention.end].strip() == whole:
            return cells_of(mention)
    if not amounts:
        return {"kind": "entity", "label": "ORG", "name": whole}
    value = cells_of(amounts[0])
    shared = {name: value[name] for name in ("value_min", "value_max", "unit", "qualifier", "direction")}
    subject = next((mention.name for mention in entities), "")
    period = next((cells_of(mention)["period"] for mention in dates), "")
    claim = {"kind": "claim", "label": "metric", "measure": "level", "certainty": "asserted"}
    return {**claim, **shared, "subject": subject, "period": period}


def cells_of(mention: Mention) -> Row:
    """A mention's cells."""
    return {
        "kind": mention.kind,
        "label": mention.label,
        "value_min": plain(mention.value_min),
        "value_max": plain(mention.value_max),
        "unit": mention.unit,
        "qualifier": mention.qualifier,
        "direction": mention.direction,
        "period": mention.period,
        "period_start": mention.period_start,
        "period_end": mention.period_end,
        "name": mention.name,
        "entity_id": mention.entity_id,
    }


def entity_id_of(name: str, lexicons: str = "") -> str:
    """The id of a canonical name in the knowledge base; empty for an unknown or a shared one."""
    known = knowledge_base(lexicons).named(fold(name).lower())
    return known.id if known and known.name == name else ""
