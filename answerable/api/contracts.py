"""Contracts, kept as another system has them: a CRM, a shop, what bills your customers."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from django.utils.timezone import now
from ninja import Router, Status
from ninja.errors import HttpError
from pydantic import Field

from answerable.accounts.models import Agent, ApiToken, Customer
from answerable.api import shapes
from answerable.entitlements.actions import (
    NotPublished,
    PlanDiffers,
    PlanRetired,
    Told,
    tell_contract,
)
from answerable.entitlements.models import Contract, Plan

Reference = Annotated[str, Field(max_length=100)]
router = Router(tags=["contracts"])
SAID = {403: shapes.Said, 404: shapes.Said, 409: shapes.Said, 422: shapes.Said}


@router.put("/{reference}", response={200: shapes.Contract, 201: shapes.Contract, **SAID})
def tell(
    request: HttpRequest, body: shapes.ToldContract, reference: Reference
) -> Status[Contract]:
    """Keep a contract as it is in your system, under its number there, and confirm it.

    Sent again without a change it says that all of it is still so: agents see beside a ticket
    from which system that is, and since when nobody has confirmed it. The token's name is the
    system's, and its agent an administrator. A contract keeps its plan and its account: for
    others, let it end and send another.
    """
    token = _administrators(request)
    told = Told(
        reference=reference,
        customer=_account(body.account),
        plan=_plan(body.plan),
        starts_at=body.starts_at,
        ends_at=body.ends_at,
        status=Contract.Status(body.status),
        seats=body.seats,
    )
    if told.ends_at and told.ends_at <= told.starts_at:
        raise HttpError(422, "ends_at must be after starts_at.")
    try:
        contract, is_new = tell_contract(told, source=token.name, by=token.agent, at=now())
    except PlanDiffers:
        says = "This contract is of another plan or account. Let it end, and send another."
        raise HttpError(409, says) from None
    except PlanRetired as error:
        raise HttpError(409, f"{error} It is sold to nobody any more.") from None
    except NotPublished:
        raise HttpError(409, f"No version of {told.plan.name} is in force yet.") from None
    return Status(201 if is_new else 200, contract)


def _administrators(request: HttpRequest) -> ApiToken:
    """Return the token of who asks, where it is an administrator's."""
    token: ApiToken = request.auth  # type: ignore[attr-defined]  # Of ninja, from auth.py.
    if token.agent.role != Agent.Role.ADMINISTRATOR:
        raise HttpError(403, "Contracts are told by an administrator's token.")
    return token


def _account(named: str) -> Customer:
    by_domain = Customer.objects.filter(domains__contains=[named.lower()])
    found = Customer.objects.filter(key=named).first()
    if found is None and by_domain.count() == 1:
        found = by_domain.get()
    if found is None:
        says = f"No account has the key {named!r}, nor alone the domain."
        raise HttpError(404, says)
    return found


def _plan(key: str) -> Plan:
    found = Plan.objects.filter(key=key).first()
    if found is None:
        raise HttpError(404, f"There is no plan {key!r}.")
    return found
