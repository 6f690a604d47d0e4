"""The command palette and the keys, as only a browser can show them: D-08, D-26, S-11."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Route, expect

from answerable.cast import Cast
from answerable.desk.keys import KEYS, Key
from answerable.desk.tests.keyboards import CHORDS, SIGNS, Keyboard
from answerable.desk.tests.opening import ask
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tickets.models import Ticket

pytestmark = pytest.mark.browser
# What is pressed is written down, and does nothing.
RECORD = """() => {
  window.pressed = []
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-command]")
    if (!button) return
    window.pressed.push(button.dataset.command)
    event.preventDefault()
    event.stopImmediatePropagation()
  }, { capture: true })
}"""


@pytest.fixture
def ticket(cast_now: Cast) -> Ticket:
    return ask(cast_now.dana, "Nobody can sign in", critical=True)


@pytest.fixture
def page(cast_now: Cast, open_window: OpenWindow, ticket: Ticket) -> Page:
    """A window with a ticket beside the queue."""
    opened = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    expect(opened.locator("live-ticket:defined")).to_be_visible()
    expect(opened.locator("command-palette:defined")).to_be_attached()
    return opened


def opened(page: Page, typed: str = "") -> None:
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Go to, do or answer")).to_be_focused()
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.insert_text(typed)


def pressed(page: Page) -> list[str]:
    return list(page.evaluate("window.pressed.splice(0)"))


def by_key(page: Page, key: Key) -> None:
    for cap in key.bound_by({}).split(" "):
        page.keyboard.press(cap.replace("Mod", "Control"))


def on_buttons(page: Page) -> Iterator[Key]:
    """Every command whose button is on the page, but for those of a box that is open."""
    shown = page.evaluate(
        "[...document.querySelectorAll('[data-command]')]"
        ".filter((one) => one.checkVisibility() && !one.closest('form:not([hx-swap=none])'))"
        ".map((one) => one.dataset.command)"
    )
    yield from (KEYS[name] for name in dict.fromkeys(shown) if KEYS[name].acts)


def test_d_26_key_palette_and_button_do_the_same(page: Page, ticket: Ticket) -> None:
    commands = list(on_buttons(page))
    assert len(commands) > 25
    page.evaluate(RECORD)
    for key in commands:
        if key.typed and not key.typed[0].startswith(("F2", "Shift+F2")):
            by_key(page, key)
            assert pressed(page) == [key.name]
    for key in commands:
        if key.chooses:
            continue  # Its choices are a level of the palette, as the next test shows.
        words = str(key.on).format(what=f"#{ticket.pk}") if key.on else str(key.called)
        opened(page, f">{words}")
        expect(page.get_by_role("option", selected=True)).to_contain_text(words)
        page.keyboard.press("Enter")
        assert pressed(page) == [key.name]


def test_a_choice_of_the_palette_is_done_and_the_focus_goes_back(
    page: Page, ticket: Ticket
) -> None:
    page.keyboard.press("r")
    expect(page.locator("#reply-text")).to_be_focused()
    page.keyboard.insert_text("Hello Dana")
    page.keyboard.press("ArrowLeft")
    opened(page, "as")
    page.keyboard.press("Enter")
    expect(page.locator(".palette-level")).to_have_text(f"Assign #{ticket.pk} to…")
    page.keyboard.press("Backspace")
    expect(page.locator(".palette-level")).to_be_hidden()
    page.keyboard.insert_text("as")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Assign")
    page.keyboard.press("Enter")
    page.keyboard.insert_text("ben")  # Nobody waits for the choices: Enter does.
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"Assigned #{ticket.pk} to Ben Adler.")).to_be_visible()
    expect(page.locator("#reply-text")).to_be_focused()
    page.keyboard.press("Backspace")
    expect(page.locator("#reply-text")).to_have_value("Hello Daa")


def only_nothing(route: Route) -> None:
    """Answer that nothing was found, but never what is asked for “rn”."""
    if "q=rn" not in route.request.url:
        route.fulfill(body=json.dumps({"tickets": [], "people": [], "answers": []}))


def test_commands_answer_before_a_slow_index_and_nothing_found_says_so(
    page: Page, ticket: Ticket
) -> None:
    page.route("**/desk/palette/find/**", only_nothing)
    opened(page, "rn")
    expect(page.get_by_role("option", name="Internal note")).to_be_visible()
    expect(page.get_by_text("Searching tickets…")).to_be_visible()
    lacks = page.get_by_role("option", name="Reply and next: write a reply or a note first")
    expect(lacks).to_have_attribute("aria-disabled", "true")
    page.get_by_role("combobox", name="Go to, do or answer").fill("zzqx")
    words = "No command or ticket matches zzqx. Search everywhere ↵"
    expect(page.get_by_role("option")).to_have_text([words])
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/desk/search/?q={quote('zzqx')}")


def test_d_08_no_key_of_another_keyboard_makes_a_box_another(
    page: Page, ticket: Ticket
) -> None:
    keyboard = Keyboard(page)
    for name, other in (("reply", "note"), ("note", "reply")):
        page.keyboard.press(name[0])
        expect(page.locator(f"#{name}-text")).to_be_focused()
        for one in CHORDS:
            keyboard.press(one)
        expect(page.locator(f"#{name}-text")).to_be_focused()
        expect(page.locator(f"#{other}-text")).to_be_hidden()
        written = page.locator(f"#{name}-text").input_value()
        assert {"@", "€", "ł", "ż", "{"} <= set(written)
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        expect(page.locator(f"#{name}-text")).not_to_be_focused()
    assert ticket.messages.count() == 1


def test_s_11_signs_reach_their_commands_wherever_they_lie(page: Page, ticket: Ticket) -> None:
    keyboard = Keyboard(page)
    page.evaluate(RECORD)
    for name, places in SIGNS.items():
        for one in places:
            keyboard.press(one)
            assert pressed(page) == [name], one
    for one in CHORDS:
        if one.held:
            keyboard.press(one)
    assert pressed(page) == []
