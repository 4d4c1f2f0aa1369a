"""Records → rows of cells, each a string, in the columns of the schema."""

import hashlib
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from operator import attrgetter, itemgetter
from typing import NamedTuple, Protocol

from pipeline.errors import TableError
from pipeline.records import Claim, Mention, Post, Quote
from pipeline.table.check import check_extraction, check_post, plain
from pipeline.table.safety import trimmed, without_formula
from pipeline.table.schema import NAMES, Row

CONTEXT = 16
"""How many code points of its line on either side of a finding make part of its ``row_id``."""

_SHARED = ("unit", "qualifier", "direction", "period", "period_start", "period_end")
_MENTION = (*_SHARED, "name", "entity_id")
_CLAIM = (*_SHARED, "subject", "predicate", "object", "measure", "comparison", "certainty", "source")
_claim_identity = itemgetter("subject", "predicate", "object", "value_min", "value_max", "unit", "measure")


_claim_cells, _mention_cells = attrgetter(*_CLAIM), attrgetter(*_MENTION)

EMPTY = dict.fromkeys(NAMES, "")


class Found(Protocol):
    """What extraction hands over for one post: see ``pipeline.extractor.Extraction``."""

    @property
    def post(self) -> Post: ...
    @property
    def sentences(self) -> Sequence[tuple[int, int]]: ...
    @property
    def mentions(self) -> Sequence[Mention]: ...
    @property
    def claims(self) -> Sequence[Claim]: ...


class Rows(NamedTuple):
    """The checked rows of one post, sorted by start and kind, and what had to be left out, with the reason."""

    rows: list[Row]
    faults: list[str]


def post_row(post: Post) -> Row:
    """The row of ``posts.csv`` for a post that ``safe_post`` has seen.

    Raises:
        TableError: a cell breaks the schema.
    """
    row = {
        "post_id": post.post_id,
        "source_file": post.source_file,
        "url": post.url,
        "site": post.site,
        "forum": post.forum,
        "thread_id": post.thread_id,
        "pid": post.pid,
        "floor": _count(post.floor),
        "title": post.title,
        "author": post.author,
        "posted_at": post.posted_at.isoformat() if post.posted_at else "",
        "views": _count(post.views),
        "replies": _count(post.replies),
        "is_first": "true" if post.is_first else "false",
        "quoted": _quotes(post.quoted),
        "text": post.text,
        "sha256": hashlib.sha256(post.text.encode()).hexdigest(),
        "cleaner": post.cleaner,
        "status": post.status,
        "reply_to": post.reply_to,
        "comments": _quotes(post.comments),
        "page": _count(post.page),
        "pages": _count(post.pages),
        "duplicate_of": "",  # known when all posts are
    }
    check_post(row)
    return row


def _count(number: int | None) -> str:
    return "" if number is None else str(number)


def _quotes(quotes: Iterable[Quote]) -> str:
    items = [{"text": q.text, "author": q.author, "floor": q.floor} for q in quotes]
    filled = [{key: value for key, value in item.items() if value} for item in items]
    return json.dumps(filled, ensure_ascii=False) if filled else ""


def extraction_rows(found: Found) -> Rows:
    """The rows of one post.

    A row that breaks the contract is a defect of ours: it is left out and named in ``faults``.
    """
    text = found.post.text
    sentences = Sentences(text, found.sentences)
    items: list[Mention | Claim] = [*found.mentions, *found.claims]
    drafts = [(item, _draft(item, found.post, sentences)) for item in items]
    drafts.sort(key=lambda draft: order(draft[1]))
    ids: dict[Mention, str] = {}
    seen: dict[str, int] = {}
    rows, faults = [], []
    for item, row in drafts:
        identity = identity_of(row, text)
        seen[identity] = again = seen.get(identity, 0) + 1
        row["row_id"] = row_id(identity if again == 1 else f"{identity}\x1f{again}")
        if isinstance(item, Mention):
            ids.setdefault(item, row["row_id"])
    for item, row in drafts:
        if isinstance(item, Claim):
            row["parts"] = " ".join(dict.fromkeys(filter(None, map(ids.get, item.parts))))
        try:
            check_extraction(row, text)
        except TableError as error:
            faults.append(str(error))
        else:
            rows.append(row)
    if faults:
        kept = {row["row_id"] for row in rows}
        for row in rows:
            row["parts"] = " ".join(part for part in row["parts"].split() if part in kept)
    return Rows(rows, faults)


