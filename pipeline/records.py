"""What flows through the rooms: Page → Post → Mention, Claim.

Every record is frozen. Amounts are ``Decimal``; offsets are code points into ``Post.text``.
"""

from datetime import datetime
from decimal import Decimal
from typing import Literal, get_args

from pipeline.frozen import frozen

Form = Literal["html", "dump", "api", "rss", "post"]
Kind = Literal["money", "percent", "quantity", "date", "entity"]
ClaimLabel = Literal["metric", "statement", "event", "trend"]

KINDS: tuple[Kind, ...] = get_args(Kind)


@frozen
class Page:
    """One source as it came, decoded.

    ``form`` says how to read ``text``: ``html`` (any Discuz template, or another site's page), ``dump``
    (a browser's select-all), ``api`` (Discuz's mobile JSON), ``rss``, or ``post`` (one JSON object of a
    JSON Lines file). ``line`` is the 1-based line of a JSON Lines file, 0 elsewhere. ``seen_at`` is when
    the page was fetched or saved, the anchor of times such as 昨天 12:30.
    """

    source_file: str
    form: Form
    text: str
    url: str = ""
    charset: str = "utf-8"
    undecodable: int = 0
    seen_at: datetime | None = None
    line: int = 0


@frozen
class Quote:
    """Somebody else's words inside a post; ``floor`` is 0 where unknown."""

    text: str
    author: str = ""
    floor: int = 0


@frozen
class Post:
    """One author's words, without the forum's.

    ``post_id`` is ``site:tid:pid`` where known, else a hash of the source's text. ``posted_at`` has a zone.
    ``views``, ``replies`` and ``floor`` are None where the page does not tell. ``status`` is empty,
    ``blocked`` (the text is empty), or ``truncated``. ``cleaner`` names the template that cleaned it.
    ``page`` of ``pages`` is the thread's page that shows it.
    """

    post_id: str
    source_file: str
    text: str
    url: str = ""
    site: str = ""
    forum: str = ""
    thread_id: str = ""
    pid: str = ""
    floor: int | None = None
    title: str = ""
    author: str = ""
    posted_at: datetime | None = None
    views: int | None = None
    replies: int | None = None
    is_first: bool = False
    quoted: tuple[Quote, ...] = ()
    comments: tuple[Quote, ...] = ()
    reply_to: str = ""
    status: str = ""
    cleaner: str = ""
    page: int | None = None
    pages: int | None = None


@frozen
class Mention:
    """A money, percent, quantity, date or entity mention: ``text[start:end]`` of its post.

    ``value_min`` and ``value_max`` are in base units, equal for a point, None for an open bound (and for
    kinds without a value). ``direction`` is ``up`` or ``down`` for a signed figure; the value stays positive.
    """

    kind: Kind
    label: str
    start: int
    end: int
    rule: str
    value_min: Decimal | None = None
    value_max: Decimal | None = None
    unit: str = ""
    qualifier: str = ""
    direction: str = ""
    period: str = ""
    period_start: str = ""
    period_end: str = ""
    name: str = ""
    entity_id: str = ""
    inferred: tuple[str, ...] = ()

    def __hash__(self) -> int:  # by all fields it would be asked for a value's digits, a dozen times a claim
        return self.start


@frozen
class Claim:
    """One proposition; ``start`` and ``end`` hold the shortest clause that states it.

    ``parts`` are the mentions it is built from. ``inferred`` names the columns that context filled: any of
    ``unit period subject source``.
    """

    label: ClaimLabel
    start: int
    end: int
    rule: str
    subject: str = ""
    predicate: str = ""
    object: str = ""
    value_min: Decimal | None = None
    value_max: Decimal | None = None
    unit: str = ""
    qualifier: str = ""
    measure: str = ""
    direction: str = ""
    period: str = ""
    period_start: str = ""
    period_end: str = ""
    comparison: str = ""
    certainty: str = "asserted"
    source: str = ""
    parts: tuple[Mention, ...] = ()
    inferred: tuple[str, ...] = ()


@frozen
class Rejection:
    """A source, or a line of one, that gave no post: where, at which stage, and why."""

    source_file: str
    stage: str
    reason: str
    line: int = 0
