"""Who is told how an incident goes on: they follow it, and unfollow it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q

from answerable.accounts.models import Contact
from answerable.incidents.actions.held import tell_pages
from answerable.incidents.models import Follower, Incident

Source = Follower.Source


@transaction.atomic
def follow(
    incident: Incident,
    contact: Contact,
    *,
    source: str,
    at: datetime,
    is_affected: bool = False,
) -> Follower:
    """Let a contact follow an incident: they are told of what is said from now on.

    Who follows it already stays so. Whoever calls this has asked whether they may
    (`queries.open_to`).
    """
    follower = _follow(incident, contact, source, at)
    if is_affected and not follower.is_affected:
        follower.is_affected = True
        follower.save(update_fields=["is_affected"])
    tell_pages(incident, shown=False)
    return follower


def follow_by_request(incident: Incident, contact: Contact, *, at: datetime) -> None:
    """Let who asked about an incident follow it, unless they did and wanted it no more."""
    if not incident.followers.filter(contact=contact).exists():
        _follow(incident, contact, Source.TICKET, at)


@transaction.atomic
def unfollow(incident: Incident, contact: Contact, *, at: datetime) -> bool:
    """Tell a contact no more of an incident, and return whether they were told until now."""
    there = incident.followers.filter(contact=contact, ended_at=None)
    ended = there.update(ended_at=at) > 0
    if ended:
        tell_pages(incident, shown=False)
    return ended


def _follow(incident: Incident, contact: Contact, source: str, at: datetime) -> Follower:
    last = incident.updates.aggregate(last=Max("number"))["last"] or 0
    fresh = {"source": source, "followed_at": at, "told_of": last}
    follower, _made = Follower.objects.get_or_create(
        incident=incident, contact=contact, defaults=fresh
    )
    again = Follower.objects.filter(Q(pk=follower.pk) & ~Q(ended_at=None))
    if again.update(ended_at=None, **fresh):
        follower.refresh_from_db()
    return follower
