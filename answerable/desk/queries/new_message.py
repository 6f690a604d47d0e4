"""What we write to somebody first, with all that a reply has: the ticket is not there yet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from django.http import QueryDict

from answerable.accounts.models import Agent, Contact
from answerable.desk.composing import Written, send_at_in, staged_in, then_in, written
from answerable.desk.macro_words import language_name
from answerable.desk.new_forms import WRITTEN
from answerable.desk.queries.composer import (
    Preset,
    presets,
    signature_of,
    staged_words,
    translates,
)
from answerable.desk.queries.new_ticket import Writing
from answerable.desk.recipients import Audience, Recipients, audience, chosen, usual
from answerable.tickets.models import Ticket


@dataclass(frozen=True, slots=True)
class MessageBox:
    """What the box of a first message shows beside its words.

    `then`, `typed` and `reviewer` are what it was to wait for before something was asked.
    """

    audience: Audience
    staged: Sequence[tuple[str, str]]
    macros: Sequence[int]
    signature: Sequence[str]
    language: str
    language_name: str
    translates: bool
    presets: Sequence[Preset]
    colleagues: Sequence[Agent]
    then: str
    typed: str
    reviewer: str


def unopened(person: Contact) -> Ticket:
    """Return the ticket that is not there yet, for what is asked of a ticket: whose it would be
    and in which language. It is never kept."""
    return Ticket(
        requester=person,
        customer=person.customer,
        sender_name=person.name,
        sender_email=person.email,
        language=person.language,
    )


def message_box(writing: Writing, agent: Agent, at: datetime, zone: tzinfo) -> MessageBox:
    """Return the box of a first message, with what was chosen in it."""
    ticket, form = unopened(writing.person), form_for(writing.person, writing.form)
    acts, macros = staged_in(form)
    then, offered = then_in(form), presets(None, at, zone, writing.person)
    send_at = send_at_in(form, zone) if then == "later" else None
    return MessageBox(
        audience=audience(ticket, chosen(ticket, form), kept_in(form)),
        staged=staged_words(acts),
        macros=macros,
        signature=signature_of(ticket, agent),
        language=ticket.language,
        language_name=language_name(ticket.language),
        translates=translates(ticket, agent),
        presets=[replace(one, is_chosen=one.is_chosen and not send_at) for one in offered],
        colleagues=list(Agent.objects.active().exclude(pk=agent.pk).order_by("name")),
        then=then,
        typed=send_at.astimezone(zone).strftime(WRITTEN) if send_at else "",
        reviewer=form.get("reviewer", ""),
    )


@dataclass(frozen=True, slots=True)
class CopiesBox:
    """Who gets copies of our answers to what somebody asked."""

    audience: Audience


def copies_box(writing: Writing) -> CopiesBox:
    """Return who gets copies of our answers, as the form of what somebody asked has it."""
    said = copied(writing)
    return CopiesBox(copies_audience(unopened(writing.person), said.recipients, said.kept))


def copies_audience(ticket: Ticket, recipients: Recipients, kept: Collection[str]) -> Audience:
    """Return who gets copies of our answers. No mail is sent yet, so none is too large."""
    return replace(audience(ticket, copies_in(ticket, recipients), kept), large="")


def copied(writing: Writing) -> Written:
    """Return whom a form names for copies: all but who asked, whose answers they are."""
    ticket = unopened(writing.person)
    said = written(ticket, form_for(writing.person, writing.form))
    return replace(said, recipients=copies_in(ticket, said.recipients))


def copies_in(ticket: Ticket, recipients: Recipients) -> Recipients:
    """Return recipients with who asked in To, and everybody else in Cc."""
    to = usual(ticket).to
    others = [address for address in recipients.everybody if address not in to]
    return replace(recipients, to=to, cc=others)


def kept_in(form: QueryDict) -> list[str]:
    """Return the addresses outside that the writer of a form has confirmed."""
    return [address.lower() for address in form.getlist("kept")]


def first_message(writing: Writing, body: str) -> Written:
    """Return a first message as its form has it, as a reply is read."""
    form = form_for(writing.person, writing.form)
    return replace(written(unopened(writing.person), form), body=body)


def form_for(person: Contact, form: QueryDict) -> QueryDict:
    """Return a form for who it is now: where it was begun for somebody else, they take their
    place, and nobody is confirmed any more."""
    mine, before = person.email.lower(), form.get("owner", "")
    if before in {"", mine}:
        return form
    changed = form.copy()
    to = [mine if address == before else address for address in form.getlist("to")]
    changed.setlist("to", to)
    changed.setlist("kept", [])
    return changed
