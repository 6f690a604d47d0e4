"""Attaching files by hand: chosen, pasted and dropped, with script and without."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from answerable.cast import Cast
from answerable.files.models import Upload
from answerable.files.tests.samples import PDF, PNG
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.reach import problems
from answerable.tickets.models import Attachment

pytestmark = pytest.mark.browser

SHOT: FilePayload = {"name": "error.png", "mimeType": "image/png", "buffer": PNG}
LOG: FilePayload = {"name": "log.pdf", "mimeType": "application/pdf", "buffer": PDF}
# What a browser makes of a screenshot in the clipboard, or of files dropped on a form.
GIVE = """([kind, name, type]) => {
  const data = new DataTransfer()
  data.items.add(new File([new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10])], name, { type }))
  const told = { bubbles: true, cancelable: true }
  const event = kind === "paste"
    ? new ClipboardEvent("paste", { ...told, clipboardData: data })
    : new DragEvent("drop", { ...told, dataTransfer: data })
  document.querySelector("textarea[name=body]").dispatchEvent(event)
}"""


def rows(page: Page) -> list[str]:
    return page.locator(".attach .file-name").all_inner_texts()


def test_files_go_along_however_they_come(cast_now: Cast, open_window: OpenWindow) -> None:
    page = open_window(cast_now.dana, "/contact/")
    page.locator("input[type=file]").set_input_files([SHOT, LOG])
    expect(page.locator(".attach .file-name")).to_have_text(["error.png", "log.pdf"])
    page.evaluate(GIVE, ["paste", "image.png", "image/png"])
    expect(page.locator(".attach .file-name")).to_have_count(3)
    page.evaluate(GIVE, ["drop", "dropped.png", "image/png"])
    expect(page.locator(".attach .file-name")).to_have_count(4)
    assert re.fullmatch(r"screenshot \d{4}-\d\d-\d\d \d\d-\d\d-\d\d\.png", rows(page)[2])
    page.get_by_role("button", name="Remove: log.pdf").click()
    expect(page.locator(".attach .file-name")).to_have_count(3)
    page.get_by_label("What happened?").fill("Exports fail")
    page.get_by_role("button", name="Send message").click()
    expect(page.get_by_role("heading", name="We have your message")).to_be_visible()
    expect(page.get_by_role("img")).to_have_count(0)  # A thumbnail is decoration of its link.
    expect(page.get_by_role("link", name="Open error.png")).to_be_visible()
    names = Attachment.objects.order_by("pk").values_list("name", flat=True)
    assert [name[:10] for name in names] == ["error.png", "screenshot", "dropped.pn"]


def test_an_error_and_a_reload_keep_the_files(cast_now: Cast, open_window: OpenWindow) -> None:
    page = open_window(cast_now.dana, "/contact/")
    page.locator("input[type=file]").set_input_files([SHOT])
    expect(page.locator(".attach .file-name")).to_have_text(["error.png"])
    page.get_by_role("button", name="Send message").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    expect(page.locator(".attach .file-name")).to_have_text(["error.png"])
    page.reload()
    expect(page.locator(".attach .file-name")).to_have_text(["error.png"])
    assert problems(page) == []


def test_what_is_too_large_is_said_before_it_is_sent(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    page = open_window(cast_now.dana, "/contact/")
    page.locator("attach-files").evaluate("(element) => (element.dataset.most = '0.00001')")
    page.locator("input[type=file]").set_input_files([SHOT])
    expect(page.locator(".attach-problems")).to_contain_text(
        "error.png: the selected file must"
    )
    assert not Upload.objects.exists()


def test_a_strangers_files_go_along_with_the_form(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    page = open_window(cast_now.dana, "/contact/")
    page.context.clear_cookies()
    page.goto("/contact/")
    page.locator("input[type=file]").set_input_files([SHOT])
    expect(page.get_by_text("goes with the message")).to_be_visible()
    page.get_by_label("What happened?").fill("Exports fail")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/sign-in/**")
    assert Upload.objects.get().owner.startswith("stranger-")


def test_it_works_without_script(cast_now: Cast, open_window: OpenWindow) -> None:
    page = open_window(cast_now.dana, "/contact/", java_script_enabled=False)
    page.get_by_label("Attach files").or_(page.locator("input[type=file]")).first.is_visible()
    page.locator("input[type=file]").set_input_files([SHOT])
    page.get_by_role("button", name="Send message").click()
    expect(page.locator(".attach .file-name")).to_have_text(["error.png"])
    page.locator("input[type=file]").set_input_files([LOG])
    page.get_by_label("Remove: error.png").check()
    page.get_by_label("What happened?").fill("Exports fail")
    page.get_by_role("button", name="Send message").click()
    expect(page.get_by_role("heading", name="We have your message")).to_be_visible()
    assert [one.name for one in Attachment.objects.all()] == ["log.pdf"]


def test_a_request_with_files_fits_a_narrow_window(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    page = open_window(cast_now.dana, "/contact/", viewport={"width": 320, "height": 640})
    long = SHOT | {
        "name": "a very long name of a screenshot that nobody shortened " * 3 + ".png"
    }
    page.locator("input[type=file]").set_input_files([long, LOG])
    expect(page.locator(".attach .file-name")).to_have_count(2)
    assert problems(page) == []
    page.get_by_label("What happened?").fill("Exports fail")
    page.get_by_role("button", name="Send message").click()
    expect(page.get_by_role("heading", name="We have your message")).to_be_visible()
    assert problems(page) == []
