"""From a token that a vendor's server signed to a session of the widget."""

from __future__ import annotations

from datetime import datetime

from answerable.accounts.access import strangers_may
from answerable.accounts.actions.widget import Opened, open_anonymous_session, open_session
from answerable.accounts.core.claims import Refused, Why
from answerable.accounts.models import WidgetSession, Workspace
from answerable.accounts.signed import read_signed


def enter(token: str, held: WidgetSession | None, *, origin: str, at: datetime) -> Opened:
    """Return the session of whom a token names; a token that opened `held` goes on with it.

    Raises Refused. The session of a stranger that is held stays theirs: what they asked and
    wrote before anybody knew them never becomes a known person's.
    """
    signed = read_signed(token, at=at)
    mine = held is not None and held.key_id == signed.key.pk
    if held and mine and held.token_id == signed.token_id:
        return Opened(held, "")
    return open_session(signed, origin=origin, at=at)


def enter_unknown(held: WidgetSession | None, *, origin: str, at: datetime) -> Opened:
    """Return a stranger's session, the one that is held if it is one. Raises Refused, when
    this workspace lets strangers do nothing."""
    if held:
        return Opened(held, "")
    if not strangers_may(Workspace.Anonymous.SEARCH):
        raise Refused(Why.MISSING)
    return open_anonymous_session(origin=origin, at=at)
