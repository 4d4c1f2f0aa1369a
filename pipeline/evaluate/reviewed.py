"""Reviewed rows as gold: what reviewers called right, wrong or fixed, and what they added, with their posts."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import TableError
from pipeline.evaluate import gold
from pipeline.table.check import check_extraction
from pipeline.table.schema import ADDED_RULE, BY_NAME, Row
from pipeline.table.verdicts import Event

PLACED = ("label", "text", "start", "end")
PARTS = {"entity": "entities", "claim": "claims"}


def cases(out: Path) -> list[dict[str, Any]]:
    """The reviewed posts of an output folder as partial gold posts, in the order of ``posts.csv``.

    Raises:
        InputError: the tables cannot be read.
        OutputError: the log of reviews cannot be read.
    """
    from pipeline.review.store import Store
    from pipeline.table.formats import read_table

    by_post: dict[str, list[Event]] = defaultdict(list)
    for event in Store(out).standing():
        if event.review:
            by_post[event.row.get("post_id", "")].append(event)
    if not by_post:
        return []
    posts = {row["post_id"]: row for row in read_table(out, "posts") if row["post_id"] in by_post}
    made = (case(posts[post_id], by_post[post_id]) for post_id in posts)
    return [found for found in made if any(found.get(part) for part in (*gold.PARTS, "wrong"))]


def case(post: Row, events: Iterable[Event]) -> dict[str, Any]:
    """One post with its judged rows; those that no longer stand in its text are left out."""
    found: dict[str, Any] = {name: post[name] for name in gold.POST_FIELDS if post.get(name)}
    found["partial"] = True
    text = post["text"]
    for event in sorted(events, key=lambda event: (int(event.row.get("start") or 0), event.row_id)):
        row = event.cells
        if not _stands(row, text):
            continue
        if event.review == "wrong":
            if row["rule"] != ADDED_RULE:  # a row that a reviewer added and took back says nothing of a rule
                found.setdefault("wrong", []).append({"kind": row["kind"], **item(row)})
            continue
        wanted = {**row, **(event.corrected or {})}
        part = PARTS.get(row["kind"], "mentions")
        kind = {} if row["kind"] in PARTS else {"kind": row["kind"]}
        found.setdefault(part, []).append({**kind, **item(wanted)})
        if event.review == "fixed" and event.corrected:
            found.setdefault("wrong", []).append({"kind": row["kind"], **item(row)})
    return found


def _stands(row: Row, text: str) -> bool:
    try:
        check_extraction(row, text)
    except (TableError, ValueError):
        return False
    return True


def item(row: Mapping[str, str]) -> dict[str, Any]:
    """The filled cells of a row that say what it should be."""
    cells: dict[str, Any] = {"label": row["label"], "text": row["text"]}
    cells |= {"start": int(row["start"]), "end": int(row["end"])}
    cells |= {
        name: row[name]
        for name, column in BY_NAME.items()
        if column.correctable and row[name] and name not in PLACED and name != "entity_id"
    }
    if row["rule"] and row["rule"] != ADDED_RULE:
        cells["rule"] = row["rule"]
    return cells


def as_lines(found: Iterable[Mapping[str, Any]]) -> str:
    """Cases as JSON Lines."""
    return "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in found)
