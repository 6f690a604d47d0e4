"""Two windows and more: what an agent sees while others act."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from answerable.accounts.models import Session
from answerable.cast import Cast
from answerable.desk.tests.opening import ask
from answerable.sla.actions import wake_due
from answerable.sla.proposing import promised_on
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tickets import actions

pytestmark = pytest.mark.browser


def rows(page: Page) -> list[str]:
    numbers = "rows => rows.map(row => row.dataset.number)"
    return list(page.locator(".queue-rest [data-number]").evaluate_all(numbers))


def test_it_shows_a_new_ticket_and_does_not_move_the_row_under_the_pointer(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    tickets = [ask(cast_now.sam, f"Question {number}") for number in range(6)]
    page = open_window(cast_now.ana, "/desk/")
    row = page.locator(f"#row-{tickets[4].pk}")
    row.hover()
    before = row.bounding_box()
    urgent = ask(cast_now.dana, "Dashboard is empty")
    expect(page.locator(f"#row-{urgent.pk}")).to_be_attached()
    expect(page.get_by_text("1 ticket moved.").first).to_be_visible()
    assert row.bounding_box() == before
    assert rows(page)[-1] == str(urgent.pk)
    page.keyboard.press(".")
    expect(page.locator(".queue-moved")).to_be_hidden()
    assert rows(page)[0] == str(urgent.pk)


def test_a_new_claim_shifts_no_row_below_the_band(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    ticket = ask(cast_now.dana)
    page = open_window(cast_now.ana, "/desk/")
    row = page.locator(f"#row-{ticket.pk}")
    before = row.bounding_box()
    claim = ask(cast_now.olive, "Booking pages return 503", critical=True)
    expect(page.locator(f".queue-now #row-{claim.pk}")).to_be_visible()
    assert row.bounding_box() == before


def test_a_row_that_left_says_why_until_the_order_is_updated(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    first, second = ask(cast_now.dana, "First"), ask(cast_now.dana, "Second")
    page = open_window(cast_now.ana, "/desk/")
    page.locator(f"#row-{second.pk}").hover()
    actions.resolve(first, agent=cast_now.ben, contact=None, reason="Twice", at=timezone.now())
    expect(page.locator(f"#row-{first.pk}")).to_contain_text("Resolved by Ben")
    page.keyboard.press(".")
    expect(page.locator(f"#row-{first.pk}")).to_have_count(0)


def test_keys_lead_from_the_queue_to_a_sent_reply(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    ticket = ask(cast_now.dana, "Exports fail with error 17")
    ask(cast_now.sam, "Rename a field")
    page = open_window(cast_now.ana, "/desk/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Exports fail with error 17")).to_be_visible()
    page.keyboard.press("t")
    expect(page.locator("#head")).to_contain_text("Ana Silva")
    page.keyboard.press("r")
    page.keyboard.type("Hello Dana, it is fixed.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#feed").get_by_text("Held 10 s")).to_be_visible()
    expect(page.locator("#feed").get_by_text("Hello Dana, it is fixed.")).to_be_visible()
    assert ticket.messages.get(kind="reply").leaves_at
    assert ticket.drafts.count() == 0


def test_a_draft_survives_a_reload_and_other_peoples_actions(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    ticket, other = ask(cast_now.dana, "One"), ask(cast_now.dana, "Two")
    page = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    page.keyboard.press("r")
    page.keyboard.type("I look into it")
    expect(page.locator(".box--reply .composer-saved")).to_contain_text("saved")
    actions.take(ticket, agent=cast_now.ben, at=timezone.now())
    expect(page.locator("#head")).to_contain_text("Ben Adler")
    expect(page.locator("#reply-text")).to_have_value("I look into it")
    page.reload()
    expect(page.locator("#reply-text")).to_have_value("I look into it")
    page.locator(f"#row-{other.pk} a").click()
    expect(page.locator("#ticket-title")).to_contain_text("Two")
    expect(page.locator("#reply-text")).to_have_value("")
    page.go_back()
    expect(page.locator("#ticket-title")).to_contain_text("One")
    expect(page.locator("#reply-text")).to_have_value("I look into it")


def test_a_double_press_sends_once(cast_now: Cast, open_window: OpenWindow) -> None:
    ticket = ask(cast_now.dana)
    page = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    page.keyboard.press("r")
    page.keyboard.type("Once.")
    page.get_by_role("button", name="Send to Dana Wolf").dblclick()
    expect(page.locator("#feed").get_by_text("Once.")).to_be_visible()
    assert ticket.messages.filter(kind="reply").count() == 1


def test_no_key_typed_in_a_box_makes_it_the_other_box(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    ticket = ask(cast_now.dana)
    page = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    page.keyboard.press("n")
    typed = "rnteadqi.!? @ { } € ł"
    page.keyboard.insert_text("")
    page.keyboard.type(typed)
    expect(page.locator("#note-text")).to_have_value(typed)
    expect(page.locator("#reply")).not_to_have_attribute("open", "")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#feed").get_by_text("Internal note")).to_be_visible()
    assert list(ticket.messages.order_by("pk").values_list("kind", flat=True)) == [
        "message",
        "note",
    ]


def test_an_offered_claim_is_taken_with_one_key_and_the_other_is_told(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    mine = ask(cast_now.sam, "Rename a field")
    ana = open_window(cast_now.ana, f"/desk/q/all/{mine.pk}/")
    ben = open_window(cast_now.ben, "/desk/")
    ana.keyboard.press("n")
    ana.keyboard.type("half a note")
    claim = ask(cast_now.dana, "Nobody can sign in", critical=True)
    wake_due(at=timezone.now())
    offers = ana.get_by_role("region", name="Offers")
    expect(offers).to_contain_text("Business-critical: Nordwind GmbH")
    expect(offers).to_contain_text("Nobody can sign in")
    expect(ana.locator("#note-text")).to_be_focused()
    card = ana.locator(".offer").bounding_box()
    composer = ana.locator(".composer--note").bounding_box()
    assert card
    assert composer
    assert card["x"] >= composer["x"] + composer["width"]
    expect(ben.locator(".offer")).to_be_visible()
    ana.locator("[data-claim][data-key=F2]").wait_for()
    ana.keyboard.press("F2")
    expect(ana.locator("#ticket-title")).to_contain_text("Nobody can sign in")
    expect(ben.locator(".offer")).to_contain_text("Ana took it")
    claim.refresh_from_db()
    assert claim.assignee == cast_now.ana
    assert mine.drafts.get().body == "half a note"


def test_an_offer_that_stands_says_how_much_time_is_left_now(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    ask(cast_now.dana, "Nobody can sign in", critical=True)
    wake_due(at=timezone.now())
    page = open_window(cast_now.ana, "/desk/")
    words = page.locator(".offer-words")
    expect(words).to_contain_text("min left.")
    words.evaluate("words => words.textContent = '29 min ago it said'")
    page.evaluate("document.body.dispatchEvent(new CustomEvent('live:queue-all'))")
    expect(words).to_contain_text("min left.")
    expect(page.locator(".offer")).to_have_count(1)


def test_undo_takes_back_what_was_done(cast_now: Cast, open_window: OpenWindow) -> None:
    ticket = ask(cast_now.dana)
    page = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    page.keyboard.press("t")
    expect(page.locator("#status")).to_contain_text(f"Took #{ticket.pk}.")
    expect(page.locator("#head")).to_contain_text("Ana Silva")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#head")).to_contain_text("Nobody has it")
    ticket.refresh_from_db()
    assert ticket.assignee is None


def test_s_10_single_keys_can_be_switched_off(cast_now: Cast, open_window: OpenWindow) -> None:
    cast_now.ana.single_keys = False
    cast_now.ana.save(update_fields=["single_keys"])
    ticket = ask(cast_now.dana)
    page = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    for key in "tearnd!?qjk.":
        page.keyboard.press(key)
    expect(page.locator("#head")).to_contain_text("Nobody has it")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Go to, do or answer")).to_be_focused()


def test_a_countdown_counts_and_turns_late_by_itself(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    opened = timezone.now() - timedelta(minutes=29, seconds=44)
    ticket = ask(cast_now.dana, "Nobody can sign in", critical=True, at=opened)
    wake_due(at=timezone.now())  # The decision on the claim was due a quarter of an hour ago.
    page = open_window(cast_now.ana, "/desk/")
    chip = page.locator(f"#row-{ticket.pk} .chip").nth(1)
    expect(chip).to_contain_text("At risk · 0:")
    expect(chip).to_have_text("1 min late", timeout=30_000)
    expect(chip).to_have_class("chip chip--late")


def test_a_session_that_ended_keeps_the_text_and_leads_back(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    ticket = ask(cast_now.dana)
    page = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    page.keyboard.press("r")
    page.keyboard.type("Half an answer")
    expect(page.locator(".box--reply .composer-saved")).to_contain_text("saved")
    Session.objects.all().delete()
    page.keyboard.press("Control+Enter")
    problem = page.locator("#reply-problem")
    expect(problem).to_contain_text("Sign in to continue: your text is kept.")
    expect(problem.get_by_role("link", name="Sign in")).to_be_visible()
    expect(page.locator("#reply-text")).to_have_value("Half an answer")
    assert ticket.messages.filter(kind="reply").count() == 0


def test_a_click_on_another_ticket_saves_what_was_typed_this_second(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    ticket, other = ask(cast_now.dana, "One"), ask(cast_now.dana, "Two")
    page = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    page.keyboard.press("n")
    page.keyboard.type("Typed and left")
    page.locator(f"#row-{other.pk} a").click()
    expect(page.locator("#ticket-title")).to_contain_text("Two")
    page.locator(f"#row-{ticket.pk} a").click()
    expect(page.locator("#note-text")).to_have_value("Typed and left")
    assert ticket.drafts.get().body == "Typed and left"


def test_another_window_sees_a_message_of_the_customer_at_once(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    ticket = ask(cast_now.dana, "Exports fail")
    desk = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    customer = open_window(cast_now.dana, f"/requests/{ticket.pk}/")
    expect(desk.locator(".connection")).to_contain_text("Times live")
    customer.get_by_role("textbox").first.fill("It happens in EU-2 only.")
    customer.get_by_role("button", name="Send").first.click()
    expect(desk.locator("#feed")).to_contain_text("It happens in EU-2 only.")
    expect(desk.locator(f"#row-{ticket.pk}")).to_contain_text("It happens in EU-2 only.")


def test_triage_asks_for_what_is_missing_and_keeps_what_was_chosen(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    ticket = ask(cast_now.dana, "Nobody can sign in", critical=True)
    page = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    expect(page.locator("#triage-evidence")).to_contain_text("more tenants affected: 0")
    page.keyboard.press("!")
    page.get_by_label("Change to standard").check()
    page.get_by_role("button", name="Save decision").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    page.get_by_label("One person or a small group is affected").check()
    actions.take(ticket, agent=cast_now.ben, at=timezone.now())
    expect(page.locator("#triage")).to_contain_text("claimed at the desk by Ben Adler")
    expect(page.get_by_label("One person or a small group is affected")).to_be_checked()
    page.get_by_label("One sentence for the customer").fill("One report is affected.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#status")).to_contain_text(
        "Changed to standard. Dana is being told why"
    )
    expect(page.locator("#triage")).to_contain_text("Changed to standard by Ana Silva")
    expect(page.locator("#triage-evidence")).to_be_hidden()
    expect(page.get_by_role("button", name="Promise it")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_contain_text("Next update promised by")
    expect(page.get_by_role("button", name="Promise it")).to_have_count(0)
    expect(page.locator("#feed")).to_contain_text("Next update promised by")
    assert promised_on(ticket)
