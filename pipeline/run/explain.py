"""Why a row is in the table: the row, its post, its sentence, the words, the rule, the parts."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from pipeline.errors import InputError
from pipeline.records import Post
from pipeline.run.reviewlog import WORKSHOP
from pipeline.run.reviews import STATE, machine_rows
from pipeline.run.rulebook import cues, entity_places, lexicons_of, rule_places
from pipeline.run.state import State, StateBrokenError, guarded
from pipeline.settings import Settings
from pipeline.table.review import Decision
from pipeline.table.schema import ADDED_RULE, EXTRACTIONS, POST_NAMES, Row
from pipeline.table.text import rows_of


def find(row_id: str, out: Path) -> tuple[Row, Row, list[Row]]:
    """The row, its post's row, and the rows of its parts.

    Raises:
        InputError: no such row, or no table.
    """
    path = out / WORKSHOP / STATE
    if not path.exists():
        raise InputError(f"{out}: no table is here; run taojin extract, or name its folder with --out")
    with guarded(path):
        try:
            state = State(path)
        except StateBrokenError as error:
            raise InputError(f"{path}: {error}; run taojin extract again") from error
        try:
            decision = state.decisions().get(row_id)
            if decision and decision.live and decision.cells.get("rule") == ADDED_RULE:
                post = state.cells(decision.cells["post_id"])
                if post:
                    return added(decision), next(rows_of(post, POST_NAMES)), []
            for block in state.blocks():
                if row_id not in block:
                    continue
                row = next(iter(machine_rows([block], {row_id})), None)
                cells = row and state.cells(row["post_id"])
                if row and cells:
                    if decision:
                        row = {**row, "review": decision.review, "note": decision.note}
                    parts = set(row["parts"].split())
                    return row, next(rows_of(cells, POST_NAMES)), list(machine_rows([block], parts))
        finally:
            state.close()
    raise InputError(f"{row_id}: no such row in {out}; copy the row_id from its extractions.csv")


def added(decision: Decision) -> Row:
    """The row that a reviewer added, as the table has it."""
    return {**decision.cells, **(decision.corrected or {}), "review": decision.review, "note": decision.note}


def explanation(row_id: str, out: Path, settings: Settings) -> Iterator[str]:
    """The explanation, line by line."""
    row, post, parts = find(row_id, out)
    yield f"row {row['row_id']}"
    for column in EXTRACTIONS[1:]:
        if row[column.name] and column.name not in ("text", "sentence", "parts", "rule", "post_id"):
            yield f"  {column.name:<13}{row[column.name]}"
    yield ""
    yield f"post {post['post_id']}"
    for name in ("source_file", "title", "author", "posted_at"):
        if post[name]:
            yield f"  {name:<13}{post[name]}"
    yield ""
    yield "sentence"
    yield f"  {marked(row, post['text'])}"
    yield ""
    yield from _words(row, post, parts, settings)
    if parts:
        yield from titled("parts", map(summary, parts))


def summary(part: Row) -> str:
    """A mention in a line."""
    low, high = part["value_min"], part["value_max"]
    amount = low if low == high else f"{low}…{high}"
    value = part["name"] or part["period"] or f"{amount} {part['unit']}".strip()
    return f"{part['row_id']}  {part['kind']:<9}{part['text']}  = {value}  ({part['rule']})"


def place(row: Row, text: str) -> tuple[int, int]:
    """Where the row's sentence stands in its post's text."""
    start, end, sentence = int(row["start"]), int(row["end"]), row["sentence"]
    left = text.find(sentence, max(0, end - len(sentence)), start + len(sentence))
    left = min(left, start) if left >= 0 else start
    return left, max(left + len(sentence), end)


def marked(row: Row, text: str) -> str:
    """The sentence with the span in brackets."""
    start, end = int(row["start"]), int(row["end"])
    left, right = place(row, text)
    return f"{text[left:start]}⟦{text[start:end]}⟧{text[end:right]}".replace("\n", " ⏎ ")


def record(post: Row) -> Post:
    """The post as it was extracted, from its row."""
    return Post(
        post_id=post["post_id"],
        source_file=post["source_file"],
        text=post["text"],
        site=post["site"],
        forum=post["forum"],
        title=post["title"],
        author=post["author"],
        posted_at=datetime.fromisoformat(post["posted_at"]) if post["posted_at"] else None,
        is_first=post["is_first"] == "true",
    )


def _words(row: Row, post: Row, parts: list[Row], settings: Settings) -> Iterator[str]:
    """The tokens of the sentence, what else was found in it, what was weighed, the cues in it, and the rule."""
    from pipeline.extractor import Extractor
    from pipeline.run.weighed import Weighed

    weighed = Weighed(parts)
    with weighed.watching():
        doc = Extractor(settings).doc(record(post))
    left, right = place(row, post["text"])
    tokens = [token.text for token in doc if left <= token.idx < right and not token.is_space]
    yield "tokens"
    yield "  " + " / ".join(tokens)
    others = {
        f"{group:<9} {span.text} ({span.label_})"
        for group, spans in doc.spans.items()
        for span in spans
        if span.start_char < right and span.end_char > left and "\n" not in span.text
    }
    yield from titled("found in the sentence", sorted(others))
    if weighed.metric:
        yield from titled("what the value is", weighed.metric)
    if weighed.subject:
        yield from titled("whose the value is", weighed.subject)
    if row["rule"] == ADDED_RULE:
        yield from titled(f"rule {ADDED_RULE}", ["a reviewer added it: see reviews.csv"])
        return
    places = rule_places(row["rule"])
    yield from titled(f"rule {row['rule']}", map(str, places))
    yield from titled("its cues in the sentence", cues(tokens, lexicons_of(places), settings.lexicons))
    if row["entity_id"]:
        yield from titled("knowledge base", entity_places(row["entity_id"], settings.lexicons))


def titled(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield ""
    yield title
    yield from (f"  {line}" for line in lines)
