"""Ends sessions: of one device, of all but this one, and those whose time is over."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from answerable.accounts.models import Session, User


def end_session(user: User, key: str) -> None:
    """Sign somebody out where a session of theirs is open."""
    _of(user).filter(session_key=key).delete()


def end_others(user: User, *, but: str) -> int:
    """Sign somebody out everywhere but in one session, and return of how many."""
    return _of(user).exclude(session_key=but).delete()[0]


def forget_expired(*, at: datetime) -> int:
    """Delete sessions whose time is over, and return how many."""
    return Session.objects.filter(expire_date__lt=at).delete()[0]


def _of(user: User) -> QuerySet[Session]:
    return Session.objects.filter(user=user)
