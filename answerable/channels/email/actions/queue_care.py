"""What an administrator does with a mail that waits: have it tried now, or give it up."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.channels.email.actions.outcomes import fail
from answerable.channels.email.actions.serving import ask_again
from answerable.channels.email.actions.waking import SEND, wake
from answerable.channels.email.models import OutgoingMail


class NotWaiting(Exception):
    """A mail no longer waits: it is being sent, or was, or was given up."""


@transaction.atomic
def try_now(number: int, *, at: datetime) -> None:
    """Have a mail tried at once, and its server asked. Raises NotWaiting."""
    mail = _locked(number)
    mail.next_try_at = at
    mail.save(update_fields=["next_try_at"])
    ask_again(mail.server)
    wake(SEND)


@transaction.atomic
def cancel(number: int, *, agent: Agent, reason: str, at: datetime) -> None:
    """Give a mail up for a reason; its ticket is told that it did not arrive.

    Raises NotWaiting.
    """
    mail = _locked(number)
    fail(mail, f"Cancelled by {agent.name}: {reason.strip()}", at)


def _locked(number: int) -> OutgoingMail:
    """Return a mail that waits, its row locked; one that somebody has just taken is theirs."""
    free = OutgoingMail.objects.free().filter(pk=number, message__leaves_at=None)
    locked = free.select_for_update(of=("self",), skip_locked=True, no_key=True)
    mail = locked.select_related("message__ticket").first()
    if mail is None:
        raise NotWaiting
    return mail
