"""Customers' messages, replies, and agents enough to read them; by the real actions."""

from __future__ import annotations

import time

from django.db import transaction
from django.utils.timezone import now

from answerable.accounts.actions import make_agent
from answerable.accounts.models import Agent
from answerable.files import capability
from answerable.files.actions import Content
from answerable.tickets.actions import Came, Part, Sender, add_message, answer, attach_parts
from answerable.tickets.models import Ticket
from bench.people import agent_cookies


def agents(count: int) -> list[str]:
    """Return the cookie headers of so many agents, made when there are fewer."""
    for number in range(Agent.objects.count(), count):
        email = f"agent{number}@answerable.example"
        make_agent(email=email, name=f"Agent {number}", role=Agent.Role.AGENT, at=now())
    found = Agent.objects.order_by("pk").select_related("user")[:count]
    return ["; ".join(f"{k}={v}" for k, v in agent_cookies(agent).items()) for agent in found]


def write(ticket: int, mark: str) -> float:
    """Store a message of a ticket's requester; return the time just before its commit."""
    found = Ticket.objects.select_related("requester").get(pk=ticket)
    with transaction.atomic():
        sender = Sender(contact=found.requester)
        add_message(found, sender=sender, body=f"Still the same. {mark}", at=now())
        return time.time()


def answer_with(size: int) -> str:
    """Answer the newest ticket with a file of so many bytes; return where that is served."""
    content = Content.of(bytes(size))
    part = Part(name="rows.bin", content=content, sha256="")
    with transaction.atomic():
        ticket, agent = Ticket.objects.latest("pk"), Agent.objects.earliest("pk")
        reply = answer(ticket, agent=agent, body="See this.", seen=2**62, at=now())
        attach_parts([Came(message=reply, parts=[part])], at=now())
    file = reply.attachments.get()
    return capability.address("file", file.pk, name=file.name)
