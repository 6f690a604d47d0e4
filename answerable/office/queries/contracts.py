"""What the page of contracts shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, Q
from django.utils.translation import gettext as _

from answerable.accounts.models import Contact
from answerable.entitlements.models import Contract, SeatChange
from answerable.lib.paging import Page, page_of

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A contract: how it stands, how many paid seats its customer has taken, how many of them
    are more than were bought, and who changed the number last."""

    contract: Contract
    stands: str
    taken: int
    over: int
    last: SeatChange | None


def contracts_page(name: str, asked: str, at: datetime) -> tuple[Page[Contract], list[Row]]:
    """Return a page of contracts by customer, the newest first. Four queries."""
    paid = Q(customer__contacts__seat=Contact.Seat.PAID, customer__contacts__left_at=None)
    changes = SeatChange.objects.select_related("by").order_by("-pk")
    found = Contract.objects.select_related("customer", "plan_version__plan")
    if name:
        found = found.filter(customer__name__icontains=name)
    counted = found.annotate(taken=Count("customer__contacts", filter=paid))
    shown = counted.prefetch_related(Prefetch("seat_changes", changes, "changes"))
    page = page_of(shown.order_by("customer__name", "-starts_at", "-pk"), asked, size=A_PAGE)
    bought = _bought({contract.customer_id for contract in page.rows}, at)
    return page, [_row(contract, bought, at) for contract in page.rows]


def _bought(customers: Collection[int], at: datetime) -> dict[int, int | None]:
    """Return how many paid seats the contracts of customers that are in force have together;
    None for any number."""
    counted: dict[int, int | None] = {}
    held = Contract.objects.in_force(at).filter(customer__in=customers)
    for customer, seats in held.values_list("customer", "seats"):
        before = counted.get(customer, 0)
        counted[customer] = None if seats is None or before is None else before + seats
    return counted


def _row(contract: Contract, bought: Mapping[int, int | None], at: datetime) -> Row:
    changes: Sequence[SeatChange] = getattr(contract, "changes", ())
    taken: int = getattr(contract, "taken", 0)
    most = bought.get(contract.customer_id)
    over = 0 if most is None or contract.seats is None else max(taken - most, 0)
    return Row(contract, stands(contract, at), taken, over, changes[0] if changes else None)


def stands(contract: Contract, at: datetime) -> str:
    """Return how a contract stands, in words."""
    if contract.status == Contract.Status.SUSPENDED:
        return _("suspended")
    if contract.status == Contract.Status.CANCELLED:
        return _("cancelled")
    if contract.starts_at > at:
        return _("not begun")
    is_over = contract.ends_at is not None and contract.ends_at <= at
    return _("ended") if is_over else _("in force")
