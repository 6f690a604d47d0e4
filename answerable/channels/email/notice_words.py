"""The words of the mails that tell agents of what cannot wait."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _

from answerable.accounts.models import Agent
from answerable.channels.email import alert_words, ours
from answerable.channels.email.core.page import Page
from answerable.channels.email.texts import Texts
from answerable.channels.email.words import Letter, tagged, written
from answerable.lib import times
from answerable.tickets.models import Ticket, TicketEvent

REPLIES = {None, "first_response", "next_response"}


def told_of(event: TicketEvent, agent: Agent, at: datetime, texts: Texts) -> Letter:
    """Return the mail that tells an agent of what happened, and how to get no more of them."""
    with translation.override(agent.language):
        if event.verb == TicketEvent.Verb.UNDELIVERED:
            subject, says = _("A reply did not reach the customer"), _why(event)
        elif event.verb == TicketEvent.Verb.ANOTHER_LOOK_ASKED:
            subject, says = _("Another look is asked for"), str(event.data["reason"])
        elif event.verb in alert_words.ALERTS:
            subject, says = alert_words.alert(event)
        else:
            subject, says = _of_a_promise(event, agent, at)
        ticket = event.ticket
        customer = ticket.customer.name if ticket.customer else ticket.sender_email
        lines = [
            f"#{ticket.pk} {ticket.subject}",
            f"{customer}, {ticket.sender_name}",
            says,
            _holder(ticket),
            "",
            ours.desk_url(ticket),
            *_how_to_answer(event),
        ]
        footer = _("No more of these mails: {url}").format(url=ours.unsubscribe_url(agent))
        page = Page("\n".join(lines), footer=footer)
        return written(page, tagged(ticket, subject), texts)


def _how_to_answer(event: TicketEvent) -> list[str]:
    """Return what an answer to the mail does; a third party is answered on the desk alone."""
    if event.verb == TicketEvent.Verb.SIDE_ANSWERED:
        return []
    return ["", alert_words.how_to_answer()]


def _of_a_promise(event: TicketEvent, agent: Agent, at: datetime) -> tuple[str, str]:
    """Return the subject of a mail about a promise, and the line that says when it is due."""
    zone, due_at = ZoneInfo(agent.zone), datetime.fromisoformat(event.data["due_at"])
    time = times.moment(due_at, at, zone)
    due = _("Due {time} ({offset}, {city})").format(
        time=time, offset=times.offset_name(due_at, zone), city=times.city(zone)
    )
    return _subject(event, time), due


def _why(event: TicketEvent) -> str:
    words = _("The promise is not kept by it. The mail server says: {why}")
    return words.format(why=event.data["why"])


def _subject(event: TicketEvent, time: str) -> str:
    if event.verb == TicketEvent.Verb.CLOCK_DOUBTED:
        return _("A due time cannot be worked out, so it counts as due at once")
    if event.verb == TicketEvent.Verb.CLOCK_MISSED:
        if event.data.get("metric") not in REPLIES:
            return _("Late: it was due at {time}").format(time=time)
        return _("Late: the reply was due at {time}").format(time=time)
    if event.verb == TicketEvent.Verb.APPEALED:
        return _("Another look is asked for at an excused miss")
    ticket = event.ticket
    if ticket.assignee:
        words = _("Business-critical: reply by {time}, {name} has it")
        return words.format(time=time, name=ticket.assignee.name)
    return _("Business-critical: reply by {time}, nobody has claimed it").format(time=time)


def _holder(ticket: Ticket) -> str:
    if ticket.assignee:
        return _("{name} has it").format(name=ticket.assignee.name)
    return _("Nobody has claimed it")
