"""The one definition of the columns: the CSV, the other formats, the DataFrame and docs/table.md are made from it."""

from dataclasses import dataclass
from typing import Literal

Type = Literal["text", "integer", "decimal", "boolean", "date", "time"]
Row = dict[str, str]

KINDS = ("money", "percent", "quantity", "date", "entity", "claim")
LABELS = {
    "money": ("amount", "price"),
    "percent": ("percent", "point", "multiple"),
    "quantity": ("count", "duration", "measure"),
    "date": ("date", "period"),
    "entity": ("ORG", "PERSON", "PRODUCT", "GPE", "LOC", "EVENT", "LAW"),
    "claim": ("metric", "statement", "event", "trend"),
}
QUALIFIERS = ("exact", "about", "nearly", "over", "under", "at_least", "at_most", "range", "vague")
CERTAINTIES = (
    "asserted",
    "reported",
    "estimated",
    "forecast",
    "planned",
    "hypothetical",
    "rumored",
    "denied",
    "question",
)
REVIEWS = ("ok", "wrong", "fixed")
ADDED, UNDO = "added", "undo"
VERDICTS = (*REVIEWS, ADDED, UNDO)
ADDED_RULE = "review.added"
"""The rule of a row that a reviewer added."""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column: ``allowed`` empty means any value of the type; ``many`` means several, separated by a space.

    An empty cell stands for "none" and is allowed unless ``required``. ``correctable`` columns of a row that
    the reviewer marked ``fixed`` take the reviewer's cell.
    """

    name: str
    type: Type
    meaning: str
    example: str
    allowed: tuple[str, ...] = ()
    many: bool = False
    required: bool = False
    correctable: bool = False


EXTRACTIONS = (
    Column(
        "row_id",
        "text",
        "stable id: the same post and the same finding give the same id on every run, whatever else is in the batch",
        "rkpqdafhmbjgceni",
        required=True,
    ),
    Column(
        "post_id",
        "text",
        "`site:tid:pid` where known, else a hash of the source's text",
        "bbs.demo:77:1",
        required=True,
    ),
    Column("kind", "text", "what was found", "money", KINDS, required=True),
    Column(
        "label",
        "text",
        "finer type; which labels go with which kind is listed below",
        "amount",
        tuple(label for labels in LABELS.values() for label in labels),
        required=True,
        correctable=True,
    ),
    Column(
        "text", "text", "the surface form; for a claim, the shortest clause that states it", "3.5亿美元", required=True
    ),
    Column(
        "start", "integer", "where `text` starts in `posts.text`, counted in Unicode code points", "12", required=True
    ),
    Column("end", "integer", "where `text` ends: `posts.text[start:end] == text`", "18", required=True),
    Column("sentence", "text", "the sentence that holds it", "去年投了3.5亿美元。", required=True),
    Column("value_min", "decimal", "lower bound in base units; empty for an open bound", "350000000", correctable=True),
    Column(
        "value_max",
        "decimal",
        "upper bound in base units, equal to `value_min` for a point; empty for an open bound",
        "350000000",
        correctable=True,
    ),
    Column(
        "unit",
        "text",
        "money: ISO 4217, or `CNY/股` for a price per something; percent: `%`, `pp` or `x`; quantity: the unit as"
        " written, normalized",
        "USD",
        correctable=True,
    ),
    Column("qualifier", "text", "how exact the value is meant", "exact", QUALIFIERS, correctable=True),
    Column("name", "text", "entity: canonical name", "微软", correctable=True),
    Column(
        "entity_id",
        "text",
        "entity: id in the knowledge base; empty if unknown to it",
        "org.microsoft",
        correctable=True,
    ),
    Column("subject", "text", "claim: of whom or what, canonical", "微软", correctable=True),
    Column(
        "predicate", "text", "claim: the metric, the reporting verb as written, or the event", "营收", correctable=True
    ),
    Column("object", "text", "claim: counterparty, whole of a share, or what is said", "OpenAI", correctable=True),
    Column(
        "measure",
        "text",
        "claim with a value: the metric's value, the size of its change, or a value relative to a basis",
        "level",
        ("level", "change", "ratio"),
        correctable=True,
    ),
    Column(
        "direction", "text", "where it moves; values are never negative", "up", ("up", "down", "flat"), correctable=True
    ),
    Column(
        "period",
        "text",
        "`2025`, `2025-H1`, `2025-Q3`, `2025-10`, `2025-W44`, `2025-10-31`, `FY2025`, `FY2025-Q3`, and intervals of"
        " two such joined by `/`",
        "2025-Q3",
        correctable=True,
    ),
    Column("period_start", "date", "first day, where it can be known", "2025-07-01", correctable=True),
    Column("period_end", "date", "last day (inclusive), where it can be known", "2025-09-30", correctable=True),
    Column(
        "comparison", "text", "`yoy`, `qoq`, `mom`, or what it is compared with, as written", "yoy", correctable=True
    ),
    Column("certainty", "text", "claim: how surely it is said", "asserted", CERTAINTIES, correctable=True),
    Column(
        "source", "text", "who or what it is attributed to, canonical where it is an entity", "高盛", correctable=True
    ),
    Column("parts", "text", "claim: row_ids of the mentions it is built from", "rkpqdafhmbjgceni", many=True),
    Column(
        "rule",
        "text",
        "id of the rule that made the row; `taojin explain ROW_ID` shows it",
        "money.scaled",
        required=True,
    ),
    Column(
        "inferred",
        "text",
        "which columns were filled from context rather than stated here",
        "unit",
        ("unit", "period", "subject", "source"),
        many=True,
    ),
    Column("review", "text", "the reviewer's verdict; kept across runs", "ok", REVIEWS),
    Column("note", "text", "the reviewer's words; kept across runs", "见年报第3页"),
)

POSTS = (
    Column(
        "post_id",
        "text",
        "`site:tid:pid` where known, else a hash of the source's text",
        "bbs.demo:77:1",
        required=True,
    ),
    Column("source_file", "text", "the file it came from", "raw/thread-77.html"),
    Column("url", "text", "the page's address", "https://bbs.demo/thread-77-1-1.html"),
    Column("site", "text", "the forum's host", "bbs.demo"),
    Column("forum", "text", "the board's name", "股市闲谈"),
    Column("thread_id", "text", "the thread's number (tid)", "77"),
    Column("pid", "text", "the post's number in the forum", "1"),
    Column("floor", "integer", "its place in the thread, 1 for the first post", "1"),
    Column("title", "text", "the thread's title", "聊聊去年的投资"),
    Column("author", "text", "who wrote it", "老王"),
    Column("posted_at", "time", "when, ISO 8601 with offset", "2025-11-02T21:05:00+08:00"),
    Column("views", "integer", "views of the thread, as its page told", "1024"),
    Column("replies", "integer", "replies in the thread, as its page told", "16"),
    Column("is_first", "boolean", "whether it opens its thread", "true", ("true", "false"), required=True),
    Column("quoted", "text", "what it quotes of others: a JSON list of objects with text, author, floor", ""),
    Column("text", "text", "the author's words; offsets of the extractions count in it", "去年投了3.5亿美元。"),
    Column("sha256", "text", "SHA-256 of `text` in UTF-8, hexadecimal", "9f86d081884c7d65…", required=True),
    Column("cleaner", "text", "what cleaned it: the template, or the library of a page that is no forum's", "desktop"),
    Column(
        "status",
        "text",
        "`blocked`: a notice stands in place of the text; `truncated`: beside a part of it",
        "blocked",
        ("blocked", "truncated"),
    ),
    Column("reply_to", "text", "`pid` of the post that it answers", "1"),
    Column("comments", "text", "what others wrote in its margin (点评): a JSON list like `quoted`", ""),
    Column("page", "integer", "number of the thread's page that shows it", "1"),
    Column("pages", "integer", "how many pages the thread had, as that page told", "3"),
    Column(
        "duplicate_of",
        "text",
        "`post_id` of the earliest post with the same words up to boilerplate; empty for that post itself",
        "bbs.demo:42:7",
    ),
)

THREADS = (
    Column("site", "text", "the forum's host", "bbs.demo", required=True),
    Column("thread_id", "text", "the thread's number (tid)", "77", required=True),
    Column("title", "text", "the thread's title", "聊聊去年的投资"),
    Column("posts", "integer", "how many of its posts were seen, each counted once", "9", required=True),
    Column("replies", "integer", "replies in the thread, as the page saved last told", "16"),
    Column("pages", "integer", "how many pages it has", "2"),
    Column("missing_posts", "integer", "`replies` + 1 − `posts`; empty where nothing tells the replies", "8"),
    Column("missing_pages", "text", "the pages that were not seen", "2", many=True),
)

REJECTED = (
    Column("source_file", "text", "the file that was rejected, or holds what was rejected", "raw/notes.jsonl"),
    Column("line", "integer", "line of a JSON Lines file; empty where the whole file is meant", "7"),
    Column(
        "stage",
        "text",
        "the room that could not go on: ingest, clean, extract, table, duplicate",
        "ingest",
        required=True,
    ),
    Column("reason", "text", "why, and what can be done", "not a JSON object", required=True),
)

_VERDICT = (
    Column("row_id", "text", "the row that it is about", "rkpqdafhmbjgceni", required=True),
    Column(
        "verdict",
        "text",
        "what was decided: a word of `review`; `added`: the row is the reviewer's own; `undo`: the decision of `undoes`"
        " never was; empty: no verdict (any more), or only a note",
        "fixed",
        VERDICTS,
    ),
    Column("note", "text", "the reviewer's words", "见年报第3页"),
    Column(
        "corrected",
        "text",
        "of a `fixed` row: a JSON object of the cells that differ from the row as found; empty where that is not known"
        " yet",
        '{"unit": "USD"}',
    ),
    Column("reviewer", "text", "who decided", "wang"),
    Column("time", "text", "when, ISO 8601 in UTC; the latest decision on a row counts", "2026-01-05T08:30:00.000000Z"),
    Column("via", "text", "`app`: the review page; `table`: an edit of the CSV; or another tool's name", "app"),
    Column("undoes", "text", "`event_id` of the decision that is taken back", "ekpqdafhmbjgceni"),
    Column("versions", "text", "of Taojin, and of the rules that had found the row", "taojin 0.1.0, rules 1f2e3d4c"),
    Column(
        "anchor", "text", "of an added row: a JSON list, the words before and behind it, to find its place again", ""
    ),
)
REVIEW_LOG = (
    *_VERDICT,
    *(column for column in EXTRACTIONS if column.name not in ("row_id", "review", "note")),
    Column(
        "event_id", "text", "id of the decision; a line without one was cut off and does not count", "ekpqdafhmbjgceni"
    ),
)
"""One decision a line; behind the verdict the row as it was found, so that no decision is lost with its row."""

NAMES = tuple(column.name for column in EXTRACTIONS)
LOG_NAMES = tuple(column.name for column in REVIEW_LOG)
POST_NAMES = tuple(column.name for column in POSTS)
BY_NAME = {column.name: column for column in EXTRACTIONS}
