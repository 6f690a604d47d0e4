"""Writes the people of a customer as those who manage them do. Each change is a line in a log.

Whoever changes two people at once does so one after the other: each action holds the customer.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from answerable.accounts.actions import add_contact
from answerable.accounts.models import Agent, Contact, Customer, PeopleChange, SignInLink

What = PeopleChange.What
SUPER_ADMIN, PAID = Contact.Role.SUPER_ADMIN, Contact.Seat.PAID
By = Contact | Agent


class LastSuperAdmin(Exception):
    """A customer keeps one Super Admin at least: nobody else could make another."""


class NoSeatLeft(Exception):
    """Every paid seat that was bought is somebody's."""


class OtherDomain(Exception):
    """The address is at none of the customer's mail domains."""


class CannotUndo(Exception):
    """The change was undone before, or something else came after it."""


def note_change(
    contact: Contact,
    what: str,
    *,
    by: By,
    at: datetime,
    values: tuple[str, str] = ("", ""),
    undoes: PeopleChange | None = None,
) -> PeopleChange:
    """Write a line in the log of a customer's people. `values`: before and after."""
    return PeopleChange.objects.create(
        customer_id=contact.customer_id,
        contact=contact,
        what=what,
        before=values[0],
        after=values[1],
        by=by if isinstance(by, Contact) else None,
        by_agent=by if isinstance(by, Agent) else None,
        at=at,
        undoes=undoes,
    )


def hold_customer(customer: int) -> Customer:
    """Return a customer with its row locked until the transaction ends."""
    return Customer.objects.select_for_update(no_key=True).get(pk=customer)


@transaction.atomic
def invite(customer: Customer, contact: Contact, *, by: By, at: datetime) -> PeopleChange:
    """Add a colleague, who is not stored yet, with their facts.

    Raises AddressTaken when the address is somebody's, and OtherDomain.
    """
    held = hold_customer(customer.pk)
    domain = contact.email.rpartition("@")[2].lower()
    if held.domains and domain not in held.domains:
        raise OtherDomain(domain)
    added = add_contact(
        held,
        name=contact.name,
        email=contact.email,
        product_role=contact.product_role,
        seat=contact.seat,
        language=contact.language,
        at=at,
    )
    return note_change(added, What.INVITED, by=by, at=at)


@transaction.atomic
def add_person(
    customer: Customer, *, name: str, email: str, by: Agent, at: datetime
) -> Contact:
    """Add somebody whom an agent speaks to, without a seat, and return them; nobody is mailed.

    What their address ends in is the agent's to judge. Raises AddressTaken.
    """
    held = hold_customer(customer.pk)
    added = add_contact(
        held,
        name=" ".join(name.split()),
        email=email,
        seat=Contact.Seat.NONE,
        language=held.language,
        at=at,
    )
    note_change(added, What.INVITED, by=by, at=at)
    return added


@transaction.atomic
def set_role(
    contact: Contact,
    role: str,
    *,
    by: By,
    at: datetime,
    undoes: PeopleChange | None = None,
) -> PeopleChange | None:
    """Give somebody another role; None where they have it. Raises LastSuperAdmin."""
    held = _held(contact)
    before = held.product_role
    if before == role:
        return None
    if before == SUPER_ADMIN:
        _check_others(held)
    held.product_role = role
    held.save(update_fields=["product_role"])
    return note_change(held, What.ROLE, by=by, at=at, values=(before, role), undoes=undoes)


@transaction.atomic
def set_seat(
    contact: Contact,
    seat: str,
    *,
    most: int | None,
    by: By,
    at: datetime,
    undoes: PeopleChange | None = None,
) -> PeopleChange | None:
    """Give somebody another seat; None where they have it.

    `most` is how many paid seats there are, None for any number. Raises NoSeatLeft.
    """
    held = _held(contact)
    before = held.seat
    if before == seat:
        return None
    if seat == PAID and most is not None and paid_seats(held.customer_id) >= most:
        raise NoSeatLeft
    held.seat = seat
    held.save(update_fields=["seat"])
    return note_change(held, What.SEAT, by=by, at=at, values=(before, seat), undoes=undoes)


@transaction.atomic
def set_department(
    contact: Contact,
    department: str,
    *,
    by: By,
    at: datetime,
    undoes: PeopleChange | None = None,
) -> PeopleChange | None:
    """Say in which department somebody works; None where that was said before."""
    held = _held(contact)
    before, after = held.department, " ".join(department.split())[:100]
    if before == after:
        return None
    held.department = after
    held.save(update_fields=["department"])
    values = (before, after)
    return note_change(held, What.DEPARTMENT, by=by, at=at, values=values, undoes=undoes)


@transaction.atomic
def mark_left(contact: Contact, *, by: By, at: datetime) -> PeopleChange | None:
    """Note that somebody left: they sign in no more. Raises LastSuperAdmin.

    None where they left before.
    """
    held = _held(contact)
    if held.left_at:
        return None
    if held.product_role == SUPER_ADMIN:
        _check_others(held)
    held.left_at = at
    held.save(update_fields=["left_at"])
    SignInLink.objects.filter(contact=held, used_at=None).update(expires_at=at)
    return note_change(held, What.LEFT, by=by, at=at)


@transaction.atomic
def bring_back(
    contact: Contact, *, by: By, at: datetime, undoes: PeopleChange | None = None
) -> PeopleChange | None:
    """Note that somebody who left is there again, as an ordinary user without a paid seat.

    None where they are there. What they were is given anew: others may have it by now.
    """
    held = _held(contact)
    if held.left_at is None:
        return None
    held.left_at = None
    held.product_role, held.seat = Contact.Role.MEMBER, Contact.Seat.VIEW_ONLY
    held.save(update_fields=["left_at", "product_role", "seat"])
    return note_change(held, What.RETURNED, by=by, at=at, undoes=undoes)


@transaction.atomic
def undo(
    change: PeopleChange, *, most: int | None, by: By, at: datetime
) -> PeopleChange | None:
    """Take back a change of a role, a seat or a department, or that somebody left, once.

    Raises CannotUndo where it no longer stands as it was made, and what the change raises.
    """
    contact = _held(change.contact)
    is_as_made = {
        What.ROLE: contact.product_role == change.after,
        What.SEAT: contact.seat == change.after,
        What.DEPARTMENT: contact.department == change.after,
        What.LEFT: contact.left_at is not None,
    }.get(What(change.what), False)
    if not is_as_made:
        raise CannotUndo
    told: dict[str, Any] = {"by": by, "at": at, "undoes": change}
    try:
        with transaction.atomic():
            match change.what:
                case What.ROLE:
                    return set_role(contact, change.before, **told)
                case What.SEAT:
                    return set_seat(contact, change.before, most=most, **told)
                case What.DEPARTMENT:
                    return set_department(contact, change.before, **told)
                case _:
                    return bring_back(contact, **told)
    except IntegrityError as error:
        raise CannotUndo from error


def paid_seats(customer: int) -> int:
    """Return how many people of a customer have a paid seat."""
    return Contact.objects.filter(customer=customer, seat=PAID, left_at=None).count()


def _held(contact: Contact) -> Contact:
    hold_customer(contact.customer_id)
    return Contact.objects.get(pk=contact.pk)


def _check_others(contact: Contact) -> None:
    others = Contact.objects.filter(
        customer=contact.customer_id, product_role=SUPER_ADMIN, left_at=None
    ).exclude(pk=contact.pk)
    if contact.left_at is None and not others.exists():
        raise LastSuperAdmin
