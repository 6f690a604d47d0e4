"""Offers and presence in real windows: cards that ring, one key, sound, and the status menu.

Tests that stand for a check of ux.md bear its number.
"""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.channels.chat.actions import take_chat
from answerable.channels.chat.models import Chat
from answerable.cli.tests.running import until
from answerable.desk.tests.opening import ask
from answerable.desk.tests.test_offers import chat_of
from answerable.routing import actions as routing
from answerable.routing.models import Offer, OpenPage, Presence
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.reach import problems
from answerable.tests.waiting import wait_until
from answerable.tickets import actions

pytestmark = pytest.mark.browser

# Counts what sounds and what the desktop is told, and lets both happen.
HEARD = """
window.heard = []; window.told = []
Audio.prototype.play = async function () { heard.push(this.src.split("/").pop()) }
window.Notification = class {
  static permission = "granted"
  static requestPermission = async () => "granted"
  constructor(title, { body }) { told.push(body) }
}
"""


def listening(open_window: OpenWindow, agent: Agent, path: str = "/desk/") -> Page:
    """Open a window that counts sounds, whose reader is available."""
    page = open_window(agent, "/health/")
    page.add_init_script(HEARD)
    page.goto(path)
    expect(page.locator(".standing-now")).to_contain_text("Available")
    return page


def rung(page: Page, cast: Cast) -> Chat:
    """Let a chat ring in a window, until F2 takes it."""
    chat = chat_of(cast.dana)
    routing.make_offers(at=timezone.now())
    expect(page.locator(".offer--chat")).to_contain_text(
        "Chat: Dana Wolf, Nordwind GmbH, Premium."
    )
    page.locator("[data-claim][data-key=F2]").wait_for()
    return chat


