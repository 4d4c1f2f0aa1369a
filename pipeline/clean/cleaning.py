"""Which template a page is of, and its posts."""

from dataclasses import replace

from pipeline.clean import api, archiver, feed, maintext, printable, structure, thread
from pipeline.clean.containers import containers
from pipeline.clean.draft import Draft, fill_floors, finished
from pipeline.clean.facts import Facts, facts, is_board, site
from pipeline.clean.index import Index
from pipeline.clean.markers import Markers, markers
from pipeline.clean.times import clock
from pipeline.clean.tree import Element, classes, find, parse, plain
from pipeline.errors import InputError
from pipeline.records import Page, Post
from pipeline.settings import Settings

NO_POST = "no post found in it; save the thread's own page, not a list or a portal page"
SHORT = 1500
MESSAGE = (
    "//*[@id='messagetext' or contains(@class,'alert_error') or contains(@class,'alert_info')"
    " or contains(@class,'jump_c') or contains(@class,'showmessage')]"
)


def posts_of(page: Page, settings: Settings) -> list[Post]:
    """The posts of a page that is no line of JSON; raises as ``pipeline.clean.clean`` does."""
    drafts, known, cleaner = drafted(page, settings, False)
    return finished(drafts, page, known, cleaner)


def removed(page: Page, settings: Settings) -> list[tuple[str, str]]:
    """The pieces that cleaning removes: the marker that removed each, and its text."""
    drafts, _, _ = drafted(page, settings, True)
    return [piece for draft in drafts for piece in draft.body.removed or ()]


def drafted(page: Page, settings: Settings, explain: bool) -> tuple[list[Draft], Facts, str]:
    """The drafts of a page's posts, its facts, and the name of the template."""
    marks = markers(settings.lexicons)
    where = f"{page.source_file}: " if page.source_file else ""
    try:
        found = by_form(page, settings, marks, explain)
    except InputError as error:
        raise InputError(f"{where}{error}") from error
    if not found[0]:
        raise InputError(f"{where}{NO_POST}")
    return found


def by_form(page: Page, settings: Settings, marks: Markers, explain: bool) -> tuple[list[Draft], Facts, str]:
    if page.form == "api":
        given = api.variables(page)
        known = api.facts(page, given, settings)
        return list(api.drafts(given, known, marks, explain)), known, "api"
    if page.form == "rss":
        items = feed.items(page.text)
        drafts = list(feed.drafts(items, settings.zone, marks, explain))
        url = next((draft.url for draft in drafts if draft.url), page.url)
        known = Facts("", site(url), "", "", "", None, None, clock("", settings.zone, page.seen_at))
        return drafts, known, "rss"
    if page.form == "dump":
        from pipeline.clean import dump

        return dump.drafted(page, settings, marks, explain)
    root = parse(page.text)
    if root is None:
        return [], Facts("", "", "", "", "", None, None, clock("", settings.zone, page.seen_at)), ""
    return by_template(root, page, settings, marks, explain)


def by_template(
    root: Element, page: Page, settings: Settings, marks: Markers, explain: bool
) -> tuple[list[Draft], Facts, str]:
    index = Index(root, marks.sought)
    known = facts(index, page, settings, marks)
    if heads := archiver.heads(index):
        return list(archiver.drafts(heads, known, marks, explain)), known, "archiver"
    if nodes := containers(index, marks):
        names = classes(nodes[0][1])
        cleaner = "touch" if "plc" in names else "mobile" if "bm_c" in names else "desktop"
        made = list(thread.drafts(index, nodes, known, marks, explain))
        if thread.one_author(page.text, marks):
            for draft in made:
                draft.is_first = thread.opens(index, draft)
                draft.floor = 1 if draft.is_first else None
        else:
            fill_floors(made, known.views is not None)
            last = thread.last_floor(index, made)
            if known.replies is None and last is not None and known.page == known.pages:
                known = replace(known, replies=last - 1)
        return made, known, cleaner
    if heads := printable.heads(root, marks):
        known = Facts(
            known.url,
            known.site,
            known.thread_id,
            printable.title(root, marks) or known.title,
            "",
            None,
            None,
            known.clock,
        )
        return list(printable.drafts(heads, known, marks, explain)), known, "print"
    refuse_list(index, marks, known.url)
    refuse_notice([text for one in find(root, MESSAGE) if (text := plain(one))], marks)
    if made := structure.drafts(index, known, marks, explain):
        return made, known, "structure"
    body = next((plain(one) for one in find(root, "//body")), "")
    refuse_notice([body] if len(body) <= SHORT else [], marks)
    refuse_cut(index, marks)
    made, cleaner = maintext.drafts(page.text, index, known, marks, explain)
    return made, known, cleaner


def refuse_cut(index: Index, marks: Markers) -> None:
    """Say that a thread's page ends before its first post; its menus are nobody's words."""
    body = next(index.root.iter("body"), None)
    if body is not None and any(name in marks.html["thread_pages"] for name in classes(body)):
        raise InputError("a thread's page without its posts, cut off or of an unknown skin; save the whole page again")


def refuse_list(index: Index, marks: Markers, url: str) -> None:
    """Say that a page is a list of threads, where its elements or its address tell so."""
    pages = marks.html["list_pages"]
    body = next(index.root.iter("body"), None)
    named = body is not None and any(name in pages for name in classes(body))
    listed = any(index.by_stem(stem) for stem in marks.html["list_ids"])
    if named or listed or is_board(url):
        raise InputError("a list of threads, not a thread; save the threads' own pages")


def refuse_notice(texts: list[str], marks: Markers) -> None:
    """Say why a page without posts has none, where it says so itself: in message boxes, or as all of its text."""
    for text in texts:
        for notice in marks.notices:
            if match := notice.pattern.search(text):
                start = max(0, match.start() - 20)
                told = text[start : match.end() + 40]
                raise InputError(f"{notice.reason} (the page says: {told})")
