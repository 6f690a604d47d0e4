"""The words of the mails that we write, in the reader's language and zone.

A guarantee and an aim never look alike: an aim says that it is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from answerable.accounts.models import Agent, Contact
from answerable.channels.email import alert_words, ours
from answerable.lib import times
from answerable.tickets.models import Message, Ticket, TicketEvent

REPLIES = {None, "first_response", "next_response"}


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject and a text."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Promised:
    """What a ticket was promised: guarantee, aim or nothing, and by when."""

    kind: str
    due_at: datetime | None


def tagged(ticket: Ticket, subject: str) -> str:
    """Return a subject with the ticket's number before it."""
    return f"[#{ticket.pk}] {subject}"


def support_name() -> str:
    """Return the name that stands in From."""
    return _("{vendor} Support").format(vendor=settings.ANSWERABLE_VENDOR)


def reply(ticket: Ticket, message: Message) -> Letter:
    """Return an agent's reply or notice as a mail; a stranger gets no link to sign in."""
    with _language(ticket.requester):
        lines = [message.body.strip("\n"), "", message.author, support_name()]
        if ticket.requester:
            lines += ["", "-- ", _("Read it all: {url}").format(url=ours.request_url(ticket))]
        return Letter(tagged(ticket, f"Re: {ticket.subject}"), "\n".join(lines) + "\n")


def acknowledgement(
    ticket: Ticket, contact: Contact, promised: Promised, at: datetime
) -> Letter:
    """Return the mail that says what a request was promised; times in the contact's zone."""
    with _language(contact):
        zone = ZoneInfo(contact.zone)
        had = _("We have your message “{subject}”. It is request #{number}.")
        lines = [
            _("Hello {name},").format(name=contact.name),
            "",
            had.format(subject=ticket.subject, number=ticket.pk),
            "",
            *_promise_lines(promised, at, zone),
            *_mail_lines(ticket, promised),
            "",
            _("Read it, or add to it: {url}").format(url=ours.request_url(ticket)),
            _("You can also reply to this mail."),
            "",
            support_name(),
            _("This mail was sent automatically."),
        ]
        subject = tagged(ticket, _promise_subject(promised, at, zone))
        return Letter(subject, "\n".join(lines) + "\n")


def _promise_subject(promised: Promised, at: datetime, zone: ZoneInfo) -> str:
    if promised.due_at is None:
        return _("We have your message")
    words = (
        _("We have your message: guaranteed reply by {time} ({city})")
        if promised.kind == "guarantee"
        else _("We have your message: we aim to reply by {time} ({city})")
    )
    time = times.moment(promised.due_at, at, zone)
    return words.format(time=time, city=times.city(zone))


def _promise_lines(promised: Promised, at: datetime, zone: ZoneInfo) -> Iterator[str]:
    due = promised.due_at
    if due is None:
        yield _("We reply as soon as we can. This is not a guarantee.")
        return
    words = (
        _("Guaranteed reply by {time} ({offset}, {city}).")
        if promised.kind == "guarantee"
        else _("We aim to reply by {time} ({offset}, {city}). This is not a guarantee.")
    )
    yield words.format(
        time=times.customer_moment(due, at, zone),
        offset=times.offset_name(due, zone),
        city=times.city(zone),
    )


def _mail_lines(ticket: Ticket, promised: Promised) -> Iterator[str]:
    if ticket.channel == Ticket.Channel.EMAIL and promised.kind != "guarantee":
        yield ""
        yield _("A request by mail carries no guarantee. The request form can carry one:")
        yield ours.form_url()


def sign_in_link(contact: Contact, url: str) -> Letter:
    """Return the mail with a link that signs a contact in."""
    with _language(contact):
        lines = [
            _("Hello {name},").format(name=contact.name),
            "",
            _("This link signs you in. It works once, for 15 minutes:"),
            url,
            "",
            _("If you did not ask for it, nothing happens as long as nobody opens it."),
            "",
            support_name(),
        ]
        subject = _("Sign in to {vendor} Support").format(vendor=settings.ANSWERABLE_VENDOR)
        return Letter(subject, "\n".join(lines) + "\n")


def notification(event: TicketEvent, agent: Agent, at: datetime) -> Letter:
    """Return the mail that tells an agent of a step of the ladder, a miss, or a bounce."""
    with translation.override(agent.language):
        ticket = event.ticket
        customer = ticket.customer.name if ticket.customer else ticket.sender_email
        lines = [
            f"#{ticket.pk} {ticket.subject}",
            f"{customer}, {ticket.sender_name}",
            _what_of(event, agent, at),
            _holder(ticket),
            "",
            ours.desk_url(ticket),
            "",
            alert_words.how_to_answer(),
        ]
        subject = tagged(ticket, _notification_subject(event, agent, at))
        return Letter(subject, "\n".join(lines) + "\n")


def _what_of(event: TicketEvent, agent: Agent, at: datetime) -> str:
    """Return why a mail came back, and else when the reply is due."""
    if event.verb == TicketEvent.Verb.UNDELIVERED:
        return _("Not delivered: {why}").format(why=event.data["why"])
    if said := alert_words.what(event):
        return said
    zone, due_at = ZoneInfo(agent.zone), datetime.fromisoformat(event.data["due_at"])
    return _("Due {time} ({offset}, {city})").format(
        time=times.moment(due_at, at, zone),
        offset=times.offset_name(due_at, zone),
        city=times.city(zone),
    )


def _notification_subject(event: TicketEvent, agent: Agent, at: datetime) -> str:
    if event.verb == TicketEvent.Verb.UNDELIVERED:
        return _("A mail to the customer did not arrive")
    if said := alert_words.subject(event):
        return said
    due_at = datetime.fromisoformat(event.data["due_at"])
    return _due_subject(event, times.moment(due_at, at, ZoneInfo(agent.zone)))


def _due_subject(event: TicketEvent, time: str) -> str:
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


@contextmanager
def _language(contact: Contact | None) -> Iterator[None]:
    language = contact.language if contact else settings.LANGUAGE_CODE
    with translation.override(language):
        yield
