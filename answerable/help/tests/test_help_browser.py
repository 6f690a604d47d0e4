"""Checks K-01, K-05, K-08 and K-09 of ux.md in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from answerable.cast import Cast
from answerable.cast.articles import Articles, write_articles
from answerable.help.tests.conftest import ENGLISH, GERMAN
from answerable.knowledge.models import ArticleVote, ReadBefore
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.waiting import wait_until_it

pytestmark = pytest.mark.browser

MOST_BYTES = 14 * 1024
WIDTHS = (320, 768, 1280)
STRANGERS = Callable[..., Page]


@pytest.fixture
def here(cast_now: Cast) -> Articles:
    return write_articles(cast_now, at=cast_now.at)


@pytest.fixture
def stranger(chromium: Browser, server_address: str, here: Articles) -> STRANGERS:
    """Open a window of somebody who is not signed in: stranger("/help/")."""

    def opened(path: str, **options: object) -> Page:
        options.setdefault("viewport", {"width": 1280, "height": 800})
        page = chromium.new_context(base_url=server_address, **options).new_page()  # type: ignore[arg-type]
        page.goto(path)
        return page

    return opened


def test_k_01_it_leads_to_the_same_part_of_the_official_version(stranger: STRANGERS) -> None:
    page = stranger(f"{GERMAN}#response-times")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    assert page.evaluate(
        "document.querySelector('[role=note]').compareDocumentPosition("
        "document.querySelector('h1')) === Node.DOCUMENT_POSITION_FOLLOWING"
    )
    page.get_by_role("link", name="Auf Englisch lesen").click()
    expect(page).to_have_url(re.compile(f"{ENGLISH}#response-times$"))
    expect(page.locator("#response-times")).to_be_in_viewport()


def test_k_05_all_of_it_works_without_javascript(stranger: STRANGERS) -> None:
    page = stranger("/help/en/", java_script_enabled=False)
    page.get_by_label("Search articles").fill("E-4012")
    page.get_by_role("button", name="Search").click()
    heading = page.get_by_role("heading", name="2 results for E-4012")
    expect(heading).to_be_focused()
    page.get_by_role("combobox", name="Language").select_option("de")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Export endet mit E-4012").click()
    page.get_by_role("button", name="Nein").click()
    expect(page.locator("#helpful")).to_be_focused()
    page.get_by_label("Veraltet").check()
    page.get_by_role("button", name="Rückmeldung senden").click()
    expect(page.get_by_text("Danke. Ist notiert.")).to_be_visible()
    expect(page.locator("#helpful")).to_be_focused()
    vote = ArticleVote.objects.get()
    assert (vote.reason, vote.searched) == ("outdated", "E-4012")


def test_a_vote_needs_no_new_page(stranger: STRANGERS) -> None:
    page = stranger(ENGLISH)
    page.evaluate("window.same = true")
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_text("Thank you. Noted.")).to_be_visible()
    expect(page.locator("#helpful")).to_be_focused()
    assert page.evaluate("window.same")
    page.route("**/helpful/", lambda route: route.abort())
    page.get_by_role("button", name="No", exact=True).click()
    failed = page.get_by_text("Your feedback was not saved. Try again.")
    expect(failed).to_be_visible()


def test_k_08_after_a_no_the_article_and_the_search_go_to_support(
    here: Articles, open_window: OpenWindow, cast_now: Cast
) -> None:
    page = open_window(cast_now.dana, "/help/en/?q=export")
    page.get_by_role("link", name="Export ends with E-4012").click()
    page.get_by_role("button", name="No", exact=True).click()
    page.locator("#helpful form").get_by_role("link", name="Contact support").click()
    what = page.get_by_label("What happened?")
    expect(what).to_have_value("export")
    expect(
        page.get_by_text("You come from the article Export ends with E-4012.")
    ).to_be_visible()
    what.fill("The export still ends with E-4012.")
    page.get_by_role("button", name="Send message").click()
    expect(page).to_have_url(re.compile(r"/requests/\d+/\?sent=1"))
    read = ReadBefore.objects.select_related("version__text").get()
    assert (read.version.text.slug, read.searched) == ("export-ends-with-e-4012", "export")
    desk = open_window(cast_now.ana, f"/desk/tickets/{read.ticket_id}/")
    expect(desk.locator(".ticket-read")).to_contain_text("Export ends with E-4012")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [ENGLISH, GERMAN, "/help/en/", "/help/en/?q=export"])
def test_k_09_it_is_clean_at_every_width(stranger: STRANGERS, path: str, scheme: str) -> None:
    page = stranger(path, color_scheme=scheme)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    assert page.locator("h1").count() == 1
    levels = [int(name[1]) for name in page.evaluate(HEADINGS)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert page.locator("img:not([alt]), img[alt='']").count() == 0


HEADINGS = "[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((one) => one.tagName)"


def test_k_09_code_and_tables_scroll_inside_at_320(stranger: STRANGERS) -> None:
    page = stranger(ENGLISH, viewport={"width": 320, "height": 700})
    for selector in (".article pre.code", ".article .promises"):
        box = page.locator(selector).first
        scroller = box if "code" in selector else box.locator("..")
        assert scroller.evaluate("(one) => one.scrollWidth > one.clientWidth")
        scroller.focus()
        expect(scroller).to_be_focused()
        before = scroller.evaluate("(one) => one.scrollLeft")
        page.keyboard.press("ArrowRight")
        wait_until_it(scroller, "(one, before) => one.scrollLeft > before", before)


def test_results_come_while_somebody_types(stranger: STRANGERS) -> None:
    page = stranger("/help/en/")
    page.keyboard.press("/")
    box = page.get_by_label("Search articles")
    expect(box).to_be_focused()
    box.press_sequentially("E-40")
    expect(page.get_by_role("link", name="Export ends with E-4012")).to_be_visible()
    expect(page.locator("#said")).to_contain_text("for E-40")
    expect(page).to_have_url(re.compile(r"\?q=E-40"))
    expect(box).to_be_focused()


def test_an_article_ships_few_styles_and_scripts(stranger: STRANGERS, at: datetime) -> None:
    page = stranger(ENGLISH)
    page.wait_for_load_state("networkidle")
    sizes = page.evaluate(
        """performance.getEntriesByType("resource").map(
            (one) => [new URL(one.name).pathname, one.encodedBodySize])"""
    )
    loaded = {path: size for path, size in sizes if path.endswith((".css", ".js"))}
    assert any(path.endswith("help.css") for path in loaded)
    assert 0 < sum(loaded.values()) <= MOST_BYTES


def test_it_prints_its_words_alone(stranger: STRANGERS) -> None:
    page = stranger(ENGLISH)
    page.emulate_media(media="print")
    for hidden in (".help-search", ".article-side", ".helpful", ".customer-foot", ".trail"):
        expect(page.locator(hidden).first).to_be_hidden()
    for shown in ("h1", ".article", ".article-dates time", ".available"):
        expect(page.locator(shown).first).to_be_visible()
