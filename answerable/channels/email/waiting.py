"""Reads about mail that waits to go out, and why."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from answerable.channels.email.models import MailServer, OutgoingMail, OutgoingQuerySet

TOO_LONG = timedelta(minutes=10)


def waiting_mail(at: datetime) -> OutgoingQuerySet:
    """Return the mails that no server has accepted, oldest first.

    Without replies that their writers can still take back: those wait on purpose.
    """
    mails = OutgoingMail.objects.waiting().exclude(message__leaves_at__gt=at)
    return mails.order_by("created_at", "pk")


def waiting_too_long(at: datetime) -> int:
    """Return how many mails have waited for more than ten minutes."""
    return waiting_mail(at).filter(created_at__lt=at - TOO_LONG).count()


def silent_servers() -> list[MailServer]:
    """Return the servers that do not answer, the longest first."""
    return list(MailServer.objects.filter(failures__gt=0).order_by("since"))


def mails_of(messages: list[int]) -> dict[int, OutgoingMail]:
    """Return the mails of messages that were tried, and wait for another try."""
    tried = Q(attempts__gt=0) | ~Q(last_error="")
    waiting = OutgoingMail.objects.waiting().filter(tried, message__in=messages)
    return {mail.message_id: mail for mail in waiting if mail.message_id}
