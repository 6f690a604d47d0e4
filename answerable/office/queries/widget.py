"""What the office shows of the widget: its keys, and whom a pasted token would let in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from answerable.accounts.core.claims import Refused, Why
from answerable.accounts.models import Agent, Contact, Customer, WidgetKey, WidgetSession
from answerable.accounts.signed import Signed, read_signed, workspace

SCRIPT = "/widget/1.js"


@dataclass(frozen=True, slots=True)
class Tested:
    """What a token would do: whose it is, or why it is refused. `contact` is None for somebody
    who would be added."""

    signed: Signed | None = None
    customer: Customer | None = None
    contact: Contact | None = None
    refused: Refused | None = None


def keys(at: datetime) -> QuerySet[WidgetKey]:
    """Return all keys, the newest first, each with how many sessions it keeps open."""
    is_open = Q(sessions__ended_at=None, sessions__expires_at__gt=at)
    return WidgetKey.objects.annotate(open=Count("sessions", filter=is_open)).order_by("-pk")


def snippet() -> str:
    """Return what a vendor puts into its pages, with the workspace filled in."""
    url = settings.ANSWERABLE_URL
    return (
        f'<a href="{url}/contact/" data-support-open>Help</a>\n'
        f'<script type="module" src="{url}{SCRIPT}"\n'
        f'        data-workspace="{workspace().name}"\n'
        '        data-identity="{a token that your server signed}"></script>'
    )


def tested(token: str, at: datetime) -> Tested:
    """Return what a token would do now. It is not used up, and nobody is added."""
    try:
        return _whom(read_signed(token.strip(), at=at))
    except Refused as refused:
        return Tested(refused=refused)


def _whom(signed: Signed) -> Tested:
    """Return whom a token means, by the rules of accounts/actions/widget.py. Raises Refused."""
    claims = signed.claims
    customer = Customer.objects.filter(key=claims.account).first()
    if customer is None:
        raise Refused(Why.ACCOUNT_UNKNOWN, claims.account)
    people = Contact.objects.filter(customer=customer)
    by_key = people.filter(product_key=claims.sub).first() if claims.sub else None
    contact = by_key or people.filter(email__iexact=claims.email or None).first()
    if contact is None:
        _may_be_added(signed)
    elif contact.left_at is not None:
        raise Refused(Why.PERSON_LEFT, contact.name)
    if WidgetSession.objects.filter(key=signed.key, token_id=signed.token_id).exists():
        raise Refused(Why.REPLAYED)
    return Tested(signed, customer, contact)


def _may_be_added(signed: Signed) -> None:
    email = signed.claims.email
    if not email:
        raise Refused(Why.PERSON_UNKNOWN, signed.claims.sub)
    if Agent.objects.filter(user__email__iexact=email).exists():
        raise Refused(Why.PERSON_IS_AGENT, email)
    if Contact.objects.filter(email__iexact=email).exists():
        raise Refused(Why.PERSON_ELSEWHERE, email)
