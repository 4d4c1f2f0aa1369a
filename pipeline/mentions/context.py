"""What a mention finder may know of the post besides its text."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from pipeline.frozen import frozen
from pipeline.records import Mention

Span = tuple[int, int]


@frozen
class FiscalYear:
    """A company's fiscal calendar: the year named by the calendar year in which it ends.

    ``end`` is ``(month, day)``; ``weekday`` is set for a 52/53-week year, which ends on the last such weekday
    (0 Monday … 6 Sunday) of that month.
    """

    end: tuple[int, int]
    weekday: int | None = None


@frozen
class Context:
    """One post as the finders see it.

    ``folded`` has the length of ``text``: Traditional characters as Simplified ones, full-width forms as ASCII;
    rules match on it, offsets hold for both. ``taken`` are spans that other finders own already.
    ``fiscal_year(entity_id)`` knows a company's calendar, or None; ``shares_in(entity_id)`` in which currency its
    shares trade, empty for none or several; ``reports_in(entity_id)`` which that is at home, empty for none.
    """

    text: str
    folded: str
    posted_at: datetime | None = None
    currency: str = "CNY"
    entities: Sequence[Mention] = ()
    taken: Sequence[Span] = ()
    fiscal_year: Callable[[str], FiscalYear | None] = lambda entity_id: None
    shares_in: Callable[[str], str] = lambda entity_id: ""
    reports_in: Callable[[str], str] = lambda entity_id: ""

    @property
    def today(self) -> date | None:
        return self.posted_at.date() if self.posted_at else None
