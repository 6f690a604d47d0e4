"""Keeps the limits of servers: how many connections at once, how many mails a minute.

A mail that would be one too many is put off to when it is not, with all that wait for the same.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from answerable.channels.email.models import OutgoingMail, OutgoingQuerySet
from answerable.channels.email.transport import Way

MINUTE = timedelta(minutes=1)
SOON = timedelta(seconds=1)
# The first half of the keys of locks under which is counted; a hash of the name is the other.
LOCKS = 0x70616365


def has_room(way: Way, holder: int) -> bool:
    """Say whether one more may speak to a server: so many others hold mails for it."""
    most = settings.ANSWERABLE_MAIL_SERVER_CONNECTIONS
    if most <= 0:
        return True
    _count_alone(way.name)
    held = OutgoingMail.objects.held().filter(server=way.name).exclude(holder=holder)
    return held.values("holder").distinct().count() < most


def put_off(mail: OutgoingMail, way: Way, at: datetime) -> bool:
    """Put a mail off that would be one too many a minute, and its like; say whether it was."""
    limits = settings.ANSWERABLE_MAIL_PER_MINUTE
    for key, most in (("", limits.get("")), (mail.domain, limits.get(mail.domain))):
        if most is None:
            continue
        same = _same(key, way)
        _count_alone(key or way.name)
        free_at = _free_at(same, most, at)
        if free_at:
            words = f"No more than {most} mails a minute go to {key or way.name}."
            _let_wait(_same(key, way, waiting=True), at, free_at, words)
            return True
    return False


def _let_wait(mails: OutgoingQuerySet, at: datetime, free_at: datetime, why: str) -> None:
    """Put off what is due; what somebody else has just taken is theirs to put off."""
    due = mails.filter(next_try_at__lte=at)
    locked = due.select_for_update(of=("self",), skip_locked=True, no_key=True)
    numbers = list(locked.values_list("pk", flat=True))
    OutgoingMail.objects.filter(pk__in=numbers).update(next_try_at=free_at, last_error=why)


def _same(domain: str, way: Way, *, waiting: bool = False) -> OutgoingQuerySet:
    """Return the mails that count for a limit; those that wait have no server yet."""
    mails = OutgoingMail.objects.free() if waiting else OutgoingMail.objects.all()
    if domain:
        return mails.filter(domain=domain)
    return mails.of_way(way.domains, way.others) if waiting else mails.filter(server=way.name)


def _free_at(mails: OutgoingQuerySet, most: int, at: datetime) -> datetime | None:
    """Return when one more may go, or None when that is now."""
    held = mails.held().count()
    sent = mails.filter(accepted_at__gt=at - MINUTE).order_by("-accepted_at")
    newest = list(sent.values_list("accepted_at", flat=True)[:most])
    if len(newest) + held < most:
        return None
    first = newest[-1] if len(newest) == most else None
    return (first + MINUTE if first else None) or at + SOON


def _count_alone(name: str) -> None:
    """Let nobody else count the same until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCKS, name])
