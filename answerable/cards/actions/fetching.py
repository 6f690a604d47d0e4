"""Asks sources for account cards, and keeps what they answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from answerable.accounts.models import Agent
from answerable.cards.asking import request_of
from answerable.cards.core.parts import Answer, Card, Evidence
from answerable.cards.core.reading import MOST_BYTES, BadAnswer, read_bytes
from answerable.cards.core.signing import headers
from answerable.cards.core.writing import document_of
from answerable.cards.models import CardAnswer, CardSource
from answerable.lib.outbound.client import Ask, Client
from answerable.lib.outbound.words import Unfetched
from answerable.lib.sealing import Sealed, unseal
from answerable.tickets.models import Ticket

JSON = ("application/json",)
KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of asking: an answer, or why there is none (a key of words, and its values)."""

    answer: Answer = field(default_factory=Answer)
    reason: str = ""
    values: Mapping[str, str] | None = None

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards of the answer."""
        return self.answer.cards

    @property
    def evidence(self) -> tuple[Evidence, ...] | None:
        """Its evidence; None where it says nothing of any."""
        return self.answer.evidence


def fetch_cards(
    source: CardSource, ticket: Ticket, *, agent: Agent, by: Client, at: datetime
) -> CardAnswer:
    """Ask a source about a ticket, and keep what it says, or why it says nothing.

    What it said before stays when it fails. No connection to the database is held meanwhile.
    """
    heard = ask_source(source, request_of(source, ticket, agent, at), by=by, at=at)
    said: dict[str, Any] = {"reason": heard.reason, "values": dict(heard.values or {})}
    if heard.reason:
        said["failed_at"] = at
    else:
        said |= {"answered_at": at, "document": document_of(heard.answer), "failed_at": None}
    answer, _made = CardAnswer.objects.update_or_create(
        source=source,
        ticket=ticket,
        customer=ticket.customer,
        contact=ticket.requester,
        defaults=said,
    )
    return answer


def ask_source(
    source: CardSource, request: Mapping[str, Any], *, by: Client, at: datetime
) -> Heard:
    """Send a signed request to a source, and read its answer; nothing is kept."""
    body = json.dumps(request, ensure_ascii=False, separators=(",", ":")).encode()
    _let_go()
    try:
        signed = headers(unseal(source.secret), int(at.timestamp()), body)
        answer = by.fetch(
            Ask(
                source.url,
                "POST",
                headers=signed,
                body=body,
                most_bytes=MOST_BYTES,
                seconds=source.seconds,
                types=JSON,
            )
        )
    except Sealed:
        return Heard(reason="sealed")
    except Unfetched as error:
        return Heard(reason=error.reason, values=error.values)
    if answer.status != 200:
        host = answer.url.split("/")[2]
        return Heard(reason="status", values={"host": host, "status": str(answer.status)})
    try:
        return Heard(read_bytes(answer.body))
    except BadAnswer as error:
        return Heard(reason=error.reason, values=error.values | {"place": error.place})


def forget_answers(*, at: datetime) -> int:
    """Forget what sources said that nobody asked for in a month; return how many."""
    old = CardAnswer.objects.filter(answered_at__lt=at - KEPT_FOR)
    return old.delete()[0]


def _let_go() -> None:
    """Give the connection back, so that nobody waits for it while we wait for others."""
    if not connection.in_atomic_block:
        connection.close()
