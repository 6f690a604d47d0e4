"""Digests: what was quiet, by mail, at most each fifteen minutes for one person."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.accounts.models import Agent
from answerable.channels.email import actions as mails
from answerable.channels.email import ours
from answerable.notices.models import Notice, Wish
from answerable.notices.words import notice_words

EACH = timedelta(minutes=15)
MOST_LINES = 50
AT_ONCE = 50


def send_digests(*, at: datetime) -> int:
    """Mail their digests to all who wait for one, and return how many those were."""
    waiting = Notice.objects.filter(in_digest=True, at__lte=at).values("agent")
    due = Agent.objects.active().filter(pk__in=waiting)
    due = due.filter(
        Q(notice_wish=None)
        | Q(notice_wish__digest_at=None)
        | Q(notice_wish__digest_at__lte=at - EACH)
    )
    return sum(
        _digest(agent, at) for agent in due.select_related("user").order_by("pk")[:AT_ONCE]
    )


@transaction.atomic
def _digest(agent: Agent, at: datetime) -> bool:
    """Mail one person's digest, without what they have read meanwhile."""
    Wish.objects.get_or_create(agent=agent)
    wish = Wish.objects.select_for_update().get(agent=agent)
    if wish.digest_at and wish.digest_at > at - EACH:
        return False
    rows = Notice.objects.filter(agent=agent, in_digest=True).order_by("pk")
    told = list(
        rows.select_related("ticket", "event__agent", "event__contact", "holder", "offer")
    )
    Notice.objects.filter(pk__in=[one.pk for one in told]).update(in_digest=False)
    new = [one for one in told if one.read_at is None]
    if not new or not agent.notified_by_mail:
        return False
    wish.digest_at = at
    wish.save(update_fields=["digest_at"])
    with translation.override(agent.language):
        _queue(agent, new, at)
    return True


def _queue(agent: Agent, new: list[Notice], at: datetime) -> None:
    zone = ZoneInfo(agent.zone)
    lines = [f"{notice_words(one, at, zone)}: {one.ticket.subject}" for one in new[:MOST_LINES]]
    more = len(new) - MOST_LINES
    if more > 0:
        lines.append(ngettext("{count} more", "{count} more", more).format(count=more))
    subject = ngettext("{count} notice", "{count} notices", len(new)).format(count=len(new))
    link = f"{settings.ANSWERABLE_URL}/desk/notices/"
    footer = _("No more of these mails: {url}").format(url=ours.unsubscribe_url(agent))
    body = "\n".join([*lines, "", link])
    mails.queue_digest(agent, subject, body, footer, at=at)
