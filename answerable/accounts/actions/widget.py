"""Writes whom the widget believes: the workspace, keys, and the sessions of people in it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from answerable.accounts.actions import AddressTaken, add_contact
from answerable.accounts.core.claims import Claims, Refused, Why
from answerable.accounts.models import (
    Agent,
    Contact,
    Customer,
    WidgetKey,
    WidgetSession,
    Workspace,
)
from answerable.accounts.signed import Signed
from answerable.accounts.tokens import digest_of, new_token
from answerable.lib.phones import kept_phone
from answerable.lib.sealing import seal

SESSION_WORKS = timedelta(hours=12)
# A session is kept for a while after it ended, so that its token says why it does not work.
SESSION_IS_KEPT = timedelta(days=1)
SECRET_BYTES = 48


class KeyTaken(Exception):
    """Another customer is already called this by the vendor's product."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """A key as an administrator enters it. `public` is PEM; HS256 has none."""

    name: str
    algorithm: str
    public: str = ""
    issuer: str = ""
    sets_roles: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """A session and its token, which is known this once."""

    session: WidgetSession
    token: str


def save_workspace(
    name: str, *, origins: Sequence[str], anonymous: str, at: datetime
) -> Workspace:
    """Keep what this installation is called in tokens, which pages may show the widget, and
    what strangers may do in it."""
    facts = {"name": name, "origins": list(origins), "anonymous": anonymous, "changed_at": at}
    return Workspace.objects.update_or_create(pk=1, defaults=facts)[0]


@transaction.atomic
def make_key(new: NewKey, *, agent: Agent | None, at: datetime) -> tuple[WidgetKey, str]:
    """Register a key that works from now on; return it, and its secret this once, or ""."""
    shared = new.algorithm == WidgetKey.Algorithm.HS256
    secret = secrets.token_urlsafe(SECRET_BYTES) if shared else ""
    key = WidgetKey.objects.create(
        kid=f"{at:%Y%m%d}-{secrets.token_hex(4)}",
        name=new.name,
        algorithm=new.algorithm,
        public="" if shared else new.public,
        secret=seal(secret),
        issuer=new.issuer,
        sets_roles=new.sets_roles,
        made_at=at,
        made_by=agent,
        began_at=at,
    )
    return key, secret


@transaction.atomic
def end_key(key: WidgetKey, *, at: datetime) -> int:
    """End a key at once with all sessions that it opened, and return how many those were."""
    WidgetKey.objects.filter(pk=key.pk, ended_at=None).update(ended_at=at)
    open_ones = WidgetSession.objects.filter(key=key, ended_at=None, expires_at__gt=at)
    return open_ones.update(ended_at=at)


@transaction.atomic
def call_customer(customer: Customer, key: str) -> None:
    """Keep what the vendor's product calls a customer; "" forgets it. Raises KeyTaken."""
    taken = Customer.objects.filter(key=key).exclude(pk=customer.pk)
    if key and taken.exists():
        raise KeyTaken(key)
    customer.key = key or None
    customer.save(update_fields=["key"])


@transaction.atomic
def open_session(signed: Signed, *, origin: str, at: datetime) -> Opened:
    """Open the session of a person whom a vendor's server named, and return it.

    A token opens one session. Raises Refused: when it opened one before, or its person gets
    none. A person of a known customer whom we do not know yet is added, without a paid seat.
    """
    contact = _person(signed, at)
    token = new_token()
    session, new = WidgetSession.objects.get_or_create(
        key=signed.key,
        token_id=signed.token_id,
        defaults={
            "contact": contact,
            "digest": digest_of(token),
            "origin": origin[:261],
            "made_at": at,
            "expires_at": at + SESSION_WORKS,
        },
    )
    if not new:
        raise Refused(Why.REPLAYED)
    WidgetKey.objects.filter(pk=signed.key.pk).update(used_at=at)
    return Opened(session, token)


def open_anonymous_session(*, origin: str, at: datetime) -> Opened:
    """Open the session of somebody whom nobody named. It never becomes a known person's."""
    token = new_token()
    session = WidgetSession.objects.create(
        digest=digest_of(token),
        origin=origin[:261],
        made_at=at,
        expires_at=at + SESSION_WORKS,
    )
    return Opened(session, token)


def end_session(session: WidgetSession, *, at: datetime) -> None:
    """End a session at once: its person signed out."""
    WidgetSession.objects.filter(pk=session.pk, ended_at=None).update(ended_at=at)


def forget_sessions(*, at: datetime) -> int:
    """Forget sessions that ended by themselves a day ago, and return how many they were.

    A token works for minutes, so nothing that could be used again is forgotten.
    """
    return WidgetSession.objects.filter(expires_at__lt=at - SESSION_IS_KEPT).delete()[0]


def _person(signed: Signed, at: datetime) -> Contact:
    """Return the contact whom a token names, made when there is none. Raises Refused.

    The customer's row is held, so that two tokens of a new person make one contact.
    """
    claims = signed.claims
    held = Customer.objects.select_for_update(no_key=True)
    customer = held.filter(key=claims.account).first()
    if customer is None:
        raise Refused(Why.ACCOUNT_UNKNOWN, claims.account)
    contact = _known(customer, claims) or _add(customer, claims, at)
    if contact.left_at is not None:
        raise Refused(Why.PERSON_LEFT, contact.name)
    _take_over(contact, signed)
    return contact


def _known(customer: Customer, claims: Claims) -> Contact | None:
    """Return who at this customer is called so by the vendor, or has this address."""
    people = Contact.objects.filter(customer=customer).select_related("customer")
    by_key = people.filter(product_key=claims.sub).first() if claims.sub else None
    by_address = people.filter(email__iexact=claims.email).first() if claims.email else None
    return by_key or by_address


def _add(customer: Customer, claims: Claims, at: datetime) -> Contact:
    if not claims.email:
        raise Refused(Why.PERSON_UNKNOWN, claims.sub)
    if Agent.objects.filter(user__email__iexact=claims.email).exists():
        raise Refused(Why.PERSON_IS_AGENT, claims.email)
    languages = [code for code, _ in settings.LANGUAGES]
    language = claims.locale.lower().split("-")[0]
    try:
        with transaction.atomic():
            return add_contact(
                customer,
                name=claims.name or claims.email.partition("@")[0],
                email=claims.email,
                seat=Contact.Seat.NONE,
                language=language if language in languages else customer.language,
                at=at,
            )
    except (AddressTaken, IntegrityError) as error:
        raise Refused(Why.PERSON_ELSEWHERE, claims.email) from error


def _take_over(contact: Contact, signed: Signed) -> None:
    """Keep what the vendor's product calls a person, their number if we have none, and their
    role where the key may set it. Seat, designation and address stay ours."""
    claims, news = signed.claims, {}
    if claims.sub and contact.product_key != claims.sub:
        news["product_key"] = claims.sub
    if not contact.phone and (phone := kept_phone(claims.phone)):
        news["phone"] = phone
    if signed.key.sets_roles and claims.role in Contact.Role.values:
        news["product_role"] = claims.role
    changed = [name for name, value in news.items() if getattr(contact, name) != value]
    for name in changed:
        setattr(contact, name, news[name])
    if changed:
        contact.save(update_fields=changed)
