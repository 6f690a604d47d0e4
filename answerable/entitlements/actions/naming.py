"""Writes whom a contract names, as those who may change that do: within its limit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from answerable.accounts.models import Agent, Contact, PeopleChange
from answerable.accounts.team.actions import CannotUndo, hold_customer, note_change
from answerable.entitlements.actions.contracts import designate, end_designation
from answerable.entitlements.held import held_by
from answerable.entitlements.models import Contract, Designation

What = PeopleChange.What


class LimitReached(Exception):
    """The contract names as many people as it may."""


class RoleMissing(Exception):
    """Being named would mean nothing for somebody of this role."""


@transaction.atomic
def name_contact(
    contract: Contract,
    contact: Contact,
    *,
    by: Contact | Agent,
    at: datetime,
    undoes: PeopleChange | None = None,
) -> PeopleChange | None:
    """Designate somebody under a contract, from now on; None where they are.

    Raises LimitReached, RoleMissing, or Contract.DoesNotExist for one that is not in force.
    """
    customer = hold_customer(contract.customer_id)
    held = next((h for h in held_by(customer, at) if h.contract.pk == contract.pk), None)
    contact = Contact.objects.get(pk=contact.pk, customer=customer, left_at=None)
    if held is None:
        raise Contract.DoesNotExist
    if any(one.contact_id == contact.pk for one in held.designations):
        return None
    if held.is_full:
        raise LimitReached
    if role := held.lacks(contact):
        raise RoleMissing(role)
    designate(contract, contact, at=at)
    return _note(What.DESIGNATED, contract, contact, by=by, at=at, undoes=undoes)


@transaction.atomic
def unname_contact(
    contract: Contract,
    contact: Contact,
    *,
    by: Contact | Agent,
    at: datetime,
    undoes: PeopleChange | None = None,
) -> PeopleChange | None:
    """End somebody's designation under a contract, at once (E36); None where there is none.

    What was promised to them before stays promised (E21).
    """
    hold_customer(contract.customer_id)
    running = Designation.objects.filter(contract=contract, contact=contact, valid_to=None)
    if not running.exists():
        return None
    end_designation(contract, contact, at=at)
    return _note(What.UNDESIGNATED, contract, contact, by=by, at=at, undoes=undoes)


@transaction.atomic
def unname_everywhere(contact: Contact, *, by: Contact | Agent, at: datetime) -> None:
    """End every designation of somebody who left."""
    running = Designation.objects.filter(contact=contact, valid_to=None)
    for one in running.select_related("contract"):
        unname_contact(one.contract, contact, by=by, at=at)


@transaction.atomic
def undo_naming(change: PeopleChange, *, by: Contact | Agent, at: datetime) -> PeopleChange:
    """Take back that somebody was designated, or no longer, once.

    Raises CannotUndo where it no longer stands so, LimitReached or RoleMissing.
    """
    hold_customer(change.customer_id)
    contract = Contract.objects.filter(pk=int(change.after or 0)).first()
    if contract is None or PeopleChange.objects.filter(undoes=change).exists():
        raise CannotUndo
    told: dict[str, Any] = {"by": by, "at": at, "undoes": change}
    if change.what == What.DESIGNATED:
        done = unname_contact(contract, change.contact, **told)
    else:
        done = name_contact(contract, change.contact, **told)
    if done is None:
        raise CannotUndo
    return done


def _note(
    what: str,
    contract: Contract,
    contact: Contact,
    *,
    by: Contact | Agent,
    at: datetime,
    undoes: PeopleChange | None,
) -> PeopleChange:
    values = ("", str(contract.pk))
    return note_change(contact, what, by=by, at=at, values=values, undoes=undoes)
