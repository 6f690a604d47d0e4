"""The widget in a vendor's page: small, unharmed, harmless, reached by keys (ux.md 5.11)."""

from __future__ import annotations

import re

import pytest
from django.utils.timezone import now
from playwright.sync_api import FilePayload, Page, Request, ViewportSize, expect

from answerable.cast import Cast
from answerable.knowledge.tests.help_centre import write
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tickets.models import Ticket
from answerable.widget.tests.hosting import HOSTILE, Host, form_of, opened, send

pytestmark = pytest.mark.browser

STYLES = """(element) => [...element.querySelectorAll("*")].map((one) => {
  const seen = getComputedStyle(one)
  const facts = ["fontSize", "letterSpacing", "textTransform", "display", "position", "color"]
  return [one.localName, ...facts.map((name) => seen[name])].join(" ")
})"""
LOG: FilePayload = {"name": "log.txt", "mimeType": "text/plain", "buffer": b"error 17"}
KB = 1024


def five_about_exports() -> None:
    for name in (
        "Exports",
        "Export contacts",
        "Exports fail",
        "Exports by night",
        "Export rows",
    ):
        write(name, f"{name}: an export takes all of your contacts with it.", at=now())


def counting(page: Page) -> list[int]:
    """Return a list to which the sizes of what is fetched from us are added, as compressed."""
    sizes: list[int] = []

    def finished(request: Request) -> None:
        if "/widget/" in request.url and "/stream/" not in request.url:
            sizes.append(request.sizes()["responseBodySize"])

    page.on("requestfinished", finished)
    return sizes


def test_w_01_it_is_small_and_looks_the_same_on_a_hostile_page(
    cast_now: Cast, host: Host
) -> None:
    five_about_exports()
    looks = []
    for style in ("", HOSTILE):
        page = host.window(cast_now.dana, "/", style=style)
        sizes = counting(page)
        page.reload()
        launcher = page.get_by_role("button", name="Help and support")
        expect(launcher).to_be_visible()
        assert sum(sizes) <= 4 * KB
        assert page.evaluate("moved") == 0
        panel = opened(page)
        panel.get_by_label("Ask a question").fill("export")
        expect(panel.get_by_role("heading", name="5 answers for export")).to_be_visible()
        assert 10 * KB < sum(sizes) <= 32 * KB
        page.mouse.move(0, 0)
        looks.append((launcher.bounding_box(), panel.evaluate(STYLES)))
    assert looks[0] == looks[1]


def test_w_02_without_script_its_link_leads_to_the_contact_page(
    cast_now: Cast, host: Host, open_window: OpenWindow
) -> None:
    link = f'<a href="{host.help}/contact/" data-support-open>Help</a>'
    page = host.window(cast_now.dana, "/", link=link, java_script_enabled=False)
    expect(page.get_by_role("link", name="Help")).to_have_attribute(
        "href", f"{host.help}/contact/"
    )
    page = open_window(cast_now.dana, "/contact/", java_script_enabled=False)
    page.get_by_label("What happened?").fill("Exports fail")
    page.get_by_role("button", name="Send message").click()
    expect(
        page.get_by_text(re.compile(r"Guaranteed reply by (?:\w{3} )?\d\d:\d\d"))
    ).not_to_have_count(0)
    with_script = host.window(cast_now.dana, "/", link=link)
    with_script.get_by_role("link", name="Help").click()
    expect(with_script.get_by_role("dialog", name="Help")).to_be_visible()
    expect(with_script.get_by_role("button", name="Help and support")).to_have_count(0)


def test_w_03_a_strict_policy_refuses_nothing_of_it(cast_now: Cast, host: Host) -> None:
    five_about_exports()
    page = host.window(cast_now.dana)
    panel = opened(page)
    panel.get_by_label("Ask a question").fill("export")
    panel.get_by_role("button", name=re.compile("^Exports fail")).click()
    panel.get_by_role("button", name="Yes").click()
    expect(panel.get_by_text("We are glad that it helped.")).to_be_visible()
    form_of(panel)
    panel.locator("#new-files").set_input_files([LOG])
    panel.get_by_label("This is business-critical").check()
    send(panel)
    expect(panel.get_by_role("heading", name="There is a problem")).to_be_visible()
    panel.get_by_label("Data was lost or exposed").check()
    send(panel)
    panel.get_by_role("button", name="Add details").click()
    panel.get_by_role("button", name="Why?").click()
    expect(panel.get_by_role("heading", name="is worked out")).to_be_visible()
    panel.get_by_role("button", name="Close").click()
    assert page.evaluate("refused") == []
    assert Ticket.objects.get().messages.get().attachments.count() == 2


def test_w_04_it_takes_the_focus_and_gives_it_back(cast_now: Cast, host: Host) -> None:
    page = host.window(cast_now.dana)
    panel = opened(page)
    question = panel.get_by_role("textbox", name="Ask a question")
    expect(question).to_be_focused()
    page.keyboard.press("Control+F6")
    expect(page.get_by_role("button", name="Help and support")).to_be_focused()
    page.keyboard.press("Control+F6")
    expect(question).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.get_by_role("button", name="Help and support")).to_be_focused()
    page.set_viewport_size(ViewportSize(width=375, height=720))
    panel = opened(page)
    expect(panel).to_have_attribute("aria-modal", "true")
    expect(question).to_be_focused()
    page.evaluate("document.querySelector('#page-field').focus()")
    expect(question).to_be_focused()
    assert page.evaluate("getComputedStyle(document.documentElement).overflow") == "hidden"


def test_w_05_it_answers_as_one_types_and_never_hides_the_way_to_us(
    cast_now: Cast, host: Host
) -> None:
    five_about_exports()
    page = host.window(cast_now.dana)
    panel = opened(page)
    question = panel.get_by_label("Ask a question")
    question.press_sequentially("export")
    expect(panel.get_by_role("status")).to_have_text("5 answers for export")
    page.keyboard.press("Enter")
    expect(panel.get_by_role("heading", name="5 answers for export")).to_be_focused()
    question.focus()
    page.keyboard.press("ArrowDown")
    first = panel.locator(".hit").first
    expect(first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(question).to_be_focused()
    first.click()
    expect(panel.get_by_role("button", name="Back to your question")).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(400, 500), (320, 480)])
def test_w_05_the_way_to_us_is_always_there(
    cast_now: Cast, host: Host, width: int, height: int
) -> None:
    five_about_exports()
    size = {"width": width, "height": height}
    panel = opened(host.window(cast_now.dana, viewport=size))
    contact = panel.get_by_role("button", name="Contact support")
    expect(contact).to_be_in_viewport(ratio=1)
    panel.get_by_label("Ask a question").fill("export")
    panel.locator(".hit").first.click()
    expect(panel.get_by_text("Was this article helpful?")).to_have_count(1)
    expect(contact).to_be_in_viewport(ratio=1)
    form_of(panel)
    panel.get_by_label("What happened?").fill("Exports fail")
    panel.get_by_role("heading", name="Email a specialist").focus()
    expect(contact).to_be_in_viewport(ratio=1)
    send(panel)
    expect(panel.get_by_role("heading", name="We have your message")).to_be_visible()
    expect(contact).to_be_in_viewport(ratio=1)
