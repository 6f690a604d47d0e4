"""Nothing typed is lost, and what is sent is sent once (ux.md 5.11)."""

from __future__ import annotations

import pytest
from django.utils.timezone import now
from playwright.sync_api import FilePayload, Locator, Page, Route, expect

from answerable.accounts.models import WidgetSession
from answerable.cast import Cast
from answerable.tickets.models import Message, Ticket
from answerable.widget.tests.hosting import ORIGIN, Host, form_of, opened, send

pytestmark = pytest.mark.browser

OFFLINE = "You are offline. We send this when you are back."
LOG: FilePayload = {"name": "log.txt", "mimeType": "text/plain", "buffer": b"error 17"}


def opened_at(page: Page) -> Locator:
    page.goto(f"{ORIGIN}/")
    return opened(page)


def sent(page: Page) -> None:
    expect(page.get_by_role("heading", name="We have your message")).to_be_visible()


def test_w_11_what_is_sent_offline_is_sent_once_when_the_line_is_back(
    cast_now: Cast, host: Host
) -> None:
    page = host.window(cast_now.dana)
    panel = form_of(opened(page))
    panel.get_by_label("What happened?").fill("Exports fail")
    panel.locator("#new-files").set_input_files([LOG])
    expect(panel.locator(".file-name")).to_have_text("log.txt")
    page.context.set_offline(True)
    send(panel)
    expect(panel.locator(".said")).to_contain_text(OFFLINE)
    expect(panel.get_by_label("What happened?")).to_have_value("Exports fail")
    assert not Ticket.objects.exists()
    page.close()
    typed = now()
    page.context.set_offline(False)
    later = page.context.new_page()
    with later.expect_response("**/views/send/"):
        later.goto(f"{ORIGIN}/next")
    again = later.context.new_page()
    panel = form_of(opened_at(again))
    expect(panel.get_by_label("What happened?")).to_have_value("")
    ticket = Ticket.objects.get()
    assert ticket.created_at > typed
    names = ticket.messages.get().attachments.values_list("name", flat=True)
    assert set(names) == {"log.txt", "technical details.txt"}


def test_w_11_what_waits_is_sent_as_it_is_by_then_and_tried_until_it_is(
    cast_now: Cast, host: Host
) -> None:
    page = host.window(cast_now.dana)
    panel = form_of(opened(page))
    panel.get_by_label("What happened?").fill("Exports fail")
    page.context.set_offline(True)
    send(panel)
    expect(panel.locator(".said")).to_contain_text(OFFLINE)
    panel.get_by_label("What happened?").fill("Exports fail since nine")
    page.route("**/views/send/", lambda route: route.abort(), times=1)
    page.context.set_offline(False)
    expect(panel.locator(".said")).to_contain_text("We did not receive that")
    page.evaluate("dispatchEvent(new Event('online'))")
    sent(page)
    assert Ticket.objects.get().messages.get().body == "Exports fail since nine"


def test_w_12_a_double_press_and_a_lost_answer_make_one_request(
    cast_now: Cast, host: Host
) -> None:
    page = host.window(cast_now.dana)
    panel = form_of(opened(page))
    panel.get_by_label("What happened?").fill("Exports fail")

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/views/send/", lose, times=1)
    panel.get_by_role("button", name="Send message").dblclick()
    expect(panel.locator(".said")).to_contain_text("We did not receive your message.")
    expect(panel.get_by_label("What happened?")).to_have_value("Exports fail")
    panel.get_by_role("button", name="Send again").click()
    sent(page)
    assert Message.objects.count() == 1
    panel = form_of(panel)
    expect(panel.get_by_label("What happened?")).to_have_value("")
    panel.get_by_label("What happened?").fill("Exports fail")
    send(panel)
    expect(panel.get_by_role("group", name="You sent this as")).to_be_focused()
    panel.get_by_role("button", name="Send as new").click()
    sent(page)
    assert Ticket.objects.count() == 2


def test_w_13_a_token_that_is_not_believed_opens_nothing(cast_now: Cast, host: Host) -> None:
    token = host.signs(cast_now.dana)
    host.identity = token[:-6] + "AAAAAA"
    page = host.window(None)
    page.get_by_role("button", name="Help and support").click()
    panel = page.get_by_role("dialog", name="Help")
    heading = panel.get_by_role("heading", name="Sign in to contact Premium Support")
    expect(heading).to_be_focused()
    expect(panel.get_by_role("link", name="I cannot sign in")).to_be_visible()
    assert not WidgetSession.objects.exists()


