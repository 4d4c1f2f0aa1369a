"""What a text dump says above its first post: board, title, views and replies."""

import re

from pipeline.clean.dumpheads import Head
from pipeline.clean.dumplines import Line, bare
from pipeline.clean.facts import TID, Facts, site
from pipeline.clean.markers import Markers, any_of
from pipeline.clean.times import Clock

PATH = re.compile(r" ?[›»>] ?")
PREFIX = re.compile(r"\[[^\]]{1,12}\] ?(?=\S)")
CUT = re.compile(r" ?(?:\.\.\.|…)$")
LEAST = 8
ABOVE = 300
FOOT = 12
BOARD = 3  # lines in which mobile=1 gives its path
PICTURE = re.compile(r"\[[^\]]*\]")


def facts(url: str, lines: list[Line], heads: list[Head], at: Clock, marks: Markers) -> Facts:
    """What a dump says above its first post."""
    first = heads[0].line if heads else 80
    top = [line.text for line in lines[max(0, first - ABOVE) : first]]
    copied = next((at for at, text in enumerate(top) if marks.patterns["copy"].search(text)), len(top))
    path = next((text for text in top if (len(PATH.findall(text)) >= 2 and "›" in text) or text.count("»") >= 2), "")
    steps = [step.strip() for step in PATH.split(path)] if path else []
    board = next(iter(PATH.split(text)[-1].strip() for text in top[:BOARD] if len(PATH.findall(text)) == 1), "")
    views = replies = None
    title = ""
    for number, text in enumerate(top):
        if match := marks.patterns["views"].search(text):
            views = int(match[1])
            if found := marks.patterns["replies"].search(text):
                replies = int(found[1])
                rest = text[found.end() :].strip()
                if rest.startswith("|"):  # mobile=1 writes links after the counts, and the title above them
                    rest = PREFIX.sub("", next((one for one in reversed(top[:number]) if one), ""))
                title = title or rest
        if marks.patterns["copy"].fullmatch(text) and not title:
            title = wrapped_title(top, number, marks)
        elif match := marks.patterns["title_line"].match(text):
            title = match["title"]
        elif (
            title
            and number <= copied
            and text
            and marks.patterns["views"].search(top[number - 1])
            and not marks.patterns["copy"].fullmatch(text)
        ):
            title += text  # a title that the text browser broke
    if not title:
        title, steps, *counts = touch_facts(lines, heads, steps, marks)
        views, replies = (views, replies) if views is not None else counts
    title = untyped(title, steps)
    forum = steps[-2] if len(steps) > 2 else steps[-1] if len(steps) == 1 else board
    name = steps[0] if len(steps) > 2 else ""
    foot = "\n".join(line.text for line in lines[-FOOT:])
    paged = marks.patterns["archiver_page"].search(foot)
    archiver = marks.patterns["archiver"].search(lines[0].text if lines else "")
    thread = TID.search(url)
    return Facts(
        url,
        site(url) or (archiver and archiver["site"]) or name,
        thread[1] if thread else "",
        title,
        forum,
        views,
        replies,
        at,
        page=int(paged["page"]) if paged else None,
    )


def wrapped_title(top: list[str], at: int, marks: Markers) -> str:
    """The block of lines above the link that copies a thread's address."""
    block: list[str] = []
    for text in reversed(top[:at]):
        if not text:
            if block:
                break
            continue
        if marks.patterns["views"].search(text) and not block:
            continue  # links puts the counts between the title and its address
        if marks.patterns["views"].search(text) or any_of(tuple(marks.dump["end"])).fullmatch(text):
            break
        block.insert(0, text)
        if len(block) == 3:
            break
    return "".join(block)


def untyped(title: str, steps: list[str]) -> str:
    """A title without what stands before it (its category, the first author), as the path does not repeat that."""
    if len(steps) > 2:
        named = CUT.sub("", steps[-1])[:LEAST]
        at = title.find(named) if named else -1
        return title[at:] if at > 0 else title
    return title


def touch_facts(
    lines: list[Line], heads: list[Head], steps: list[str], marks: Markers
) -> tuple[str, list[str], int | None, int | None]:
    """A touch page's or the archiver's head: the board, the title, and counts run together with the first time."""
    top = lines[: heads[0].line] if heads else []
    above = [line.text for line in top if line.text and not PICTURE.fullmatch(line.text)]
    above = [text for text in above if not marks.patterns["views"].search(text)]
    if steps and not above[-1:]:
        return steps[-1], steps, None, None
    replies = next(
        (int(match[1]) for line in lines if (match := marks.patterns["all_replies"].search(line.text))), None
    )
    views = None
    if replies is not None and heads:
        for line in lines[heads[0].line : heads[0].start]:
            match = marks.patterns["bare_time"].fullmatch(bare(line.text))
            if match and match["count"].endswith(str(replies)):
                views = int(match["count"].removesuffix(str(replies)) or 0) or None
    if steps:
        return steps[-1], steps, views, replies
    title = marks.patterns["beside_author"].sub("", above[-1]) if above else ""
    return title, [marks.patterns["before_board"].sub("", text) for text in above[-2:-1]], views, replies
