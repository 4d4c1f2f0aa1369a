"""Why a row is in the table: the row, its post, its sentence, the words, the rule, the parts."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from pipeline.errors import InputError
from pipeline.records import Post
from pipeline.run.job import STATE, WORKSHOP
from pipeline.run.reviews import machine_rows
from pipeline.run.state import State, StateBrokenError, guarded
from pipeline.settings import Settings
from pipeline.table.schema import EXTRACTIONS, POST_NAMES, Row
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
    yield from _words(row, post, settings)
    if parts:
        yield ""
        yield "parts"
    for part in parts:
        value = part["name"] or part["period"] or f"{part['value_min']}–{part['value_max']} {part['unit']}"
        yield f"  {part['row_id']}  {part['kind']:<9}{part['text']}  = {value}  ({part['rule']})"


def marked(row: Row, text: str) -> str:
    """The sentence with the span in brackets."""
    start, end = int(row["start"]), int(row["end"])
    left = text.rfind(row["sentence"], 0, start + len(row["sentence"]))
    left = min(left, start) if left >= 0 else start
    right = max(left + len(row["sentence"]), end)
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


def _words(row: Row, post: Row, settings: Settings) -> Iterator[str]:
    """The tokens of the sentence, what else was found in it, and the rule with its description."""
    from pipeline.extractor import Extractor

    doc = Extractor(settings).doc(record(post))
    start, end = int(row["start"]), int(row["end"])
    left = max(0, start - len(row["sentence"]))
    left = max(post["text"].rfind(row["sentence"], left, end + len(row["sentence"])), left)
    right = left + len(row["sentence"])
    yield "tokens"
    yield "  " + " / ".join(t.text for t in doc if left <= t.idx < right and not t.is_space)
    others = {
        f"{group} {span.text} ({span.label_})"
        for group, spans in doc.spans.items()
        for span in spans
        if span.start_char < right and span.end_char > left and "\n" not in span.text
    }
    yield "found in the sentence"
    for other in sorted(others):
        yield f"  {other}"
    yield "rule"
    yield f"  {row['rule']}"
    for line in describe(row["rule"]):
        yield f"  {line}"


HOME = Path(__file__).parent.parent


def describe(rule: str) -> Iterator[str]:
    """Where a rule stands in the code and the lexicons: lines that hold its id, and its function's docstring."""
    names = {rule, rule.rpartition(".")[2]}
    for path in sorted(HOME.rglob("*")):
        if path.suffix in (".py", ".toml", ".csv") and path.parent.name not in ("run", "table"):
            for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1):
                if rule in line or any(f'"{name}"' in line for name in names):
                    yield f"{path.relative_to(HOME.parent)}:{number}: {line.strip()[:160]}"
