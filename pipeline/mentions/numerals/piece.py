"""What the reader finds: one numeral, or a range of two, with what its neighbours need to know of it."""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal

EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)  # independent of the caller's context; numerals have ≤ 28 digits
TEN = tuple(Decimal(10**power) for power in range(33))
ZERO = Decimal(0)
ONE = TEN[0]
HALF = Decimal("0.5")


def plain(value: Decimal) -> Decimal:
    """The same value without trailing zeros or exponent: 1.50E+3 → 1500."""
    whole = int(value)
    return Decimal(whole) if whole == value else value.normalize(EXACT)


def scaled(value: Decimal | None, factor: Decimal) -> Decimal | None:
    """The product, plain; None stays None."""
    return None if value is None else plain(EXACT.multiply(value, factor))


@dataclass(slots=True)
class Piece:
    """One numeral of a text: ``text[start:end]``, unsigned.

    ``low`` and ``high`` are its bounds, equal for a point, None where open. ``qualifier`` is what the numeral itself
    says: ``exact``, ``over`` (20多), ``about`` (十来), ``vague`` (数万) or ``range`` (两三百).

    ``scale`` is the power of ten of its last word (亿 8, 千万 7, none 0) and ``last`` the multiple of it, so that a
    range can share it. ``own`` is where the numeral ends without a Latin scale, and ``base`` its value there: 250m
    may be metres; in a range ``base_low`` is that of its lower end.

    ``lone`` is set for what is no numeral by itself (几, 数, 半), ``bare`` for a scale without a number (千万),
    ``measure`` where 个 is part of it (一个半), ``short`` where the last unit is left out (三万五), ``digits`` for one
    written digit by digit (九五), ``code`` for a part of a version, a phone number or a name. ``sign`` is -1 or +1
    where one stands before it, ``sign_start`` where.
    """

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    own: int = 0
    arabic: bool = False
    scale: int = 0
    last: Decimal | None = None
    qualifier: str = "exact"
    base: Decimal | None = None
    base_low: Decimal | None = None
    lone: bool = False
    bare: bool = False
    measure: bool = False
    short: bool = False
    digits: str = ""
    code: bool = False
    sign: int = 0
    sign_start: int = -1
    fraction: bool = False
