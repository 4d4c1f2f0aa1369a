"""Aliases, new names, and words that are none, from verdicts on entities."""

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.language.fold import fold
from pipeline.lexicons import lexicon_table
from pipeline.mentions.entities.knowledge import KnowledgeBase, knowledge_base
from pipeline.mentions.entities.rows import COLUMNS, Entity
from pipeline.mentions.entities.surfaces import lowered
from pipeline.review.learn.evidence import Verdict, grouped
from pipeline.review.learn.proposal import ENTITIES, GUARDS, Proposal, because
from pipeline.review.learn.words import around

OFTEN = 2
"""Posts in which a surface must be wrong, and nowhere right, before it is proposed to be none at all."""


def proposals(found: Sequence[Verdict], folder: str) -> Iterator[Proposal]:
    """What verdicts on entities teach, by surface."""
    knowledge = knowledge_base(folder)
    for surface, group in grouped(found, ("entity",)).items():
        yield from _names(surface, group, knowledge, folder)
        yield from _guards(surface, group, knowledge, folder)


def _names(surface: str, group: Sequence[Verdict], knowledge: KnowledgeBase, folder: str) -> Iterator[Proposal]:
    """An alias of a known entity, or an entity of its own, where a reviewer gave a name or added a row."""
    wanted: dict[tuple[str, str], list[Verdict]] = {}
    for verdict in group:
        named = verdict.right["name"] != verdict.found["name"] or verdict.right["label"] != verdict.found["label"]
        if verdict.review == "added" or (verdict.review == "fixed" and named):
            wanted.setdefault((verdict.right["name"] or surface, verdict.right["label"]), []).append(verdict)
    for (name, label), verdicts in wanted.items():
        known = _entity(name, label, verdicts[0].right["entity_id"], knowledge)
        events = [verdict.event for verdict in verdicts]
        if known and surface in known.names:
            if surface not in known.ambiguous and not _rule(surface, folder):
                continue
            why = because(f"{surface} means {known.name} without more evidence", events)
            yield Proposal(GUARDS, _surface(surface, {}, folder, prefer=known.id), why)
        elif known:
            why = because(f"{surface} is another name of {known.name}", events)
            yield Proposal(ENTITIES, _row(known.id, known.name, known.label, surface), why)
        else:
            why = because(f"{name} is an entity that is not known yet", events)
            alias = surface if surface != name else ""
            yield Proposal(ENTITIES, _row(_new_id(name, label), name, label, alias), why)


def _entity(name: str, label: str, entity_id: str, knowledge: KnowledgeBase) -> Entity | None:
    known = knowledge.entity(entity_id) if entity_id else None
    if known and known.name == name:
        return known
    known = knowledge.named(lowered(fold(name)))
    return known if known and known.label == label else None


def _new_id(name: str, label: str) -> str:
    kind = label.lower()
    return f"{kind}.own_{hashlib.blake2b(name.encode(), digest_size=4).hexdigest()}"


def _row(entity_id: str, name: str, label: str, alias: str) -> str:
    cells = dict.fromkeys(COLUMNS, "") | {"id": entity_id, "name": name, "label": label, "aliases": alias}
    return csv_line([cells[column] for column in COLUMNS])


def csv_line(cells: Sequence[str]) -> str:
    """One line of a CSV file, without its end."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="").writerow([" ".join(cell.split()) for cell in cells])
    return stream.getvalue()


def _guards(surface: str, group: Sequence[Verdict], knowledge: KnowledgeBase, folder: str) -> Iterator[Proposal]:
    """Where a surface was no name: the longer word around it, a neighbour that gives it away, or all of it."""
    wrong = [verdict for verdict in group if verdict.review == "wrong"]
    if not wrong:
        return
    right = [verdict for verdict in group if verdict.review != "wrong"]
    events = [verdict.event for verdict in wrong]
    posts = {verdict.found["post_id"] for verdict in wrong}
    if not right and (len(posts) >= OFTEN or knowledge.named(lowered(fold(surface))) is None):
        yield Proposal(GUARDS, f"blocked = {_list([surface])}", because(f"{surface} names nothing", events))
        return
    kept = {word for verdict in right for word in (around(verdict).before, around(verdict).after)}
    touching: dict[str, set[str]] = {"not_before": set(), "not_after": set()}
    loose = []
    for verdict in wrong:
        words = around(verdict)
        if words.whole != fold(surface):
            why = because(f"{words.whole} is a word, and {surface} in it no name", [verdict.event])
            yield Proposal(GUARDS, f"nothing = {_list([words.whole])}", why)
            continue
        loose.append(verdict)
        for key, word in (("not_before", words.before), ("not_after", words.after)):
            if word and word not in kept:
                touching[key].add(word)
    if any(touching.values()):
        why = because(f"beside these words {surface} is no name", [verdict.event for verdict in loose])
        yield Proposal(GUARDS, _surface(surface, touching, folder), why)


def _surface(surface: str, touching: dict[str, set[str]], folder: str, prefer: str = "") -> str:
    """A guard for the surface: the one that is in force, if any, with what is more or other."""
    rule: dict[str, Any] = _rule(surface, folder) or {"default": True}
    rule["names"] = [surface]
    if prefer:
        rule |= {"prefer": prefer, "default": True}
    for key, words in touching.items():
        if words:
            rule[key] = list(dict.fromkeys([*rule.get(key, ()), *sorted(words)]))
    cells = (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in rule.items())
    return f"surface = {{{', '.join(cells)}}}"


def _rule(surface: str, folder: str) -> dict[str, Any]:
    """The guard of a surface that is in force, as it stands in the lexicon; empty for none."""
    rules = [rule for rule in lexicon_table("entity_guards", folder)["surface"] if surface in rule["names"]]
    return dict(rules[-1]) if rules else {}


def _list(words: Sequence[str]) -> str:
    """A list of TOML; its strings are written as those of JSON are."""
    return "[" + ", ".join(json.dumps(word, ensure_ascii=False) for word in words) + "]"
