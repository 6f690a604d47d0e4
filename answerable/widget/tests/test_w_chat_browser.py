"""Live chat in the panel (ux.md 5.7, 5.11)."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from answerable.cast import Cast
from answerable.channels.chat.models import Chat
from answerable.widget.tests.chatting import asked, log_of, met_by, said_by, sell_chat
from answerable.widget.tests.hosting import Host

pytestmark = pytest.mark.browser


def test_w_08_what_was_asked_is_the_first_message_of_a_chat(cast_now: Cast, host: Host) -> None:
    sell_chat(cast_now)
    panel = asked(host.window(cast_now.dana), "Exports stop with error 17")
    expect(log_of(panel).locator(".entry-body")).to_have_text(["Exports stop with error 17"])
    assert Chat.objects.get().ticket.messages.get().body == "Exports stop with error 17"
    panel.get_by_role("button", name="Back").click()
    expect(panel.get_by_role("button", name="Email.")).to_be_visible()


def test_w_15_what_an_agent_says_is_in_the_log(cast_now: Cast, host: Host) -> None:
    sell_chat(cast_now)
    panel = asked(host.window(cast_now.dana))
    expect(panel.locator(".chat-stands")).to_contain_text("You are number 1.")
    chat = met_by(cast_now.ana)
    expect(log_of(panel).get_by_text("Ana Silva joined")).to_be_visible()
    said_by(cast_now.ana, chat, "I can see the failed jobs")
    expect(log_of(panel)).to_contain_text("I can see the failed jobs")
    panel.get_by_label("Message").fill("All of them")
    panel.get_by_label("Message").press("Enter")
    expect(log_of(panel).locator(".entry--ours .entry-state").last).to_have_text("Sent")
    said = chat.entries.filter(kind="said").order_by("seq")
    assert [one.message.body for one in said if one.message] == [
        "Exports fail since this morning",
        "I can see the failed jobs",
        "All of them",
    ]
