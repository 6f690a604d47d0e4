"""Notes which servers do not answer, so that only their own mails wait for them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.channels.email.core.backoff import server_wait
from answerable.channels.email.models import MailServer


def may_be_asked(name: str, at: datetime) -> bool:
    """Say whether a server is asked now; one that did not answer is left alone for a while."""
    return not MailServer.objects.filter(name=name, not_before__gt=at).exists()


def is_silent(name: str) -> bool:
    """Say whether a server did not answer when it was last asked."""
    return MailServer.objects.filter(name=name, failures__gt=0).exists()


@transaction.atomic
def note_silence(name: str, why: str, at: datetime) -> datetime:
    """Note that a server did not answer; return when it is asked again."""
    MailServer.objects.bulk_create([MailServer(name=name)], ignore_conflicts=True)
    server = MailServer.objects.select_for_update().get(name=name)
    server.not_before = at + server_wait(server.failures, name)
    server.failures += 1
    server.since = server.since or at
    server.last_error = why[:500]
    server.save()
    return server.not_before


def note_answer(name: str) -> None:
    """Note that a server answered, whatever it said: all that waits for it goes on."""
    MailServer.objects.filter(name=name, failures__gt=0).update(
        failures=0, since=None, not_before=None, last_error=""
    )


def ask_again(name: str) -> None:
    """Let a server be asked at once, as somebody wants to know whether it answers now."""
    MailServer.objects.filter(name=name).update(not_before=None)
