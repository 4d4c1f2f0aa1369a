"""Pieces that stand together make one expression: 去年 + 第三季度 + 末, 3月 + 5日."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.mentions.dates.pieces import Piece

#: A piece joins the one before where its rank is higher: from coarse to fine.
RANKS = {
    "century": 0, "decade": 1, "plan": 1, "year": 2, "fiscal": 2, "half": 3, "quarter": 4, "counted": 5, "report": 5,
    "neighbours": 5, "season": 5, "month": 6, "festival": 7, "week": 7, "third": 8, "edge": 8, "nth_weekday": 8,
    "nth_day": 8, "md": 9, "day": 9, "date": 9, "days": 9, "weekday": 10, "same": 11,
}  # fmt: skip
UNIT_RANKS = {
    "year": 2,
    "fiscal_year": 2,
    "half": 3,
    "quarter": 4,
    "fiscal_quarter": 4,
    "month": 6,
    "week": 7,
    "weekend": 7,
    "day": 9,
}
LAST = 12

GAP = re.compile(r"[ \t\u3000]{0,3}(的)?[ \t\u3000]{0,3}")
WIDEST = 7  #: characters that stand between two pieces of one date
WEEKDAY_GAP = re.compile(r"[ \t\u3000]?[,，、(（]?[ \t\u3000]?")


QUOTES = ("“", "「", '"', "‘")
OPENING, CLOSING = ("(", "（"), (")", "）")


@dataclass(slots=True)
class Expression:
    """Pieces that name one stretch of time. ``joined`` marks the left end of a range (2021-, 1月至)."""

    pieces: tuple[Piece, ...]
    start: int
    end: int
    joined: bool = False

    @property
    def root(self) -> Piece:
        return self.pieces[0]

    def without_first(self) -> "Expression":
        return replace(self, pieces=self.pieces[1:], start=self.pieces[1].start)


def rank(piece: Piece) -> int:
    if piece.kind in ("relative", "dated", "carried"):
        return UNIT_RANKS.get(piece.unit, LAST)
    if piece.kind == "edge" and piece.flag == "long":
        return 5 if piece.unit == "年" else 8
    return RANKS.get(piece.kind, LAST)


def is_same(piece: Piece) -> bool:
    """True for what is the same stretch of another year behind one: 同期, 同月."""
    return piece.kind == "same" or "same" in piece.flag


def joins(before: Piece, piece: Piece, gap: str, first: bool) -> bool:
    """Whether a piece goes on with the date that ``before`` is the last piece of."""
    found = GAP.fullmatch(gap)
    if before.kind == "weekday" and before.flag != "step":
        return first and piece.kind in ("year", "month", "md", "date") and WEEKDAY_GAP.fullmatch(gap) is not None
    if piece.kind == "weekday" and rank(before) in (7, 9) and (piece.flag != "step" or gap[:1] in OPENING):
        if rank(before) == 9:
            return WEEKDAY_GAP.fullmatch(gap) is not None
        return not gap and before.kind == "relative"
    if piece.kind == "festival" and gap in QUOTES:  # 今年“五一”小长假
        return rank(before) == 2
    if found is None:
        return False
    if piece.kind == "relative" and before.kind == "window":  # 一年前的今天
        return bool(found[1]) and piece.unit == "day" and before.flag in ("ago", "later")
    if piece.kind == "relative" and piece.unit == "day" and piece.number == 0 and not gap and before.kind == "relative":
        return before.unit == "year"  # 明年今日
    if piece.kind == "relative":  # 去年的今天, 去年的前年
        return bool(found[1]) and (piece.unit == "day" or before.kind == "relative") and rank(before) <= rank(piece)
    if is_same(piece):
        return rank(before) == 2
    if piece.kind == "carried":  # 10月25日当周, 双11当天
        return not gap and piece.number == 0 and piece.unit in ("day", "week") and 7 <= rank(before) <= 9
    if piece.kind in (
        "window",
        "several",
        "dated",
        "date",
        "century",
        "decade",
        "plan",
        "bound",
        "none",
        "years",
    ):
        return piece.kind == "decade" and before.kind == "century"
    if piece.kind == "edge":
        if piece.flag == "long":
            return not found[1] and rank(before) <= {"年": 3, "季": 4, "月": 6}[piece.unit]
        return not gap and rank(before) <= 6
    if piece.kind == "day":
        if piece.flag.startswith("bare") and gap:
            return False
        return rank(before) == 6 and before.kind in ("month", "relative")
    if piece.kind == "nth_day":
        return rank(before) in (2, 6)
    if piece.kind in ("third", "nth_weekday"):
        return rank(before) == 6
    if piece.kind == "week":
        return rank(before) in (2, 6)
    if piece.kind == "counted":
        if before.kind == "half":
            return False
        return rank(before) in (2, 6) or (rank(before) == 4 and piece.unit == "month")
    if piece.kind in ("report", "neighbours"):
        return rank(before) == 2
    if piece.kind in ("month", "quarter", "half", "season", "festival", "md"):
        if found[1] and before.kind == "year" and "bare" in before.flag:
            return False
        if piece.kind == "month" and "lunar" not in piece.flag:
            return rank(before) in (2,)
        return rank(before) == 2
    return False


def numbers_line(text: str, head: Piece) -> bool:
    """Whether a number before 、 numbers the line that it opens, in a list whose other lines are numbered: 4、7月…"""
    if head.start and text[head.start - 1] != "\n":
        return False
    return any(
        f"\n{number}、" in text or text.startswith(f"{number}、") for number in (head.number - 1, head.number + 1)
    )


def with_heads(text: str, pieces: Iterable[Piece]) -> list[tuple[Piece, str]]:
    """Pieces, each with how it is bound to the next: ``range`` for 2021- and for the first of two neighbours (7、8月).

    A number before a dash or a list mark becomes a piece with the unit of the one behind: 3、5、8月 are three months.
    """
    out: list[tuple[Piece, str]] = []
    waiting: list[Piece] = []
    for piece in pieces:
        if waiting and waiting[-1].end != piece.start:
            waiting.clear()
        if piece.kind == "head":
            if piece.flag != "list" or not numbers_line(text, piece):
                waiting.append(piece)
            continue
        led: list[tuple[Piece, str]] = []
        after = piece
        for head in reversed(waiting):
            if not can_lead(head, after):
                break
            near = head.flag == "list" and len(waiting) == 1 and after.number == head.number + 1
            after = led_by(head, after)
            led.append((after, "range" if not head.flag or near else "split"))
        out.extend(reversed(led))
        out.append((replace(piece, flag=piece.flag + " listed") if led else piece, ""))
        waiting.clear()
    return out


def led_by(head: Piece, piece: Piece) -> Piece:
    """The head's number as a piece of the kind that follows it."""
    marks = [mark for mark in piece.flag.split() if mark not in ("words", "listed", "short")]
    marks += ["listed"] + ["words"] * (not head.unit[:1].isdecimal()) + ["short"] * (len(head.unit) == 2)
    return replace(piece, start=head.start, end=head.more, number=head.number, flag=" ".join(marks))


