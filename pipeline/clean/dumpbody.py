"""The lines of one post in a text dump: up to its foot, without what the forum put between them."""

import re

from pipeline.clean.dumplines import Line, bare
from pipeline.clean.jammer import without_jammer
from pipeline.clean.markers import Markers, any_of, pattern
from pipeline.clean.render import Body
from pipeline.clean.signatures import Ended

MOST = 8
TAG = re.compile(r"[^\s,，。；：？！:;?!、…~～()（）]{1,15}")


def own_lines(region: list[Line], author: str, marks: Markers, last: bool) -> Ended:
    """The lines of a post's own cell, up to its foot or the page's, and how they end."""
    foot = any_of(tuple(marks.dump["foot"]))
    end = any_of(tuple(marks.dump["end"]))
    button = pattern(marks.dump["button"])
    post = Ended(author, [])
    answer = pattern(marks.dump["answer"])
    within = any_of(tuple(marks.dump["within"]))
    opened = False
    skip = 0
    stop = len(region)
    for at, line in enumerate(region):
        text = bare(line.text)
        if not text:
            if line.cell and opened:
                post.foot, stop = "cell", at
                break
            opened = opened or line.cell
        else:
            opened = opened or line.cell
            if answer.fullmatch(text) and not any(kept.text and not within.fullmatch(kept.text) for kept in post.lines):
                skip = 2
                continue
            if skip:
                skip -= 1
                continue
            if end.fullmatch(text):
                post.foot, stop = "end", at
            elif foot.fullmatch(text) or heads_foot(region, at, marks):
                post.foot, stop = "button" if button.fullmatch(text) else "foot", at
            if post.foot:
                break
        post.lines.append(line)
    while post.lines and not post.lines[-1].text:
        post.lines.pop()
    if post.foot == "foot":
        post.below = above_button(region[stop:], button)
    if last and post.foot in ("end", ""):
        imprint_off(post.lines, marks)
    return post


def heads_foot(region: list[Line], at: int, marks: Markers) -> bool:
    """Whether a line is the heading of ratings or comments, as what follows tells."""
    then = marks.dump["foot_heading"].get(region[at].text)
    if then is None:
        return False
    following = [bare(line.text) for line in region[at + 1 : at + 12] if line.text][:3]
    return any(pattern(then).fullmatch(text) for text in following)


def above_button(region: list[Line], button: re.Pattern[str]) -> str:
    """The block right above a post's buttons, below its foot: the author's signature."""
    at = next((at for at, line in enumerate(region) if at and button.fullmatch(line.text)), 0)
    while at and not region[at - 1].text:
        at -= 1
    start = at
    while start > 1 and region[start - 1].text:
        start -= 1
    return "\n".join(line.text for line in region[start:at])


def imprint_off(kept: list[Line], marks: Markers) -> None:
    """Take what the site says of itself off the end of the last post."""
    imprint = any_of(tuple(marks.dump["imprint"]))
    for _ in range(MOST):
        while kept and not kept[-1].text:
            kept.pop()
        if len(kept) < 2 or not (imprint.fullmatch(kept[-1].text) or foreign(kept)):
            break
        kept.pop()


def foreign(kept: list[Line]) -> bool:
    """Whether the last line is a long sentence in Latin letters under a text in Chinese."""
    last = kept[-1].text
    letters = sum(char.isalpha() and char < "\u0250" for char in last)
    if letters < 40 or letters * 10 <= len(last) * 7 or any(char.isdigit() for char in last):
        return False
    return sum("\u4e00" <= char <= "\u9fff" for line in kept[-60:-1] for char in line.text) >= 100


def kept_lines(texts: list[str], body: Body, marks: Markers) -> list[str]:
    """Put the author's lines into the body; give the notices among the others."""
    within = any_of(tuple(marks.dump["within"]))
    picture = pattern(marks.dump["picture"])
    struck = pattern(marks.dump["struck"])
    kept = []
    notices = []
    for text in texts:
        text = without_jammer(struck.sub("", picture.sub("", text))).strip()
        if not text:
            kept.append("")
            continue
        single = " ".join(text[:400].split()) if len(text) < 400 else ""
        marker = "dump" if within.fullmatch(text) else marks.of_line(single)
        if marks.blocked.match(single):
            marker = "blocked"
        if marker:
            if marker in ("hidden", "blocked", "price"):
                notices.append(text)
                body.notices.append(text)
            if body.removed is not None:
                body.removed.append((marker, text))
            continue
        kept.append(text)
    body.text = "\n".join(kept).strip()
    return notices


def drop_tags(body: Body, title: str) -> None:
    """Take the thread's tags off the end of its first post: words joined by commas, or one that the thread is about."""
    *above, last = body.text.split("\n")
    words = last.split(", ")
    if not above or not all(TAG.fullmatch(word) for word in words):
        return
    about = len(last) <= 8 and (last.lower() in title.lower() or (above[-1] == "" and last in "".join(above)))
    if len(words) > 1 or about:
        if body.removed is not None:
            body.removed.append(("tags", last))
        body.text = "\n".join(above).rstrip()
