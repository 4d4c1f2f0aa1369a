"""The last resort: a page that is no forum's, whose main text trafilatura finds; we only write it as lines."""

import logging

from pipeline.clean.draft import Draft
from pipeline.clean.facts import Facts, own_text
from pipeline.clean.index import Index
from pipeline.clean.markers import Markers
from pipeline.clean.render import body
from pipeline.clean.structure import stamps
from pipeline.clean.times import absolute

SHORTEST = 120  # letters; less is a page without a text: a menu, an error, an empty board
LONGEST = 2_000_000  # characters of a page that the library, slower than ours, is asked to read
NAME = "trafilatura"
HTML = {"row": "tr", "cell": "td", "list": "ul", "item": "li", "lb": "br", "quote": "blockquote", "head": "h2"}
RAISED = {"#sup": "sup", "#sub": "sub"}


def drafts(page: str, index: Index, facts: Facts, marks: Markers, explain: bool) -> tuple[list[Draft], str]:
    """The one post that a page's main text makes, and the library's name; nothing where it has no main text."""
    if len(page) > LONGEST:
        return [], ""
    import trafilatura  # a tenth of a second, for pages that are no forum's alone

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = trafilatura.bare_extraction(page, include_comments=False, include_formatting=True, with_metadata=False)
    text = getattr(found, "body", None)
    if text is None:
        return [], ""
    for node in text.iter():
        name = HTML.get(node.tag) or RAISED.get(node.get("rend") or "")
        if name:
            node.tag = name
    words = body(text, marks, explain)
    if len(words.text) < SHORTEST:
        return [], ""
    stamp = next((at for one in stamps(index, facts, marks) if (at := absolute(own_text(one), facts.clock.zone))), None)
    return [Draft(body=words, posted_at=stamp, is_first=True)], NAME