def can_lead(head: Piece, piece: Piece) -> bool:
    """Whether a number before a dash shares the unit of the piece behind it (2021-2023年, 1-9月)."""
    if piece.kind in ("year", "fiscal"):
        return head.number < piece.number and len(head.unit) == (2 if "short" in piece.flag else 4)
    if piece.kind == "month":
        return 1 <= head.number <= 12 and "lunar" not in piece.flag
    if piece.kind == "day":
        return 1 <= head.number <= 31
    if piece.kind == "quarter":
        return 1 <= head.number < piece.number
    return piece.kind == "century" and head.number < piece.number


def goes_on(text: str, current: Sequence[Piece], piece: Piece) -> bool:
    """Whether a piece goes on with the expression that the current ones make."""
    end = current[-1].end
    return piece.start - end <= WIDEST and joins(current[-1], piece, text[end : piece.start], len(current) == 1)


def is_open(said: str) -> bool:
    """Whether a bracket is opened and not closed."""
    return any(sign in said for sign in OPENING) and not any(sign in said for sign in CLOSING)


def compose(text: str, pieces: Iterable[Piece]) -> list[Expression]:
    """The expressions of a text, left to right."""
    found: list[Expression] = []
    current: list[Piece] = []
    bound = ""

    def close(joined: bool = False) -> None:
        if current:
            end = current[-1].end
            if text[end : end + 1] in CLOSING and is_open(text[current[0].start : end]):
                end += 1  # 10月31日（周五）
            found.append(Expression(tuple(current), current[0].start, end, joined))
            current.clear()

    for piece, binding in with_heads(text, pieces):
        if current and (bound or not goes_on(text, current, piece)):
            close(bound == "range")
        current.append(piece)
        bound = binding
    close()
    return found