def test_d_25_a_card_that_rings_while_one_types_moves_nothing(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    mine = ask(cast_now.sam, "Rename a field")
    page = listening(open_window, cast_now.ana, f"/desk/q/all/{mine.pk}/")
    page.keyboard.press("n")
    expect(page.locator("#note-text")).to_be_focused()
    page.keyboard.type("half a note")
    page.keyboard.press("ArrowLeft")
    rung(page, cast_now)
    box = page.locator("#note-text")
    expect(box).to_be_focused()
    expect(box).to_have_value("half a note")
    assert box.evaluate("box => box.selectionStart") == len("half a not")
    card = page.locator(".offer--chat").bounding_box()
    composer = page.locator(".composer--note").bounding_box()
    assert card
    assert composer
    assert card["x"] >= composer["x"] + composer["width"]
    assert page.evaluate("heard") == ["offer.wav"]


def test_d_17_of_two_who_take_it_at_once_one_has_it(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    page = listening(open_window, cast_now.ana)
    chat = rung(page, cast_now)
    take_chat(chat, agent=cast_now.ben, at=timezone.now())
    page.keyboard.press("F2")
    expect(page.locator("#status")).to_contain_text("Ben took it")
    chat.refresh_from_db()
    assert chat.agent == cast_now.ben


def test_one_key_takes_a_chat_and_one_passes_it_on(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    page = listening(open_window, cast_now.ana)
    chat = rung(page, cast_now)
    page.keyboard.press("Shift+F2")
    expect(page.locator(".offer--chat")).to_have_count(0)
    expect(page.locator("#status")).to_contain_text("It goes to the next person")
    assert Offer.objects.get().outcome == "declined"
    Offer.objects.all().delete()
    routing.make_offers(at=timezone.now())
    page.locator("[data-claim][data-key=F2]").wait_for()
    with page.expect_navigation(url=f"**/desk/chats/{chat.key}/"):
        page.keyboard.press("F2")
    chat.refresh_from_db()
    assert chat.agent == cast_now.ana


def test_one_that_a_colleague_took_says_so_and_goes(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    page = listening(open_window, cast_now.ana)
    chat = rung(page, cast_now)
    take_chat(chat, agent=cast_now.ben, at=timezone.now())
    routing.withdraw_gone(at=timezone.now())
    expect(page.locator(".offer")).to_contain_text("Ben took this chat.")
    expect(page.locator(".offer")).to_have_count(0)


def test_d_20_two_missed_offers_pause_only_that_agent(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    page = listening(open_window, cast_now.ana)
    for person in (cast_now.dana, cast_now.olive):
        chat_of(person)
        routing.make_offers(at=timezone.now())
        routing.miss_offers(at=Offer.objects.get(ended_at=None).ends_at)
    routing.heard(cast_now.ben, "a page of Ben's", at=timezone.now())
    foot, card = page.locator(".standing-now"), page.locator("[data-number=paused]")
    expect(card).to_contain_text("You missed 2 offers. You get no new chats.")
    expect(foot).to_contain_text("Finishing")
    assert not Presence.objects.get(agent=cast_now.ben).is_paused
    card.get_by_role("button", name="Back to available").click()
    expect(foot).to_contain_text("Available")
    expect(card).to_have_count(0)
    assert not Presence.objects.get(agent=cast_now.ana).is_paused


def test_d_24_an_offer_sounds_once_whichever_windows_show_it(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    page = listening(open_window, cast_now.ana)
    second = page.context.new_page()
    second.add_init_script(HEARD)
    second.goto("/desk/")
    third = listening(open_window, cast_now.ben)
    routing.set_status(cast_now.ben, "away", at=timezone.now())
    rung(page, cast_now)
    expect(second.locator(".offer--chat")).to_be_visible()
    assert page.evaluate("heard") + second.evaluate("heard") == ["offer.wav"]
    assert third.evaluate("heard") == []


def test_d_24_what_is_critical_stops_on_any_claim(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    page = listening(open_window, cast_now.ana)
    claim = ask(cast_now.dana, "Nobody can sign in", critical=True)
    routing.make_offers(at=timezone.now())
    expect(page.locator(".offer--critical")).to_contain_text("Nobody can sign in")
    wait_until(page, "heard.length === 1")
    assert page.evaluate("heard") == ["critical.wav"]
    actions.take(claim, agent=cast_now.ben, at=timezone.now())
    routing.withdraw_gone(at=timezone.now())
    expect(page.locator(".offer")).to_contain_text("Ben took it")
    expect(page.locator(".offer [data-claim]")).to_have_count(0)


def test_sound_and_permission_are_tested_in_one_step(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    page = listening(open_window, cast_now.ana)
    page.get_by_role("button", name="Test sound and notices").click()
    page.get_by_role("dialog").get_by_role("button", name="Test sound and notices").click()
    expect(page.get_by_text("Sound works. It played just now.")).to_be_visible()
    expect(page.get_by_text("Desktop notices work.")).to_be_visible()
    assert problems(page) == []
    assert page.evaluate("told.length") == 1
    page.keyboard.press("Escape")
    expect(page.locator("[data-alert-ask]")).to_be_hidden()


def test_it_says_what_the_browser_blocks(cast_now: Cast, open_window: OpenWindow) -> None:
    page = listening(open_window, cast_now.ana)
    page.evaluate(
        "Audio.prototype.play = () => Promise.reject(new DOMException('', 'NotAllowedError'));"
        "Notification.requestPermission = async () => 'denied'"
    )
    page.get_by_role("button", name="Test sound and notices").click()
    page.get_by_role("dialog").get_by_role("button", name="Test sound and notices").click()
    blocked = "Desktop notices are blocked by the browser. You still get sound and cards here."
    expect(page.get_by_text(blocked)).to_be_visible()
    expect(page.locator("[data-alert-ask]")).to_have_text(
        "The browser muted our sound. Turn on sound"
    )


def test_the_status_is_chosen_by_keys_alone(cast_now: Cast, open_window: OpenWindow) -> None:
    page = listening(open_window, cast_now.ana)
    page.keyboard.press("g")
    page.keyboard.press("s")
    expect(page.locator("#status-menu [value=available]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#status-menu [value=finishing]")).to_be_focused()
    assert problems(page, "#standing") == []
    page.keyboard.press("Enter")
    expect(page.locator(".standing-now")).to_contain_text("Finishing")
    expect(page.locator("#status-menu")).to_be_hidden()
    expect(page.locator("#status")).to_contain_text("You are finishing.")
    page.keyboard.press("g")
    page.keyboard.press("s")
    expect(page.locator("#status-menu [value=finishing]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#status-menu")).to_be_hidden()


def test_a_page_that_is_closed_is_told(cast_now: Cast, open_window: OpenWindow) -> None:
    page = listening(open_window, cast_now.ana)
    (key,) = OpenPage.objects.filter(agent=cast_now.ana).values_list("key", flat=True)
    page.goto("/desk/q/mine/")
    expect(page.locator(".standing-now")).to_contain_text("Available")
    until(lambda: not OpenPage.objects.filter(key=key).exists(), "the first page is gone")
    until(
        lambda: OpenPage.objects.filter(agent=cast_now.ana).count() == 1, "the second is there"
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_d_30_offers_keep_the_rules(
    cast_now: Cast, open_window: OpenWindow, theme: str, width: int
) -> None:
    mine = ask(cast_now.sam, "Rename a field")
    viewport = {"width": width, "height": 800}
    page = open_window(
        cast_now.ana, f"/desk/q/all/{mine.pk}/", color_scheme=theme, viewport=viewport
    )
    expect(page.locator(".standing-now")).to_contain_text("Available")
    rung(page, cast_now)
    page.locator(".offer-why summary").click()
    expect(page.get_by_role("button", name="Not my area")).to_be_visible()
    assert problems(page) == []
    for button in page.locator(".offer button, .offer summary").all():
        button.scroll_into_view_if_needed()
        button.click(trial=True)