def test_w_13_a_session_that_ended_keeps_the_text(cast_now: Cast, host: Host) -> None:
    page = host.window(cast_now.dana)
    panel = form_of(opened(page))
    panel.get_by_label("What happened?").fill("Exports fail")
    WidgetSession.objects.update(ended_at=now())
    send(panel)
    ended = "Your session ended. Sign in again to send. Your text is kept."
    expect(panel.locator(".said")).to_have_text(ended)
    expect(panel.get_by_label("What happened?")).to_have_value("Exports fail")
    page.evaluate(
        "(identity) => document.querySelector('support-desk').update({ identity })",
        host.signs(cast_now.dana),
    )
    expect(panel.locator(".said")).to_have_count(0)
    send(panel)
    sent(page)
    assert Ticket.objects.count() == 1


def test_w_14_a_colleague_confirms_and_both_see_the_guarantee(
    cast_now: Cast, host: Host
) -> None:
    sams = host.window(cast_now.sam)
    panel = form_of(opened(sams))
    panel.get_by_label("What happened?").fill("Exports fail")
    panel.get_by_label("Ask Dana Wolf or Kim Park to confirm").check()
    send(panel)
    expect(panel).to_contain_text("This is not a guarantee.")
    sent(sams)
    danas = opened(host.window(cast_now.dana))
    expect(danas).to_contain_text(f"Sam Ortiz asks you to confirm #{Ticket.objects.get().pk}.")
    danas.get_by_role("button", name="Confirm request").click()
    expect(danas.get_by_role("button", name="Confirm request")).to_have_count(0)
    panel.get_by_role("button", name="Add details").click()
    expect(panel.locator(".stands")).to_contain_text("Guaranteed reply by")


def test_w_17_what_was_typed_and_chosen_outlives_the_page_and_is_in_every_tab(
    cast_now: Cast, host: Host
) -> None:
    page = host.window(cast_now.dana)
    panel = form_of(opened(page))
    panel.get_by_label("What happened?").fill("Exports fail since nine")
    panel.locator("#new-files").set_input_files([LOG])
    expect(panel.locator(".file-name")).to_have_text("log.txt")
    panel.get_by_role("button", name="Close").click()
    page.get_by_role("link", name="Next page").click()
    panel = form_of(opened(page))
    expect(panel.get_by_label("What happened?")).to_have_value("Exports fail since nine")
    expect(panel.locator(".file-name")).to_have_text("log.txt")
    tab = page.context.new_page()
    other = form_of(opened_at(tab))
    other.get_by_label("What happened?").fill("Exports fail since ten")
    expect(panel.get_by_label("What happened?")).to_have_value("Exports fail since ten")
    send(other)
    sent(tab)
    expect(panel.get_by_role("heading", name="How can we help?")).to_be_visible()
    page.reload()
    expect(page.get_by_role("dialog", name="Help")).to_be_visible()
    assert Ticket.objects.count() == 1


def test_w_17_nobody_finds_what_another_person_typed(cast_now: Cast, host: Host) -> None:
    page = host.window(cast_now.dana)
    panel = form_of(opened(page))
    panel.get_by_label("What happened?").fill("Our secret numbers")
    panel.locator("#new-files").set_input_files([LOG])
    expect(panel.locator(".file-name")).to_have_text("log.txt")
    change = "(identity) => document.querySelector('support-desk').update({ identity })"
    page.evaluate(change, host.signs(cast_now.sam))
    panel = form_of(panel)
    expect(panel.get_by_label("What happened?")).to_have_value("")
    page.evaluate(change, host.signs(cast_now.dana))
    panel = form_of(panel)
    expect(panel.get_by_label("What happened?")).to_have_value("")
    expect(panel.locator(".file-name")).to_have_count(0)
    page.evaluate(change, "")
    kept = "Object.keys(localStorage).filter((key) => !key.includes(':session:'))"
    assert page.evaluate(kept) == []


def test_the_page_is_told_which_request_was_sent(cast_now: Cast, host: Host) -> None:
    page = host.window(cast_now.dana, more='data-mode="help-first"')
    page.evaluate("addEventListener('support:sent', (event) => (self.told = event.detail))")
    panel = form_of(opened(page))
    panel.get_by_label("What happened?").fill("Exports fail")
    send(panel)
    sent(page)
    assert page.evaluate("told") == {"number": Ticket.objects.get().pk, "by": "send"}


def test_contact_stands_back_where_help_comes_first(cast_now: Cast, host: Host) -> None:
    def colour(more: str) -> str:
        page = host.window(cast_now.dana, more=more)
        button = opened(page).get_by_role("button", name="Contact support")
        expect(button).to_be_visible()
        return str(button.evaluate("(one) => getComputedStyle(one).backgroundColor"))

    assert colour('data-mode="help-first"') != colour('data-mode="both"')
