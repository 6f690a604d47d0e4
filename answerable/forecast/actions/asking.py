"""A lead suggests something to a colleague, who says yes or no. Nothing happens by itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.forecast.actions.forecasting import TOPIC
from answerable.forecast.models import Suggestion
from answerable.live.events import Changed, publish
from answerable.routing import actions as routing
from answerable.routing.models import Presence
from answerable.tickets.models import Ticket

What, Answer = Suggestion.What, Suggestion.Answer


@transaction.atomic
def suggest(
    agent: Agent,
    what: str,
    *,
    by: Agent,
    until: datetime,
    at: datetime,
    ticket: Ticket | None = None,
) -> Suggestion:
    """Ask a colleague for something until an instant; who was asked already is asked once."""
    suggestion, _ = Suggestion.objects.get_or_create(
        agent=agent,
        what=what,
        ticket=ticket,
        answer="",
        defaults={"by": by, "until": until, "made_at": at},
    )
    if suggestion.until < at:
        suggestion.by, suggestion.until, suggestion.made_at = by, until, at
        suggestion.save(update_fields=["by", "until", "made_at"])
    publish(Changed(f"notices-{agent.pk}"), Changed(TOPIC))
    return suggestion


@transaction.atomic
def answer_suggestion(suggestion: Suggestion, answer: str, *, at: datetime) -> bool:
    """Note what a colleague says; return whether it was still open.

    Who says yes to leaving chats and calls keeps what they have, and is offered nothing new;
    who says yes to coming back is available.
    """
    waiting = Suggestion.objects.filter(pk=suggestion.pk, answer="")
    if not waiting.update(answer=answer, answered_at=at):
        return False
    status = {What.EMAIL: Presence.Status.FINISHING, What.BACK: Presence.Status.AVAILABLE}
    chosen = status.get(What(suggestion.what))
    if answer == Answer.YES and chosen:
        routing.set_status(suggestion.agent, chosen, at=at)
    publish(Changed(f"notices-{suggestion.agent_id}"), Changed(TOPIC))
    return True
