"""What a reviewer does all day, in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.review.client import Server
from tests.review.conftest import PAYLOADS, extract, table

from .conftest import WIDTHS, visit

SELECT = """words => {
  const walker = document.createTreeWalker(document.querySelector("#text"), NodeFilter.SHOW_TEXT);
  let seen = "", nodes = [];
  while (walker.nextNode()) { nodes.push([walker.currentNode, seen.length]); seen += walker.currentNode.data; }
  const at = seen.indexOf(words), range = document.createRange();
  const spot = place => nodes.filter(([, start]) => start <= place).pop();
  let [node, start] = spot(at); range.setStart(node, at - start);
  [node, start] = spot(at + words.length - 1); range.setEnd(node, at + words.length - start);
  getSelection().removeAllRanges(); getSelection().addRange(range);
}"""


def current(page: Page) -> Locator:
    return page.locator('.row[aria-current="true"]')


def current_id(page: Page) -> str:
    found = current(page).get_attribute("data-row")
    assert found
    return found


def row(page: Page, row_id: str) -> Locator:
    return page.locator(f"#r-{row_id}")


def saved(page: Page) -> None:
    """Wait until every verdict has been acknowledged."""
    expect(page.locator("html")).to_have_attribute("data-unsaved", "0")


def log(out: Path) -> list[tuple[str, str]]:
    return [(line["row_id"], line["verdict"]) for line in table(out, "reviews.csv")]


def test_from_opening_to_the_next_extract(page: Page, out: Path) -> None:
    expect(page.locator(".row")).to_have_count(len(table(out)))
    page.select_option("#kind", "money")
    page.wait_for_url("**kind=money**")
    money = [line["row_id"] for line in table(out) if line["kind"] == "money"]
    assert [found.get_attribute("data-row") for found in page.locator(".row").all()] == money
    expect(current(page)).to_have_attribute("data-row", money[0])

    page.keyboard.press("a")
    page.keyboard.press("r")
    expect(row(page, money[0])).to_have_attribute("data-review", "ok")
    expect(row(page, money[1])).to_have_attribute("data-review", "wrong")
    expect(current(page)).to_have_attribute("data-row", money[2])
    saved(page)
    assert log(out) == [(money[0], "ok"), (money[1], "wrong")]

    page.keyboard.press("u")
    expect(row(page, money[1])).to_have_attribute("data-review", "")
    expect(current(page)).to_have_attribute("data-row", money[1])

    page.keyboard.press("e")
    page.fill("#edit-value_min", "2.5亿")
    page.fill("#edit-value_max", "2.5亿")
    page.fill("#edit-note", "看年报")
    page.keyboard.press("Enter")
    expect(row(page, money[1])).to_have_attribute("data-review", "fixed")
    expect(row(page, money[1]).locator(".what")).to_contain_text("2.5亿")

    page.goto(page.url.partition("?")[0] + "?show=all&post=bbs.demo:7:1")
    page.evaluate(SELECT, "大家")
    page.keyboard.press("m")
    page.select_option("#add-kind", "entity/PERSON")
    page.fill("#add-name", "众人")
    at_hand = current_id(page)
    page.click("#sheet .primary")
    new = page.locator(".row", has_text="众人")
    expect(new).to_have_attribute("data-review", "ok")
    added = new.get_attribute("data-row")
    assert added
    expect(current(page)).to_have_attribute("data-row", at_hand)
    page.click(f'mark[data-r~="{added}"]')
    expect(current(page)).to_have_attribute("data-row", added)
    expect(page.locator("mark.on")).to_have_text("大家")

    page.reload()
    expect(row(page, added)).to_have_attribute("data-review", "ok")
    extract(out.parent)
    in_table = {line["row_id"]: line for line in table(out) if line["review"]}
    assert {row_id: line["review"] for row_id, line in in_table.items()} == {
        money[0]: "ok",
        money[1]: "fixed",
        added: "ok",
    }
    assert (in_table[money[1]]["value_min"], in_table[money[1]]["note"]) == ("250000000", "看年报")
    assert (in_table[added]["text"], in_table[added]["rule"]) == ("大家", "review.added")
    page.goto(page.url.partition("?")[0] + "?show=all")
    for row_id, line in in_table.items():
        expect(row(page, row_id)).to_have_attribute("data-review", line["review"])


def test_a_post_full_of_markup_is_shown_as_text(page: Page) -> None:
    title = page.title()
    page.goto(page.url.partition("?")[0] + "?show=all&post=bbs.demo:8:1")
    text = page.locator("#text")
    assert text.evaluate("node => node.textContent") == PAYLOADS
    assert text.evaluate("node => [...node.querySelectorAll(':not(mark)')].length") == 0
    expect(page.locator("#post-title")).to_have_text("<i>标题</i>")
    page.keyboard.press("e")
    page.wait_for_selector("#sheet[open]")
    page.keyboard.press("Escape")
    page.wait_for_timeout(300)
    assert page.title() == title


def test_a_selection_behind_odd_characters_is_where_it_was_made(page: Page, out: Path) -> None:
    """Carriage returns, and characters that are two of UTF-16, count once."""
    page.goto(page.url.partition("?")[0] + "?show=all&post=bbs.demo:8:1")
    page.evaluate(SELECT, "点我")
    page.keyboard.press("m")
    page.wait_for_selector("#sheet[open]")
    page.select_option("#add-kind", "entity/EVENT")
    page.fill("#add-name", "点我")
    page.click("#sheet .primary")
    expect(page.locator(".row", has_text="事件")).to_have_count(1)
    extract(out.parent)
    (line,) = [line for line in table(out) if line["rule"] == "review.added"]
    post = next(post for post in table(out, "posts.csv") if post["post_id"] == line["post_id"])
    assert post["text"][int(line["start"]) : int(line["end"])] == "点我"


def test_an_added_row_is_gone_once_undone(page: Page, out: Path) -> None:
    page.keyboard.press("m")
    page.fill("#add-words", "大家")
    page.select_option("#add-kind", "entity/PERSON")
    page.fill("#add-name", "众人")
    page.keyboard.press("Enter")
    new = page.locator(".row", has_text="众人")
    expect(new).to_have_count(1)
    page.keyboard.press("u")
    expect(new).to_have_count(0)
    saved(page)
    page.keyboard.press("n")
    expect(current(page)).to_have_attribute("data-row", table(out)[1]["row_id"])


def test_a_filter_is_accepted_as_a_whole(page: Page, out: Path) -> None:
    page.select_option("#kind", "entity")
    page.wait_for_url("**kind=entity**")
    page.click('[data-do="bulk"]')
    page.click("#sheet .primary")
    expect(page.locator(".none")).to_be_visible()
    entities = sorted(line["row_id"] for line in table(out) if line["kind"] == "entity")
    assert sorted(log(out)) == [(row_id, "ok") for row_id in entities]


def test_the_mouse_finds_a_row_by_its_words(page: Page) -> None:
    page.click("mark.k-percent >> nth=0")
    expect(current(page).locator(".kind")).to_have_text("百分比")
    expect(page.locator("mark.on")).to_have_text("22.3%")
    current(page).locator("button.wrong").click()
    expect(page.locator('.row[data-review="wrong"]')).to_have_count(1)
    saved(page)


def test_the_next_posts_text_comes_with_its_rows(page: Page, out: Path) -> None:
    for _ in [line for line in table(out) if line["post_id"] == "bbs.demo:7:1"]:
        page.keyboard.press("n")
    expect(page.locator("#text")).to_have_attribute("data-post", "bbs.demo:7:2")
    expect(page.locator("mark.on").first).to_be_visible()
    page.keyboard.press("p")
    expect(page.locator("#text")).to_have_attribute("data-post", "bbs.demo:7:1")


def test_keys_are_quiet_while_one_types(page: Page, out: Path) -> None:
    page.keyboard.press("/")
    page.keyboard.type("aru")
    expect(page.locator("#q")).to_have_value("aru")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("a")
    page.uncheck("#keys-on")
    page.click("#help .primary")
    page.keyboard.press("a")
    page.wait_for_timeout(200)
    assert not (out / "reviews.csv").exists()


def test_a_reader_of_the_screen_hears_what_was_done(page: Page) -> None:
    text = current(page).locator(".cite b").inner_text()
    page.keyboard.press("a")
    expect(page.locator("#live")).to_have_text(f"正确：{text}")
    assert page.evaluate("document.activeElement === document.querySelector('.row[aria-current=true]')")
    for role in ("banner", "main", "search", "status"):
        assert page.get_by_role(role).count() == 1, role
    page.keyboard.press("u")
    expect(page.locator("#live")).to_have_text(f"已撤销：{text}")
    page.focus(".skip")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('aria-current')") == "true"


def test_what_another_reviewer_decides_shows(browser: Browser, page: Page, server: Server) -> None:
    other = visit(browser, server)
    other.fill("#reviewer", "乙")
    with other.expect_navigation():
        other.keyboard.press("Tab")
    row_id = current_id(other)
    other.keyboard.press("r")
    saved(other)
    page.evaluate("others()")
    expect(row(page, row_id)).to_have_attribute("data-review", "wrong")
    expect(row(page, row_id).locator(".state span")).to_have_attribute("title", "乙 判定")
    other.context.close()


def test_a_verdict_that_is_not_saved_is_said(browser: Browser, server: Server, out: Path) -> None:
    page = visit(browser, server)
    row_id = current_id(page)
    server.stop(kill=True)
    page.keyboard.press("a")
    expect(page.locator("#alert")).to_contain_text("没有保存")
    expect(row(page, row_id)).to_have_attribute("data-review", "")
    assert not (out / "reviews.csv").exists()
    page.context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_it_fits_and_everything_has_a_name(browser: Browser, server: Server, width: int, language: str) -> None:
    page = visit(browser, server, width, language)
    assert page.evaluate("document.documentElement.lang").startswith(language[:2])
    page.click("#more summary")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert (
        page.evaluate("""() => [...document.querySelectorAll("input:not([type=hidden]), select, button, a")].filter(
        node => !(node.labels?.length || node.textContent.trim() || node.ariaLabel)).map(node => node.outerHTML)""")
        == []
    )
    page.keyboard.press("Escape")
    current(page).locator('[data-do="edit"]').click()
    expect(page.locator("#sheet")).to_be_visible()
    box = page.locator("#sheet").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert not page.troubles  # type: ignore[attr-defined]
    page.context.close()


def test_without_scripts_the_forms_do(browser: Browser, server: Server, out: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.address)
    first = table(out)[0]["row_id"]
    row(page, first).locator("button.ok").click()
    expect(row(page, table(out)[1]["row_id"])).to_be_visible()
    assert log(out) == [(first, "ok")]
    context.close()
