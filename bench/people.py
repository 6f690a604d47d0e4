"""Signs people of the cast in without a page: a session as signing in would have made it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils.timezone import now

from answerable.accounts.actions import let_in
from answerable.accounts.devices.store import SessionStore
from answerable.accounts.models import Agent, Contact, User
from answerable.cast import Cast


def agent_cookies(agent: Agent) -> dict[str, str]:
    """Return the cookies of a browser in which this agent is signed in."""
    return _cookies(agent.user)


def contact_cookies(contact: Contact) -> dict[str, str]:
    """Return the cookies of a browser in which this contact is signed in."""
    return _cookies(let_in(contact, at=now()))


def agent_and_contact() -> tuple[dict[str, str], dict[str, str]]:
    """Return the cookies of Ana and of Dana; in an empty installation, make the cast first."""
    if not Agent.objects.exists():
        Cast(now())
    ana, dana = Agent.objects.get(name="Ana Silva"), Contact.objects.get(name="Dana Wolf")
    return agent_cookies(ana), contact_cookies(dana)


def _cookies(user: User) -> dict[str, str]:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return {settings.SESSION_COOKIE_NAME: str(session.session_key)}
