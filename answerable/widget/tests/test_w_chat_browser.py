"""Live chat in the panel (ux.md 5.7, 5.11)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import FilePayload, expect

from answerable.cast import Cast
from answerable.channels.chat.actions import end_chat, see, type_in, unsay, wake_chats
from answerable.channels.chat.models import Chat
from answerable.sla.models import Clock
from answerable.sla.tests.plans import row
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tickets.actions import add_note
from answerable.tickets.models import Ticket
from answerable.widget.tests.chatting import asked, log_of, met_by, said_by, sell_chat
from answerable.widget.tests.hosting import ORIGIN, Host, opened

pytestmark = pytest.mark.browser

MINUTE = timedelta(minutes=1)
SHOT: FilePayload = {"name": "log.txt", "mimeType": "text/plain", "buffer": b"error 17"}


def test_w_08_what_was_asked_is_the_first_message_of_a_chat(cast_now: Cast, host: Host) -> None:
    sell_chat(cast_now)
    panel = asked(host.window(cast_now.dana), "Exports stop with error 17")
    expect(log_of(panel).locator(".entry-body")).to_have_text(["Exports stop with error 17"])
    assert Chat.objects.get().ticket.messages.get().body == "Exports stop with error 17"
    panel.get_by_role("button", name="Back").click()
    expect(panel.get_by_role("button", name="Email.")).to_be_visible()


def test_w_08_with_nothing_asked_there_is_one_field(cast_now: Cast, host: Host) -> None:
    sell_chat(cast_now)
    panel = opened(host.window(cast_now.dana))
    panel.get_by_role("button", name="Contact support").click()
    panel.get_by_role("button", name="Chat.").click()
    panel.get_by_role("button", name="Start chat").click()
    expect(panel.get_by_role("link", name="Enter what we can help with")).to_be_visible()
    panel.get_by_label("What can we help with?").fill("Exports fail")
    panel.get_by_role("button", name="Start chat").click()
    expect(log_of(panel)).to_contain_text("Exports fail")
    assert Chat.objects.count() == 1


def test_w_15_what_is_typed_right_after_a_line_is_the_next_line(
    cast_now: Cast, host: Host
) -> None:
    sell_chat(cast_now)
    panel = asked(host.window(cast_now.dana))
    met_by(cast_now.ana)
    box = panel.get_by_label("Message")
    box.fill("the first")
    # Faster than the browser looks whether files go along.
    box.evaluate("box => { box.form.requestSubmit(); box.value = 'the second' }")
    expect(log_of(panel).locator(".entry-body").last).to_have_text("the first")
    expect(box).to_have_value("the second")
    box.press("Enter")
    expect(log_of(panel).locator(".entry-body").last).to_have_text("the second")


def test_w_15_what_is_said_is_in_the_log_and_a_note_is_not(cast_now: Cast, host: Host) -> None:
    sell_chat(cast_now)
    panel = asked(host.window(cast_now.dana))
    expect(panel.locator(".chat-stands")).to_contain_text("You are number 1.")
    chat = met_by(cast_now.ana)
    expect(log_of(panel)).to_contain_text(re.compile(r"Ana Silva joined, \d\d:\d\d"))
    add_note(chat.ticket, agent=cast_now.ana, body="They look angry", at=now())
    said_by(cast_now.ana, chat, "I can see the failed jobs")
    expect(log_of(panel)).to_contain_text("I can see the failed jobs")
    expect(log_of(panel)).not_to_contain_text("angry")
    expect(panel).not_to_contain_text("is typing")
    type_in(chat, cast_now.ana, Chat.Side.AGENT)
    expect(panel.locator(".chat-typing")).to_have_text("Ana Silva is typing")
    panel.get_by_label("Message").fill("All of them")
    panel.get_by_label("Message").press("Enter")
    mine = log_of(panel).locator(".entry--ours").filter(has_text="All of them")
    state = mine.locator(".entry-state")
    expect(state).to_have_text("Sent")
    chat.refresh_from_db()
    see(chat, Chat.Side.AGENT, chat.last_seq, at=now())
    expect(state).to_have_text(re.compile(r"Seen \d\d:\d\d"))
    said = chat.entries.filter(kind="said").order_by("seq")
    assert [one.message.body for one in said if one.message] == [
        "Exports fail since this morning",
        "I can see the failed jobs",
        "All of them",
    ]


def test_what_an_agent_takes_back_is_gone(cast_now: Cast, host: Host) -> None:
    sell_chat(cast_now)
    panel = asked(host.window(cast_now.dana))
    chat = met_by(cast_now.ana)
    said_by(cast_now.ana, chat, "One moment")
    wrong = said_by(cast_now.ana, chat, "Olive has the same")
    expect(log_of(panel)).to_contain_text("Olive has the same")
    unsay(chat, wrong.seq, writer=cast_now.ana, at=now())
    expect(log_of(panel)).to_contain_text("Deleted")
    expect(log_of(panel)).not_to_contain_text("Olive has the same")


def test_files_go_along_and_a_text_outlives_its_page(cast_now: Cast, host: Host) -> None:
    sell_chat(cast_now)
    page = host.window(cast_now.dana)
    panel = asked(page)
    panel.locator("#new-files").set_input_files([SHOT])
    expect(panel.locator("[data-file-list] .file-name")).to_have_text("log.txt")
    panel.get_by_label("Message").fill("Here is the log")
    page.goto(f"{ORIGIN}/next")
    expect(panel.get_by_label("Message")).to_have_value("Here is the log")
    expect(panel.locator("[data-file-list] .file-name")).to_have_text("log.txt")
    panel.get_by_role("button", name="Send").click()
    expect(log_of(panel).get_by_role("link", name="log.txt")).to_be_visible()
    expect(panel.locator("[data-file-list] .file-name")).to_have_count(0)
    assert Chat.objects.get().ticket.messages.latest("pk").attachments.count() == 1


def test_what_is_said_offline_is_said_once_when_the_line_is_back(
    cast_now: Cast, host: Host
) -> None:
    sell_chat(cast_now)
    page = host.window(cast_now.dana)
    panel = asked(page)
    page.context.set_offline(True)
    panel.get_by_label("Message").fill("Is anybody there?")
    panel.get_by_label("Message").press("Enter")
    expect(log_of(panel)).to_contain_text("Not sent. Send again")
    expect(panel.locator(".chat-line")).to_have_text(
        "You are offline. What you type is kept on this device."
    )
    page.context.set_offline(False)
    expect(log_of(panel).locator(".entry--ours .entry-state").last).to_have_text("Sent")
    expect(panel.locator(".chat-line")).to_be_hidden()
    assert Chat.objects.get().ticket.messages.filter(body="Is anybody there?").count() == 1


def test_w_16_a_chat_that_nobody_takes_is_an_email_request(cast_now: Cast, host: Host) -> None:
    hour = row("first_response", 60 * MINUTE)
    sell_chat(cast_now, hour)
    panel = asked(host.window(cast_now.dana))
    chat = Chat.objects.get()
    # A chat that is held, while its page says what it saw, is left for the next time.
    assert any(wake_chats(at=now() + 15 * MINUTE) for _ in range(500))
    moved = f"Nobody was free in time. This is now email request #{chat.ticket_id}"
    expect(log_of(panel)).to_contain_text(moved)
    expect(log_of(panel)).to_contain_text("guaranteed reply by")
    expect(log_of(panel)).to_contain_text("Exports fail since this morning")
    expect(panel.get_by_text("Is your problem solved?")).to_have_count(0)
    clock = Clock.objects.get(ticket=chat.ticket, metric="first_response")
    assert clock.due_at == chat.asked_at + 60 * MINUTE
    panel.get_by_role("button", name=f"Request #{chat.ticket_id}").click()
    expect(log_of(panel)).to_contain_text("Exports fail since this morning")


def test_at_the_end_it_asks_whether_it_is_solved(cast_now: Cast, host: Host) -> None:
    sell_chat(cast_now)
    panel = asked(host.window(cast_now.dana))
    chat = met_by(cast_now.ana)
    said_by(cast_now.ana, chat, "It is mended")
    panel.get_by_role("button", name="End chat").click()
    expect(
        panel.get_by_role("group", name="Chat ended. Is your problem solved?")
    ).to_be_visible()
    expect(panel.get_by_label("After the chat")).to_be_focused()
    panel.get_by_role("button", name="Email me a copy").click()
    says = panel.locator(".chat-said").filter(has_text="A copy goes to dana@nordwind.example.")
    expect(says).to_be_focused()
    panel.get_by_role("button", name="Send answer").click()
    expect(panel.get_by_text(f"Request #{chat.ticket_id} is closed.")).to_be_visible()
    assert Ticket.objects.get().state == Ticket.State.RESOLVED


def test_one_person_sees_the_same_in_the_panel_and_on_our_page(
    cast_now: Cast, host: Host, open_window: OpenWindow
) -> None:
    sell_chat(cast_now)
    panel = asked(host.window(cast_now.dana))
    chat = met_by(cast_now.ana)
    page = open_window(cast_now.dana, f"/requests/{chat.ticket_id}/")
    expect(page.get_by_role("log", name="Conversation")).to_contain_text("Ana Silva joined")
    page.get_by_label("Message").fill("From the other page")
    page.get_by_label("Message").press("Enter")
    expect(log_of(panel)).to_contain_text("From the other page")
    expect(page.get_by_role("log", name="Conversation")).to_contain_text("From the other page")


def test_a_chat_that_is_over_is_read_again(cast_now: Cast, host: Host) -> None:
    sell_chat(cast_now)
    page = host.window(cast_now.dana)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    panel = asked(page)
    chat = met_by(cast_now.ana)
    said_by(cast_now.ana, chat, "Done.")
    end_chat(chat, Chat.End.AGENT, agent=cast_now.ana, at=now())
    expect(panel.get_by_text("Is your problem solved?")).to_be_visible()
    page.reload()
    expect(log_of(panel)).to_contain_text("Done.")
    expect(panel.get_by_text("Is your problem solved?")).to_be_visible()
    expect(panel.get_by_role("button", name="Send", exact=True)).to_be_hidden()
    assert wrong == []
