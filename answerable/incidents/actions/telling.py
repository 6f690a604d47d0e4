"""Tells who follows an incident what is said of it, each of them once of each update."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from answerable.channels.email.actions.noticing import AUTOMATIC
from answerable.channels.email.actions.queueing import letter_to, queue
from answerable.channels.email.models import OutgoingMail
from answerable.channels.email.texts import Texts, current
from answerable.incidents.addresses import unfollow_url
from answerable.incidents.letters import told_of
from answerable.incidents.models import Follower, Incident, IncidentUpdate

AT_ONCE = 100


@transaction.atomic
def tell_some(number: int, *, at: datetime) -> bool:
    """Queue the mails about an incident's next update, and return whether there may be more.

    Whom another run tells now is theirs. An update without words is none to be told of, but for
    the one that says that it is fixed.
    """
    update = _next_update(number)
    if update is None:
        return False
    behind = Follower.objects.filter(
        incident=number, ended_at=None, contact__left_at=None, told_of__lt=update.number
    )
    locked = behind.select_for_update(of=("self",), skip_locked=True, no_key=True)
    some = list(locked.select_related("contact").order_by("pk")[:AT_ONCE])
    texts = current()
    queue([_mail(follower, update, texts, at) for follower in some])
    Follower.objects.filter(pk__in=[one.pk for one in some]).update(told_of=update.number)
    return bool(some)


def untold() -> list[int]:
    """Return the numbers of the incidents of which somebody has not been told all."""
    recent = Incident.objects.public().filter(pk__in=Follower.objects.values("incident"))
    return [number for number in recent.values_list("pk", flat=True) if _next_update(number)]


def _next_update(number: int) -> IncidentUpdate | None:
    """Return the oldest update that somebody who follows an incident was not told of."""
    follows = Follower.objects.filter(incident=number, ended_at=None, contact__left_at=None)
    behind: Sequence[int] = list(
        follows.order_by("told_of").values_list("told_of", flat=True)[:1]
    )
    if not behind:
        return None
    worth = Q(state=Incident.State.FIXED) | ~Q(said={})
    public = IncidentUpdate.objects.filter(
        worth, incident=number, is_public=True, incident__is_public=True
    )
    ahead = public.filter(number__gt=behind[0]).order_by("number")
    return ahead.select_related("incident").first()


def _mail(
    follower: Follower, update: IncidentUpdate, texts: Texts, at: datetime
) -> OutgoingMail:
    cause = f"incident {update.incident_id} update {update.number} to {follower.contact_id}"
    letter = told_of(follower, update, texts)
    mail = letter_to(follower.contact, OutgoingMail.Kind.NOTICE, cause, letter, at)
    mail.headers = AUTOMATIC | {
        "List-Unsubscribe": f"<{unfollow_url(follower)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return mail
