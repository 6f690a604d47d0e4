"""Where people see how an incident goes on, and where they are told of it no more."""

from __future__ import annotations

from django.conf import settings
from django.core.signing import BadSignature, Signer

from answerable.incidents.models import Follower, Incident

UNFOLLOW = "answerable.incidents.unfollow"


def status_url(incident: Incident) -> str:
    """Return the page of a public incident, which needs no signing in."""
    return f"{settings.ANSWERABLE_URL}/status/{incident.pk}/"


def unfollow_url(follower: Follower) -> str:
    """Return the page that ends the mails about one incident, without signing in."""
    token = Signer(salt=UNFOLLOW).sign(str(follower.pk))
    return f"{settings.ANSWERABLE_URL}/status/mails/{token}/"


def unfollowing(token: str) -> int:
    """Return the number of the follower whose address a token is, or 0."""
    try:
        return int(Signer(salt=UNFOLLOW).unsign(token))
    except (BadSignature, ValueError):
        return 0
