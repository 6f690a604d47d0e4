"""Who somebody is: the one place that turns a signed-in user into a contact or an agent."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from answerable.accounts.models import Agent, Contact, User, WidgetSession, Workspace
from answerable.accounts.signed import workspace
from answerable.accounts.tokens import digest_of
from answerable.lib.ready import Given, Ready
from answerable.live.guards import Reader

Anonymous = Workspace.Anonymous
# Asked at every request of the widget, and of each open page again and again.
SESSION = Ready(
    lambda: (
        WidgetSession.objects.select_related("contact__customer", "contact__user", "key")
        .filter(contact__left_at=None, digest=Given("digest"), ended_at=None)
        .filter(
            Q(key__ended_at=None) | Q(key__ended_at__gt=Given("at")), expires_at__gt=Given("at")
        )
    )
)


def agent_of(reader: Reader) -> Agent | None:
    """Return the agent that a signed-in user is, or None; asked once for each user object."""
    if not isinstance(reader, User) or not reader.is_active:
        return None
    agent: Agent | None = getattr(reader, "agent", None)
    return agent


def contact_of(reader: Reader) -> Contact | None:
    """Return the contact that a signed-in user is, or None; who left the customer is none."""
    if not isinstance(reader, User) or not reader.is_active:
        return None
    contact: Contact | None = getattr(reader, "contact", None)
    return contact if contact and contact.left_at is None else None


def is_agent_topic(reader: Reader, key: str) -> bool:
    """Say whether this reader may listen to the queue: every agent may, nobody else."""
    return agent_of(reader) is not None


def is_own_customer_topic(reader: Reader, key: str) -> bool:
    """Say whether this reader may listen to `requests-<contact>`: their own list only."""
    contact = contact_of(reader)
    return contact is not None and key == str(contact.pk)


def is_of_customer_topic(reader: Reader, key: str) -> bool:
    """Say whether this reader may listen to `customer-<customer>`: that something changed."""
    contact = contact_of(reader)
    return contact is not None and key == str(contact.customer_id)


def is_own_notices_topic(reader: Reader, key: str) -> bool:
    """Say whether this reader may listen to `notices-<agent>`: their own only."""
    agent = agent_of(reader)
    return agent is not None and key == str(agent.pk)


def widget_session_of(token: str, at: datetime) -> WidgetSession | None:
    """Return the session that a token of the widget opens; None when it ended, or its person
    left, or the key that named them ended, or strangers may do nothing any more."""
    session = SESSION.first(digest=digest_of(token), at=at)
    if session and session.contact is None and not strangers_may(Anonymous.SEARCH):
        return None
    return session


def strangers_may(what: str) -> bool:
    """Say whether people whom nobody named may search and read, or write too, in the widget."""
    allowed = workspace().anonymous
    return allowed in {what, Anonymous.WRITE}
