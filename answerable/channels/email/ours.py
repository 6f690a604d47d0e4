"""What is ours: the mailbox, its addresses, the keys of reply tokens, and our pages."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable, Mapping
from functools import cache

from django.conf import settings
from django.core.signing import BadSignature, Signer

from answerable.accounts.models import Agent
from answerable.channels.email.core.token import (
    DeskReply,
    Reply,
    SideReply,
    address_with,
    make_desk_token,
    make_side_token,
    make_token,
)
from answerable.tickets.models import Ticket

# On all that we send, so that we know it when it comes back.
OWN_HEADER = "X-Answerable-Sender"
OWN_ID = re.compile(r"<\d{1,19}\.[0-9a-f]{24}@", re.IGNORECASE)
SALT = b"answerable.channels.email.reply-token:"
UNSUBSCRIBE = "answerable.channels.email.unsubscribe"


def mailbox() -> str:
    """Return the support address, in lower case."""
    return settings.ANSWERABLE_MAIL_ADDRESS.lower()


def domain() -> str:
    """Return the part of the support address after the at sign."""
    return mailbox().rpartition("@")[2]


def aliases() -> list[str]:
    """Return the other addresses whose mail comes to the support address, in lower case."""
    return [alias.lower() for alias in settings.ANSWERABLE_MAIL_ALIASES]


def is_known(address: str) -> bool:
    """Say whether the door takes mail for an address.

    The support address and its aliases, with anything after a plus, and postmaster, which every
    mail domain must have (RFC 5321, 4.5.1).
    """
    name, _, host = address.strip("<> ").lower().rpartition("@")
    local = name.partition("+")[0]
    if local == "postmaster":
        return not host or host in {own.rpartition("@")[2] for own in (mailbox(), *aliases())}
    return is_own(f"{name}@{host}")


def is_own(address: str) -> bool:
    """Say whether an address is the support address or an alias, with or without a token."""
    name, _, host = address.lower().rpartition("@")
    return f"{name.partition('+')[0]}@{host}" in {mailbox(), *aliases()}


def language_of(addresses: Iterable[str]) -> str:
    """Return the language of the first address that the settings name one for, or nothing."""
    languages = settings.ANSWERABLE_MAIL_LANGUAGES
    named = (languages.get(address.strip("<> ").lower()) for address in addresses)
    return next((language for language in named if language), "")


def token_keys() -> list[bytes]:
    """Return the keys of reply tokens: the one in use, then those before it."""
    return [_key(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


@cache
def _key(secret: str) -> bytes:
    return hashlib.sha256(SALT + secret.encode()).digest()


def reply_address(ticket: Ticket) -> str:
    """Return the address whose mail belongs to a ticket."""
    reply = Reply(ticket.pk, ticket.requester_id or 0)
    return address_with(make_token(reply, token_keys()[0]), mailbox())


def desk_reply_address(ticket: int, agent: int, seen: int) -> str:
    """Return the address by which an agent answers a ticket, having seen it up to an event."""
    return address_with(
        make_desk_token(DeskReply(ticket, agent, seen), token_keys()[0]), mailbox()
    )


def side_reply_address(thread: int, person: int) -> str:
    """Return the address by which a third party answers a side conversation."""
    return address_with(make_side_token(SideReply(thread, person), token_keys()[0]), mailbox())


def new_message_id(ticket: int | None) -> str:
    """Return a Message-ID of ours; its random part tells nobody the next."""
    return f"<{ticket or 0}.{secrets.token_hex(12)}@{domain()}>"


def sent_by_us(headers: Mapping[str, str], message_id: str) -> bool:
    """Say whether a mail's own header or Message-ID says that we sent it.

    Lists and forwarders change a sender, and keep these. Another installation has its own
    address there.
    """
    return headers.get(OWN_HEADER.lower(), "").strip().lower() == mailbox() or bool(
        OWN_ID.match(message_id) and message_id.lower().endswith(f"@{domain()}>")
    )


def request_url(ticket: Ticket) -> str:
    """Return the customer's page of a ticket."""
    return f"{settings.ANSWERABLE_URL}/requests/{ticket.pk}/"


def confirm_url(ticket: Ticket) -> str:
    """Return the page on which a colleague confirms a request."""
    return f"{settings.ANSWERABLE_URL}/requests/{ticket.pk}/confirmation/"


def form_url() -> str:
    """Return the request form."""
    return f"{settings.ANSWERABLE_URL}/contact/"


def call_url() -> str:
    """Return the page of the call that somebody waits for."""
    return f"{settings.ANSWERABLE_URL}/contact/call/"


def preferences_url() -> str:
    """Return the page on which customers choose which mails they get."""
    return f"{settings.ANSWERABLE_URL}/preferences/"


def file_url(token: str) -> str:
    """Return the page of a link to a file that was too large for a mail."""
    return f"{settings.ANSWERABLE_URL}/sent/{token}/"


def desk_url(ticket: Ticket) -> str:
    """Return the agents' page of a ticket."""
    return f"{settings.ANSWERABLE_URL}/desk/tickets/{ticket.pk}/"


def unsubscribe_url(agent: Agent) -> str:
    """Return the page that ends an agent's notifications by mail, without signing in."""
    token = Signer(salt=UNSUBSCRIBE).sign(str(agent.pk))
    return f"{settings.ANSWERABLE_URL}/mails/{token}/"


def unsubscribing(token: str) -> int:
    """Return the number of the agent whose address a token is, or 0."""
    try:
        return int(Signer(salt=UNSUBSCRIBE).unsign(token))
    except (BadSignature, ValueError):
        return 0
