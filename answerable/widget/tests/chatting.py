"""What tests of chats in the panel do over and over."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.utils.timezone import now

from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.channels.chat.actions import Line, say, take_chat
from answerable.channels.chat.models import Chat, ChatEntry
from answerable.entitlements.core.plan import Channel, Target
from answerable.routing.tests.scenes import beat
from answerable.sla.tests.plans import sold
from answerable.widget.tests.hosting import opened

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


def sell_chat(cast: Cast, *rows: Target) -> None:
    """Let Nordwind chat, and agents be there for them."""
    beat(cast.ana, cast.ben, at=now())
    chat = {"chat": Channel("chat", "chat", ("web",), ())}
    sold(cast, now(), *rows, channels=dict(cast.premium.terms.channels) | chat)


def asked(page: Page, question: str = "Exports fail since this morning") -> Locator:
    """Ask a question in the panel, and go with it into a chat; return the panel."""
    panel = opened(page)
    panel.get_by_label("Ask a question").fill(question)
    panel.get_by_role("button", name="Contact support").click()
    panel.get_by_role("button", name="Chat.").click()
    panel.locator('[data-stands="waiting"]').wait_for()
    return panel


def log_of(panel: Locator) -> Locator:
    """Return the log of the conversation."""
    return panel.get_by_role("log", name="Conversation")


def met_by(agent: Agent) -> Chat:
    """Let an agent into the newest chat."""
    return take_chat(Chat.objects.latest("pk"), agent=agent, at=now())


def said_by(agent: Agent, chat: Chat, body: str) -> ChatEntry:
    """Let an agent say something."""
    return say(chat, Line(body=body, token=uuid4().hex, agent=agent), at=now())
