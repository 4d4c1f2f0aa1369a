"""Reposts: what a user of a site has said, behind his handle. //@老张：…  原帖 @老张: …"""

import re
from collections.abc import Iterator

from pipeline.claims.attribution.content import Content, trimmed
from pipeline.claims.attribution.lexicon import frames
from pipeline.claims.attribution.record import Attribution
from pipeline.claims.attribution.scene import Scene, made
from pipeline.claims.attribution.speakers import Speaker
from pipeline.lexicons import cached
from pipeline.lexicons.trie import trie

QUOTED_LINE = re.compile(r"\n[ \t]*>[^\n]*")
NEXT = re.compile(r"//[ \t]*@|\n")


@cached
def handle_pattern() -> re.Pattern[str]:
    """``//@who:`` in a chain of reposts, or a word for the post that is answered and ``@who:``."""
    posts = trie(frames()["original_posts"])
    return re.compile(
        rf"(?:(?P<chain>//)|(?P<post>{posts}))[ \t]*+@(?P<who>[^\s:：@/，,。]{{1,30}})[ \t]*+(?P<mark>[:：])[ \t]*+"
    )


def handles(scene: Scene, start: int, end: int) -> Iterator[Attribution]:
    """What stands behind a handle, to the next one or the end of the line; of a post that is answered, of its lines."""
    text = scene.reading.folded
    for match in handle_pattern().finditer(text, start, end):
        at = match.end()
        following = NEXT.search(text, at)
        stop = following.start() if following is not None else len(text)
        if match["post"]:
            while (line := QUOTED_LINE.match(text, stop)) is not None:
                stop = line.end()
        stop = trimmed(text, at, stop)
        if stop <= at:
            continue
        speaker = Speaker("agent", scene.reading.text[slice(*match.span("who"))], None, match.start())
        content = Content(at, stop, ":", True)
        yield made(scene, "handle", match.start(), match.span("mark"), speaker, content, stop, "reported")
