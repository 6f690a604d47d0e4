"""Writing in a real browser: kept while one types, shown beside, and usable by everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from answerable.authoring.tests.conftest import exports
from answerable.cast import Cast
from answerable.knowledge.models import ArticleDraft, ArticleFile
from answerable.knowledge.tests.test_importing import PNG
from answerable.tests.browser_fixtures import OpenWindow

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
EDIT = "/articles/text/exports-fail/en/"
PASTE = """([bytes, name]) => {
    const data = new DataTransfer()
    data.items.add(new File([new Uint8Array(bytes)], name, { type: "image/png" }))
    const more = { clipboardData: data, bubbles: true, cancelable: true }
    const event = new ClipboardEvent("paste", more)
    document.querySelector("#body").dispatchEvent(event)
}"""


def typed(page: Page, words: str) -> None:
    """Type at the end of the text, and wait until it is shown and kept."""
    box = page.get_by_label("Text", exact=True)
    box.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)
    page.locator("#preview").get_by_text(words.strip()).wait_for()


def test_what_is_typed_is_shown_beside_and_survives_a_reload(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    exports(cast_now)
    page = open_window(cast_now.ana, EDIT)
    typed(page, "\nThen wait a minute.")
    page.get_by_text("Draft saved").wait_for()
    page.reload()
    assert "Then wait a minute." in page.get_by_label("Text", exact=True).input_value()
    assert ArticleDraft.objects.get().body.endswith("Then wait a minute.")


def test_a_pasted_picture_is_named_in_the_text_and_shown(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    exports(cast_now)
    page = open_window(cast_now.ana, EDIT)
    page.get_by_label("Text", exact=True).focus()
    page.evaluate(PASTE, [list(PNG), "menu.png"])
    page.locator("#preview img").wait_for()
    kept = ArticleFile.objects.get()
    text = page.get_by_label("Text", exact=True).input_value()
    assert f"](file:{kept.pk})" in text
    assert "[Uploading" not in text


def test_it_is_written_and_published_with_the_keyboard_alone(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    exports(cast_now)
    page = open_window(cast_now.ana, EDIT)
    typed(page, "\nBy keyboard.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    button = page.get_by_role("button", name="Publish", exact=True)
    for _step in range(40):
        if button.evaluate("one => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_text("Published. Readers see it now.").wait_for()