def _draft(item: Mention | Claim, post: Post, sentences: "Sentences") -> Row:
    """The row without ``row_id`` and ``parts``."""
    text = post.text
    start, end = trimmed(text, item.start, item.end)
    row = EMPTY.copy()
    row["post_id"] = post.post_id
    row["label"] = item.label
    row["text"] = text[start:end]
    row["start"], row["end"] = str(start), str(end)
    row["sentence"] = sentences.holding(start, end)
    if item.value_min is not None or item.value_max is not None:
        row["value_min"] = low = plain(item.value_min)
        row["value_max"] = low if item.value_max is item.value_min else plain(item.value_max)
    row["rule"] = item.rule
    if item.inferred:
        row["inferred"] = " ".join(dict.fromkeys(item.inferred))
    row["kind"], names, cells = (
        ("claim", _CLAIM, _claim_cells(item))
        if isinstance(item, Claim)
        else (item.kind, _MENTION, _mention_cells(item))
    )
    for name, cell in zip(names, cells, strict=True):
        if cell:
            row[name] = without_formula(cell)
    return row


class Sentences:
    """The sentences of a post, asked for by span."""

    def __init__(self, text: str, spans: Sequence[tuple[int, int]]) -> None:
        self.text, self.spans = text, spans
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        self.cut: dict[int, str] = {}

    def holding(self, start: int, end: int) -> str:
        """The sentence that holds the span; of a span across several, all of them; without any, the line."""
        text = self.text
        first, last = bisect_right(self.ends, start), bisect_left(self.starts, end)
        if last == first + 1 and self.starts[first] <= start and end <= self.ends[first]:
            return self.whole(first)
        if first < last:
            left, right = min(start, self.starts[first]), max(end, self.ends[last - 1])
        else:
            left = text.rfind("\n", 0, start) + 1
            right = text.find("\n", end)
            right = len(text) if right < 0 else right
        left, right = trimmed(text, left, right)
        return text[left:right]

    def whole(self, index: int) -> str:
        """One sentence, cut out once."""
        found = self.cut.get(index)
        if found is None:
            left, right = trimmed(self.text, self.starts[index], self.ends[index])
            found = self.cut[index] = self.text[left:right]
        return found


def sentence_of(text: str, start: int, end: int, sentences: Sequence[tuple[int, int]]) -> str:
    """The sentence that holds one span; see ``Sentences.holding``."""
    return Sentences(text, sentences).holding(start, end)


def order(row: Row) -> tuple[object, ...]:
    """By start and kind, as the contract sorts; then by all that tells rows apart, so that ties are stable."""
    return (int(row["start"]), row["kind"], int(row["end"]), *row.values())


def identity_of(row: Row, text: str) -> str:
    """What makes a finding itself: what and where by its surroundings, so that an edit elsewhere changes nothing."""
    before, after = anchor_of(row, text)
    cells = [row["post_id"], row["kind"], row["label"], before, row["text"], after]
    if row["kind"] == "claim":
        cells += _claim_identity(row)
    return "\x1f".join(cells)


def anchor_of(row: Row, text: str) -> tuple[str, str]:
    """The text of its line before and behind a row."""
    start, end = int(row["start"]), int(row["end"])
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return before.rpartition("\n")[2], after.partition("\n")[0]


_ALPHABET = str.maketrans("0123456789", "ghijkmnpqr")


def digest(initial: str, identity: bytes) -> str:
    """16 letters (never digits, which a spreadsheet would read as a number), 60 bits; ``initial`` is the first."""
    return initial + hashlib.blake2b(identity, digest_size=8).hexdigest()[:15].translate(_ALPHABET)


def row_id(identity: str) -> str:
    """The id of a row with this identity."""
    return digest("r", identity.encode())
