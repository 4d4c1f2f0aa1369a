"""The facts → one HTML page that needs nothing else: styles, script, font and pictures are inside."""

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from importlib.resources import files
from typing import Any

from pipeline import __version__
from pipeline.review.report.data import Facts, Shown
from pipeline.review.report.embedded import woff
from pipeline.review.report.pictures import Picture
from pipeline.review.report.words import Words
from pipeline.run.compare import Group, span
from pipeline.table.schema import CERTAINTIES, KINDS, REVIEWS

GROUPS, REASONS = 40, 30
EMPTY = ("course", "contradicted", "activity")
"""Plots of which a reader wants to know that there is nothing to show."""
PAGE_ROWS, PAGE_POSTS = 50, 10
TEXT_MOST = 40_000
"""Characters of a post that the page shows."""


def page(facts: Facts, drawn: Sequence[Picture], words: Words, with_font: bool = True) -> str:
    """The page in one language."""
    from jinja2 import Environment, StrictUndefined

    home = files("pipeline.review.report") / "assets"
    script, style = ((home / name).read_text("utf-8") for name in ("report.js", "report.css"))
    data = json.dumps(embedded(facts, words), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    template = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).from_string((home / "report.html").read_text("utf-8"))
    shown = contradictions(facts, words)
    reasons = sorted(facts.rejected.items(), key=lambda pair: (-pair[1], pair[0]))[:REASONS]
    if with_font:
        known = [data, *words.table.values(), *words.names.values(), *(part for pair in reasons for part in pair[0])]
        font = woff([*known, *(str(claim) for group in shown for claim in group["claims"])])
        if font:
            style += f'@font-face{{font-family:"Taojin Han";src:url(data:font/woff;base64,{font})}}'
    return template.render(
        lang={"zh": "zh-CN"}.get(words.language, words.language),
        words=words,
        version=__version__,
        lead=lead(facts, words),
        tiles=tiles(facts, words),
        plots=sections(facts, drawn, words),
        contradictions=shown,
        contradicted=len(facts.contradicted),
        reasons=reasons,
        rows_told=rows_told(facts, words),
        data=data,
        script=script,
        style=style,
        policy=policy(script, style),
        kinds=KINDS,
        certainties=CERTAINTIES,
        reviews=REVIEWS,
    )


