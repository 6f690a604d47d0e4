"""Access tokens of a mailbox, for which its refresh token is exchanged (RFC 6749, 6)."""

from __future__ import annotations

import json
from urllib.parse import urlencode

from answerable.channels.email.actions import following
from answerable.channels.email.imap.trouble import Trouble
from answerable.channels.email.mailboxes import Mailbox
from answerable.lib.outbound.client import Ask, client
from answerable.lib.outbound.words import Unfetched

MOST_BYTES = 100_000
OK = 200


def access_token(mailbox: Mailbox) -> str:
    """Return a fresh access token. Raises Trouble.

    A server that gives out a new refresh token with it does not take the old one again.
    """
    refresh = mailbox.opened_secret()
    answer = _asked(mailbox, refresh)
    token = answer.get("access_token")
    if not isinstance(token, str) or not token:
        raise Trouble("token", answer.get("error_description") or answer.get("error") or "")
    renewed = answer.get("refresh_token")
    if isinstance(renewed, str) and renewed not in {"", refresh} and not mailbox.secret_name:
        following.keep_token(mailbox, renewed)
    return token


def _asked(mailbox: Mailbox, refresh: str) -> dict[str, object]:
    form = {
        "grant_type": "refresh_token",
        "refresh_token": refresh,
        "client_id": mailbox.client_id,
        "client_secret": mailbox.opened_client_secret(),
    }
    ask = Ask(
        url=mailbox.token_url,
        method="POST",
        headers={
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        },
        body=urlencode({name: value for name, value in form.items() if value}).encode(),
        most_bytes=MOST_BYTES,
    )
    try:
        answer = client().fetch(ask)
        said = json.loads(answer.body)
    except Unfetched as error:
        raise Trouble("token", error) from error
    except ValueError as error:
        raise Trouble("token", "its answer is no JSON") from error
    return said if isinstance(said, dict) else {}
