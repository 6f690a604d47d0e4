"""The customer pane of a ticket: what they bought, and who asks. The rest loads beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from django.utils import dateformat
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.accounts.models import Contact, Customer
from answerable.desk.source_words import late_words
from answerable.desk.words import first_name
from answerable.entitlements.models import Adoption, Contract
from answerable.entitlements.queries import followed
from answerable.lib.phones import shown_phone
from answerable.sla.models import Clock
from answerable.sla.refused import Reader, reasons_of
from answerable.sla.words import language_names
from answerable.tickets.models import Ticket

WORK_BEGINS, WORK_ENDS = time(8), time(18)
SATURDAY = 5
ENDED_EARLY: dict[str, Promise] = {
    Contract.Status.SUSPENDED: gettext_lazy("suspended"),
    Contract.Status.CANCELLED: gettext_lazy("cancelled"),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks, where it is what time for them."""

    contact: Contact
    languages: str
    local_time: str
    is_away: bool

    @property
    def phones(self) -> list[tuple[str, str]]:
        """Where they are called, as machines write it and as people read it."""
        known = (self.contact.phone, self.contact.office_phone)
        return [(phone, shown_phone(phone)) for phone in dict.fromkeys(known) if phone]


@dataclass(frozen=True, slots=True)
class Account:
    """Everything the pane shows of a ticket's customer and requester.

    `late` says from which system the contract is and how old that is, if it is old.
    """

    customer: Customer | None
    plan: str
    covered: str
    late: SafeString
    is_covered: bool
    entitlement: str
    person: Person | None


def account_of(ticket: Ticket, clocks: Sequence[Clock], reader: Reader) -> Account:
    """Return the pane of a ticket: one query, and two more to say why not guaranteed."""
    customer = ticket.customer
    contract, plan = _contract(customer, reader.at) if customer else (None, "")
    return Account(
        customer=customer,
        plan=plan,
        covered=covered_words(contract, reader.at, reader.zone),
        late=late_words(contract, reader.at, reader.zone),
        is_covered=contract is not None and _covers(contract, reader.at),
        entitlement=entitlement_words(ticket, clocks, reader),
        person=_person(ticket.requester, reader.at) if ticket.requester else None,
    )


def covered_words(contract: Contract | None, at: datetime, zone: tzinfo) -> str:
    """Return “Covered: yes, until 30 Jun 2026”, or why not."""
    if contract is None:
        return _("Not covered: no contract")
    if contract.status != Contract.Status.ACTIVE:
        return _("Not covered: {state}").format(state=ENDED_EARLY[contract.status])
    if contract.starts_at > at:
        begins = dateformat.format(contract.starts_at.astimezone(zone), _("j F Y"))
        return _("Not covered: starts {date}").format(date=begins)
    if contract.ends_at is None:
        return _("Covered: yes, without an end")
    ends = contract.ends_at.astimezone(zone)
    words, pattern = (
        (_("Not covered: ended {date}"), _("j F Y"))
        if contract.ends_at <= at
        else (_("Covered: yes, until {date}"), _("j M Y"))
    )
    return words.format(date=dateformat.format(ends, pattern))


def entitlement_words(ticket: Ticket, clocks: Sequence[Clock], reader: Reader) -> str:
    """Return why this ticket is guaranteed, or why it is not."""
    first = next((c for c in clocks if c.metric == Clock.Metric.FIRST_RESPONSE), None)
    if first and first.kind == Clock.Kind.GUARANTEE and ticket.requester:
        terms = first.plan_version.terms
        needed = terms.requesters[terms.target(first.target).requester]
        return _("This ticket: guaranteed, because {name} is a {role} on {plan}").format(
            name=first_name(ticket.requester.name), role=_(needed.name), plan=terms.name
        )
    reasons = "; ".join(reasons_of(ticket, reader))
    if not reasons:
        return _("This ticket: no promise")
    kind = _("aim, no guarantee") if first else _("no guarantee")
    return _("This ticket: {kind}: {reasons}").format(kind=kind, reasons=reasons)


def _contract(customer: Customer, at: datetime) -> tuple[Contract | None, str]:
    """The contract in force, and its plan; without one, the last there was."""
    adoptions = Adoption.objects.filter(contract__customer=customer)
    found = followed(
        adoptions.select_related("contract", "plan_version__plan").only(
            *("from_at", "contract__status", "contract__starts_at", "contract__ends_at"),
            *("contract__source", "contract__confirmed_at"),
            "plan_version__plan__name",
        ),
        at,
    )
    newest_first = sorted(found, key=lambda one: one.contract.starts_at, reverse=True)
    in_force = [one for one in newest_first if _covers(one.contract, at)]
    chosen = next(iter(in_force or newest_first), None)
    return (chosen.contract, chosen.plan_version.plan.name) if chosen else (None, "")


def _covers(contract: Contract, at: datetime) -> bool:
    begun = contract.starts_at <= at and (contract.ends_at is None or at < contract.ends_at)
    return begun and contract.status == Contract.Status.ACTIVE


def _person(contact: Contact, at: datetime) -> Person:
    local = at.astimezone(ZoneInfo(contact.zone))
    at_work = WORK_BEGINS <= local.time() < WORK_ENDS and local.weekday() < SATURDAY
    return Person(
        contact=contact,
        languages=language_names([contact.language]),
        local_time=f"{local:%H:%M}",
        is_away=not at_work,
    )


def next_begin(at: datetime, zone: tzinfo) -> datetime:
    """Return when work begins the next time where somebody is: on a weekday, at eight."""
    local = at.astimezone(zone)
    days = (local.date() + timedelta(days=ahead) for ahead in range(8))
    begins = (datetime.combine(day, WORK_BEGINS, zone) for day in days)
    return next(one for one in begins if one > at and one.weekday() < SATURDAY)