def policy(script: str, style: str) -> str:
    """What the page may do: run its own script, use its own style and pictures, and load nothing."""
    own = {name: _digest(text) for name, text in (("script-src", script), ("style-src", style))}
    own |= {
        "default-src": "'none'",
        "img-src": "data:",
        "font-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in own.items())


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def lead(facts: Facts, words: Words) -> str:
    """How much there is, in a sentence."""
    counts = {"posts": f"{facts.posts:,}", "rows": f"{facts.rows:,}"}
    if not facts.days:
        return words("lead_undated", **counts)
    days = [day for day, _ in facts.days]
    return words("lead", **counts, first=min(days).isoformat(), last=max(days).isoformat())


def tiles(facts: Facts, words: Words) -> list[tuple[str, str]]:
    """The key figures: number and word."""
    reviewed = sum(count for review, count in facts.reviews.items() if review)
    numbers = {
        "posts": facts.posts,
        "rows": facts.rows,
        "claims": sum(count for (kind, _), count in facts.kinds.items() if kind == "claim"),
        "entities": len({name for name, _ in facts.entities}),
        "forums": len([forum for forum in facts.forums if forum]),
        "contradictions": len(facts.contradicted),
        "reviewed": reviewed,
        "rejected": facts.rejected.total(),
    }
    return [(f"{number:,}", words(name)) for name, number in numbers.items()]


def told(name: str, facts: Facts, words: Words) -> dict[str, str]:
    """Heading and note of a plot."""
    note = words(f"{name}_note") if name != "activity" else ""
    if name == "activity":
        from pipeline.review.report.plots.activity import window

        view = window(facts)
        note = words("activity_note", bin=words(f"bin_{view.bin}"))
        for key, count in (("activity_outside", view.outside), ("activity_undated", facts.undated)):
            note += " " + words(key, count=f"{count:,}") if count else ""
    if name == "course" and facts.unplaced:
        note += " " + words("course_left", count=f"{facts.unplaced:,}")
    return {"title": words(name), "note": note}


def sections(facts: Facts, drawn: Sequence[Picture], words: Words) -> list[dict[str, str]]:
    """The plots in their order, each with heading, note and picture; a sentence where one has nothing to show."""
    found = {one.name: "data:image/svg+xml;base64," + base64.b64encode(one.svg).decode() for one in drawn}
    return [
        {"name": name, "source": found[name], **told(name, facts, words)}
        if name in found
        else {"name": name, "source": "", "title": words(name), "note": words(f"{name}_none")}
        for name in dict.fromkeys((*found, *EMPTY))
    ]


def rows_told(facts: Facts, words: Words) -> str:
    """Which rows the page holds."""
    if facts.shown_rows == facts.rows:
        return words("table_all", rows=f"{facts.rows:,}")
    counts = {"rows": facts.rows, "shown": facts.shown_rows, "posts": len(facts.shown)}
    return words("table_part", **{name: f"{count:,}" for name, count in counts.items()})


def contradictions(facts: Facts, words: Words) -> list[dict[str, Any]]:
    """Each contradicted key with its claims, the lowest value first; posts that say the same stand together."""
    where = {shown.post["post_id"]: number for number, shown in enumerate(facts.shown)}
    return [_contradiction(group, where, words) for group in facts.contradicted[:GROUPS]]


def _contradiction(group: Group, where: dict[str, int], words: Words) -> dict[str, Any]:
    subject, predicate, measure, period, unit, comparison = group.key
    about = [words.name(measure) if measure else "", period, words.name(comparison) if comparison else "", unit]
    rows = sorted(group.rows, key=lambda row: (span(row), row["post_id"], row["start"]))
    claims: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in rows:
        said = {
            "value": value_of(row, words),
            "direction": words.name(row["direction"]) if row["direction"] else "",
            "certainty": words.name(row["certainty"]),
            "source": row["source"],
            "text": row["text"],
        }
        one = claims.setdefault(tuple(said.values()), {**said, "posts": {}})
        one["posts"][row["post_id"]] = str(where.get(row["post_id"], ""))
    return {
        "head": f"{subject} {predicate}",
        "about": " · ".join(part for part in about if part),
        "claims": list(claims.values()),
    }


def value_of(row: Mapping[str, str], words: Words) -> str:
    """The value as the language writes it: 350.8亿, ≥ 5, 115亿–120亿."""
    low, high = row["value_min"], row["value_max"]
    if not low and not high:
        return ""
    if low == high:
        return words.amount(Decimal(low))
    if not high:
        return "≥ " + words.amount(Decimal(low))
    if not low:
        return "≤ " + words.amount(Decimal(high))
    return f"{words.amount(Decimal(low))}–{words.amount(Decimal(high))}"


def embedded(facts: Facts, words: Words) -> dict[str, Any]:
    """What the page's script works on: posts and rows as lists, and its words."""
    strings = ("found", "page_of", "untitled", "undecided")
    return {
        "posts": [_post(shown) for shown in facts.shown],
        "rows": list(_rows(facts.shown, words)),
        "names": dict(words.names),
        "words": {name: words.table[name] for name in strings},
        "sizes": [PAGE_ROWS, PAGE_POSTS],
    }


def _post(shown: Shown) -> list[str]:
    post = shown.post
    return [
        post["text"][:TEXT_MOST],
        post["title"],
        post["forum"],
        post["author"],
        post["posted_at"][:16].replace("T", " "),
    ]


def _rows(shown: Iterable[Shown], words: Words) -> Iterable[list[Any]]:
    """Post, kind, label, start, end, value, unit, who, what, direction, period, certainty, source, review, object."""
    for number, one in enumerate(shown):
        for row in one.rows:
            yield [
                number,
                row["kind"],
                row["label"],
                int(row["start"]),
                int(row["end"]),
                value_of(row, words),
                row["unit"],
                row["name"] or row["subject"],
                row["predicate"],
                row["direction"],
                row["period"],
                row["certainty"],
                row["source"],
                row["review"],
                row["object"] if row["label"] != "statement" else "",
            ]
