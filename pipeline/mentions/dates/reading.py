"""What reading an expression gives, and the names of its rules."""

from dataclasses import dataclass

from pipeline.mentions.dates.compose import Expression
from pipeline.mentions.dates.periods import Period
from pipeline.mentions.dates.pieces import Piece

#: What a lone part is a part of.
WHOLE = {
    "half": "year", "quarter": "year", "month": "year", "md": "year", "festival": "year", "season": "year",
    "counted": "year", "neighbours": "year", "report": "year", "week": "year", "day": "month", "weekday": "week",
}  # fmt: skip
FAMILIES = ("festival", "season", "report", "same")  #: kinds that name the rule whatever stands beside them
UNIT_OF = {"year": "year", "fiscal": "year", "md": "day", "counted": "counted", "edge": "edge"}
EDGE_OF = {"年": "year", "季": "quarter", "月": "month"}


@dataclass(slots=True)
class Reading:
    """``period`` is what was found (perhaps unknown); ``rule`` how; ``stated`` that no context was needed;
    ``carried`` that what the text had stated gave the year."""

    period: Period
    rule: str
    stated: bool = True
    day: bool = False
    carried: bool = False


def whole_of(piece: Piece) -> str:
    """The unit that a lone part is a part of; empty for a root of its own."""
    if piece.kind == "edge":
        return EDGE_OF.get(piece.unit, "")
    if piece.kind == "weekday" and piece.flag == "step":
        return ""
    if piece.kind == "relative":
        return ""
    return WHOLE.get(piece.kind, "")


def rule_id(expression: Expression, family: str) -> str:
    """``date.<family>.<unit of the last piece>``, with families of their own for some kinds."""
    pieces = expression.pieces
    kinds = [piece.kind for piece in pieces]
    for kind in FAMILIES:
        if kind in kinds:
            return f"date.{kind}"
    if family in ("century", "decade"):
        return f"date.{family}"
    last = pieces[-1]
    unit = UNIT_OF.get(last.kind) or last.unit or last.kind
    for piece in pieces:
        if piece.kind == "fiscal" or "fiscal" in piece.flag:
            family = "fiscal"
    return f"date.{family}.{unit.replace('fiscal_', '')}"
