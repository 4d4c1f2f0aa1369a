"""What a reader cannot see: hidden by style, of no size, off the page, or in the colour of what it stands on."""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import chain, islice

from pipeline.clean.tree import Element

SIGNS = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]")  # of no width; joiners of emoji stay
RULE = re.compile(r"([a-z-]+)\s*:\s*([^;]*)")
ZERO = re.compile(r"0+(?:\.0+)?\s*(?:px|pt|em|rem|%|ex)?")
FAR = re.compile(r"-\s?\d{3,}(?:\.\d+)?\s*(?:px|pt|em|rem)")
NOTHING = re.compile(r"rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)")
RGB = re.compile(r"rgba?\(\s*(\d+)%?[\s,]+(\d+)%?[\s,]+(\d+)%?(?:[\s,/]+([\d.]+))?\s*\)")
GLASS = re.compile(r"rgba\(.*[\s,/]0(?:\.0+)?\)")
NAMED = {"white": (255, 255, 255), "black": (0, 0, 0), "snow": (255, 250, 250), "transparent": None}
PAPER = (255, 255, 255)
LONGEST = 2000  # characters of a style that are read
ABOVE = 39  # elements around one in which its ground is sought
HIDDEN, STYLE, COLOR, BGCOLOR = b"hidden", b"style", b"color", b"bgcolor"  # lxml encodes a name that is text
Colour = tuple[int, int, int]


@lru_cache(maxsize=1024)
def rules(style: str) -> Mapping[str, str]:
    """The declarations of a ``style`` attribute, in lower case, without ``!important``; forums repeat theirs."""
    folded = re.sub(r"/\*.*?\*/", "", style.lower().replace("!important", ""))
    return {name: value.strip() for name, value in RULE.findall(folded)}


def colour(value: str) -> Colour | None:
    """A colour as red, green, blue; None for one that is not known, or wholly transparent."""
    value = value.strip().lower()
    if value in NAMED:
        return NAMED[value]
    if re.fullmatch(r"#[0-9a-f]{3,4}", value):
        return int(value[1] * 2, 16), int(value[2] * 2, 16), int(value[3] * 2, 16)
    if re.fullmatch(r"#?[0-9a-f]{6}(?:[0-9a-f]{2})?", value):
        digits = value.lstrip("#")
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
    if match := RGB.fullmatch(value):
        return int(match[1]), int(match[2]), int(match[3])
    return None


def hidden(node: Element) -> str:
    """The marker of an element that a reader cannot see, or nothing."""
    if node.get(HIDDEN) is not None:
        return "hidden.attribute"
    style = node.get(STYLE)
    ink = node.get(COLOR) if node.tag == "font" else None
    if style is None and ink is None:
        return ""
    found = rules(style[:LONGEST]) if style else {}
    if found.get("display") == "none" or found.get("visibility") in ("hidden", "collapse"):
        return "hidden.style"
    if ZERO.fullmatch(found.get("opacity", "")) or clipped(found):
        return "hidden.size"
    size = found.get("font-size")
    if size is not None and (ZERO.fullmatch(size) or re.fullmatch(r"0*[01](?:\.\d+)?px", size)):
        return "hidden.size"
    if far_off(found):
        return "hidden.place"
    return "hidden.colour" if same_colour(node, found.get("color", ink or "")) else ""


def clipped(found: Mapping[str, str]) -> bool:
    """Whether an element has no width or no height and shows nothing outside of it."""
    flat = any(
        ZERO.fullmatch(found.get(side, "")) for side in ("height", "width", "max-height", "max-width", "line-height")
    )
    return flat and found.get("overflow", "") == "hidden"


def far_off(found: Mapping[str, str]) -> bool:
    """Whether an element is moved off the page, or cut to nothing."""
    moved = ["text-indent", "margin-left"]
    if found.get("position") in ("absolute", "fixed", "relative"):
        moved += ["left", "top", "right"]
        if NOTHING.match(found.get("clip", "")):
            return True
    return any(FAR.match(found.get(side, "")) for side in moved)


def same_colour(node: Element, ink: str) -> bool:
    """Whether text of this colour stands on the same colour; a page's own paper is taken as white."""
    if not ink:
        return False
    if ink == "transparent" or GLASS.fullmatch(ink):
        return True
    own = colour(ink)
    if own is None:
        return False
    for above in chain((node,), islice(node.iterancestors(), ABOVE)):
        if ground := above.get(BGCOLOR) or background(above.get(STYLE)):
            under = colour(ground)
            if under is None:
                return False  # a picture or a colour of a class: nothing is known of it
            return near(own, under)
    return near(own, PAPER)


def background(style: str | None) -> str:
    """The colour that a style gives what stands on it; empty for none."""
    if not style or "background" not in style:
        return ""
    found = rules(style[:LONGEST])
    value = found.get("background-color") or found.get("background", "")
    if value in ("", "none", "transparent", "inherit", "initial", "unset"):
        return ""
    return value if colour(value) else next((part for part in value.split() if colour(part)), value)


def near(one: Colour, other: Colour) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= 6
