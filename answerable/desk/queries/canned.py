"""Canned answers as an agent finds them in a chat: those of its language, most used first."""

from __future__ import annotations

from answerable.accounts.models import Agent
from answerable.channels.chat.models import CannedAnswer, Chat
from answerable.desk.words import first_name

MOST = 300
FALLBACK = "en"


def answers_for(chat: Chat, agent: Agent) -> list[dict[str, str]]:
    """Return the answers for a chat, by name and text; what is known of it is filled in.

    Where there is none in the customer's language, those in English are given. What nobody
    knows stays in braces, for the agent to fill in.
    """
    rows = CannedAnswer.objects.filter(removed_at=None).order_by("-used", "name")
    found = rows.filter(language=chat.ticket.language)[:MOST]
    known = _known(chat, agent)
    return [
        {"name": one.name, "body": _filled(one.body, known)}
        for one in found or rows.filter(language=FALLBACK)[:MOST]
    ]


def _known(chat: Chat, agent: Agent) -> dict[str, str]:
    customer = chat.ticket.customer
    return {
        "{agent}": first_name(agent.name),
        "{person}": first_name(chat.contact.name),
        "{customer}": customer.name if customer else "",
    }


def _filled(text: str, known: dict[str, str]) -> str:
    for gap, words in known.items():
        text = text.replace(gap, words) if words else text
    return text
