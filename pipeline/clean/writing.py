"""Raw text as it is put together: blocks as lines, cells as tabs, items with their numbers, raised figures marked."""

import re

from pipeline.clean.tree import Element, classes

SPACE = re.compile(r"[ \t\r\n\f]+")
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "caption",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
CELLS = frozenset(("td", "th"))
STRUCK = frozenset(("del", "ins", "s", "strike"))  # a figure struck out is not the beginning of the next one
STRIP = " \u00a0\u3000"
LONG_CELL = 300
FIGURE = re.compile(r"[0-9a-zA-Z+\-−]{1,6}")


class Writing:
    """Raw text as it is put together: what begins and ends of elements mean for it."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.cells: list[int] = []  # where the open cells begin in ``out``
        self.kept = 0  # open elements whose white space is kept
        self.numbers: list[int] = []  # the next item's number in each open list

    def begin(self, one: Element) -> None:
        out = self.out
        tag = one.tag
        if tag in CELLS:
            self.cells.append(len(out))
        elif tag == "img":
            if sign := emoji(one):
                out.append(sign)
        elif tag in BLOCKS:
            out.append("\n")
            if tag == "pre":
                self.kept += 1
            elif tag in ("ol", "ul"):
                self.numbers.append(first_number(one))
            elif tag == "li" and self.numbers and self.numbers[-1]:
                out.append(f"{self.numbers[-1]}. ")
                self.numbers[-1] += 1
        if text := one.text:
            piece = text if self.kept else SPACE.sub(" ", text)
            if tag == "sup" and FIGURE.match(piece.strip()) and raised(last_character(out)):
                piece = "^" + piece.lstrip()
            elif tag == "sub" and piece.strip()[:1].isdigit() and last_character(out).isdigit():
                piece = "_" + piece.lstrip()
            elif tag in STRUCK and text[0].isdigit() and last_character(out).isdigit():
                piece = " " + piece
            elif tag == "a":
                piece = whole_address(one, piece)
            out.append(piece)

    def end(self, one: Element) -> None:
        out = self.out
        tag = one.tag
        if tag in CELLS and self.cells:
            start = self.cells.pop()
            cell = "".join(out[start:])
            del out[start:]
            out.append(joined(cell, one))
        elif tag in BLOCKS:
            out.append("\n")
            if tag == "pre" and self.kept:
                self.kept -= 1
            elif tag in ("ol", "ul") and self.numbers:
                self.numbers.pop()


def joined(cell: str, one: Element) -> str:
    """A cell's text: in one line and with a tab before the next cell, or as it is where it is the row's only one."""
    before, following = one.getprevious(), one.getnext()
    if (before is None or before.tag not in CELLS) and (following is None or following.tag not in CELLS):
        return cell + "\n"
    parts = [part.strip(STRIP) for part in cell.split("\n")]
    if len(cell) > LONG_CELL and len(parts) > 3:
        return cell + "\n"
    return " ".join(part for part in parts if part) + ("\t" if following is not None else "")


def first_number(one: Element) -> int:
    """The number that a list begins with; 0 for a list without numbers, and for lines of code."""
    names = classes(one)
    if one.tag != "ol" and "litype_1" not in names and one.get("type") != "1":
        return 0
    above: Element | None = one.getparent()
    for _ in range(3):
        if above is None:
            break
        if "blockcode" in classes(above):
            return 0
        above = above.getparent()
    start = one.get("start") or "1"
    return int(start) if start.isdigit() and len(start) < 6 else 1


def last_character(out: list[str]) -> str:
    return next((piece for piece in reversed(out) if piece), "")[-1:]


def raised(before: str) -> bool:
    """Whether what stands raised after this character could be read as its next figure."""
    return before.isalnum() or before in (")", "）")


def whole_address(link: Element, piece: str) -> str:
    """The address of a link whose text is that address, cut in the middle."""
    if " ... " in piece and piece.lstrip()[:4].lower() in ("http", "www.", "ftp:"):
        href = link.get("href") or ""
        head = piece.strip().partition(" ... ")[0]
        if head.partition("://")[2] in href or head in href:
            return href
    return piece


def emoji(image: Element) -> str:
    """The emoji that a picture stands for, where it says so."""
    alt = (image.get("alt") or "").strip()
    if 0 < len(alt) <= 8 and all(ord(char) > 0x2190 and not "\u3000" <= char <= "\uffef" for char in alt):
        return alt
    return ""
