"""A whole shift at the keyboard alone, within the counts of the friction table (ux.md 13)."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from answerable.cast import Cast
from answerable.channels.chat.models import Chat
from answerable.channels.voice.tests.calls import asked_by
from answerable.desk.tests.chatting import macro
from answerable.desk.tests.opening import ask
from answerable.desk.tests.test_calls_browser import DIALLED
from answerable.desk.tests.test_offers import chat_of
from answerable.macros.core.staged import Act
from answerable.routing import actions as routing
from answerable.routing.actions.abilities import Facts, save_ability
from answerable.sla.actions import wake_due
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.hands import Hands
from answerable.tickets.actions import assign
from answerable.tickets.models import Ticket

pytestmark = pytest.mark.browser


@pytest.fixture
def shift(cast_now: Cast, open_window: OpenWindow) -> Hands:
    """Ana at the desk's home, with a morning's tickets in the queue."""
    acts = [Act("add_tag", "Certificate"), Act("resolve")]
    macro(cast_now.lena, "Cert expired", "the certificate is renewed.", "en", *acts)
    for number, subject in enumerate(("Sign-in certificate expired", "Exports are slow")):
        ask(cast_now.dana, subject, body=f"Since this morning, case {number}.")
    ask(cast_now.sam, "Rename a field")
    facts = Facts(chats=3, calls=1, critical=1, call_way="hand")
    save_ability(cast_now.ana, facts)
    page = open_window(cast_now.ana, "/health/")
    page.add_init_script(DIALLED)
    page.goto("/desk/")
    expect(page.locator(".standing-now")).to_contain_text("Available")
    return Hands(page)


def test_d_27_a_shift_without_the_mouse(cast_now: Cast, shift: Hands) -> None:
    shift.keep("queue")
    serves(shift)
    explains(shift)
    answers(shift)
    claims(cast_now, shift)
    hands_over(cast_now, shift)
    comes_back(cast_now, shift)
    calls(cast_now, shift)
    chats(cast_now, shift)


def title(page: Page) -> str:
    return page.locator("#ticket-title").inner_text()


def serves(hands: Hands) -> None:
    """4: the most urgent ticket that one can work on; then it is taken."""
    with hands.task("4 next", 1):
        hands.press("q")
        expect(hands.page.locator("#ticket-title")).to_contain_text("certificate expired")
    hands.press("t")
    expect(hands.page.locator("#head")).to_contain_text("Ana Silva")
    hands.keep("next-and-take")


def explains(hands: Hands) -> None:
    """7: why it is due then."""
    with hands.task("7 why", 1):
        hands.press("d")
        expect(hands.page.get_by_role("dialog")).to_contain_text("Why is")
    hands.keep("why")
    hands.press("Escape")
    expect(hands.page.get_by_role("dialog")).to_have_count(0)


def answers(hands: Hands) -> None:
    """5: a macro, resolved, and on; taken back once and sent for good."""
    page = hands.page
    with hands.task("5 macro", 4):
        with_macro(hands)
        hands.press("Control+Shift+Enter")
        expect(page.locator("#ticket-title")).to_contain_text("Exports are slow")
    hands.keep("answered-and-next")
    assert "Sending in" in page.locator(".sending").inner_text()
    hands.press("u")
    expect(page.locator("#ticket-title")).to_contain_text("certificate expired")
    expect(page.locator("#reply-text")).to_have_value(re.compile("certificate is renewed"))
    hands.keep("taken-back")
    page.locator("#reply-text").focus()
    hands.press("Control+Shift+Enter")
    expect(page.locator("#ticket-title")).to_contain_text("Exports are slow")


def with_macro(hands: Hands) -> None:
    hands.press("r")
    expect(hands.page.locator("#reply-text")).to_be_focused()
    hands.type("/cert")
    expect(hands.page.get_by_role("option")).to_contain_text("Label Certificate")
    hands.press("Enter")
    expect(hands.page.locator("#reply-text")).to_have_value(re.compile("is renewed"))
    hands.keep("macro")


def claims(cast: Cast, hands: Hands) -> None:
    """6: a business-critical claim is taken, checked and confirmed."""
    page = hands.page
    claim = ask(cast.dana, "Nobody can sign in", critical=True)
    wake_due(at=timezone.now())
    page.locator("[data-claim][data-key=F2]").wait_for()
    hands.keep("critical-rings")
    with hands.task("6 claim", 3):
        hands.press("F2")
        expect(page.locator("#triage")).to_be_visible()
        hands.press("ArrowDown")
        hands.keep("triage")
        hands.press("Control+Enter")
        expect(page.locator("#feed")).to_contain_text("onfirmed")
    claim.refresh_from_db()
    assert claim.assignee == cast.ana


def hands_over(cast: Cast, hands: Hands) -> None:
    """9: a note to a colleague, who has the ticket with it."""
    page, ticket = hands.page, Ticket.objects.get(subject="Nobody can sign in")
    with hands.task("9 hand over", 4):
        hands.press("n")
        expect(page.locator("#note-text")).to_be_focused()
        hands.type("The certificate, I think: please look @chi")
        offered = page.get_by_role("listbox").get_by_role("option")
        expect(offered).to_have_text(["Chidi Okafor@chidi"])
        hands.press("Enter")
        hands.press("Control+Shift+Enter")
        expect(page.locator("#status")).to_contain_text("assigned to Chidi Okafor")
    hands.keep("handed-over")
    ticket.refresh_from_db()
    assert ticket.assignee == cast.chidi


def comes_back(cast: Cast, hands: Hands) -> None:
    """10: a half-written reply, after a colleague took the ticket."""
    page, ticket = hands.page, Ticket.objects.get(subject="Exports are slow")
    page.goto(f"/desk/q/all/{ticket.pk}/")
    hands.press("r")
    expect(page.locator("#reply-text")).to_be_focused()
    hands.type("Half a reply")
    expect(page.locator(".box--reply .composer-saved")).to_contain_text("saved")
    assign(ticket, agent=cast.ben, to=cast.ben, at=timezone.now())
    page.goto("/desk/")
    with hands.task("10 half-written", 3):
        hands.press("g")
        hands.press("d")
        expect(page.get_by_role("link", name=re.compile("Half a reply"))).to_be_focused()
        hands.press("Enter")
        expect(page.locator("#reply-text")).to_have_value("Half a reply")
    hands.keep("draft-is-back")


def calls(cast: Cast, hands: Hands) -> None:
    """8: a promised callback, made and logged."""
    page = hands.page
    page.goto("/desk/")
    asked_by(cast.dana, timezone.now())
    routing.make_offers(at=timezone.now())
    page.locator("[data-claim][data-key=F2]").wait_for()
    hands.keep("callback-rings")
    with hands.task("8 callback", 2):
        hands.press("F2")
        panel = page.get_by_role("region", name="Call", exact=True)
        expect(panel.get_by_role("heading")).to_have_text("Calling Dana Wolf")
        hands.keep("calling")
        hands.press("Enter")
        expect(page.locator("#feed")).to_contain_text("reached somebody")
    hands.keep("called")


def chats(cast: Cast, hands: Hands) -> None:
    """A chat is taken and answered."""
    page = hands.page
    is_available(hands)
    chat = chat_of(cast.dana)
    routing.make_offers(at=timezone.now())
    page.locator("[data-claim][data-key=F2]").wait_for()
    hands.press("F2")
    expect(page.locator("#chat-text")).to_be_visible()
    hands.press("r")
    expect(page.locator("#chat-text")).to_be_focused()
    hands.type("Hello, I look at it now.")
    hands.press("Enter")
    expect(page.locator(".chat-log")).to_contain_text("I look at it now.")
    hands.keep("chat")
    assert Chat.objects.get(pk=chat.pk).agent == cast.ana


def is_available(hands: Hands) -> None:
    """The call is written up: the status menu, and Available in it."""
    expect(hands.page.locator(".standing-now")).not_to_contain_text("On a call")
    hands.press("g")
    hands.press("s")
    chosen = hands.page.locator("#status-menu :focus")
    expect(chosen).to_be_visible()
    for _step in range(6):
        if chosen.get_attribute("value") == "available":
            break
        hands.press("ArrowDown")
    hands.press("Enter")
    expect(hands.page.locator(".standing-now")).to_contain_text("Available")


def test_11_a_lead_sees_what_the_next_hour_brings(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    ask(cast_now.dana, "Nobody can sign in", critical=True)
    page = open_window(cast_now.lena, "/desk/")
    expect(page.locator(".standing-now")).to_be_visible()
    hands = Hands(page)
    with hands.task("11 next hour", 2):
        hands.press("g")
        hands.press("w")
        expect(page.get_by_role("region", name="Next 60 minutes")).to_be_visible()
