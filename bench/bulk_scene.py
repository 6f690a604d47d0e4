"""What is done to many tickets in the bench of bulk acts, and what became of each.

Loaded once settings are known.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from django.db.models import Count
from django.utils.timezone import now

from answerable.accounts.models import Agent
from answerable.channels.email.models import OutgoingMail
from answerable.incidents import actions
from answerable.incidents.models import BulkReply, BulkTicket, Incident, IncidentTicket
from answerable.incidents.replies import progress_of
from answerable.routing.actions.bulking import Order, begin_bulk, begin_taking_back
from answerable.routing.jobs import defer_bulk
from answerable.routing.models import Bulk
from answerable.tickets.events import Verb
from answerable.tickets.models import Message, Ticket, TicketEvent

SAID = {"en": "Hello {name}, exports are quick again. {status}"}


def agents() -> tuple[Agent, Agent]:
    """Return who acts, and who gets tickets."""
    ana, ben, *_others = Agent.objects.filter(role="agent").order_by("pk")
    return ana, ben


def send_reply(count: int) -> int:
    """Link so many open tickets to an incident, and send a reply to all; return its number."""
    ana, _ben = agents()
    incident = _incident(ana, count)
    bulk = actions.draft_bulk(incident, SAID, agent=ana, at=now())
    # It leaves at once, and not when it can no longer be taken back.
    actions.send_bulk(bulk, at=now() - timedelta(minutes=1))
    return bulk.pk


def _incident(agent: Agent, count: int) -> Incident:
    about = actions.About(title="Exports are slow", said={"en": "exports"}, is_public=True)
    incident = actions.open_incident(about, agent=agent, at=now())
    tickets = Ticket.objects.unresolved().order_by("pk").values_list("pk", flat=True)[:count]
    links = [
        IncidentTicket(incident=incident, ticket_id=ticket, linked_by=agent, linked_at=now())
        for ticket in tickets
    ]
    IncidentTicket.objects.bulk_create(links, batch_size=1_000)
    return incident


def replied(bulk: int) -> int:
    """Return on how many tickets a reply is dealt with."""
    progress = progress_of(BulkReply.objects.get(pk=bulk))
    return progress.sent + progress.changed


def mailed() -> int:
    """Return how many replies of the bulk reply have arrived, as far as we know."""
    replies = BulkTicket.objects.filter(state=BulkTicket.State.SENT).values("message")
    return TicketEvent.objects.filter(verb=Verb.DELIVERED, message__in=replies).count()


def wrong_replies(bulk: int, accepted: Counter[str]) -> list[str]:
    """Return what is not so: each ticket has one reply, whose mail was accepted. Once more is
    let through that a worker was killed over (docs/faults.md)."""
    rows = BulkTicket.objects.filter(bulk=bulk)
    found = [
        f"#{row.ticket_id} is {row.state} {row.why}"
        for row in rows.exclude(state="sent").order_by("pk")
    ]
    body = "exports are quick again"
    said = Message.objects.filter(kind="reply", body__contains=body).values("ticket")
    twice = said.annotate(many=Count("pk")).filter(many__gt=1).order_by("ticket")
    found += [f"#{one['ticket']} has {one['many']} replies" for one in twice]
    mails = OutgoingMail.objects.filter(message__in=rows.values("message"))
    ids = mails.order_by("pk").values_list("ticket", "mail_id")
    for ticket, name in ids:
        if not accepted[name]:
            found.append(f"the mail of #{ticket} was not accepted")
    return found


def begin_act(count: int) -> int:
    """Begin to assign so many tickets, as the desk's page does; return the act's number."""
    ana, ben = agents()
    numbers = Ticket.objects.unresolved().exclude(assignee=ben).order_by("pk")
    chosen = list(numbers.values_list("pk", flat=True)[:count])
    newest = TicketEvent.objects.latest("pk").pk
    bulk = begin_bulk(
        Order("assign", {"to": ben.pk}, chosen, newest, "Assigned."), agent=ana, at=now()
    )
    defer_bulk(bulk.pk)
    return bulk.pk


def take_back() -> int:
    """Begin to take it back; return the number of that act."""
    ana, _ben = agents()
    bulk = begin_taking_back(ana, at=now())
    defer_bulk(bulk.pk)
    return bulk.pk


def total_of(bulk: int) -> int:
    """Return to how many tickets an act is done."""
    return Bulk.objects.get(pk=bulk).total


def dealt_with(bulk: int) -> int:
    """Return on how many tickets an act is done, or cannot be."""
    return Bulk.objects.get(pk=bulk).dealt_with


def wrong_acts(bulk: int, verb: str) -> list[str]:
    """Return what is not so: each ticket of an act has one line of it."""
    act = Bulk.objects.get(pk=bulk)
    lines = TicketEvent.objects.filter(verb=verb, agent=act.agent, at__gte=act.made_at)
    many = Counter(lines.values_list("ticket", flat=True))
    found = [f"#{ticket} has {count} lines" for ticket, count in many.items() if count != 1]
    if (act.done, len(many)) != (act.total, act.total):
        found.append(f"{act.done} of {act.total} done, {len(many)} tickets with a line")
    return found
