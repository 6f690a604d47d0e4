"""The people of a customer as their Super Admins see them, and what may be changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from answerable.accounts.models import Contact, Customer
from answerable.accounts.team.actions import paid_seats
from answerable.entitlements.core.eligibility import Ask, Facts, decide
from answerable.entitlements.core.plan import CLAIMED
from answerable.entitlements.held import Held, held_by, manages, seats_bought
from answerable.entitlements.queries import facts_about_all
from answerable.lib.paging import Page, page_of
from answerable.tickets.access import seen_by

A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the customer: what they are, and what their critical requests get.

    `named` has the contracts that name them. `critical` is "guarantee", "aim" or nothing.
    """

    contact: Contact
    named: tuple[int, ...]
    critical: str
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class Team:
    """The people of a customer, the contracts in force, and how much of them is used."""

    people: list[Person]
    page: Page[Contact]
    held: list[Held]
    seats: int | None
    seats_used: int
    may_change: bool

    @property
    def limits(self) -> list[Held]:
        """The contracts that name people."""
        return [one for one in self.held if one.names_people]


def team_of(reader: Contact, *, page: str, left: bool, at: datetime) -> Team:
    """Return the people of a Super Admin's customer, those who are there or who left.

    About ten queries, however many there are.
    """
    everybody = Contact.objects.filter(customer=reader.customer_id, left_at__isnull=not left)
    shown = page_of(everybody.order_by("name", "pk"), page, size=A_PAGE)
    held = held_by(reader.customer, at)
    return Team(
        people=_people(shown.rows, held, reader, at),
        page=shown,
        held=held,
        seats=seats_bought(held),
        seats_used=paid_seats(reader.customer_id),
        may_change=manages(reader, held),
    )


def person_of(reader: Contact, contact: Contact, held: list[Held], at: datetime) -> Person:
    """Return one of the people of a Super Admin's customer."""
    return _people([contact], held, reader, at)[0]


def _people(
    contacts: Sequence[Contact], held: list[Held], reader: Contact, at: datetime
) -> list[Person]:
    facts = facts_about_all(contacts)
    asked = seen_by(reader).filter(requester__in=[one.pk for one in contacts])
    lasts = asked.order_by().values("requester").annotate(last=Max("created_at"))
    last = {row["requester"]: row["last"] for row in lasts}
    named = {
        one.pk: tuple(
            h.contract.pk for h in held if any(d.contact_id == one.pk for d in h.designations)
        )
        for one in contacts
    }
    return [
        Person(one, named[one.pk], _critical(facts[one.pk], at), last.get(one.pk))
        for one in contacts
    ]


def _critical(facts: Facts, at: datetime) -> str:
    """Return what a critical request by the form would get from somebody, now."""
    if not facts.bought:
        return ""
    languages = facts.bought[-1].terms.languages or ("en",)
    terms = facts.bought[-1].terms
    worst = min(terms.severities.values(), key=lambda one: one.rank, default=None)
    severity = worst.key if worst else CLAIMED
    ask = Ask("form", "web", languages[0], severity, at, product=facts.only_product(at))
    target = decide(facts, ask).target
    return str(target.kind) if target else ""


def super_admins_of(customer: Customer) -> Sequence[str]:
    """Return the names of the customer's Super Admins."""
    admins = Contact.objects.filter(
        customer=customer, product_role=Contact.Role.SUPER_ADMIN, left_at=None
    )
    return list(admins.order_by("name").values_list("name", flat=True))
