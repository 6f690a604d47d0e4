"""The health line: whether what the board depends on can be believed. A dead sensor is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.accounts.models import Agent
from answerable.channels.email.models import InboundMail, OutgoingMail
from answerable.channels.email.waiting import silent_servers, waiting_mail
from answerable.channels.voice.twilio.account import telephone
from answerable.forecast.models import Forecast
from answerable.forecast.queries import FRESH
from answerable.lib import times
from answerable.notices.queries import ladders_in_vain
from answerable.sla.models import Clock

BEHIND = timedelta(seconds=45)
UNSTAMPED = timedelta(seconds=15)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that is looked at: what is said of it, and whether it is well."""

    key: str
    words: str
    is_well: bool = True


def signs(at: datetime) -> list[Sign]:
    """Return what is looked at, in the order in which it is said. Nine queries."""
    looks: tuple[Callable[[datetime], Sign], ...] = (
        _phone,
        _mail_out,
        _mail_in,
        _clocks,
        _ladder,
        _forecast,
    )
    return [look(at) for look in looks] + _processes(at)


def _phone(at: datetime) -> Sign:
    ours = telephone()
    if ours is None:
        return Sign("phone", _("Calls in the browser ok"))
    if ours.problem_since:
        return Sign("phone", _("Phone: no call can be made."), is_well=False)
    return Sign("phone", _("Phone ok"))


def _mail_out(at: datetime) -> Sign:
    """Mail is behind when one waits for longer than a minute, or its server is silent."""
    first = waiting_mail(at).filter(created_at__lte=at).values_list("created_at", flat=True)
    oldest = first.first()
    waited = at - oldest if oldest else timedelta()
    since = [server.since for server in silent_servers() if server.since]
    if waited > BEHIND or (since and oldest):
        words = _("Outgoing mail is {time} behind. Replies sent now count when delivered.")
        return Sign("mail-out", words.format(time=_begun_minutes(waited)), is_well=False)
    if since:
        return Sign("mail-out", _("The mail server does not answer."), is_well=False)
    took = _last_took()
    words = _("Mail ok ({seconds} s)").format(seconds=took) if took else _("Mail ok")
    return Sign("mail-out", words)


def _last_took() -> int | None:
    """Return how many seconds the last mail took that went out."""
    sent = OutgoingMail.objects.filter(accepted_at__isnull=False).order_by("-pk")
    last = sent.values_list("created_at", "accepted_at").first()
    return max(1, ceil((last[1] - last[0]) / SECOND)) if last and last[1] else None


def _mail_in(at: datetime) -> Sign:
    waiting = InboundMail.objects.live().unhandled().order_by("received_at")
    oldest = waiting.values_list("received_at", flat=True).first()
    if oldest and at - oldest > BEHIND:
        words = _("Incoming mail is {time} behind.").format(time=_begun_minutes(at - oldest))
        return Sign("mail-in", words, is_well=False)
    return Sign("mail-in", _("Mail in ok"))


def _begun_minutes(waited: timedelta) -> str:
    """Return a length of time in words, with the minute that has begun: “5 min”, “2 d 4 h”."""
    return times.span(max(1, ceil(waited / MINUTE)) * 60)


def _clocks(at: datetime) -> Sign:
    due = Clock.objects.running().filter(wake_at__lte=at - UNSTAMPED)
    if count := due.count():
        words = ngettext(
            "{count} clock is due and not stamped. The watch may be down.",
            "{count} clocks are due and not stamped. The watch may be down.",
            count,
        )
        return Sign("clocks", words.format(count=count), is_well=False)
    return Sign("clocks", _("Clocks ok"))


def _ladder(at: datetime) -> Sign:
    """A ladder that reached nobody is an alert; one that would, a finding before it has to."""
    on_duty = Agent.objects.on_duty().filter(role=Agent.Role.AGENT).exists()
    above = Agent.objects.active().exclude(role=Agent.Role.AGENT).exists()
    if in_vain := [f"#{step.ticket_id}" for step in ladders_in_vain()]:
        said = _("The ladder of {numbers} reached nobody.").format(numbers=", ".join(in_vain))
        return Sign("ladder", said, is_well=False)
    if on_duty and above:
        return Sign("ladder", _("Ladder ok"))
    words = (
        _("The ladder reaches no lead.")
        if on_duty
        else _("The ladder reaches nobody on duty. A critical ticket goes to leads at once.")
    )
    return Sign("ladder", words, is_well=False)


def _forecast(at: datetime) -> Sign:
    if Forecast.objects.filter(at__gt=at - FRESH).exists():
        return Sign("forecast", _("Forecast ok"))
    words = _("No forecast is made. The worker may be down.")
    return Sign("forecast", words, is_well=False)


def _processes(at: datetime) -> list[Sign]:
    silent = [kind for path in settings.WALL_SENSORS for kind in import_string(path)(at)]
    if not silent:
        return []
    words = _("No sign of life: {names}.").format(names=", ".join(silent))
    return [Sign("processes", words, is_well=False)]
