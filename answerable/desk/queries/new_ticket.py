"""What the pages of a new ticket show: whom it may be for, and what they are promised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from uuid import UUID

from django.http import QueryDict

from answerable.accounts.models import Agent, Contact, Customer
from answerable.desk.new_forms import (
    ASKED,
    KINDS,
    OF_THE_ASKED,
    SURFACES,
    WRITE,
    Channel,
    is_need,
    received_in,
)
from answerable.intake.asked import Asked, asked_in
from answerable.intake.offers import Offers, offers_for
from answerable.search.people import People, people_named
from answerable.tickets.models import BegunTicket, Ticket
from answerable.tickets.text import first_line

MOST, MOST_BEGUN, MOST_OPEN = 12, 20, 5
MANY = ("files", "drop")  # what a form has several of; they wait by themselves
# What its text waits for is chosen with the press of a button.
WAITS = ("then", "send_at", "send_at_typed", "reviewer")
NOT_KEPT = {"csrfmiddlewaretoken", "do", "base", "version", "person", "asked", *WAITS, *MANY}
# What matters only to what we write: what macros stage.
OF_THE_WRITTEN = ("act", "macro")


@dataclass(frozen=True, slots=True)
class Begun:
    """One new ticket that an agent has not saved: for whom, and how it begins."""

    token: UUID
    person: Contact | None
    subject: str
    line: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a new ticket may be for. `address`: what was typed is one that nobody has, at the
    account whose domain it is, if there is one."""

    text: str
    people: People
    address: str = ""
    account: Customer | None = None

    @property
    def corrected(self) -> Sequence[tuple[str, str]]:
        """What was taken for typing errors, and the names that were looked for."""
        return [(word, ", ".join(names)) for word, names in self.people.corrected.items()]


@dataclass(frozen=True, slots=True)
class Writing:
    """A new ticket as its page has it: the values of its form, by the names of its fields; and
    the form whole, for fields of which there may be several."""

    token: UUID
    person: Contact
    kind: str
    values: Mapping[str, object] = field(default_factory=dict)
    version: str = ""
    form: QueryDict = field(default_factory=QueryDict)


def people_found(text: str) -> Found:
    """Return whom a new ticket may be for, by what was typed of their names."""
    text = text.strip()
    found = people_named(text, most=MOST)
    if "@" not in text.strip("@") or " " in text or found.contacts:
        return Found(text, found)
    domain = text.rpartition("@")[2].lower()
    account = Customer.objects.filter(domains__contains=[domain]).order_by("pk").first()
    return Found(text, found, text, account)


def begun_of(agent: Agent) -> list[Begun]:
    """Return an agent's new tickets that are not saved, the newest first. One query."""
    rows = BegunTicket.objects.filter(agent=agent).select_related("person__customer")
    return [_begun(row) for row in rows.order_by("-saved_at", "-pk")[:MOST_BEGUN]]


def begun_as(agent: Agent, token: UUID) -> BegunTicket | None:
    """Return what an agent has typed on a page before, or None."""
    rows = BegunTicket.objects.filter(agent=agent, token=token)
    return rows.select_related("person__customer").first()


def values_of(begun: BegunTicket) -> dict[str, object]:
    """Return the values of a form that was kept, as a form takes them."""
    kept = begun.data.items()
    return {name: said if len(said) > 1 else said[0] for name, said in kept if said}


def form_of(begun: BegunTicket | None) -> QueryDict:
    """Return a form that was kept, as it was sent."""
    form = QueryDict(mutable=True)
    for name, said in begun.data.items() if begun else ():
        form.setlist(name, said)
    return form


def kept_of(
    values: Mapping[str, Sequence[str]], before: BegunTicket | None
) -> dict[str, list[str]]:
    """Return what is kept of a form: not its secrets, nor the files, which wait themselves.

    What the form does not ask, since it belongs to the other kind, stays as it was before.
    """
    others = _of_the_asked if values.get("kind", ())[-1:] == [WRITE] else _of_the_written
    kept = before.data.items() if before else ()
    unasked = {name: said for name, said in kept if others(name)}
    return unasked | {name: list(said) for name, said in values.items() if name not in NOT_KEPT}


def _of_the_asked(name: str) -> bool:
    return name in OF_THE_ASKED or is_need(name)


def _of_the_written(name: str) -> bool:
    return name in OF_THE_WRITTEN


def kind_in(values: Mapping[str, object]) -> str:
    """Return who begins: they asked, if nothing is said."""
    kind = str(values.get("kind") or "")
    return kind if kind in KINDS else ASKED


def asked_of_us(values: Mapping[str, object]) -> Asked:
    """Return what was chosen on the page, and by which channel they asked."""
    chosen = str(values.get("channel") or "")
    channel = chosen if chosen in SURFACES or chosen == Channel.IN_PERSON else Channel.PHONE
    surface = SURFACES.get(Channel(channel), "in_person")
    if channel == Channel.FORM:
        return asked_in(values, surface)
    return replace(asked_in(values, surface), channel=str(channel))


def offers_to(
    person: Contact, values: Mapping[str, object], at: datetime, zone: tzinfo
) -> Offers:
    """Return what is promised, by the rule that will decide, from when they asked."""
    return offers_for(person, asked_of_us(values), received_in(values, at), zone)


def open_tickets(person: Contact) -> list[Ticket]:
    """Return a person's newest tickets that are not resolved: it may be about one of them."""
    theirs = Ticket.objects.unresolved().filter(requester=person, merged_into=None)
    return list(theirs.only("subject").order_by("-pk")[:MOST_OPEN])


def _begun(row: BegunTicket) -> Begun:
    values = values_of(row)
    return Begun(
        token=row.token,
        person=row.person,
        subject=str(values.get("subject") or ""),
        line=first_line(str(values.get("body") or ""))[:160],
        at=row.saved_at,
    )
