"""Writes people: contacts, agents, and how they may sign in."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from answerable.accounts.models import (
    Agent,
    ApiToken,
    Contact,
    Customer,
    Installation,
    SignInLink,
    StartCode,
    User,
)
from answerable.accounts.tokens import digest_of, new_code, new_token

LINK_WORKS = timedelta(minutes=15)
CODE_WORKS = timedelta(minutes=30)
# How often the last use of a token is written down: a program may ask many times a second.
USE_IS_NOTED = timedelta(minutes=5)


class AddressTaken(Exception):
    """Somebody else already has this address."""


def install(*, demo: bool, at: datetime) -> Installation:
    """Record what this installation is, once; a second call returns what was recorded."""
    return Installation.objects.get_or_create(pk=1, defaults={"demo": demo, "made_at": at})[0]


def add_customer(
    name: str, *, domains: list[str], at: datetime, zone: str = "Europe/Berlin"
) -> Customer:
    """Add a customer, whose contacts write from these mail domains; `zone` is an IANA name."""
    return Customer.objects.create(
        name=name, domains=[domain.lower() for domain in domains], zone=zone, created_at=at
    )


def add_contact(  # noqa: PLR0913  # A contact is all these facts.
    customer: Customer,
    *,
    name: str,
    email: str,
    product_role: str = Contact.Role.MEMBER,
    seat: str = Contact.Seat.PAID,
    at: datetime,
    language: str = "en",
) -> Contact:
    """Add a person at a customer. Raises AddressTaken when the address is somebody's."""
    if Contact.objects.filter(email__iexact=email).exists():
        raise AddressTaken(email)
    return Contact.objects.create(
        customer=customer,
        name=name,
        email=email.lower(),
        product_role=product_role,
        seat=seat,
        zone=customer.zone,
        language=language,
        created_at=at,
    )


@transaction.atomic
def make_agent(  # An agent is all these facts.
    *,
    email: str,
    name: str,
    role: str,
    at: datetime,
    password: str | None = None,
    title: str = "",
) -> Agent:
    """Make somebody an agent who can sign in. Raises AddressTaken for a known address."""
    if User.objects.filter(email__iexact=email).exists():
        raise AddressTaken(email)
    user = User.objects.create_user(email, password, first_name=name, date_joined=at)
    return Agent.objects.create(user=user, name=name, role=role, title=title)


def make_sign_in_link(
    contact: Contact, *, leads_to: str, at: datetime, works: timedelta = LINK_WORKS
) -> str:
    """Make a link's token that signs a contact in once, within 15 minutes unless it works for
    longer, and return it."""
    token = new_token()
    SignInLink.objects.create(
        contact=contact,
        digest=digest_of(token),
        made_at=at,
        expires_at=at + works,
        leads_to=leads_to,
    )
    return token


@transaction.atomic
def use_sign_in_link(token: str, *, at: datetime) -> SignInLink | None:
    """Use up a link and return it; None when it is unknown, used, or older than 15 minutes.

    The update names the state it expects, so that of two presses only one signs in. It signs
    nobody in whose address is an agent's: an agent has a password and a second factor.
    """
    links = SignInLink.objects.filter(
        digest=digest_of(token), used_at=None, expires_at__gt=at, contact__left_at=None
    )
    link = links.select_related("contact__customer").first()
    if link and _is_agents(link.contact.email):
        return None
    if link and SignInLink.objects.filter(pk=link.pk, used_at=None).update(used_at=at):
        return link
    return None


@transaction.atomic
def let_in(contact: Contact, *, at: datetime) -> User:
    """Return the user of a contact, made at the first sign-in.

    Raises AddressTaken when the address is an agent's.
    """
    held = Contact.objects.select_for_update(no_key=True).get(pk=contact.pk)
    if _is_agents(held.email):
        raise AddressTaken(held.email)
    if held.user:
        return held.user
    user = User.objects.filter(email__iexact=held.email).first()
    user = user or User.objects.create_user(held.email, first_name=held.name, date_joined=at)
    held.user = user
    held.save(update_fields=["user"])
    return user


def _is_agents(address: str) -> bool:
    return Agent.objects.filter(user__email__iexact=address).exists()


def make_start_code(*, at: datetime) -> str:
    """Make a code for the first administrator that works once within 30 minutes."""
    code = new_code()
    StartCode.objects.create(digest=digest_of(code), made_at=at, expires_at=at + CODE_WORKS)
    return code


def use_start_code(code: str, *, at: datetime) -> bool:
    """Use up a start code; False when it is unknown, used, or older than 30 minutes."""
    codes = StartCode.objects.filter(digest=digest_of(code.strip().upper()), used_at=None)
    return bool(codes.filter(expires_at__gt=at).update(used_at=at))


def set_duty(agent: Agent, *, on_duty: bool) -> None:
    """Put an agent on duty, or take them off: only agents on duty are told of claims."""
    Agent.objects.filter(pk=agent.pk).update(on_duty=on_duty)


def notify_by_mail(agent: Agent, *, wanted: bool) -> None:
    """Tell an agent of steps, misses and appeals by mail too, or no longer."""
    Agent.objects.filter(pk=agent.pk).update(notified_by_mail=wanted)


def name_account_manager(customer: Customer, agent: Agent) -> None:
    """Name the agent who looks after a customer's account."""
    customer.account_manager = agent
    customer.save(update_fields=["account_manager"])


def choose_language(user: User, language: str) -> None:
    """Keep the language in which somebody reads our pages and mails."""
    Agent.objects.filter(user=user).update(language=language)
    Contact.objects.filter(user=user).update(language=language)


def make_api_token(agent: Agent, *, name: str, works_for: timedelta, at: datetime) -> str:
    """Make a token with which a program may ask as this agent, and return it, this once."""
    token = new_token()
    ApiToken.objects.create(
        agent=agent,
        name=name,
        digest=digest_of(token),
        made_at=at,
        expires_at=at + works_for,
    )
    return token


def use_api_token(token: str, *, at: datetime) -> ApiToken | None:
    """Return a token with the agent as whom it asks; None when it is unknown, ended or
    expired."""
    tokens = ApiToken.objects.filter(
        digest=digest_of(token), ended_at=None, expires_at__gt=at, agent__user__is_active=True
    )
    found = tokens.select_related("agent__user").first()
    if found is None:
        return None
    if found.used_at is None or at - found.used_at >= USE_IS_NOTED:
        ApiToken.objects.filter(pk=found.pk).update(used_at=at)
    return found


def end_api_token(token: ApiToken, *, at: datetime) -> None:
    """End a token at once."""
    ApiToken.objects.filter(pk=token.pk, ended_at=None).update(ended_at=at)
